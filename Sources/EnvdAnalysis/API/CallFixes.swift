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
    /// A fix that adds an argument behind the others.
    func addition(of argument: String, to call: APICall) -> Fix {
        let list = call.call.argumentList
        guard let last = list?.node.children.max(by: { $0.range.upperBound < $1.range.upperBound }) else {
            let end = list?.rightParen?.range.lowerBound ?? call.range.upperBound
            return Fix("Add \(argument)", replace: end..<end, with: argument)
        }
        let end = last.range.upperBound
        return Fix("Add \(argument)", replace: end..<end, with: ", " + argument)
    }
}
