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
        var defined: Set<String> = []
        var loaded: Set<String> = []
        for statement in source.statements {
            for (name, range) in loadedNames(statement) where !loaded.insert(name).inserted {
                throw violation("'\(name)' cannot be defined again", range)
            }
            for token in boundNames(statement) {
                // A load may hide what is defined above it, but nothing can be defined below.
                guard !loaded.contains(token.text), defined.insert(token.text).inserted else {
                    throw violation("'\(token.text)' cannot be defined again", token.range)
                }
            }
        }
    }

    /// The names that a `load` statement binds.
    private static func loadedNames(_ statement: SyntaxNode) -> [(name: String, range: Range<Int>)] {
        guard let load = LoadStmt(statement) else { return [] }
        return load.loadItems.compactMap { item in
            if let alias = item.alias { return (alias.text, alias.range) }
            guard let token = item.name, let bytes = StringLiteral.value(of: token) else { return nil }
            return (String(decoding: bytes, as: UTF8.self), token.range)
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
