import EnvdSyntax

extension KnownModule {
    /// What a file gives to others, with what the files that it loads give to it.
    init(_ id: ModuleID, _ source: SourceFile, loaded: LoadedModules) {
        let checked = CheckedFile(
            source, dialect: .envd, environment: .envd, modules: loaded, rules: [], infersTypes: true,
            moduleName: id.name.onOneLine)
        var exports: [String: ModuleExport] = [:]
        var definitions: [String: Range<Int>] = [:]
        var privateNames: Set<String> = []
        for record in checked.records {
            let start = checked.start(of: record)
            lazy var context = RuleContext(record, in: checked)
            for global in record.summary.globals {
                guard let occurrence = global.occurrences.first(where: { $0.kind != .load }) else { continue }
                let name = checked.symbols[global.symbol]
                if definitions[name] == nil { definitions[name] = occurrence.range.shifted(by: start) }
                guard !name.hasPrefix("_") else {
                    privateNames.insert(name)
                    continue
                }
                guard exports[name] == nil else { continue }
                let function = record.function(named: name)
                let isAlone = checked.names.binders(of: global.symbol).count == 1
                let type = isAlone ? record.exports[global.symbol] ?? .unknown : .unknown
                let isConstant = isAlone && global.occurrences.count == 1 && occurrence.kind == .variable
                exports[name] = ModuleExport(
                    name: name, kind: function == nil ? .value : .function,
                    type: type, value: isConstant ? context.constant(ofGlobal: global.symbol)?.exported : nil,
                    header: function?.header ?? name,
                    documentation: type.documentation)
            }
        }
        self.id = id
        self.definitions = definitions
        interface = ModuleInterface(
            name: id.name, exports: exports, loadedNames: loadedNames(in: source), privateNames: privateNames,
            isComplete: !source.hasDiagnostics, isInert: checked.isInert)
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

extension CheckedFile {
    /// Whether running the file declares nothing, and calling its functions neither.
    fileprivate var isInert: Bool {
        let context = ProgramContext(self)
        guard names.brokenCount == 0, !context.usesOtherFiles else { return false }
        return records.allSatisfy { record in
            record.summary.mentions.allSatisfy { mention in
                !names.binders(of: mention.symbol).isEmpty || symbols[mention.symbol] == "_build_context_dir"
                    || !environmentTraits(of: mention.symbol).contains(.isPredeclared)
            }
        }
    }
}

extension ChunkRecord {
    /// A function that one of the chunk's statements is.
    fileprivate func function(named name: String) -> DefStmt? {
        chunk.statements(at: 0).lazy.compactMap(DefStmt.init).first { $0.name?.text == name }
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

extension Type {
    /// The docstring of a function; empty of anything else.
    fileprivate var documentation: String {
        if case .function(let function) = self { function.documentation } else { "" }
    }
}
