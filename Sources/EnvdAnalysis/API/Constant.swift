import EnvdSyntax

/// What is known of a value without running the program: literals, what is made of them by `+`, and names that are
/// assigned one such value, here or in a file that is loaded.
package struct Constant: Hashable, Sendable {
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
    /// Where it is written: UTF-8 bytes in the file. Of a name that is where its value stands, and of a name whose value stands in
    /// another file the name itself, for all parts of the value.
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

extension Constant {
    /// Whether methods can change what is in it.
    fileprivate var isChangeable: Bool {
        switch value {
        case .list, .dict: true
        default: false
        }
    }

    /// The same with something more in it of which nothing is known.
    fileprivate var withUnknownPart: Constant {
        let unknown = Constant(value: .unknown, range: range)
        return switch value {
        case .list(let elements): Constant(value: .list(elements + [unknown]), range: range)
        case .dict(let entries): Constant(value: .dict(entries + [(unknown, unknown)]), range: range)
        default: self
        }
    }
}

extension Constant.Value: Hashable {
    package static func == (a: Constant.Value, b: Constant.Value) -> Bool {
        switch (a, b) {
        case (.text(let a), .text(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.truth(let a), .truth(let b)): a == b
        case (.none, .none), (.unknown, .unknown): true
        case (.list(let a), .list(let b)), (.tuple(let a), .tuple(let b)): a == b
        case (.dict(let a), .dict(let b)): a.elementsEqual(b) { $0 == $1 }
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .text(let text): hasher.combine(text)
        case .integer(let integer): hasher.combine(integer)
        case .truth(let truth): hasher.combine(truth)
        case .list(let elements), .tuple(let elements): hasher.combine(elements)
        case .dict(let entries): hasher.combine(entries.map(\.key))
        case .none, .unknown: break
        }
    }
}

extension RuleContext {
    /// What is known of an expression.
    package func constant(_ expression: Expr?) -> Constant? {
        guard let expression else { return nil }
        let range = expression.range
        if let known = knownConstants[range] { return known }
        var budget = RuleContext.maximumParts
        let found = constant(expression, &budget, depth: 0)
        let constant: Constant? = if case .unknown = found.value { nil } else { found }
        knownConstants[range] = .some(constant)
        return constant
    }

    /// What is known of an argument of a call; nil if it is not given or nothing is known.
    package func constant(_ name: String, of call: APICall) -> Constant? {
        constant(call.argument(name)?.value)
    }

    /// What is known of the value of a name that the chunk binds at the top level.
    func constant(ofGlobal symbol: Symbol) -> Constant? {
        guard let id = names.binding(of: symbol, in: 0), let occurrence = soleOccurrence(of: id) else { return nil }
        var budget = RuleContext.maximumParts
        return constant(of: id, at: occurrence, readAt: occurrence.range, &budget, depth: 0)
    }

    /// The expression that an expression stands for: behind parentheses, and behind names that are assigned once. To ask only
    /// what kind of value it is, or how long: making a `Constant` of a long list for every use of its name would take too long.
    func origin(of expression: Expr?) -> Expr? {
        var next = expression
        for _ in 0..<RuleContext.maximumDepth {
            switch next {
            case .paren(let paren): next = paren.inner
            case .name(let name):
                guard let id = binding(of: name), let occurrence = soleOccurrence(of: id),
                    let value = value(assignedAt: occurrence)
                else { return next }
                next = value
            default: return next
            }
        }
        return nil
    }

    /// Names lead from one to another, and files are written by machines too: what is deeper is not looked at.
    private static let maximumDepth = 24
    /// Lists of one name many times, whose value is such a list, would be long without end.
    private static let maximumParts = 1 << 14

    private func constant(_ expression: Expr, _ budget: inout Int, depth: Int) -> Constant {
        func made(_ value: Constant.Value) -> Constant { Constant(value: value, range: expression.range) }
        guard depth < RuleContext.maximumDepth, budget > 0 else { return made(.unknown) }
        budget -= 1
        switch expression {
        case .literal(let literal): return made(RuleContext.value(of: literal))
        case .paren(let paren):
            guard let inner = paren.inner else { return made(.unknown) }
            return constant(inner, &budget, depth: depth + 1)
        case .list(let list): return made(.list(list.elements.map { constant($0, &budget, depth: depth + 1) }))
        case .tuple(let tuple): return made(.tuple(tuple.elements.map { constant($0, &budget, depth: depth + 1) }))
        case .dict(let dict):
            var entries: [(key: Constant, value: Constant)] = []
            for item in dict.entries {
                guard case .dictEntry(let entry) = item, let key = entry.key, let value = entry.value else {
                    return made(.unknown)
                }
                entries.append(
                    (constant(key, &budget, depth: depth + 1), constant(value, &budget, depth: depth + 1)))
            }
            return made(.dict(entries))
        case .name(let name):
            switch name.name?.text {
            case "True" where binding(of: name) == nil: return made(.truth(true))
            case "False" where binding(of: name) == nil: return made(.truth(false))
            case "None" where binding(of: name) == nil: return made(.none)
            default:
                guard let id = binding(of: name), let occurrence = soleOccurrence(of: id) else { return made(.unknown) }
                return constant(of: id, at: occurrence, readAt: name.range, &budget, depth: depth) ?? made(.unknown)
            }
        case .dot(let dot): return constant(ofMember: dot) ?? made(.unknown)
        case .unary(let unary):
            guard unary.op?.kind == .minus, let operand = unary.operand,
                let number = constant(operand, &budget, depth: depth + 1).integer, number != .min
            else { return made(.unknown) }
            return made(.integer(-number))
        case .binary(let binary):
            guard binary.op?.kind == .plus, let left = binary.left, let right = binary.right else {
                return made(.unknown)
            }
            let a = constant(left, &budget, depth: depth + 1)
            let b = constant(right, &budget, depth: depth + 1)
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
            return StringLiteral.text(of: token).map { .text($0) } ?? .unknown
        case .integer:
            guard let (digits, base) = NumberLiteral.integer(token.text), let value = Int(digits, radix: base) else {
                return .unknown
            }
            return .integer(value)
        default: return .unknown
        }
    }

    // MARK: - Names

    private func binding(of name: NameExpr) -> Binding.ID? {
        use(at: name.range)?.binding
    }

    /// Where a name gets its value, if that is one place.
    private func soleOccurrence(of id: Binding.ID) -> Binding.Occurrence? {
        let occurrences = names.bindings[id].occurrences
        return occurrences.count == 1 ? occurrences.first : nil
    }

    /// The value that a plain assignment gives to a variable.
    private func value(assignedAt occurrence: Binding.Occurrence) -> Expr? {
        guard occurrence.kind == .variable, let node = file.node(covering: occurrence.range),
            let assignment = node.kind == .assignStmt ? AssignStmt(node) : node.parent.flatMap(AssignStmt.init),
            assignment.op?.kind == .equal, let target = assignment.target, target.range == occurrence.range,
            case .name = target
        else { return nil }
        return assignment.value
    }

    /// The value of a name that gets it in one place.
    private func constant(
        of id: Binding.ID, at occurrence: Binding.Occurrence, readAt range: Range<Int>, _ budget: inout Int, depth: Int
    ) -> Constant? {
        if occurrence.kind == .load { return constant(loadedAt: occurrence.range)?.moved(to: range) }
        guard let value = value(assignedAt: occurrence) else { return nil }
        let constant = constant(value, &budget, depth: depth + 1)
        return constant.isChangeable && isChanged(id) ? constant.withUnknownPart : constant
    }
}
