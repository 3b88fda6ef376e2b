import EnvdSyntax

/// Calls that give a value and do nothing else.
enum PureCall {
    static func isPure(_ call: CallExpr, in context: RuleContext) -> Bool {
        switch call.callee {
        case .name(let name)?:
            guard let token = name.name, functions.contains(token.text) else { return false }
            return context.isUnbound(token)
        case .dot(let dot)?: return dot.name.map { methods.contains($0.text) } ?? false
        default: return false
        }
    }

    /// Functions of the language. Those that call a function which they are given (`sorted(key=…)`) are among them: such
    /// functions compute a value too.
    static let functions: Set<String> = [
        "abs", "all", "any", "bool", "bytes", "chr", "dict", "dir", "enumerate", "float", "getattr", "hasattr", "hash",
        "int", "len", "list", "max", "min", "ord", "range", "repr", "reversed", "sorted", "str", "tuple", "type", "zip",
    ]

    /// Methods of strings, lists and dicts that change nothing.
    static let methods: Set<String> = stringMethods.union(["get", "items", "keys", "values", "index", "count"])

    static let stringMethods: Set<String> = [
        "capitalize", "count", "elems", "endswith", "find", "format", "index", "isalnum", "isalpha", "isdigit",
        "islower", "isspace", "istitle", "isupper", "join", "lower", "lstrip", "partition", "removeprefix",
        "removesuffix", "replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "split", "splitlines",
        "startswith", "strip", "title", "upper",
    ]
}
