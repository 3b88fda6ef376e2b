import EnvdSyntax

extension RuleContext {
    /// A fix that puts a statement on a line of its own before the one that holds the call.
    func insertion(of statement: String, before call: APICall) -> Fix {
        let whole = call.call.node.ancestors.first { $0.parent?.kind == .suite || $0.parent == nil } ?? call.call.node
        let start = whole.range.lowerBound
        let column = file.position(at: start, encoding: .utf8).column
        // What shares its line with others is separated by a semicolon.
        let line = file.bytes(in: (start - column)..<start)
        let isAlone = line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        let separator = isAlone ? "\n" + String(decoding: line, as: UTF8.self) : "; "
        return Fix("Insert \(statement) before it", replace: start..<start, with: statement + separator)
    }
}
