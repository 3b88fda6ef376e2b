import EnvdSyntax

extension TypeChecker {
    /// Takes into account that a condition has come out true or false.
    func narrow(_ condition: Expr, to truth: Bool) {
        switch condition {
        case .paren(let paren): if let inner = paren.inner { narrow(inner, to: truth) }
        case .name:
            guard let id = variable(condition) else { return }
            refine(id) { $0.when(truth) }
        case .unary(let unary) where unary.op?.kind == .notKeyword:
            if let operand = unary.operand { narrow(operand, to: !truth) }
        case .binary(let binary): narrow(binary, to: truth)
        case .call(let call): narrow(call, to: truth)
        case .literal, .list, .dict, .tuple: return
        default: return
        }
    }

    private func refine(_ id: Binding.ID, _ change: (Type) -> Type) {
        guard let type = flow.types[id] else { return }
        let narrowed = change(type)
        // A check that nothing passes is there for what the types do not say.
        flow.types[id] = narrowed == .never ? .unknown : narrowed
    }

    private func narrow(_ binary: BinaryExpr, to truth: Bool) {
        guard let op = binary.op?.kind, let left = binary.left, let right = binary.right else { return }
        switch op {
        case .andKeyword where truth, .orKeyword where !truth:
            narrow(left, to: truth)
            narrow(right, to: truth)
        case .andKeyword, .orKeyword:
            // One of both decided; what is known is what holds either way.
            let before = flow
            narrow(left, to: truth)
            let first = flow
            flow = before
            narrow(left, to: !truth)
            narrow(right, to: truth)
            flow = first.joined(flow)
        case .equalEqual: narrow(left, right, isEqual: truth)
        case .notEqual: narrow(left, right, isEqual: !truth)
        case .inKeyword: narrow(left, in: right, isContained: truth)
        case .notKeyword: narrow(left, in: right, isContained: !truth)
        default: return
        }
    }

    private func narrow(_ left: Expr, _ right: Expr, isEqual: Bool) {
        for (tested, other) in [(left, right), (right, left)] {
            if let subject = typeArgument(tested), let id = variable(subject),
                case .literal(.string(let name)) = quietType(of: other)
            {
                refine(id) { $0.named(name, isEqual) }
            }
            guard let id = variable(tested) else { continue }
            switch quietType(of: other) {
            case .none: refine(id) { $0.without(isEqual ? { $0 != .none } : { $0 == .none }) }
            case let literal where literal.isLiteral:
                refine(id) { type in
                    guard isEqual else { return type.without { $0 == literal } }
                    return type.isUncertain ? literal.widened : type.without { !literal.mayBe($0) }
                }
            default: continue
            }
        }
    }

    private func narrow(_ left: Expr, in right: Expr, isContained: Bool) {
        guard case .list(let list) = right.withoutParens else {
            guard case .tuple(let tuple) = right.withoutParens else { return }
            return narrow(left, among: tuple.elements.map { quietType(of: $0) }, isContained)
        }
        narrow(left, among: list.elements.map { quietType(of: $0) }, isContained)
    }

    private func narrow(_ left: Expr, among choices: [Type], _ isContained: Bool) {
        let isKnown = choices.allSatisfy { $0.isLiteral || $0 == .none }
        if let subject = typeArgument(left), let id = variable(subject), isKnown {
            let names = choices.compactMap { if case .literal(.string(let name)) = $0 { name } else { nil } }
            if isContained {
                refine(id) { type in Type.oneOf(names.map { type.named($0, true) }) }
            } else {
                for name in names { refine(id) { $0.named(name, false) } }
            }
        }
        guard let id = variable(left), isKnown else { return }
        guard isContained else { return refine(id) { type in type.without { choices.contains($0) } } }
        refine(id) { type in
            if type.isUncertain { return Type.oneOf(choices.map(\.widened)) }
            return type.without { member in !choices.contains { $0.mayBe(member) } }
        }
    }

    /// `hasattr(x, …)` says that the author knows more.
    private func narrow(_ call: CallExpr, to truth: Bool) {
        guard truth, case .name(let name)? = call.callee, name.name?.text == "hasattr",
            case .expr(let subject)? = call.argumentList?.arguments.first(where: { _ in true }),
            let id = variable(subject)
        else { return }
        flow.types[id] = .unknown
    }

    /// The `x` of `type(x)`.
    private func typeArgument(_ expression: Expr) -> Expr? {
        guard case .call(let call) = expression.withoutParens, case .name(let name)? = call.callee,
            name.name?.text == "type", useIndex(of: name).flatMap({ context.names.uses[$0].binding }) == nil,
            case .expr(let argument)? = call.argumentList?.arguments.first(where: { _ in true })
        else { return nil }
        return argument
    }

    /// The type of an expression that has been looked at already.
    private func quietType(of expression: Expr) -> Type {
        silence += 1
        defer { silence -= 1 }
        return type(of: expression)
    }
}

extension Expr {
    var withoutParens: Expr {
        var expression = self
        while case .paren(let paren) = expression, let inner = paren.inner { expression = inner }
        return expression
    }
}

extension Type {
    var isLiteral: Bool {
        if case .literal = self { true } else { false }
    }

    /// Without the members for which something holds.
    fileprivate func without(_ isOut: (Type) -> Bool) -> Type {
        if isUncertain { return self }
        return Type.oneOf(members.filter { !isOut($0) })
    }

    /// What is left if `type(x)` is, or is not, that name.
    fileprivate func named(_ name: String, _ isEqual: Bool) -> Type {
        let meant: Type =
            switch name {
            case "NoneType": .none
            case "bool": .bool
            case "int": .int
            case "float": .float
            case "string": .string
            case "bytes": .bytes
            case "list": .list(.unknown)
            case "dict": .dict(.unknown, .unknown)
            case "tuple": .homogeneousTuple(.unknown)
            case "set": .set(.unknown)
            case "range": .range
            case "function", "builtin_function_or_method": .callable
            case "struct": .anyStructure
            default: .unknown
            }
        guard meant != .unknown else { return isEqual ? .unknown : self }
        if isUncertain { return isEqual ? meant : self }
        return Type.oneOf(
            members.filter { member in
                // An integer may stand for a float, but it is none.
                let isOfKind = member.mayBe(meant) && !(meant == .float && member.isInteger)
                return isOfKind == isEqual
            })
    }
}
