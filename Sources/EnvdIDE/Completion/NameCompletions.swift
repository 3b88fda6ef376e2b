import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

extension CompletionCollector {
    /// The names that can be used at the place: those of the function, of the file, of the API, of the language.
    mutating func addNames() {
        addLocals()
        addGlobals()
        addBuiltins()
    }

    private mutating func addLocals() {
        guard let semantics else { return }
        for id in semantics.locals(visibleFrom: semantics.scope(of: place.scopeNode)) {
            let binding = semantics.names.bindings[id]
            let name = semantics.names.name(of: binding)
            guard matches(name), !isOnlyHere(binding.occurrences.map(\.range)) else { continue }
            // The value that the name has where the place is read.
            let occurrence = binding.occurrences.last { $0.range.upperBound <= place.offset } ?? binding.occurrences[0]
            let type = semantics.type(ofNameBoundAt: occurrence.range.lowerBound)
            var item = Completion(
                name, binding.isFunction ? .function : binding.isParameter ? .parameter : .variable,
                rank: rank(.local, type), documentation: .meaning(semantics.meaning(of: id)))
            item.unwritten = (type, binding.isFunction, .unknown)
            add(item)
        }
    }

    private mutating func addGlobals() {
        let word = place.wordToken?.text
        let checked = checked
        var names = checked.globalNames.filter(matches)
        if let word, let index = names.firstIndex(of: word), let global = checked.global(word),
            isOnlyHere(global.occurrences.map(\.range))
        {
            names.remove(at: index)
        }
        // Where any type will do, all of them rank alike, and those that the list has no place for need no look at what they are.
        if wanted == nil { names = first(names) }
        for name in names where !isKnown(name) {
            let (type, kind, check) = checked.listed(name)
            // Nobody calls `build` but envd.
            if name == "build", kind == .function { continue }
            var item = Completion(
                name, kind == .function ? .function : name.isConstantName ? .constant : .variable,
                rank: rank(.file, type),
                documentation: .meaning(.global(name)))
            item.unwritten = (type, kind == .function, check.map { .checked($0) } ?? .unknown)
            add(item)
        }
    }

    private mutating func addBuiltins() {
        let environment = checked.nameEnvironment
        for name in environment.names where matches(name) && !isKnown(name) && !name.hasPrefix("_") {
            if environment.modules[name] != nil {
                add(
                    Completion(
                        name, .module, rank: Completion.Rank(.api), detail: "", origin: "envd",
                        documentation: .meaning(.builtin(name))))
                continue
            }
            // Without sets in the dialect the function fails.
            if name == "set", !checked.fileDialect.contains(.set) { continue }
            let type = TypeEnvironment.envd.type(ofName: name)
            let isAPI = environment.predeclared.contains(name)
            if name == "None" || name == "True" || name == "False" {
                let isExpected = isWanted(name == "None" ? .none : .bool)
                add(
                    Completion(
                        name, .constant, rank: isExpected ? Completion.Rank(.expected, 50) : Completion.Rank(.language),
                        documentation: .meaning(.builtin(name))))
                continue
            }
            var item = Completion(
                name, .function, rank: rank(isAPI ? .api : .language, type), origin: isAPI ? "envd" : "",
                documentation: .meaning(.builtin(name)))
            item.unwritten = (type, true, .builtin)
            add(item)
        }
    }

    /// Whether a name is bound nowhere but by the word that is being typed.
    private func isOnlyHere(_ ranges: [Range<Int>]) -> Bool {
        place.wordToken != nil && ranges.allSatisfy { $0 == place.word }
    }

    /// How far up a value of a type belongs.
    func rank(_ group: Completion.Rank.Group, _ type: Type) -> Completion.Rank {
        let isOwn = group == .local || group == .file
        if case .function(let function) = type {
            if isWanted(type) { return Completion.Rank(.expected, group == .local ? 100 : 200) }
            // What a call gives, unless it gives nothing. The language has functions that give texts for whatever wants one.
            if isOwn, case .known(let result) = function.result, result != .none, result.isSpecific, isWanted(result) {
                return Completion.Rank(.expected, 2_000)
            }
            return Completion.Rank(group)
        }
        return isWanted(type) ? Completion.Rank(.expected, group == .local ? 100 : 200) : Completion.Rank(group)
    }

    /// What stands behind a label: the parameters of a function, the type of a value.
    func detail(of type: Type) -> String {
        guard case .function(let function) = type else { return type == .unknown ? "" : ": \(type)" }
        return Signature(function, prefix: "").label
    }
}

extension Type {
    /// Whether it says more than that there is some value.
    fileprivate var isSpecific: Bool {
        switch self {
        case .unknown, .never, .variable: false
        default: true
        }
    }
}

extension String {
    /// Whether a name is written as those of constants are.
    var isConstantName: Bool {
        // Most are told by their first small letter.
        if utf8.contains(where: { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) { return false }
        return contains(where: \.isUppercase) && !contains(where: \.isLowercase)
    }
}
