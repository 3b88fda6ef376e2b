import EnvdSyntax

extension TypeChecker {
    /// The type of an expression, after reporting what cannot work in it.
    func type(of expression: Expr) -> Type {
        let type = found(expression)
        if let record, silence == 0 { record.note(type, of: expression) }
        return type
    }

    private func found(_ expression: Expr) -> Type {
        switch expression {
        case .name(let name): return type(of: name)
        case .literal(let literal): return type(of: literal)
        case .paren(let paren): return paren.inner.map { type(of: $0) } ?? .unknown
        case .tuple(let tuple): return .tuple(tuple.elements.map { type(of: $0) }).bounded()
        case .list(let list): return .list(elementType(list.elements))
        case .dict(let dict): return type(of: dict)
        case .listComp(let comprehension):
            return withClauses(comprehension.compClauses.map { $0 }) { checker in
                .list(comprehension.element.map { checker.type(of: $0).widened } ?? .unknown)
            }
        case .dictComp(let comprehension):
            return withClauses(comprehension.compClauses.map { $0 }) { checker in
                let key = comprehension.entry?.key.map { checker.key($0).widened } ?? .unknown
                let value = comprehension.entry?.value.map { checker.type(of: $0).widened } ?? .unknown
                return .dict(key, value)
            }
        case .lambda(let lambda): return type(of: lambda)
        case .conditional(let conditional): return type(of: conditional)
        case .unary(let unary): return type(of: unary)
        case .binary(let binary): return type(of: binary)
        case .dot(let dot): return type(of: dot)
        case .call(let call): return type(of: call)
        case .index(let index): return type(of: index)
        case .slice(let slice): return type(of: slice)
        case .foreign, .error:
            return .unknown
        }
    }

    // MARK: - Literals and collections

    /// Longer texts are no members of a `Literal`; they would only take memory.
    private static let maximumLiteral = 80

    private func type(of literal: LiteralExpr) -> Type {
        guard let token = literal.token else { return .unknown }
        switch token.kind {
        case .string, .formattedString:
            guard token.kind == .string, token.range.count <= TypeChecker.maximumLiteral,
                let text = StringLiteral.text(of: token)
            else { return .string }
            return .literal(.string(text))
        case .bytes: return .bytes
        case .float: return .float
        case .integer:
            guard token.range.count <= 18 else { return .int }
            if let value = token.withBytes(plainInteger) { return .literal(.int(value)) }
            guard let (digits, base) = NumberLiteral.integer(token.text), let value = Int(digits, radix: base) else {
                return .int
            }
            return .literal(.int(value))
        default: return .unknown
        }
    }

    /// The type of an expression without what only its value has.
    private func widenedType(of expression: Expr) -> Type { plainType(of: expression) ?? type(of: expression).widened }

    /// The same of a literal that may be a key, if that is all that anybody wants to know: tables hold thousands, whose values say
    /// nothing.
    func plainType(of expression: Expr) -> Type? {
        guard record == nil, case .literal(let literal) = expression else { return nil }
        return switch literal.token?.kind {
        case .string, .formattedString: .string
        case .integer: .int
        case .float: .float
        case .bytes: .bytes
        default: nil
        }
    }

    private func elementType(_ elements: some Sequence<Expr>) -> Type {
        var type = Type.never
        var isEmpty = true
        for element in elements {
            let next = widenedType(of: element)
            isEmpty = false
            if next != type { type = type == .never ? next : type.or(next) }
        }
        return isEmpty ? .unknown : type.bounded()
    }

    private func type(of dict: DictExpr) -> Type {
        var (keys, values) = (Type.never, Type.never)
        for item in dict.entries {
            guard case .dictEntry(let entry) = item else { return .dict(.unknown, .unknown) }
            let key = entry.key.map { plainType(of: $0) ?? self.key($0).widened } ?? .unknown
            let value = entry.value.map { widenedType(of: $0) } ?? .unknown
            if keys != key { keys = keys.or(key) }
            if values != value { values = values.or(value) }
        }
        if keys == .never { return .dict(.unknown, .unknown) }
        return Type.dict(keys, values).bounded()
    }

    /// The type of a key, which must be one that a dict can have.
    func key(_ expression: Expr) -> Type {
        let type = self.type(of: expression)
        if !type.mayBeKey { report("unhashable-key", expression.range, "\(type.article) is no key of a dict") }
        return type
    }

    private func withClauses(_ clauses: [CompClause], _ body: (TypeChecker) -> Type) -> Type {
        let outer = flow
        for clause in clauses {
            switch clause {
            case .compFor(let loop):
                let element = loop.iterable.map { self.element(of: $0) } ?? .unknown
                if let target = loop.target { assign(element, to: target) }
            case .compIf(let test):
                guard let condition = test.condition else { continue }
                _ = type(of: condition)
                narrow(condition, to: true)
            }
        }
        let type = body(self)
        flow = outer
        return type
    }

    /// What a loop over an expression gives.
    func element(of expression: Expr) -> Type {
        let type = self.type(of: expression)
        if let element = type.element { return element }
        let hint = type.isText ? "; use .elems() for its characters" : type.isInteger ? "; use range(…)" : ""
        let end = expression.range.upperBound
        let isPrimary = [.nameExpr, .literalExpr, .callExpr, .dotExpr, .indexExpr, .parenExpr].contains(
            expression.node.kind)
        let fix = Fix("Loop over its characters", replace: end..<end, with: ".elems()")
        report(
            "not-iterable", expression.range, "\(type.article) cannot be looped over\(hint)",
            type.isText && isPrimary ? [fix] : [])
        return .unknown
    }

    // MARK: - Operators

    private func type(of conditional: ConditionalExpr) -> Type {
        guard let condition = conditional.condition else { return .unknown }
        _ = type(of: condition)
        let before = flow
        narrow(condition, to: true)
        let then = conditional.then.map { type(of: $0) } ?? .unknown
        flow = before
        narrow(condition, to: false)
        let otherwise = conditional.otherwise.map { type(of: $0) } ?? .unknown
        flow = before
        return then.or(otherwise)
    }

    private func type(of unary: UnaryExpr) -> Type {
        guard let operand = unary.operand, let op = unary.op else { return .unknown }
        let type = self.type(of: operand)
        switch op.kind {
        case .notKeyword: return .bool
        case .minus:
            if case .literal(.int(let value)) = type, value != .min { return .literal(.int(-value)) }
            fallthrough
        case .plus:
            if type.mayBe(.float) { return type.isUncertain ? .unknown : type.widened.base }
        default:
            if type.mayBe(.int) { return .int }
        }
        report("unsupported-operator", unary.range, "'\(op.text)' does not take \(type.article)")
        return .unknown
    }

    private func type(of binary: BinaryExpr) -> Type {
        guard let op = binary.op, let left = binary.left else { return .unknown }
        switch op.kind {
        case .andKeyword, .orKeyword:
            let first = type(of: left)
            let before = flow
            narrow(left, to: op.kind == .andKeyword)
            let second = binary.right.map { type(of: $0) } ?? .unknown
            flow = before
            // What the first may be when it decides the result.
            return first.when(op.kind == .orKeyword).or(second)
        default: break
        }
        let (a, b) = (type(of: left), binary.right.map { type(of: $0) } ?? .unknown)
        if op.kind == .notKeyword {
            _ = result(of: .inKeyword, a, b, at: binary.range, "not in")
            return .bool
        }
        return result(of: op.kind, a, b, at: binary.range, op.text)
    }

    // MARK: - Parts

    private func type(of index: IndexExpr) -> Type {
        let base = index.base.map { type(of: $0) } ?? .unknown
        let place = index.index.map { type(of: $0) } ?? .unknown
        if !base.isUnion, base.mayBeIndexed { return element(of: base, at: place, index) ?? .never }
        // Of several possible bases those without elements are not meant.
        let members = base.members.filter(\.mayBeIndexed)
        guard !members.isEmpty else {
            report("invalid-index", index.range, "\(base.article) has no elements to index")
            return .unknown
        }
        return Type.oneOf(members.compactMap { element(of: $0, at: place, index) })
    }

    /// What one of the possible bases has at an index.
    private func element(of base: Type, at place: Type, _ index: IndexExpr) -> Type? {
        let range = index.index?.range ?? index.range
        func number(_ element: Type) -> Type {
            if !place.mayBe(.int) {
                report("invalid-index", range, "\(base.article) is indexed by integers, not by \(place.article)")
            }
            return element
        }
        switch base {
        case .unknown, .variable, .never, .instance, .callable, .iterable: return .unknown
        case .list(let element), .homogeneousTuple(let element): return number(element)
        case .string, .refined, .literal(.string): return base.isText ? number(.string) : nil
        case .bytes, .range: return number(.int)
        case .tuple(let elements):
            guard case .literal(.int(let value)) = place else { return number(Type.oneOf(elements)) }
            let position = value < 0 ? value + elements.count : value
            guard elements.indices.contains(position) else {
                report("invalid-index", range, "there is no element \(value) of \(elements.count)")
                return .unknown
            }
            return elements[position]
        case .dict(_, let value):
            if !place.mayBeKey { report("unhashable-key", range, "\(place.article) is no key of a dict") }
            return value
        case .none, .bool, .int, .float, .literal, .set, .function, .module, .structure, .anyStructure, .union:
            return .unknown
        }
    }

    private func type(of slice: SliceExpr) -> Type {
        let base = slice.base.map { type(of: $0) } ?? .unknown
        for bound in slice.bounds {
            let type = self.type(of: bound)
            if !type.mayBe(Type.int.or(.none)) {
                report("invalid-index", bound.range, "a bound of a slice is an integer, not \(type.article)")
            }
        }
        var results: [Type] = []
        for member in base.members {
            switch member {
            case .list, .homogeneousTuple, .bytes, .range, .unknown, .variable: results.append(member)
            case .tuple(let elements): results.append(.homogeneousTuple(Type.oneOf(elements.map(\.widened))))
            case _ where member.isText: results.append(.string)
            case .none, .bool, .int, .float, .dict, .set, .function, .module, .literal:
                if base.members.count == 1 {
                    report("invalid-index", slice.range, "\(member.article) cannot be sliced")
                }
            default: results.append(.unknown)
            }
        }
        return results.isEmpty ? .unknown : Type.oneOf(results)
    }

    private func type(of dot: DotExpr) -> Type {
        let base = dot.base.map { type(of: $0) } ?? .unknown
        guard let name = dot.name else { return .unknown }
        if case .union(let members) = base {
            var found: [Type] = []
            let text = name.text
            for member in members {
                if let type = attribute(text, of: member) { found.append(type) }
            }
            if !found.isEmpty { return Type.oneOf(found) }
        } else {
            // Of a value of which nothing is known nobody needs the name.
            if case .unknown = base { return .unknown }
            if let type = attribute(name.text, of: base) { return type }
        }
        // What a module of the API lacks is a matter of names, and told there.
        if case .module(let record) = base, context.environment.modules[record.name] != nil { return .unknown }
        reportMissing(name, of: base)
        return .unknown
    }

    private func reportMissing(_ name: SyntaxToken, of base: Type) {
        guard isReporting else { return }
        let candidates = attributeSpellings(of: base)
        let problem = "\(base.article) has no attribute '\(name.text)'"
        var search = NearestName(to: name.text)
        search.consider(candidates)
        guard
            let nearest = search.best
                ?? pythonMethods[name.text].flatMap({ candidates.names.contains($0) ? $0 : nil })
        else { return report("unknown-attribute", name.range, problem) }
        report(
            "unknown-attribute", name.range, "\(problem); did you mean '\(nearest)'?",
            [Fix("Replace with '\(nearest)'", replace: name.range, with: nearest)])
    }

    /// The attributes of a type in the order of the alphabet.
    private func attributeSpellings(of type: Type) -> SpellingList {
        if let table = type.methodTable, let known = environment.methodSpellings[table] { return known }
        return SpellingList(type.members.flatMap { attributes(of: $0) }.sorted())
    }

    /// An attribute of a type that is no union; nil if it has none of that name.
    func attribute(_ name: String, of type: Type) -> Type? {
        switch type {
        case .unknown, .never, .variable, .callable, .iterable, .anyStructure: return .unknown
        case .module(let record), .structure(let record), .instance(let record):
            return record.members[name] ?? (record.isOpen ? .unknown : nil)
        default:
            guard let methods = type.methodTable.flatMap({ environment.methods[$0] }), var method = methods[name] else {
                return nil
            }
            var solution: [String: Type] = [:]
            if let receiver = method.parameters.first {
                type.match(receiver.type, into: &solution)
                method.parameters.removeFirst()
            }
            return .function(method.replacing(solution))
        }
    }

    func attributes(of type: Type) -> [String] {
        switch type {
        case .module(let record), .structure(let record), .instance(let record): Array(record.members.keys)
        default: type.methodTable.flatMap { environment.methods[$0] }.map { Array($0.keys) } ?? []
        }
    }
}

/// The value of up to 18 decimal digits; nil where there is anything else.
private func plainInteger(_ digits: UnsafeBufferPointer<UInt8>) -> Int? {
    guard digits.count <= 18 else { return nil }
    var value = 0
    for digit in digits {
        guard digit.isDigit else { return nil }
        value = value * 10 + Int(digit - 0x30)
    }
    return value
}

/// What Python calls a method that Starlark calls otherwise.
private let pythonMethods = [
    "has_key": "get", "iteritems": "items", "push": "append", "length": "len", "trim": "strip",
]

extension Type {
    /// Which methods its values have.
    var methodTable: String? {
        switch self {
        case .list: "list"
        case .dict: "dict"
        case .set: "set"
        case .bytes: "bytes"
        default: isText ? "string" : nil
        }
    }

    fileprivate var mayBeIndexed: Bool {
        switch self {
        case .none, .bool, .int, .float, .set, .function, .module, .structure, .anyStructure: false
        case .literal, .refined: isText
        default: true
        }
    }

    /// The part of it that is as true as wanted.
    func when(_ truth: Bool) -> Type {
        guard isUnion else {
            if let known = self.truth { return known == truth ? self : .never }
            return self == .bool ? .literal(.bool(truth)) : self
        }
        return Type.oneOf(
            members.compactMap { member in
                if let known = member.truth { return known == truth ? member : nil }
                if member == .bool { return .literal(.bool(truth)) }
                return member
            })
    }

    /// As `article`, but with its value where it is values that matter: "c" where "a" or "b" is wanted.
    func article(beside wanted: Type) -> String {
        guard case .literal(let literal) = self, wanted.members.contains(where: \.isLiteral) else { return article }
        return "\(literal)"
    }

    /// As a sentence has it: "a str", "an int", "None".
    var article: String {
        switch self {
        case .union(let members) where members.contains(where: \.isLiteral):
            let values = members.map { member in
                if case .literal(let literal) = member { "\(literal)" } else { member.article }
            }
            return values.dropLast().joined(separator: ", ") + " or " + (values.last ?? "")
        case .none: return "None"
        case .module(let record): return "'\(record.name)'"
        case .literal: return widened.article
        case .tuple where widened != self: return widened.article
        case .function(let function): return function.name.isEmpty ? "a lambda" : "the function \(function.name)"
        case .callable: return "a function"
        case .unknown: return "a value"
        case .structure, .anyStructure: return "a struct"
        default:
            let text = "\(self)"
            let vowel = text.utf8.first.map { "aeiouAEIO".utf8.contains($0) } ?? false
            return "\(vowel ? "an" : "a") \(text)"
        }
    }
}
