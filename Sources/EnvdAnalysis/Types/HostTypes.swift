import EnvdLanguage

/// The types of values that only the host can make.
enum HostTypes {
    /// Nil if that is no such type.
    static func type(named name: String) -> Type? { name == "State" ? state : plain[name] }

    private static let plain: [String: Type] = {
        var types: [String: Type] = [:]
        for name in ["Constraints", "FileChange", "Mount", "CallSite", "ChangedState"] {
            types[name] = .instance(RecordType(name: name, members: [:], isOpen: true))
        }
        types["DataSource"] = .instance(RecordType(name: "DataSource", members: ["name": .string]))
        return types
    }()

    /// A state has the methods that `state.envd` declares. Apart from the others, since most programs have no use for it.
    private static let state: Type = {
        var types = plain
        types["State"] = .instance(RecordType(name: "State", members: [:], isOpen: true))
        // Methods return states, whose methods return states: two steps are as far as anybody looks.
        for _ in 0..<2 {
            let expressions = TypeExpression(named: types)
            guard let file = PreludeFile.all.first(where: { $0.name.hasSuffix("/state.envd") }) else { break }
            var members: [String: Type] = [:]
            for (name, function) in TypeEnvironment.functions(in: file.source) where !name.hasPrefix("_") {
                var type = expressions.function("State.\(name)", function)
                if !type.parameters.isEmpty { type.parameters.removeFirst() }
                members[name] = .function(type)
            }
            types["State"] = .instance(RecordType(name: "State", members: members))
        }
        return types["State"] ?? .unknown
    }()
}
