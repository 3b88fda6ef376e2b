extension Type {
    /// Whether a value of this type may be a value of another one.
    ///
    /// False only where no value fits: of a union one member that fits is enough, since which of them it is may be known to the
    /// author and not to us.
    package func mayBe(_ target: Type, depth: Int = 0) -> Bool {
        guard depth < 2 * Type.maximumDepth else { return true }
        switch (self, target) {
        case (.unknown, _), (_, .unknown), (.never, _), (.variable, _), (_, .variable): return true
        case (.union(let members), _): return members.contains { $0.mayBe(target, depth: depth + 1) }
        case (_, .union(let members)): return members.contains { mayBe($0, depth: depth + 1) }
        default: break
        }
        if self == target { return true }
        func fits(_ a: Type, _ b: Type) -> Bool { a.mayBe(b, depth: depth + 1) }
        switch (self, target) {
        // envd reads such words without regard to case.
        case (.literal(.string(let a)), .literal(.string(let b))): return a == b || a.lowercased() == b.lowercased()
        case (.literal(let a), .literal(let b)): return a == b
        case (.literal, .refined(let refined)): return widened == refined.baseType
        case (.literal, _): return fits(widened, target)
        case (_, .literal(.string)): return isText
        case (_, .literal(.int)): return isInteger
        case (_, .literal(.bool)): return self == .bool
        case (.refined(let a), .refined(let b)): return a.base == b.base
        case (.refined(let refined), _): return fits(refined.baseType, target)
        case (_, .refined(let refined)): return self == refined.baseType
        // As numbers are: an integer stands wherever a float does.
        case (.int, .float): return true
        case (.list(let a), .list(let b)), (.set(let a), .set(let b)), (.iterable(let a), .iterable(let b)),
            (.homogeneousTuple(let a), .homogeneousTuple(let b)):
            return fits(a, b)
        case (.dict(let ak, let av), .dict(let bk, let bv)): return fits(ak, bk) && fits(av, bv)
        case (.tuple(let a), .tuple(let b)): return a.count == b.count && zip(a, b).allSatisfy(fits)
        case (.tuple(let a), .homogeneousTuple(let b)): return a.allSatisfy { fits($0, b) }
        case (.homogeneousTuple(let a), .tuple(let b)): return b.allSatisfy { fits(a, $0) }
        case (_, .iterable(let wanted)):
            guard let element = element else { return false }
            return fits(element, wanted)
        case (.function, .callable), (.function, .function), (.callable, .function): return true
        case (.structure, .anyStructure), (.anyStructure, .structure): return true
        case (.structure, .structure), (.module, .module): return true
        // A struct may stand for a value of the host, and the other way round: both are records.
        case (.structure(let a), .instance(let b)): return b.members.keys.allSatisfy { a.members[$0] != nil }
        case (.anyStructure, .instance), (.instance, .anyStructure): return true
        case (.instance(let a), .instance(let b)): return a.name == b.name
        default: return false
        }
    }

    /// What a loop over it gives; nil if it cannot be looped over.
    package var element: Type? {
        switch self {
        case .unknown, .variable, .never: .unknown
        case .list(let element), .set(let element), .iterable(let element), .homogeneousTuple(let element): element
        case .dict(let key, _): key
        case .tuple(let elements): Type.oneOf(elements)
        case .range: .int
        case .union(let members):
            members.contains { $0.element != nil } ? Type.oneOf(members.compactMap(\.element)) : nil
        default: nil
        }
    }

    var isText: Bool {
        switch self {
        case .string, .literal(.string): true
        case .refined(let refined): refined.base == .string
        default: false
        }
    }

    var isInteger: Bool {
        switch self {
        case .int, .literal(.int): true
        case .refined(let refined): refined.base == .int
        default: false
        }
    }

    /// Without what refinements and literals add.
    var base: Type {
        switch self {
        case .literal: widened
        case .refined(let refined): refined.baseType
        default: self
        }
    }

    /// Whether nothing is known of it, wholly or of one of its possible values.
    var isUncertain: Bool {
        switch self {
        case .unknown, .variable: true
        case .union(let members): members.contains(where: \.isUncertain)
        default: false
        }
    }

    /// Whether its values can be keys of a dict; true where that is not known.
    var mayBeKey: Bool {
        switch self {
        case .list, .dict, .set: false
        case .tuple(let elements): elements.allSatisfy(\.mayBeKey)
        case .union(let members): members.contains(where: \.mayBeKey)
        default: true
        }
    }

    /// Whether it is true where a condition is wanted; nil where that depends on the value.
    var truth: Bool? {
        switch self {
        case .none: false
        case .literal(.bool(let value)): value
        case .literal(.int(let value)): value != 0
        case .literal(.string(let text)): !text.isEmpty
        case .function, .callable, .module, .structure, .anyStructure, .instance: true
        case .tuple(let elements): !elements.isEmpty
        default: nil
        }
    }
}

extension RefinedType {
    var baseType: Type { base == .string ? .string : .int }
}
