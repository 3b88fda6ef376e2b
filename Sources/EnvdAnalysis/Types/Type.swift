/// What is known of a value without running the program.
///
/// Types are gradual: `unknown` fits everywhere and everything fits it, so that no finding comes from ignorance. They are bounded:
/// a union has at most `Type.maximumMembers` members, and what is nested more than `Type.maximumDepth` deep is unknown.
package indirect enum Type: Hashable, Sendable {
    /// Nothing is known; a value of any kind.
    case unknown
    /// No value: the result of a call that never returns, the element of an empty list.
    case never
    case none
    case bool
    case int
    case float
    case string
    case bytes
    case range
    case literal(Literal)
    /// A string or an integer with a meaning: `Port`, `HostPath`.
    case refined(RefinedType)
    case list(Type)
    case dict(Type, Type)
    case set(Type)
    /// A tuple of known length.
    case tuple([Type])
    /// A tuple of any length.
    case homogeneousTuple(Type)
    /// Whatever a loop can run over.
    case iterable(Type)
    case function(FunctionType)
    /// Anything that can be called.
    case callable
    case module(RecordType)
    case structure(RecordType)
    /// A struct of which no member is known.
    case anyStructure
    /// A value that only the host can make, with its methods: `State`.
    case instance(RecordType)
    case union([Type])
    /// What a parameter of a built-in function stands for, such as the `T` of `sorted(list[T]) -> list[T]`.
    case variable(String)

    package enum Literal: Hashable, Sendable {
        case string(String)
        case int(Int)
        case bool(Bool)
    }

    /// More members say less than none.
    static let maximumMembers = 8
    static let maximumDepth = 6
}

/// A string or an integer with a meaning. The name is all that distinguishes it: values of the base are accepted.
package struct RefinedType: Hashable, Sendable {
    package enum Base: Hashable, Sendable {
        case string, int
    }

    package let name: String
    package let base: Base
}

/// Something with named members.
///
/// A class so that comparing two views of one module or of one host type, which have hundreds of members, takes no time.
package final class RecordType: Hashable, Sendable {
    /// `install`, `struct`, `State`.
    package let name: String
    package let members: [String: Type]
    /// Whether it may have more members than these.
    package let isOpen: Bool

    package init(name: String, members: [String: Type], isOpen: Bool = false) {
        self.name = name
        self.members = members
        self.isOpen = isOpen
    }

    package static func == (a: RecordType, b: RecordType) -> Bool {
        a === b || (a.name == b.name && a.isOpen == b.isOpen && a.members == b.members)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(members.count)
    }
}

/// What a function takes and gives.
package struct FunctionType: Hashable, Sendable {
    /// As a program calls it; empty for a lambda.
    package var name: String
    package var parameters: [ParameterType]
    package var result: Result
    /// Its docstring; empty if it has none.
    package var documentation: String
    /// The name of the file that defines it, if that is another one than the file that is looked at; else empty.
    package var file = ""

    /// How messages call it.
    var shownName: String {
        let bare = name.isEmpty ? "the function" : name
        return file.isEmpty ? bare : "\(bare) of \(file)"
    }

    package enum Result: Hashable, Sendable {
        case known(Type)
        /// Found from the body when somebody asks: an index into the checker's table of functions.
        case inferred(Int)
    }

    init(name: String, parameters: [ParameterType], result: Result, documentation: String = "") {
        self.name = name
        self.parameters = parameters
        self.result = result
        self.documentation = documentation
    }
}

package struct ParameterType: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case positionalOnly
        case ordinary
        case keywordOnly
        /// `*args`
        case variadic
        /// `**kwargs`
        case keywords
    }

    package var name: String
    package var kind: Kind
    package var type: Type
    package var isRequired: Bool
    /// What the docstring says of it; empty if nothing.
    package var documentation: String
    /// What a type variable stands for if the argument is left out.
    package var defaultType: Type?
}

// MARK: - Making types

extension Type {
    /// One of several types; what is in another one is left out.
    package static func oneOf(_ types: [Type]) -> Type {
        var members: [Type] = []
        for type in types {
            switch type {
            case .unknown: return .unknown
            case .never: continue
            case .union(let inner): for type in inner where !members.contains(type) { members.append(type) }
            default: if !members.contains(type) { members.append(type) }
            }
        }
        // A literal says no more beside its own type.
        if members.count > 1 {
            members = members.filter { member in
                guard case .literal = member else { return true }
                return !members.contains(member.widened)
            }
        }
        switch members.count {
        case 0: return .never
        case 1: return members[0]
        case 2...Type.maximumMembers: return .union(members)
        default:
            // Values of one type are one member; if that does not help, nothing is known.
            let widened = members.reduce(into: [Type]()) { known, member in
                if !known.contains(member.widened) { known.append(member.widened) }
            }
            return widened.count < members.count ? Type.oneOf(widened) : .unknown
        }
    }

    package func or(_ other: Type) -> Type {
        if self == other { return self }
        // As `oneOf`, without lists where that is decided by one of both, and without a second look at two that are no unions.
        switch (self, other) {
        case (.unknown, _), (_, .unknown): return .unknown
        case (.union(let members), _): if members.contains(other) { return self }
        case (.never, .union), (_, .union): break
        case (.never, _): return other
        case (_, .never): return self
        case (.literal, _) where widened == other: return other
        case (_, .literal) where other.widened == self: return self
        default: return .union([self, other])
        }
        return Type.oneOf([self, other])
    }

    /// Without what only this value has: `3` is an `int`.
    package var widened: Type {
        switch self {
        case .literal(.string): .string
        case .literal(.int): .int
        case .literal(.bool): .bool
        case .tuple(let elements): .tuple(elements.map(\.widened))
        case .union(let members):
            members.contains(where: \.mayWiden) ? Type.oneOf(members.map(\.widened)) : self
        default: self
        }
    }

    private var mayWiden: Bool {
        switch self {
        case .literal, .tuple, .union: true
        default: false
        }
    }

    var isUnion: Bool { if case .union = self { true } else { false } }

    /// The members of a union, else the type itself.
    package var members: [Type] {
        if case .union(let members) = self { members } else { [self] }
    }

    /// The type with what is nested too deep made unknown.
    func bounded(_ depth: Int = Type.maximumDepth) -> Type {
        // Nearly all are: to make them anew would be an allocation for each part.
        isBounded(depth) ? self : cut(depth)
    }

    private func isBounded(_ depth: Int) -> Bool {
        guard depth > 0 else { return !isNested }
        switch self {
        case .list(let element), .set(let element), .iterable(let element), .homogeneousTuple(let element):
            return element.isBounded(depth - 1)
        case .dict(let key, let value): return key.isBounded(depth - 1) && value.isBounded(depth - 1)
        case .tuple(let elements): return elements.count <= 64 && elements.allSatisfy { $0.isBounded(depth - 1) }
        case .union(let members): return members.allSatisfy { $0.isBounded(depth - 1) }
        case .structure(let record):
            return record.members.count <= 256 && record.members.values.allSatisfy { $0.isBounded(depth - 1) }
        default: return true
        }
    }

    private func cut(_ depth: Int) -> Type {
        guard depth > 0 else { return isNested ? .unknown : self }
        switch self {
        case .list(let element): return .list(element.bounded(depth - 1))
        case .set(let element): return .set(element.bounded(depth - 1))
        case .iterable(let element): return .iterable(element.bounded(depth - 1))
        case .homogeneousTuple(let element): return .homogeneousTuple(element.bounded(depth - 1))
        case .dict(let key, let value): return .dict(key.bounded(depth - 1), value.bounded(depth - 1))
        case .tuple(let elements):
            guard elements.count <= 64 else { return .homogeneousTuple(.unknown) }
            return .tuple(elements.map { $0.bounded(depth - 1) })
        case .union(let members): return Type.oneOf(members.map { $0.bounded(depth - 1) })
        case .structure(let record):
            guard record.members.count <= 256 else { return .anyStructure }
            return .structure(
                RecordType(
                    name: record.name, members: record.members.mapValues { $0.bounded(depth - 1) },
                    isOpen: record.isOpen))
        default: return self
        }
    }

    private var isNested: Bool {
        switch self {
        case .list, .set, .iterable, .homogeneousTuple, .dict, .tuple, .union, .structure: true
        default: false
        }
    }
}

// MARK: - For people

extension Type: CustomStringConvertible {
    /// As an annotation would have it.
    package var description: String { text(Type.maximumDepth + 2) }

    private func text(_ depth: Int) -> String {
        guard depth > 0 else { return "…" }
        func inner(_ type: Type) -> String { type.text(depth - 1) }
        switch self {
        case .unknown: return "unknown"
        case .never: return "never"
        case .none: return "None"
        case .bool: return "bool"
        case .int: return "int"
        case .float: return "float"
        case .string: return "str"
        case .bytes: return "bytes"
        case .range: return "range"
        case .literal(let literal): return "Literal[\(literal)]"
        case .refined(let refined): return refined.name
        case .list(let element): return "list[\(inner(element))]"
        case .set(let element): return "set[\(inner(element))]"
        case .dict(let key, let value): return "dict[\(inner(key)), \(inner(value))]"
        case .tuple(let elements):
            return "tuple[\(elements.isEmpty ? "()" : elements.map(inner).joined(separator: ", "))]"
        case .homogeneousTuple(let element): return "tuple[\(inner(element)), ...]"
        case .iterable(let element): return "Iterable[\(inner(element))]"
        case .function(let function): return function.text(depth - 1)
        case .callable: return "Callable"
        case .module(let record): return "module \(record.name)"
        case .anyStructure: return "struct"
        case .structure(let record):
            let members = record.members.sorted { $0.key < $1.key }.map { "\($0.key)=\(inner($0.value))" }
            return "struct(\(members.joined(separator: ", ")))"
        case .instance(let record): return record.name
        case .union(let members):
            let literals = members.compactMap { if case .literal(let literal) = $0 { "\(literal)" } else { nil } }
            var parts = members.filter { if case .literal = $0 { false } else { true } }.map(inner)
            if !literals.isEmpty { parts.insert("Literal[\(literals.joined(separator: ", "))]", at: 0) }
            return parts.joined(separator: " | ")
        case .variable(let name): return name
        }
    }
}

extension Type.Literal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .string(let text): "\"\(text.unicodeScalars.map(Type.Literal.escaped).joined())\""
        case .int(let value): String(value)
        case .bool(let value): value ? "True" : "False"
        }
    }

    /// On one line of text.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case _ where scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}":
            "\\u" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
                + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }
}

extension FunctionType {
    fileprivate func text(_ depth: Int) -> String {
        var parts: [String] = []
        var hasStar = false
        for parameter in parameters {
            if parameter.kind == .keywordOnly, !hasStar {
                parts.append("*")
                hasStar = true
            }
            if parameter.kind == .variadic { hasStar = true }
            let prefix = parameter.kind == .variadic ? "*" : parameter.kind == .keywords ? "**" : ""
            let type = parameter.type == .unknown ? "" : ": \(depth > 0 ? "\(parameter.type)" : "…")"
            let isOptional = !parameter.isRequired && prefix.isEmpty
            parts.append(prefix + parameter.name + type + (isOptional ? " = …" : ""))
            if parameter.kind == .positionalOnly, parameter == parameters.last(where: { $0.kind == .positionalOnly }) {
                parts.append("/")
            }
        }
        let gives: String =
            switch result {
            case .known(let type): depth > 0 ? "\(type)" : "…"
            case .inferred: "…"
            }
        return "(\(parts.joined(separator: ", "))) -> \(gives)"
    }
}

// MARK: - Functions within types

extension Type {
    /// Whether a function of a file may be somewhere in it. Modules and instances are of the API, or come from other files as they
    /// are.
    var mayHoldFunctions: Bool {
        switch self {
        case .function: true
        case .list(let element), .set(let element), .iterable(let element), .homogeneousTuple(let element):
            element.mayHoldFunctions
        case .dict(let key, let value): key.mayHoldFunctions || value.mayHoldFunctions
        case .tuple(let members), .union(let members): members.contains(where: \.mayHoldFunctions)
        case .structure(let record): record.members.values.contains(where: \.mayHoldFunctions)
        default: false
        }
    }

    /// The type with other parts: the elements of a collection, the members of a structure; of what has no parts, the type itself.
    func mapParts(_ body: (Type) -> Type) -> Type {
        switch self {
        case .list(let element): .list(body(element))
        case .set(let element): .set(body(element))
        case .iterable(let element): .iterable(body(element))
        case .homogeneousTuple(let element): .homogeneousTuple(body(element))
        case .dict(let key, let value): .dict(body(key), body(value))
        case .tuple(let elements): .tuple(elements.map(body))
        case .union(let members): Type.oneOf(members.map(body))
        case .structure(let record):
            .structure(RecordType(name: record.name, members: record.members.mapValues(body), isOpen: record.isOpen))
        default: body(self)
        }
    }
}
