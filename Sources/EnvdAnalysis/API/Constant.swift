import EnvdSyntax

/// What is known of a value without running the program: literals, what is made of them by `+`, and names that are
/// assigned one such value.
package struct Constant: Sendable {
    package indirect enum Value: Sendable {
        case text(String)
        case integer(Int)
        case truth(Bool)
        case none
        case list([Constant])
        case tuple([Constant])
        case dict([(key: Constant, value: Constant)])
        /// Nothing is known; in a list or a dict, of one element.
        case unknown
    }

    package let value: Value
    /// Where it is written: UTF-8 bytes in the file. Of a name that is where its value stands.
    package let range: Range<Int>

    package var text: String? {
        if case .text(let text) = value { text } else { nil }
    }
    package var integer: Int? {
        if case .integer(let integer) = value { integer } else { nil }
    }
    package var truth: Bool? {
        if case .truth(let truth) = value { truth } else { nil }
    }
    /// The elements of a list or a tuple.
    package var elements: [Constant]? {
        switch value {
        case .list(let elements), .tuple(let elements): elements
        default: nil
        }
    }
    package var entries: [(key: Constant, value: Constant)]? {
        if case .dict(let entries) = value { entries } else { nil }
    }
    /// The strings among its elements, or itself: what there is to check of `name=[…]` and `name="…"` alike.
    package var texts: [(text: String, range: Range<Int>)] {
        if let text { return [(text, range)] }
        return (elements ?? []).compactMap { element in element.text.map { ($0, element.range) } }
    }
}

extension RuleContext {
    /// What is known of an expression.
    package func constant(_ expression: Expr?) -> Constant? {
        guard let expression else { return nil }
        let constant = constant(expression, depth: 0)
        if case .unknown = constant.value { return nil }
        return constant
    }

    /// What is known of an argument of a call; nil if it is not given or nothing is known.
    package func constant(_ name: String, of call: APICall) -> Constant? {
        constant(call.argument(name)?.value)
    }

    /// The expression that an expression stands for: behind parentheses, and behind names that are assigned once. To ask only
    /// what kind of value it is, or how long: making a `Constant` of a long list for every use of its name would take too long.
    func origin(of expression: Expr?) -> Expr? {
        var next = expression
        for _ in 0..<RuleContext.maximumDepth {
            switch next {
            case .paren(let paren): next = paren.inner
            case .name(let name):
                guard let value = soleValue(of: name) else { return next }
                next = value
            default: return next
            }
        }
        return nil
    }

    /// Names lead from one to another, and files are written by machines too: what is deeper is not looked at.
    private static let maximumDepth = 24

    private func constant(_ expression: Expr, depth: Int) -> Constant {
        func made(_ value: Constant.Value) -> Constant { Constant(value: value, range: expression.range) }
        guard depth < RuleContext.maximumDepth else { return made(.unknown) }
        switch expression {
        case .literal(let literal): return made(RuleContext.value(of: literal))
        case .paren(let paren):
            guard let inner = paren.inner else { return made(.unknown) }
            return constant(inner, depth: depth + 1)
        case .list(let list): return made(.list(list.elements.map { constant($0, depth: depth + 1) }))
        case .tuple(let tuple): return made(.tuple(tuple.elements.map { constant($0, depth: depth + 1) }))
        case .dict(let dict):
            var entries: [(key: Constant, value: Constant)] = []
            for item in dict.entries {
                guard case .dictEntry(let entry) = item, let key = entry.key, let value = entry.value else {
                    return made(.unknown)
                }
                entries.append((constant(key, depth: depth + 1), constant(value, depth: depth + 1)))
            }
            return made(.dict(entries))
        case .name(let name):
            switch name.name?.text {
            case "True" where binding(of: name) == nil: return made(.truth(true))
            case "False" where binding(of: name) == nil: return made(.truth(false))
            case "None" where binding(of: name) == nil: return made(.none)
            default:
                guard let value = soleValue(of: name) else { return made(.unknown) }
                return constant(value, depth: depth + 1)
            }
        case .unary(let unary):
            guard unary.op?.kind == .minus, let operand = unary.operand,
                let number = constant(operand, depth: depth + 1).integer, number != .min
            else { return made(.unknown) }
            return made(.integer(-number))
        case .binary(let binary):
            guard binary.op?.kind == .plus, let left = binary.left, let right = binary.right else {
                return made(.unknown)
            }
            let (a, b) = (constant(left, depth: depth + 1), constant(right, depth: depth + 1))
            switch (a.value, b.value) {
            case (.text(let a), .text(let b)) where a.utf8.count + b.utf8.count < 1 << 16: return made(.text(a + b))
            case (.list(let a), .list(let b)) where a.count + b.count < 1 << 12: return made(.list(a + b))
            default: return made(.unknown)
            }
        default: return made(.unknown)
        }
    }

    private static func value(of literal: LiteralExpr) -> Constant.Value {
        guard let token = literal.token else { return .unknown }
        switch token.kind {
        case .string:
            return StringLiteral.value(of: token).map { .text(String(decoding: $0, as: UTF8.self)) } ?? .unknown
        case .integer:
            guard let (digits, base) = NumberLiteral.integer(token.text), let value = Int(digits, radix: base) else {
                return .unknown
            }
            return .integer(value)
        default: return .unknown
        }
    }

    private func binding(of name: NameExpr) -> Binding.ID? {
        use(at: name.range)?.binding
    }

    /// The value of a variable that is assigned once, by a plain assignment.
    private func soleValue(of name: NameExpr) -> Expr? {
        guard let id = binding(of: name), names.bindings[id].occurrences.count == 1,
            let occurrence = names.bindings[id].occurrences.first, occurrence.kind == .variable,
            let node = file.node(covering: occurrence.range),
            let assignment = node.kind == .assignStmt ? AssignStmt(node) : node.parent.flatMap(AssignStmt.init),
            assignment.op?.kind == .equal, let target = assignment.target, target.range == occurrence.range,
            case .name = target
        else { return nil }
        return assignment.value
    }
}
