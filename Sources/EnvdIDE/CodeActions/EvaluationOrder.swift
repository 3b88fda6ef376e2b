import EnvdAnalysis
import EnvdSyntax

/// What may be moved without changing what a program does, as far as its text alone shows it.
enum EvaluationOrder {
    /// Whether a statement computes an expression always, once, and before anything else that could do something or depend
    /// on what something does. Then it may as well be computed just before the statement.
    static func isFirst(_ expression: SyntaxNode, in statement: SyntaxNode) -> Bool {
        var child = expression
        while child != statement {
            guard let parent = child.parent else { return false }
            let earlier = parent.children.filter { $0.index < child.index }
            switch parent.kind {
            case .parenExpr, .unaryExpr, .exprStmt, .returnStmt, .tupleExpr, .listExpr, .dictExpr, .dictEntry,
                .callExpr, .argumentList, .keywordArgument, .unpackArgument, .indexExpr, .sliceExpr, .dotExpr:
                guard earlier.allSatisfy(isInert) else { return false }
            case .binaryExpr:
                let isLazy = BinaryExpr(parent)?.op.map { $0.kind == .andKeyword || $0.kind == .orKeyword } ?? true
                guard earlier.isEmpty || (!isLazy && earlier.allSatisfy(isInert)) else { return false }
            case .conditionalExpr:
                guard ConditionalExpr(parent)?.condition?.node == child else { return false }
            case .assignStmt:
                guard let assignment = AssignStmt(parent), assignment.value?.node == child,
                    let target = assignment.target
                else { return false }
                let isPlain = assignment.op?.kind == .equal
                guard isPlain && isTarget(target.node) || isInert(target.node) else { return false }
            case .ifStmt: guard IfStmt(parent)?.condition?.node == child else { return false }
            case .forStmt: guard ForStmt(parent)?.iterable?.node == child else { return false }
            default: return false
            }
            child = parent
        }
        return true
    }

    /// Whether computing a node does nothing and gives the same whatever else has been computed: names, literals, what is made of
    /// them, attributes.
    static func isInert(_ node: SyntaxNode) -> Bool {
        node.descendants.allSatisfy { inner in
            switch inner.kind {
            case .nameExpr, .literalExpr, .parenExpr, .tupleExpr, .listExpr, .dictExpr, .dictEntry, .dotExpr,
                .keywordArgument:
                true
            default: false
            }
        }
    }

    /// Names alone, which an assignment binds when all else is done.
    private static func isTarget(_ node: SyntaxNode) -> Bool {
        node.descendants.allSatisfy { inner in
            switch inner.kind {
            case .nameExpr, .parenExpr, .tupleExpr, .listExpr: true
            default: false
            }
        }
    }

    /// Whether an expression is a value that cannot change, written out: it may be computed anywhere, and any number of times.
    static func isConstant(_ node: SyntaxNode) -> Bool {
        switch node.kind {
        case .literalExpr: return node.firstToken.map { !$0.isBroken && $0.kind != .formattedString } ?? false
        case .unaryExpr:
            guard let unary = UnaryExpr(node), unary.op?.kind == .minus, let operand = unary.operand,
                let token = operand.node.firstToken, operand.node.kind == .literalExpr
            else { return false }
            return token.kind == .integer || token.kind == .float
        case .parenExpr, .tupleExpr: return node.children.allSatisfy(isConstant)
        case .nameExpr:
            return ["True", "False", "None"].contains(node.text)
        default: return false
        }
    }
}
