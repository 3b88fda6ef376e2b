import EnvdLanguage
import EnvdSyntax

/// What a name means that a file does not bind.
struct EnvironmentTraits: OptionSet {
    let rawValue: UInt8
    /// Somebody has looked.
    static let isKnown = EnvironmentTraits(rawValue: 1)
    static let isUniversal = EnvironmentTraits(rawValue: 2)
    static let isPredeclared = EnvironmentTraits(rawValue: 4)
    static let isModule = EnvironmentTraits(rawValue: 8)
}

/// The names that are there before the first statement runs. An object, as everything that looks at a file holds it.
package final class NameEnvironment: Sendable {
    /// What every Starlark program sees: `len`, `None`.
    package let universal: Set<String>
    /// What the envd API adds: `base`, `install`.
    package let predeclared: Set<String>
    /// Of those the modules, with what they hold: `install` has `python`.
    package let modules: [String: Set<String>]
    /// All of them, those of the API first, as misspelt names are compared with them.
    let spellings: SpellingList
    /// The same as symbols, with what each is: files look their names up once, by the hashes that they have anyway.
    private let symbols: SymbolTable
    private let traits: [EnvironmentTraits]

    package init(universal: Set<String>, predeclared: Set<String>, modules: [String: Set<String>] = [:]) {
        self.universal = universal
        self.predeclared = predeclared.union(modules.keys)
        self.modules = modules
        spellings = SpellingList(self.predeclared.sorted() + universal.sorted())
        let symbols = SymbolTable()
        var traits: [EnvironmentTraits] = []
        for name in spellings.names where symbols.symbol(of: name).index == traits.count {
            var found: EnvironmentTraits = []
            if universal.contains(name) { found.insert(.isUniversal) }
            if self.predeclared.contains(name) { found.insert(.isPredeclared) }
            if modules[name] != nil { found.insert(.isModule) }
            traits.append(found)
        }
        self.symbols = symbols
        self.traits = traits
    }

    /// What a name is, if it is one of them.
    func traits(of symbol: Symbol, in file: SymbolTable) -> EnvironmentTraits {
        symbols.existingSymbol(of: symbol, in: file).map { traits[$0.index] } ?? []
    }

    /// All of them, those of the API first.
    package var names: [String] { spellings.names }

    package func contains(_ name: String) -> Bool {
        predeclared.contains(name) || universal.contains(name)
    }

    /// What a `build.envd` sees. The API is what the prelude defines, so a new function there is known here at once.
    package static let envd: NameEnvironment = {
        // The one name that is a value of the run rather than part of the API: the path of the project.
        var predeclared: Set<String> = ["_build_context_dir"]
        var modules: [String: Set<String>] = [:]
        for file in PreludeFile.all {
            // "@envd/v1/install.envd" holds the module `install`; "universe" the names that stand alone.
            let part = file.name.split(separator: "/").last?.dropLast(".envd".count) ?? ""
            if part == "universe" {
                predeclared.formUnion(definedNames(in: file))
            } else if PreludeFile.modules.contains(String(part)) {
                modules[String(part)] = definedNames(in: file)
            }
        }
        return NameEnvironment(universal: starlarkUniverse, predeclared: predeclared, modules: modules)
    }()

    /// What a file gives to others: what it defines itself by a statement of its own, unless the name begins with an underscore.
    private static func definedNames(in file: PreludeFile) -> Set<String> {
        var names: Set<String> = []
        for statement in file.source.statements {
            let name: SyntaxToken?
            switch statement.kind {
            case .defStmt: name = DefStmt(statement)?.name
            case .assignStmt: name = AssignStmt(statement)?.target?.nameToken
            default: name = nil
            }
            if let text = name?.text, !text.hasPrefix("_") { names.insert(text) }
        }
        return names
    }

    /// The built-in constants and functions of the Starlark specification as starlark-go has them.
    private static let starlarkUniverse: Set<String> = [
        "None", "True", "False", "abs", "all", "any", "bool", "bytes", "chr", "dict", "dir", "enumerate", "fail",
        "float",
        "getattr", "hasattr", "hash", "int", "len", "list", "max", "min", "ord", "print", "range", "repr", "reversed",
        "set", "sorted", "str", "tuple", "type", "zip",
    ]
}
