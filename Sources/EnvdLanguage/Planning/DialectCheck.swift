import EnvdSyntax
import LLB

/// What envd refuses in a user's file although the engine beneath would run it.
///
/// Upstream refuses such a file before it runs any of it, so a plan must not come of it either.
enum DialectCheck {
    struct Violation: Error {
        let message: String
        let location: SourceLocation
    }

    static func check(_ source: SourceFile, named name: String) throws(Violation) {
        func violation(_ message: String, _ range: Range<Int>) -> Violation {
            let position = source.position(at: range.lowerBound, encoding: .utf8)
            return Violation(
                message: message,
                location: SourceLocation(file: name, range: range, line: position.line + 1, column: position.column + 1)
            )
        }

        // The engine itself tells of broken syntax.
        guard !source.hasDiagnostics else { return }
        if let finding = source.dialectDiagnostics(.envd).first { throw violation(finding.message, finding.range) }
        var known: Set<String> = []
        for token in source.statements.flatMap(boundNames) where !known.insert(token.text).inserted {
            throw violation("'\(token.text)' cannot be defined again", token.range)
        }
    }

    /// The names that a top-level statement gives a value to.
    private static func boundNames(_ statement: SyntaxNode) -> [SyntaxToken] {
        if let definition = DefStmt(statement) { return definition.name.map { [$0] } ?? [] }
        guard let target = AssignStmt(statement)?.target else { return [] }
        var names: [SyntaxToken] = []
        // Names within subscripts and attributes are used, not bound.
        var pending = [target.node]
        while let node = pending.popLast() {
            switch node.kind {
            case .nameExpr: names += NameExpr(node)?.name.map { [$0] } ?? []
            case .tupleExpr, .listExpr, .parenExpr: pending += node.children.reversed()
            default: continue
            }
        }
        return names
    }
}
