import EnvdSyntax

/// The type that a value has for certain, as its form shows.
enum StaticType: String {
    case string
    case bytes
    case int
    case float
    case bool
    case none = "NoneType"
    case list
    case tuple
    case dict
    case range
    case function

    var isNumber: Bool { self == .int || self == .float }

    /// With the article, as messages have it.
    var described: String {
        switch self {
        case .int: "an int"
        case .none: "None"
        case .bytes: "bytes"
        default: "a \(rawValue)"
        }
    }
}

extension RuleContext {
    /// The type of an expression whose form says it; nil where only running the program, or inference, could.
    func staticType(_ expression: Expr?) -> StaticType? {
        staticType(expression, depth: 0)
    }

    /// Code that machines write nests deeper than anyone asks about.
    private static let maximumDepth = 12

    private func staticType(_ expression: Expr?, depth: Int) -> StaticType? {
        guard let expression, depth < RuleContext.maximumDepth else { return nil }
        switch expression.unwrapped {
        case .literal(let literal):
            switch literal.token?.kind {
            case .string: return .string
            case .bytes: return .bytes
            case .integer: return .int
            case .float: return .float
            default: return nil
            }
        case .list, .listComp: return .list
        case .dict, .dictComp: return .dict
        case .tuple: return .tuple
        case .lambda: return .function
        case .name(let name):
            guard let token = name.name else { return nil }
            if token.isText("None") { return isUnbound(token) ? StaticType.none : nil }
            if token.isText("True") || token.isText("False") { return isUnbound(token) ? .bool : nil }
            return nil
        case .unary(let unary):
            switch unary.op?.kind {
            case .notKeyword: return .bool
            case .minus, .plus:
                guard let type = staticType(unary.operand, depth: depth + 1), type.isNumber else { return nil }
                return type
            default: return nil
            }
        case .binary(let binary): return type(of: binary, depth: depth)
        case .conditional(let conditional):
            guard let type = staticType(conditional.then, depth: depth + 1),
                type == staticType(conditional.otherwise, depth: depth + 1)
            else { return nil }
            return type
        case .call(let call): return type(of: call, depth: depth)
        default: return nil
        }
    }

    private func type(of binary: BinaryExpr, depth: Int) -> StaticType? {
        switch binary.op?.kind {
        case .equalEqual, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .inKeyword, .notKeyword: return .bool
        // Both sides are of one type, or the program fails here.
        case .plus:
            let type = staticType(binary.left, depth: depth + 1) ?? staticType(binary.right, depth: depth + 1)
            return type == .string || type == .list || type == .tuple || type == .bytes ? type : nil
        case .percent: return staticType(binary.left, depth: depth + 1) == .string ? .string : nil
        default: return nil
        }
    }

    private func type(of call: CallExpr, depth: Int) -> StaticType? {
        switch call.callee {
        case .name(let name)?:
            guard let token = name.name, let type = StaticType.result(ofBuiltin: token), isUnbound(token) else {
                return nil
            }
            return type
        case .dot(let dot)?:
            guard let token = dot.name, let type = StaticType.result(ofStringMethod: token),
                staticType(dot.base, depth: depth + 1) == .string
            else { return nil }
            return type
        default: return nil
        }
    }
}

extension StaticType {
    /// What functions of the language give, whatever they are given.
    fileprivate static func result(ofBuiltin name: SyntaxToken) -> StaticType? {
        switch name.firstByte {
        case UInt8(ascii: "a"): name.isText("all") || name.isText("any") ? .bool : nil
        case UInt8(ascii: "b"): name.isText("bool") ? .bool : name.isText("bytes") ? .bytes : nil
        case UInt8(ascii: "c"): name.isText("chr") ? .string : nil
        case UInt8(ascii: "d"): name.isText("dict") ? .dict : name.isText("dir") ? .list : nil
        case UInt8(ascii: "e"): name.isText("enumerate") ? .list : nil
        case UInt8(ascii: "f"): name.isText("float") ? .float : nil
        case UInt8(ascii: "h"): name.isText("hasattr") ? .bool : nil
        case UInt8(ascii: "i"): name.isText("int") ? .int : nil
        case UInt8(ascii: "l"): name.isText("len") ? .int : name.isText("list") ? .list : nil
        case UInt8(ascii: "o"): name.isText("ord") ? .int : nil
        case UInt8(ascii: "r"):
            name.isText("range") ? .range : name.isText("repr") ? .string : name.isText("reversed") ? .list : nil
        case UInt8(ascii: "s"): name.isText("sorted") ? .list : name.isText("str") ? .string : nil
        case UInt8(ascii: "t"): name.isText("tuple") ? .tuple : name.isText("type") ? .string : nil
        case UInt8(ascii: "z"): name.isText("zip") ? .list : nil
        default: nil
        }
    }

    fileprivate static func result(ofStringMethod name: SyntaxToken) -> StaticType? {
        switch name.text {
        case "capitalize", "format", "join", "lower", "lstrip", "removeprefix", "removesuffix", "replace", "rstrip",
            "strip", "title", "upper":
            .string
        case "count", "find", "index", "rfind", "rindex": .int
        case "endswith", "isalnum", "isalpha", "isdigit", "islower", "isspace", "istitle", "isupper", "startswith":
            .bool
        case "split", "rsplit", "splitlines": .list
        case "partition", "rpartition": .tuple
        default: nil
        }
    }
}
