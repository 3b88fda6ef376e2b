import EnvdLanguage
import EnvdSyntax

/// The types of all that is there before the first statement runs, read from the declarations that a person reads too: the
/// stubs of the language and the prelude.
package final class TypeEnvironment: Sendable {
    /// Functions of the language, and of the API those that stand alone and the modules.
    let names: [String: Type]
    /// What `load("@envd/…")` gives, by name; nil if there is no such file.
    func library(_ path: String) -> [String: Type]? {
        path == PreludeFile.graphName ? TypeEnvironment.graphLibrary : nil
    }
    /// The methods of values of the language, by the name of the type; the first parameter is the receiver.
    let methods: [String: [String: FunctionType]]
    /// The names of the methods in the order of the alphabet, by the name of the type.
    let methodSpellings: [String: SpellingList]
    /// The names as symbols, with what is known of each: files look their names up once, by the hashes that they have anyway.
    private let symbols: SymbolTable
    private let outerNames: [OuterName]
    /// How annotations are read.
    let expressions: TypeExpression

    /// What a `build.envd` sees.
    package static let envd = TypeEnvironment()

    private init() {
        let expressions = TypeExpression(knowsHost: true)
        self.expressions = expressions

        // In the stubs a capital letter stands for a type that the arguments decide.
        let variables = ["T", "K", "V", "D"].map { ($0, Type.variable($0)) }
        let stubs = TypeExpression(named: Dictionary(uniqueKeysWithValues: variables), knowsHost: true)

        var names: [String: Type] = [:]
        names["_build_context_dir"] = .string
        for (name, function) in TypeEnvironment.functions(in: SourceFile(bytes: PackageResources.functions_envd)) {
            names[name] = .function(stubs.function(name, function))
        }
        // The other files of the prelude are its own affair.
        for file in PreludeFile.all {
            let part = String(file.name.split(separator: "/").last?.dropLast(".envd".count) ?? "")
            if part == "universe" {
                names.merge(TypeEnvironment.members(of: file, expressions)) { _, new in new }
            } else if PreludeFile.modules.contains(part) {
                var members = TypeEnvironment.members(of: file, shownIn: part, expressions)
                // What a module holds besides functions (`data.path`) is known by name only.
                for name in NameEnvironment.envd.modules[part] ?? [] where members[name] == nil {
                    members[name] = .unknown
                }
                names[part] = .module(RecordType(name: part, members: members))
            }
        }
        self.names = names
        (symbols, outerNames) = TypeEnvironment.outerNames(names)

        var methods: [String: [String: FunctionType]] = [:]
        for (type, bytes) in [
            ("string", PackageResources.string_envd), ("list", PackageResources.list_envd),
            ("dict", PackageResources.dict_envd), ("set", PackageResources.set_envd),
            ("bytes", PackageResources.bytes_envd),
        ] {
            for (name, function) in TypeEnvironment.functions(in: SourceFile(bytes: bytes)) {
                methods[type, default: [:]][name] = stubs.function(name, function)
            }
        }
        self.methods = methods
        methodSpellings = methods.mapValues { SpellingList($0.keys.sorted()) }
    }

    /// What is known of a name that a file does not bind.
    struct OuterName: Sendable {
        var type: Type = .unknown
        var isBuiltinWithoutSignature = false
    }

    func outerName(_ symbol: Symbol, in file: SymbolTable) -> OuterName {
        symbols.existingSymbol(of: symbol, in: file).map { outerNames[$0.index] } ?? OuterName()
    }

    private static func outerNames(_ types: [String: Type]) -> (SymbolTable, [OuterName]) {
        var names = types.mapValues { OuterName(type: $0) }
        names["True"] = OuterName(type: .literal(.bool(true)))
        names["False"] = OuterName(type: .literal(.bool(false)))
        names["None"] = OuterName(type: .none)
        for name in TypeChecker.builtinsWithoutSignature {
            names[name, default: OuterName()].isBuiltinWithoutSignature = true
        }
        let symbols = SymbolTable()
        var found: [OuterName] = []
        for (name, value) in names where symbols.symbol(of: name).index == found.count { found.append(value) }
        return (symbols, found)
    }

    /// Few programs load it, and it is long.
    private static let graphLibrary: [String: Type] = {
        guard let file = PreludeFile.all.first(where: { $0.name == PreludeFile.graphName }) else { return [:] }
        let functions = members(of: file, TypeExpression(knowsHost: true))
        let graph = RecordType(name: "llb", members: functions.filter { $0.key != "step" })
        return ["llb": .module(graph), "step": functions["step"] ?? .unknown]
    }()

    /// The functions that a file of the prelude gives to programs.
    ///
    /// - Parameter module: what programs call them by the name of.
    private static func members(
        of file: PreludeFile, shownIn module: String = "", _ expressions: TypeExpression
    ) -> [String: Type] {
        var members: [String: Type] = [:]
        for (name, function) in functions(in: file.source) where !name.hasPrefix("_") {
            let shown = module.isEmpty ? name : "\(module).\(name)"
            members[name] = .function(expressions.function(shown, function))
        }
        return members
    }

    static func functions(in file: SourceFile) -> [(String, DefStmt)] {
        file.statements.compactMap { statement in
            DefStmt(statement).flatMap { function in function.name.map { ($0.text, function) } }
        }
    }
}

extension TypeExpression {
    /// The type of a function as its header declares it; the result is unknown where that says nothing.
    func function(_ name: String, _ definition: DefStmt) -> FunctionType {
        let documentation = Docstring.text(of: definition) ?? ""
        let described = Docstring.parameters(in: documentation)
        let parameters = parameters(definition.parameterList, described)
        let result = type(of: definition.returnAnnotation?.type)
        return FunctionType(name: name, parameters: parameters, result: .known(result), documentation: documentation)
    }

    func parameters(_ list: ParameterList?, _ described: [String: String]) -> [ParameterType] {
        var parameters: [ParameterType] = []
        var isAfterStar = false
        for parameter in list?.parameters.map({ $0 }) ?? [] {
            let written = parameter.name?.text
            let type = type(of: parameter.typeAnnotation?.type)
            switch parameter.prefix?.kind {
            case .star:
                isAfterStar = true
                if let written {
                    parameters.append(
                        ParameterType(name: written, kind: .variadic, type: type, isRequired: false, documentation: ""))
                }
            case .starStar:
                parameters.append(
                    ParameterType(
                        name: written ?? "", kind: .keywords, type: type, isRequired: false, documentation: ""))
            default:
                guard let written else { continue }
                let isPositional = written.hasPrefix("__") && !isAfterStar
                let name = isPositional ? String(written.dropFirst(2)) : written
                parameters.append(
                    ParameterType(
                        name: name, kind: isPositional ? .positionalOnly : isAfterStar ? .keywordOnly : .ordinary,
                        type: type, isRequired: parameter.defaultValue == nil, documentation: described[name] ?? "",
                        defaultType: parameter.defaultValue?.value?.node.text == "None" ? Type.none : nil))
            }
        }
        return parameters
    }
}
