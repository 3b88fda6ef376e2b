import EnvdSyntax

extension TypeChecker {
    /// What an operator gives, after reporting that it takes none of the possible operands.
    func result(of op: SyntaxKind, _ left: Type, _ right: Type, at range: Range<Int>, _ text: String) -> Type {
        if left.isUncertain || right.isUncertain || left == .never || right == .never {
            return Operators.alwaysGivesTruth(op) ? .bool : .unknown
        }
        if !left.isUnion, !right.isUnion {
            if let type = Operators.result(of: op, left, right) { return type.bounded() }
        } else {
            var results: [Type] = []
            for a in left.members {
                for b in right.members {
                    if let type = Operators.result(of: op, a, b) { results.append(type) }
                }
            }
            if !results.isEmpty { return Type.oneOf(results).bounded() }
        }
        report(
            "unsupported-operator", range,
            "'\(text)' does not take \(left.article) and \(right.article)\(Operators.hint(op, left, right))")
        return Operators.alwaysGivesTruth(op) ? .bool : .unknown
    }
}

/// What the operators of Starlark give, as starlark-go defines them.
private enum Operators {
    static func alwaysGivesTruth(_ op: SyntaxKind) -> Bool {
        switch op {
        case .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .inKeyword: true
        default: false
        }
    }

    /// Nil if the operator does not take these; neither is a union.
    static func result(of op: SyntaxKind, _ left: Type, _ right: Type) -> Type? {
        let (a, b) = (left.base, right.base)
        switch op {
        case .equalEqual, .notEqual: return .bool
        case .less, .lessEqual, .greater, .greaterEqual: return isOrdered(a, b) ? .bool : nil
        case .inKeyword: return isContained(a, b) ? .bool : nil
        case .plus: return sum(a, b)
        case .minus:
            if case .set(let element) = a, case .set = b { return .set(element) }
            return number(a, b)
        case .star: return product(a, b)
        case .slash: return number(a, b) == nil ? nil : .float
        case .slashSlash: return number(a, b)
        case .percent:
            // The text decides what it takes; other rules look at that.
            if a == .string { return .string }
            return number(a, b)
        case .pipe:
            switch (a, b) {
            case (.int, .int): return .int
            case (.dict(let ak, let av), .dict(let bk, let bv)): return .dict(ak.or(bk), av.or(bv))
            case (.set(let a), .set(let b)): return .set(a.or(b))
            default: return isOpaque(a) || isOpaque(b) ? .unknown : nil
            }
        case .ampersand, .caret:
            switch (a, b) {
            case (.int, .int): return .int
            case (.set(let a), .set): return .set(a)
            default: return isOpaque(a) || isOpaque(b) ? .unknown : nil
            }
        case .lessLess, .greaterGreater: return a == .int && b == .int ? .int : nil
        // No operators of Starlark, which has been said already.
        default: return .unknown
        }
    }

    /// Values of the host may have operators of their own.
    private static func isOpaque(_ type: Type) -> Bool {
        switch type {
        case .instance, .anyStructure, .structure, .iterable, .callable: true
        default: false
        }
    }

    private static func number(_ a: Type, _ b: Type) -> Type? {
        switch (a, b) {
        case (.int, .int): .int
        case (.int, .float), (.float, .int), (.float, .float): .float
        default: isOpaque(a) || isOpaque(b) ? .unknown : nil
        }
    }

    private static func sum(_ a: Type, _ b: Type) -> Type? {
        switch (a, b) {
        case (.string, .string): return .string
        case (.bytes, .bytes): return .bytes
        case (.list(let a), .list(let b)): return .list(a.or(b))
        case (.tuple(let a), .tuple(let b)): return .tuple(a + b)
        case (.tuple, .homogeneousTuple), (.homogeneousTuple, .tuple), (.homogeneousTuple, .homogeneousTuple):
            return .homogeneousTuple((a.element ?? .unknown).or(b.element ?? .unknown))
        default: return number(a, b)
        }
    }

    private static func product(_ a: Type, _ b: Type) -> Type? {
        switch (a, b) {
        case (.string, .int), (.int, .string): return .string
        case (.bytes, .int), (.int, .bytes): return .bytes
        case (.list(let element), .int), (.int, .list(let element)): return .list(element)
        case (.tuple, .int), (.homogeneousTuple, .int): return .homogeneousTuple(a.element ?? .unknown)
        case (.int, .tuple), (.int, .homogeneousTuple): return .homogeneousTuple(b.element ?? .unknown)
        default: return number(a, b)
        }
    }

    private static func isOrdered(_ a: Type, _ b: Type) -> Bool {
        switch (a, b) {
        case (.int, .int), (.int, .float), (.float, .int), (.float, .float): true
        case (.string, .string), (.bytes, .bytes), (.bool, .bool), (.list, .list): true
        case (.tuple, .tuple), (.tuple, .homogeneousTuple), (.homogeneousTuple, .tuple): true
        case (.homogeneousTuple, .homogeneousTuple), (.set, .set): true
        default: isOpaque(a) || isOpaque(b)
        }
    }

    private static func isContained(_ a: Type, _ b: Type) -> Bool {
        switch b {
        case .string: a == .string
        case .bytes: a == .bytes || a == .int
        case .list, .tuple, .homogeneousTuple, .dict, .set, .iterable: true
        case .range: true
        default: isOpaque(b)
        }
    }

    /// What the author may have thought of.
    static func hint(_ op: SyntaxKind, _ left: Type, _ right: Type) -> String {
        guard op == .plus else { return "" }
        if left.isText, right.mayBe(.float) || right == .bool { return "; use str(…)" }
        if right.isText, left.mayBe(.float) || left == .bool { return "; use str(…)" }
        if case .list = left, right.isText { return "; put the string into brackets" }
        return ""
    }
}
