import EnvdSyntax

/// The outline of a file: functions, with the functions inside them, and the names that are assigned outside of them.
package func documentSymbols(of file: SourceFile) -> [OutlineSymbol] {
    documentSymbols(of: file.statements)
}

/// The outline of some statements of the top level.
func documentSymbols(of statements: [SyntaxNode]) -> [OutlineSymbol] {
    var outline = Outline()
    return outline.symbols(of: statements)
}

/// An entry of a file's outline. Ranges are UTF-8 bytes in the file.
package struct OutlineSymbol: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case function
        case variable
        /// A variable whose name is written in capitals.
        case constant
    }

    /// Never empty.
    package var name: String
    package var kind: Kind
    /// A function's parameters: `(name, *, dev)`.
    package var detail: String?
    /// The whole definition.
    package var range: Range<Int>
    /// The name, within `range`.
    package var nameRange: Range<Int>
    package var children: [OutlineSymbol]
}

private struct Outline {
    /// The variables that the scope has already; a name is listed where it is assigned first.
    private var assigned: Set<String> = []
    private var isInFunction = false

    mutating func symbols(of statements: some Sequence<SyntaxNode>) -> [OutlineSymbol] {
        var symbols: [OutlineSymbol] = []
        for statement in statements { collect(statement, into: &symbols) }
        return symbols
    }

    // Recursion follows blocks only, which nest no deeper than `SyntaxLimits.indentation` and `.nesting` allow.
    private mutating func collect(_ node: SyntaxNode, into symbols: inout [OutlineSymbol]) {
        if let definition = DefStmt(node) {
            collect(definition, into: &symbols)
        } else if let assignment = AssignStmt(node) {
            if !isInFunction { collect(assignment, into: &symbols) }
        } else {
            // What holds statements, of this language or another: a block, a clause, a broken part.
            for child in node.children where Self.holdsStatements(child.kind) { collect(child, into: &symbols) }
        }
    }

    private mutating func collect(_ definition: DefStmt, into symbols: inout [OutlineSymbol]) {
        var inner = Outline()
        inner.isInFunction = true
        var children: [OutlineSymbol] = []
        if let suite = definition.suite { inner.collect(suite.node, into: &children) }
        guard let name = definition.name else {
            symbols.append(contentsOf: children)
            return
        }
        symbols.append(
            OutlineSymbol(
                name: name.text, kind: .function, detail: definition.parameterList.map(Self.detail),
                range: definition.range, nameRange: name.range, children: children))
    }

    private mutating func collect(_ assignment: AssignStmt, into symbols: inout [OutlineSymbol]) {
        guard let target = assignment.target, assignment.op == nil || assignment.op?.kind == .equal else { return }
        for name in Self.names(in: target) {
            guard let token = name.name, assigned.insert(token.text).inserted else { continue }
            let isConstant = token.text.contains(where: \.isUppercase) && !token.text.contains(where: \.isLowercase)
            symbols.append(
                OutlineSymbol(
                    name: token.text, kind: isConstant ? .constant : .variable, detail: nil,
                    range: assignment.range, nameRange: token.range, children: []))
        }
    }

    private static func holdsStatements(_ kind: SyntaxKind) -> Bool {
        if Stmt.accepts(kind) { return true }
        switch kind {
        case .suite, .elifClause, .elseClause, .exceptClause, .finallyClause, .caseClause: return true
        default: return false
        }
    }

    /// The names that an assignment to this target binds.
    private static func names(in target: Expr) -> [NameExpr] {
        var names: [NameExpr] = []
        var waiting = [target]
        while let target = waiting.popLast() {
            switch target {
            case .name(let name): names.append(name)
            case .paren(let paren): if let inner = paren.inner { waiting.append(inner) }
            case .tuple(let tuple): waiting.append(contentsOf: Array(tuple.elements).reversed())
            case .list(let list): waiting.append(contentsOf: Array(list.elements).reversed())
            default: break
            }
        }
        return names
    }

    private static func detail(of list: ParameterList) -> String {
        let parameters = list.parameters.map { ($0.prefix?.text ?? "") + ($0.name?.text ?? "") }
        return "(" + parameters.joined(separator: ", ") + ")"
    }
}
