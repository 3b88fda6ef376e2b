import EnvdSyntax

extension TypeChecker {
    func follow(_ suite: Suite?) {
        guard let suite else { return }
        for statement in suite.statements { follow(statement) }
    }

    func follow(_ statement: Stmt) {
        switch statement {
        case .def(let definition): follow(definition)
        case .`if`(let conditional): follow(conditional)
        case .`for`(let loop): follow(loop)
        case .`while`(let loop): follow(loop)
        case .assign(let assignment): follow(assignment)
        case .expr(let expression):
            guard let value = expression.value else { return }
            if type(of: value) == .never { flow.isReachable = false }
        case .`return`(let statement): follow(statement)
        case .`break`:
            if !loops.isEmpty { loops[loops.count - 1].breaks.append(flow) }
            flow.isReachable = false
        case .`continue`:
            if !loops.isEmpty { loops[loops.count - 1].continues.append(flow) }
            flow.isReachable = false
        case .pass, .error: break
        case .load(let load): follow(load)
        case .foreign: forget(statement.node)
        }
    }

    /// Nothing is known of what broken or foreign code assigns.
    private func forget(_ node: SyntaxNode) {
        for descendant in node.descendants {
            if descendant.kind == .nameExpr || descendant.kind == .importStmt {
                for token in descendant.tokens where token.kind == .identifier {
                    if binding(at: token.range.lowerBound) != nil { assign(.unknown, toNameAt: token.range.lowerBound) }
                }
            }
        }
    }

    // MARK: - Simple statements

    private func follow(_ assignment: AssignStmt) {
        guard let target = assignment.target else { return }
        let declared = assignment.typeAnnotation.map { environment.expressions.type(of: $0.type) }
        guard let value = assignment.value else {
            if let declared { assign(declared, to: target) }
            return
        }
        if let op = assignment.op, op.kind != .equal, let binary = op.kind.binaryOperator {
            let (left, right) = (type(of: target), type(of: value))
            if binary == .plus, case .list(let element) = left, let added = right.element {
                // A list takes anything that a loop can run over, and stays the same list.
                return assign(.list(element.or(added.widened)), to: target)
            }
            let result = self.result(of: binary, left, right, at: assignment.range, op.text)
            assign(result, to: target)
            return
        }
        let comment = declared ?? TypeComment.type(after: assignment.node, environment.expressions)
        if let declared = comment, declared != .unknown {
            check(value, against: declared) { actual in
                "\(target.node.text) is declared as \(declared), and this is \(actual.article(beside: declared))"
            }
            assign(declared, to: target)
            return
        }
        assign(type(of: value), to: target)
    }

    private func follow(_ statement: ReturnStmt) {
        let declared = current.flatMap { functions[$0].declaredResult }
        if let value = statement.value {
            if let declared, declared != .unknown {
                check(value, against: declared, code: "invalid-return-type") { actual in
                    "the function is declared to return \(declared), and this is \(actual.article(beside: declared))"
                }
            }
            addResult(type(of: value))
        } else {
            addResult(.none)
        }
        flow.isReachable = false
    }

    private func follow(_ load: LoadStmt) {
        let path = load.path ?? ""
        let members = environment.library(path)
        for item in load.loadItems {
            guard let token = item.name, let name = item.loadedName else { continue }
            let type = members.map { $0[name] ?? .unknown } ?? context.modules.type(of: name, from: path)
            assign(type, toNameAt: (item.alias ?? token).range.lowerBound)
        }
    }

    // MARK: - Branches

    private func follow(_ conditional: IfStmt) {
        var ends: [Flow] = []
        func branch(_ condition: Expr?, _ suite: Suite?) {
            guard let condition else { return follow(suite) }
            _ = type(of: condition)
            let before = flow
            narrow(condition, to: true)
            follow(suite)
            ends.append(flow)
            flow = before
            narrow(condition, to: false)
        }
        branch(conditional.condition, conditional.suite)
        for clause in conditional.elifClauses { branch(clause.condition, clause.suite) }
        if let otherwise = conditional.elseClause { follow(otherwise.suite) }
        flow = ends.reduce(flow) { $0.joined($1) }
    }

    // MARK: - Loops

    private func follow(_ loop: ForStmt) {
        let elements = loop.iterable.map { element(of: $0) } ?? .unknown
        repeatUntilKnown { checker in
            if let target = loop.target { checker.assign(elements, to: target) }
            checker.follow(loop.suite)
        }
        if let otherwise = loop.elseClause { follow(otherwise.suite) }
    }

    private func follow(_ loop: WhileStmt) {
        repeatUntilKnown { checker in
            if let condition = loop.condition {
                _ = checker.type(of: condition)
                checker.narrow(condition, to: true)
            }
            checker.follow(loop.suite)
        }
    }

    /// How often the body of a loop may be followed, by how many loops are around it; once if there are more. The rounds of loops
    /// in loops multiply.
    private static let maximumRounds = [3, 3, 2]

    /// Follows a loop's body until what is known at its beginning holds for every round. What is found in a round of which that
    /// is not true is forgotten.
    private func repeatUntilKnown(_ body: (TypeChecker) -> Void) {
        let before = flow
        var entry = flow
        let maximum =
            loops.count < TypeChecker.maximumRounds.count ? TypeChecker.maximumRounds[loops.count] : 1
        let resultCount = current.map { functions[$0].results.count } ?? 0
        for round in 1...maximum {
            var left = Flow(isReachable: false)
            var next = entry
            let holds = findingIfTrue {
                flow = entry
                loops.append(LoopFlows())
                body(self)
                let ended = loops.removeLast()
                let after = ended.continues.reduce(flow) { $0.joined($1) }
                left = ended.breaks.reduce(after) { $0.joined($1) }
                next = beginning(after: after, from: entry, before, isLast: round + 1 >= maximum)
                return next == entry || round > 1 && round == maximum
            }
            if !holds, round < maximum {
                entry = next
                continue
            }
            if !holds {
                // What it would take another round to know is unknown.
                for (id, type) in left.types where before.types[id] != type {
                    left.types[id] = .unknown
                    assigned[id] = .unknown
                }
                if let current, functions[current].results.count > resultCount {
                    functions[current].results.append(.unknown)
                }
            }
            flow = (holds ? entry : next).joined(left)
            break
        }
        flow.isReachable = before.isReachable
        // Only now is it certain what they are.
        if loops.isEmpty { for (id, type) in flow.types where before.types[id] == nil { noteGlobal(id, type) } }
    }

    /// What is known at the beginning of the next round.
    ///
    /// - Parameters:
    ///   - after: what is known at the end of a round that began with `entry`.
    ///   - before: what is known before the loop.
    ///   - isLast: whether it must hold for all rounds.
    private func beginning(after: Flow, from entry: Flow, _ before: Flow, isLast: Bool) -> Flow {
        let joined = entry.joined(after)
        if joined == entry { return entry }
        if isLast {
            var next = entry
            for (id, type) in joined.types where entry.types[id] != type && before.types[id] != nil {
                next.types[id] = .unknown
            }
            return next
        }
        var next = joined
        // What is new in this round is assigned before it is read in the next one, or has no value.
        next.types = joined.types.kept(from: before.types, changed: \.widened)
        return next
    }
}

extension SyntaxKind {
    /// The operator of an augmented assignment.
    fileprivate var binaryOperator: SyntaxKind? {
        switch self {
        case .plusEqual: .plus
        case .minusEqual: .minus
        case .starEqual: .star
        case .slashEqual: .slash
        case .slashSlashEqual: .slashSlash
        case .percentEqual: .percent
        case .ampersandEqual: .ampersand
        case .pipeEqual: .pipe
        case .caretEqual: .caret
        case .lessLessEqual: .lessLess
        case .greaterGreaterEqual: .greaterGreater
        default: nil
        }
    }
}
