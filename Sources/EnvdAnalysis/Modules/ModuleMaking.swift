import EnvdSyntax

extension KnownModule {
    /// What a file gives to others, with what the files that it loads give to it.
    init(_ id: ModuleID, _ source: SourceFile, loaded: LoadedModules) {
        let context = RuleContext(file: source, dialect: .envd, environment: .envd, modules: loaded)
        let checker = TypeChecker(context, .envd)
        checker.check()
        let own = Set(checker.functions.map(\.type))

        var exports: [String: ModuleExport] = [:]
        var definitions: [String: Range<Int>] = [:]
        var privateNames: Set<String> = []
        for (binding, number) in zip(context.names.bindings, context.names.bindings.indices) where binding.scope == 0 {
            guard let occurrence = binding.occurrences.first(where: { $0.kind != .load }) else { continue }
            definitions[binding.name] = occurrence.range
            guard !binding.name.hasPrefix("_") else {
                privateNames.insert(binding.name)
                continue
            }
            let function = occurrence.kind == .function ? context.functions[binding.name] : nil
            let type = checker.exported(checker.global(number), of: own, by: id.name.onOneLine)
            exports[binding.name] = ModuleExport(
                name: binding.name, kind: function == nil ? .value : .function, type: type,
                header: function?.header ?? binding.name,
                documentation: type.documentation)
        }
        self.id = id
        self.definitions = definitions
        interface = ModuleInterface(
            name: id.name, exports: exports, loadedNames: loadedNames(in: source), privateNames: privateNames,
            isComplete: !source.hasDiagnostics, isInert: context.isInert)
    }
}

private func loadedNames(in source: SourceFile) -> [String: String] {
    var names: [String: String] = [:]
    for load in source.statements.compactMap(LoadStmt.init) {
        for item in load.loadItems {
            if let name = item.alias?.text ?? item.loadedName { names[name] = load.path ?? "" }
        }
    }
    return names
}

extension ModuleInterface {
    /// One module of what all files of a repository define; nil if two of them define the same name, which envd refuses.
    init?(repository url: String, _ files: [ModuleInterface]) {
        var exports: [String: ModuleExport] = [:]
        var privateNames: Set<String> = []
        for file in files {
            for (name, export) in file.exports where exports.updateValue(export, forKey: name) != nil { return nil }
            privateNames.formUnion(file.privateNames)
        }
        self.init(
            name: url, exports: exports, loadedNames: [:], privateNames: privateNames,
            isComplete: files.allSatisfy(\.isComplete), isInert: files.allSatisfy(\.isInert))
    }
}

extension RuleContext {
    /// Whether running the file declares nothing, and calling its functions neither.
    fileprivate var isInert: Bool {
        guard !file.hasDiagnostics, !usesOtherFiles else { return false }
        return names.uses.allSatisfy { use in
            use.binding != nil || use.name == "_build_context_dir" || !environment.predeclared.contains(use.name)
        }
    }
}

extension DefStmt {
    /// `def f(x, y = 1)`, on one line.
    fileprivate var header: String {
        let parameters = parameterList?.parameters.map { parameter in
            parameter.node.text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }
                .joined(separator: " ")
        }
        let result = returnAnnotation.map { " \($0.node.text)" } ?? ""
        return "def \(name?.text ?? "")(\(parameters?.joined(separator: ", ") ?? ""))\(result)"
    }
}

extension TypeChecker {
    /// A type as other files see it: with the results of functions, and with the file that a function comes from.
    ///
    /// - Parameter own: the functions of this file.
    func exported(_ type: Type, of own: Set<FunctionType>, by file: String) -> Type {
        exported(type, own, file, depth: Type.maximumDepth, functions: 2)
    }

    /// - Parameter functions: how many functions within the results of others are looked into. Each of hundreds may give a struct of
    ///   hundreds.
    private func exported(
        _ type: Type, _ own: Set<FunctionType>, _ file: String, depth: Int, functions: Int
    ) -> Type {
        guard depth > 0 else { return type.hasParts ? .unknown : type }
        func inner(_ type: Type) -> Type { exported(type, own, file, depth: depth - 1, functions: functions) }
        switch type {
        case .function(var function):
            let isOwn = own.contains(function)
            let result = functions > 0 ? self.result(of: function) : .unknown
            function.result = .known(exported(result, own, file, depth: depth - 1, functions: functions - 1))
            if isOwn { function.file = file }
            return .function(function)
        case .list(let element): return .list(inner(element))
        case .set(let element): return .set(inner(element))
        case .iterable(let element): return .iterable(inner(element))
        case .homogeneousTuple(let element): return .homogeneousTuple(inner(element))
        case .dict(let key, let value): return .dict(inner(key), inner(value))
        case .tuple(let elements): return .tuple(elements.map(inner))
        case .union(let members): return Type.oneOf(members.map(inner))
        case .structure(let record):
            return .structure(
                RecordType(name: record.name, members: record.members.mapValues(inner), isOpen: record.isOpen))
        // Modules and instances are of the API, or come from other files as they are.
        default: return type
        }
    }
}

extension Type {
    /// The docstring of a function; empty of anything else.
    fileprivate var documentation: String {
        if case .function(let function) = self { function.documentation } else { "" }
    }

    /// Whether there is something in it that may be a function of one file.
    fileprivate var hasParts: Bool {
        switch self {
        case .function, .list, .set, .iterable, .homogeneousTuple, .dict, .tuple, .union, .structure: true
        default: false
        }
    }
}
