import EnvdSyntax

/// Reads annotations: `list[str] | None`, `Literal["a", "b"]`, `Port`.
package struct TypeExpression: Sendable {
    /// Types that have a name of their own, before all others.
    private let named: [String: Type]
    /// Whether values that only the host can make have names too.
    private let knowsHost: Bool

    init(named: [String: Type] = [:], knowsHost: Bool = false) {
        self.named = named
        self.knowsHost = knowsHost
    }

    /// Strings and integers with a meaning, as the prelude uses them. Any other name is unknown.
    static let refinedIntegers: Set<String> = ["Port", "Uid", "Gid", "Megabytes", "Mode"]
    static let refinedStrings: Set<String> = [
        "HostPath", "ImagePath", "ImageRef", "Url", "GitUrl", "PipRequirement", "AptPackage", "CondaPackage",
        "VSCodeExtension", "ShellCommand", "PythonVersion", "CudaVersion", "Digest", "IPAddress", "Version",
        "RPackage", "JuliaPackage", "CondaChannel",
    ]

    /// Types whose names stand alone, those first that are needed most.
    package static let plainNames = [
        "str", "int", "bool", "None", "float", "bytes", "range", "struct", "Callable", "Number",
    ]
    /// Names that take other types in brackets.
    package static let genericNames = ["list", "dict", "tuple", "set", "Iterable", "Optional", "Union", "Literal"]
    /// Strings and integers with a meaning, in the order of their letters.
    package static let refinedNames = refinedIntegers.union(refinedStrings).sorted()

    /// Annotations are written by people; what is nested deeper is no type that anybody means.
    private static let maximumDepth = 12

    /// The type that an annotation stands for; unknown where it says nothing that is understood.
    package func type(of expression: Expr?, depth: Int = 0) -> Type {
        guard let expression, depth < TypeExpression.maximumDepth else { return .unknown }
        switch expression {
        case .name(let name): return type(named: name.name?.text ?? "")
        case .paren(let paren): return type(of: paren.inner, depth: depth + 1)
        case .literal(let literal):
            // A forward reference, as Python has them.
            guard let token = literal.token, token.kind == .string, let text = StringLiteral.text(of: token)
            else {
                return .unknown
            }
            return type(of: text, depth: depth + 1)
        case .binary(let binary):
            guard binary.op?.kind == .pipe else { return .unknown }
            return type(of: binary.left, depth: depth + 1).or(type(of: binary.right, depth: depth + 1))
        case .index(let index):
            let arguments: [Expr] =
                switch index.index {
                case .tuple(let tuple)?: tuple.elements.map { $0 }
                case let argument?: [argument]
                case nil: []
                }
            return generic(index.base, arguments, depth: depth + 1)
        default: return .unknown
        }
    }

    /// The type that a text stands for.
    package func type(of text: String, depth: Int = 0) -> Type {
        guard text.utf8.count < 400, !text.isEmpty else { return .unknown }
        // A word needs no parser, unless it is one of the language.
        if text.utf8.allSatisfy(\.isLetter), let type = known(named: text) { return type }
        if let type = listOfWord(text) { return type }
        let file = SourceFile("_: " + text.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n")
        guard let statement = file.statements.first, let annotation = AssignStmt(statement)?.typeAnnotation,
            annotation.range.upperBound == statement.range.upperBound
        else { return .unknown }
        return type(of: annotation.type, depth: depth + 1)
    }

    /// `list[str]`, the most common of all that are no words; nil if the text is anything else.
    private func listOfWord(_ text: String) -> Type? {
        guard text.utf8.starts(with: "list[".utf8), text.utf8.last == UInt8(ascii: "]") else { return nil }
        let word = text.dropFirst("list[".utf8.count).dropLast()
        guard word.utf8.allSatisfy(\.isLetter) else { return nil }
        return known(named: String(word)).map { .list($0) }
    }

    private func type(named name: String) -> Type { known(named: name) ?? .unknown }

    private func known(named name: String) -> Type? {
        switch name {
        case "None": return Type.none
        case "bool", "boolean": return .bool
        case "int", "integer": return .int
        case "float": return .float
        case "str", "string": return .string
        case "bytes": return .bytes
        case "list", "List": return .list(.unknown)
        case "dict", "Dict", "Mapping": return .dict(.unknown, .unknown)
        case "set", "Set": return .set(.unknown)
        case "tuple", "Tuple": return .homogeneousTuple(.unknown)
        case "Iterable", "Sequence": return .iterable(.unknown)
        case "Callable", "function", "callable": return .callable
        case "struct", "Struct": return .anyStructure
        case "range": return .range
        case "never", "Never", "NoReturn": return .never
        case "Number": return .int.or(.float)
        default:
            if let type = named[name] { return type }
            if knowsHost, let type = HostTypes.type(named: name) { return type }
            if TypeExpression.refinedStrings.contains(name) { return .refined(RefinedType(name: name, base: .string)) }
            if TypeExpression.refinedIntegers.contains(name) { return .refined(RefinedType(name: name, base: .int)) }
            return nil
        }
    }

    private func generic(_ base: Expr?, _ arguments: [Expr], depth: Int) -> Type {
        guard case .name(let name)? = base, let first = arguments.first else { return .unknown }
        func argument(_ place: Int) -> Type {
            place < arguments.count ? type(of: arguments[place], depth: depth) : .unknown
        }
        switch name.name?.text {
        case "list", "List": return .list(argument(0))
        case "set", "Set": return .set(argument(0))
        case "dict", "Dict", "Mapping": return .dict(argument(0), argument(1))
        case "Iterable", "Sequence": return .iterable(argument(0))
        case "Optional": return argument(0).or(.none)
        case "Union": return Type.oneOf(arguments.map { type(of: $0, depth: depth) })
        case "Callable": return .callable
        case "tuple", "Tuple":
            if arguments.count == 2, case .literal(let literal) = arguments[1], literal.token?.kind == .ellipsis {
                return .homogeneousTuple(argument(0))
            }
            if case .tuple(let inner) = first, inner.elements.first(where: { _ in true }) == nil { return .tuple([]) }
            return .tuple(arguments.map { type(of: $0, depth: depth) })
        case "Literal": return Type.oneOf(arguments.map(literal))
        default: return .unknown
        }
    }

    private func literal(_ expression: Expr) -> Type {
        switch expression {
        case .literal(let literal):
            guard let token = literal.token else { return .unknown }
            if token.kind == .string, let text = StringLiteral.text(of: token) {
                return .literal(.string(text))
            }
            guard token.kind == .integer, let (digits, base) = NumberLiteral.integer(token.text),
                let value = Int(digits, radix: base)
            else { return .unknown }
            return .literal(.int(value))
        case .name(let name):
            switch name.name?.text {
            case "True": return .literal(.bool(true))
            case "False": return .literal(.bool(false))
            case "None": return .none
            default: return .unknown
            }
        default: return .unknown
        }
    }
}
