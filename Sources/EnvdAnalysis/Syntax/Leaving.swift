import EnvdSyntax

extension RuleContext {
    /// Whether nothing behind a statement in the same suite can run: it ends in `return`, `break`, `continue` or `fail()`, in
    /// every branch if it has branches. A loop never does, since it may have no round.
    func alwaysLeaves(_ statement: SyntaxNode) -> Bool {
        alwaysLeaves(statement, depth: 0)
    }

    /// Whether the end of a suite cannot be reached.
    func alwaysLeaves(_ suite: Suite?) -> Bool {
        guard let suite else { return false }
        return suite.node.children.contains { alwaysLeaves($0, depth: 0) }
    }

    /// Deeper branches count as ones that go on. The bound also keeps rules linear that ask it of each statement.
    private static let maximumDepth = 8

    private func alwaysLeaves(_ statement: SyntaxNode, depth: Int) -> Bool {
        switch statement.kind {
        case .returnStmt, .breakStmt, .continueStmt: return true
        case .exprStmt: return isFail(ExprStmt(statement)?.value)
        case .ifStmt:
            guard depth < RuleContext.maximumDepth, let branches = IfStmt(statement), branches.elseClause != nil else {
                return false
            }
            // Its suite, and those of the clauses behind it.
            return statement.children.allSatisfy { child in
                switch child.kind {
                case .suite: suiteLeaves(child, depth: depth + 1)
                case .elifClause, .elseClause:
                    child.children.contains { $0.kind == .suite && suiteLeaves($0, depth: depth + 1) }
                default: true
                }
            }
        default: return false
        }
    }

    private func suiteLeaves(_ suite: SyntaxNode, depth: Int) -> Bool {
        suite.children.contains { alwaysLeaves($0, depth: depth) }
    }
}

/// How a function is left.
struct FunctionExits {
    /// `return` with a value that is not the name `None`.
    var withValue: SyntaxNode?
    /// `return` alone.
    var bare: [SyntaxNode] = []
    var hasWhile = false

    /// Looks at the function's own statements, not at those of functions in it.
    init(of function: DefStmt) {
        if let suite = function.suite { collect(suite.node) }
    }

    /// The tree is at most `SyntaxLimits.depth` deep.
    private mutating func collect(_ node: SyntaxNode) {
        for child in node.children {
            switch child.kind {
            case .returnStmt:
                if let value = ReturnStmt(child)?.value {
                    if value.nameToken?.isText("None") != true, withValue == nil { withValue = child }
                } else {
                    bare.append(child)
                }
            case .whileStmt:
                hasWhile = true
                collect(child)
            case .suite, .ifStmt, .elifClause, .elseClause, .forStmt: collect(child)
            default: continue
            }
        }
    }
}
