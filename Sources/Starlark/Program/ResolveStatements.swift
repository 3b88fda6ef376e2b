import EnvdSyntax

extension Resolver {
    func block(_ statements: some Sequence<Stmt>) throws(EvaluationError) -> Block {
        var result: [any Statement] = []
        for statement in statements {
            if let resolved = try self.statement(statement) { result.append(resolved) }
        }
        return Block(result)
    }

    private func block(_ suite: Suite?, _ node: SyntaxNode) throws(EvaluationError) -> Block {
        guard let suite else { throw invalid("a block is missing here", node) }
        return try block(suite.statements)
    }

    /// - Returns: nil for `pass` and for annotations without value, which do nothing.
    private func statement(_ statement: Stmt) throws(EvaluationError) -> (any Statement)? {
        switch statement {
        case .def(let view): return try function(view)
        case .if(let view): return try conditional(view)
        case .for(let view):
            guard view.elseClause == nil, let target = view.target else {
                throw invalid("invalid for statement", view.node)
            }
            let iterable = try required(view.iterable, view.node)
            let loopTarget = try self.target(target)
            let body = try inLoop { () throws(EvaluationError) in try block(view.suite, view.node) }
            return For(target: loopTarget, iterable: iterable, body: body)
        case .while(let view):
            guard view.elseClause == nil else { throw invalid("invalid while statement", view.node) }
            let condition = try required(view.condition, view.node)
            let body = try inLoop { () throws(EvaluationError) in try block(view.suite, view.node) }
            return While(condition: condition, body: body)
        case .assign(let view): return try assignment(view)
        case .expr(let view):
            // A string that stands alone documents and does nothing.
            if case .literal(let literal)? = view.value, literal.token?.kind == .string { return nil }
            return ExpressionStatement(try required(view.value, view.node))
        case .return(let view):
            guard !isToplevel else { throw invalid("return statement outside of a function", view.node) }
            var value: (any Expression)?
            if let result = view.value { value = try expression(result) }
            return Return(range: SourceRange(view.node.range), value)
        case .break(let view):
            guard isInLoop else { throw invalid("break outside of a loop", view.node) }
            return Jump(range: SourceRange(view.node.range), isBreak: true)
        case .continue(let view):
            guard isInLoop else { throw invalid("continue outside of a loop", view.node) }
            return Jump(range: SourceRange(view.node.range), isBreak: false)
        case .pass: return nil
        case .load(let view): return try load(view)
        case .foreign(let view): throw invalid("unsupported statement", view.node)
        case .error(let view): throw invalid("invalid syntax", view.node)
        }
    }

    private func conditional(_ view: IfStmt) throws(EvaluationError) -> any Statement {
        try inConditional { () throws(EvaluationError) in
            var arms = [(condition: try required(view.condition, view.node), body: try block(view.suite, view.node))]
            for clause in view.elifClauses {
                arms.append((try required(clause.condition, clause.node), try block(clause.suite, clause.node)))
            }
            var otherwise: Block?
            if let clause = view.elseClause { otherwise = try block(clause.suite, clause.node) }
            return If(range: SourceRange(view.node.range), arms: arms, otherwise: otherwise)
        }
    }

    private func load(_ view: LoadStmt) throws(EvaluationError) -> any Statement {
        guard isToplevel else { throw invalid("load statement within a function", view.node) }
        guard !isInLoop else { throw invalid("load statement within a loop", view.node) }
        guard !isInConditional else { throw invalid("load statement within a condition", view.node) }
        guard let token = view.module, let module = StringLiteral.value(of: Array(token.text.utf8)) else {
            throw invalid("the name of a module is missing here", view.node)
        }
        var items: [FunctionCode.LoadDescription.Item] = []
        for item in view.loadItems {
            guard let name = item.loadedName, !name.isEmpty, let bound = item.boundName,
                let global = loadedVariable(bound)
            else { throw invalid("a name to load is missing here", item.node) }
            guard !name.hasPrefix("_") else {
                throw invalid("load: names that start with an underscore are private: \(name)", item.node)
            }
            items.append(.init(name: name, global: global, range: SourceRange(item.node.range)))
        }
        let name = String(decoding: module, as: UTF8.self)
        noteLoad(name)
        return Load(
            range: SourceRange(view.node.range),
            description: FunctionCode.LoadDescription(module: name, items: items))
    }

    // MARK: - Assignments

    private func assignment(_ view: AssignStmt) throws(EvaluationError) -> (any Statement)? {
        guard let left = view.target else { throw invalid("invalid assignment", view.node) }
        guard let op = view.op else {
            // "x: int" declares a type and assigns nothing.
            return nil
        }
        let value = try required(view.value, view.node)
        if op.kind == .equal { return Assignment(target: try target(left), value: value) }
        guard let operation = op.kind.augmentedOperator else {
            throw invalid("unsupported operator \(op.text)", view.node)
        }
        guard let updatable = try target(left) as? any UpdatableTarget else {
            throw invalid("cannot use \(op.text) with several targets", view.node)
        }
        return AugmentedAssignment(
            range: SourceRange(view.node.range), operation: operation, target: updatable, value: value)
    }

    func target(_ view: Expr) throws(EvaluationError) -> any Target {
        switch view {
        case .name(let name):
            return try bound(try self.name(name.name, in: name.node), SourceRange(name.node.range))
        case .paren(let paren):
            guard let inner = paren.inner else { throw invalid("invalid target", paren.node) }
            return try target(inner)
        case .tuple(let tuple):
            return try sequence(tuple.node, tuple.elements)
        case .list(let list):
            return try sequence(list.node, list.elements)
        case .index(let index):
            return IndexTarget(
                Index(
                    range: SourceRange(index.node.range), base: try required(index.base, index.node),
                    key: try required(index.index, index.node)))
        case .dot(let dot):
            return DotTarget(
                Dot(
                    range: SourceRange(dot.node.range), base: try required(dot.base, dot.node),
                    name: try name(dot.name, in: dot.node)))
        default:
            throw invalid("cannot assign to this expression", view.node)
        }
    }

    private func sequence(_ node: SyntaxNode, _ elements: some Sequence<Expr>) throws(EvaluationError) -> any Target {
        var targets: [any Target] = []
        for element in elements { targets.append(try target(element)) }
        return SequenceTarget(range: SourceRange(node.range), elements: targets)
    }
}
