import EnvdAnalysis
import EnvdSyntax

// Gives a name another spelling everywhere in the project, if it is certain that the programs then mean the same.

extension FileAnalysis {
    /// The name at an offset that `rename` would change, without the quotes of a text; nil where no name is.
    ///
    /// - Parameter offset: in UTF-8 bytes.
    /// - Throws: why the name cannot be changed.
    package func renameTarget(at offset: Int) throws(RenameRefusal) -> (range: Range<Int>, name: String)? {
        guard let token = nameToken(at: offset) else { return nil }
        guard let found = try subject(at: offset) else {
            throw RenameRefusal("nothing is known of '\(token.text)'")
        }
        return (found.token.contentRange, found.name)
    }

    /// The edits of all files that give the name at an offset another spelling.
    ///
    /// - Parameters:
    ///   - offset: in UTF-8 bytes.
    ///   - isCancelled: asked before each file. What comes back then is worth nothing.
    /// - Throws: why the name cannot be changed, or not to this one.
    package func rename(
        at offset: Int, to newName: String, isCancelled: () -> Bool = { false }
    ) throws(RenameRefusal) -> ProjectEdit {
        guard let subject = try subject(at: offset) else { throw RenameRefusal("there is no name to change") }
        var isField = false
        if case .field = subject.kind { isField = true }
        try checkNewName(newName, isField ? nil : checked.nameEnvironment)
        if newName == subject.name { return ProjectEdit() }
        var places = try renamedPlaces(subject, newName, isCancelled)
        places = places.filter { place in
            source(of: place.file)?.text(in: place.range) == subject.name
        }
        let edit = ProjectEdit(places.map { ($0.file, SourceEdit(range: $0.range, replacement: newName)) })
        for file in edit.files { try check(file, newName, subject.kind) }
        if case .parameter = subject.kind { return adding(docstringsOf: subject, to: edit, newName) }
        return edit
    }

    // MARK: - What is renamed

    struct RenameSubject {
        enum Kind {
            case local(LocalName)
            case parameter(Meaning)
            /// A name of the top level of some file of the project.
            case global(Meaning)
            /// Another name that a `load` statement gives to what it loads.
            case alias
            case field
        }

        let token: SyntaxToken
        let name: String
        let kind: Kind
    }

    private func subject(at offset: Int) throws(RenameRefusal) -> RenameSubject? {
        guard let (token, meaning) = meaning(at: offset) else { return nil }
        let name = file.text(in: token.contentRange)
        func subject(_ kind: RenameSubject.Kind) -> RenameSubject {
            RenameSubject(token: token, name: name, kind: kind)
        }
        switch meaning {
        case .local(let local):
            return subject(local.occurrences.contains(where: \.isParameter) ? .parameter(meaning) : .local(local))
        case .global(let global):
            try checkGlobal(global)
            return isAlias(global) ? subject(.alias) : subject(.global(meaning))
        case .loaded(let loaded, let path):
            guard loaded == name else { throw RenameRefusal("'\(name)' is written with escapes") }
            try checkOrigin(loaded, path)
            return subject(.global(meaning))
        case .parameter(_, let function):
            let targets = targets(of: meaning)
            guard let target = targets.first else { throw RenameRefusal("nobody knows which function has '\(name)'") }
            guard targets.count == 1 else { throw RenameRefusal("several functions have '\(name)'") }
            switch target.file {
            case .current, .module: break
            default: throw RenameRefusal("'\(name)' is a parameter of envd's")
            }
            if case .includedMember = function { throw RenameRefusal("'\(name)' belongs to another repository") }
            return subject(.parameter(meaning))
        case .field: return subject(.field)
        case .builtin, .moduleMember, .hostMember, .method: throw RenameRefusal("'\(name)' is a name of envd's")
        case .includedMember: throw RenameRefusal("'\(name)' belongs to another repository")
        case .module: throw RenameRefusal("the path of a file changes when the file is renamed")
        }
    }

    private func checkGlobal(_ name: String) throws(RenameRefusal) {
        let occurrences = checked.global(name)?.occurrences ?? []
        let loads = occurrences.filter { $0.kind == .load }
        guard occurrences.allSatisfy({ $0.kind != .foreign }) else {
            throw RenameRefusal("'\(name)' is bound by a statement that the language does not have")
        }
        guard let load = loads.first else {
            if name == "build", place.id?.name == "build.envd" {
                throw RenameRefusal("envd runs the function 'build' by its name")
            }
            return
        }
        guard loads.count == 1, occurrences.count == 1 else {
            throw RenameRefusal("'\(name)' is loaded and gets another value as well")
        }
        guard let item = file.token(at: load.range.lowerBound)?.parent.flatMap(LoadItem.init),
            let loaded = item.loadedName, let path = item.loadPath
        else { throw RenameRefusal("nobody knows what '\(name)' is loaded from") }
        if item.alias == nil { try checkOrigin(loaded, path) }
    }

    /// Refuses what no file of the project defines.
    private func checkOrigin(_ name: String, _ path: String) throws(RenameRefusal) {
        guard let definition = project?.graph.definition(of: name, loadedFrom: path, at: place),
            project?.graph.target(ofLoad: path, at: place)?.path == definition.file.path
        else { throw RenameRefusal("no file of the project defines '\(name)'") }
        if definition.file.name == "build.envd", name == "build" {
            throw RenameRefusal("envd runs the function 'build' by its name")
        }
    }

    private func isAlias(_ name: String) -> Bool {
        guard let load = checked.global(name)?.occurrences.first(where: { $0.kind == .load }) else { return false }
        return file.token(at: load.range.lowerBound)?.parent.flatMap(LoadItem.init)?.alias != nil
    }

    // MARK: - Where it stands

    private func renamedPlaces(
        _ subject: RenameSubject, _ newName: String, _ isCancelled: () -> Bool
    ) throws(RenameRefusal) -> [Reference] {
        let name = subject.name
        switch subject.kind {
        case .local(let local): return references(to: .local(local), isCancelled: isCancelled)
        case .alias:
            let written = checked.global(name)?.occurrences.map(\.range) ?? []
            return (written + checked.uses(ofGlobal: name)).map {
                Reference(file: .current, range: $0, role: .read, isOwnName: true)
            }
        case .global(let meaning):
            let found = references(to: meaning, isCancelled: isCancelled).filter(\.isOwnName)
            if newName.hasPrefix("_"), !name.hasPrefix("_"), found.contains(where: { $0.role == .load }) {
                throw RenameRefusal("other files load '\(name)', and a name with an underscore cannot be loaded")
            }
            let isTest = found.contains { $0.role == .write && isTestFile($0.file) }
            if isTest, name.hasPrefix("test_") != newName.hasPrefix("test_") {
                throw RenameRefusal("'envd test' runs the functions whose names begin with 'test_'")
            }
            return found
        case .parameter(let meaning):
            let found = references(to: meaning, isCancelled: isCancelled)
            try checkCalls(ofFunctionWith: found, name, newName, isCancelled)
            return found
        case .field: return try fieldPlaces(subject, newName, isCancelled)
        }
    }

    func isTestFile(_ file: TargetFile) -> Bool {
        switch file {
        case .current: place.isTest
        case .module(let id): id.name.hasSuffix("_test.envd")
        default: false
        }
    }

    // MARK: - What comes of it

    /// Whether edits of this file change a name of its top level wherever it stands, and nothing else.
    private func isAllOfGlobal(_ edits: [SourceEdit]) -> Bool {
        guard let first = edits.first, let global = checked.global(file.text(in: first.range)) else { return false }
        let places = global.occurrences.map(\.range) + checked.uses(ofGlobal: global.name)
        return Set(places) == Set(edits.map(\.range))
    }

    /// Refuses edits after which a name would mean something else, and edits of code that nobody can be sure of.
    private func check(
        _ edit: ProjectEdit.FileEdit, _ newName: String, _ kind: RenameSubject.Kind
    ) throws(RenameRefusal) {
        guard let old = source(of: edit.file) else { throw RenameRefusal("a file cannot be read") }
        func place(_ offset: Int) -> String {
            let line = old.position(at: offset).line + 1
            guard case .module(let id) = edit.file else { return "line \(line)" }
            return "\(id.name), line \(line)"
        }
        for change in edit.edits where old.chunk(at: change.range.lowerBound).chunk.hasDiagnostics {
            throw RenameRefusal("there is a syntax error in the statement around \(place(change.range.lowerBound))")
        }
        let dialect: Dialect = isTestFile(edit.file) ? .everything : .envd
        func check(_ text: SourceFile, at start: Int, _ edits: [SourceEdit]) throws(RenameRefusal) {
            let new = SourceFile(bytes: applying(edits, to: text.bytes))
            guard let offset = changedMeaning(text, new, edits, newName: newName, dialect) else { return }
            throw RenameRefusal(
                "with the name '\(newName)' something else would be meant in \(place(start + offset))")
        }
        switch kind {
        case .field: return
        case .global, .alias:
            // A name that stands nowhere in the text hides no other, and none hides it.
            if edit.file == .current, !old.holds(newName), isAllOfGlobal(edit.edits) { return }
            try check(old, at: 0, edit.edits)
        case .local, .parameter:
            // What a function binds means nothing outside of its statement.
            var parts: [Int: [SourceEdit]] = [:]
            for change in edit.edits {
                parts[old.chunk(at: change.range.lowerBound).offset, default: []].append(change)
            }
            for (start, edits) in parts.sorted(by: { $0.key < $1.key }) {
                let end = start + Int(old.chunk(at: start).chunk.utf8Count)
                let text = SourceFile(bytes: old.bytes(in: start..<end))
                let moved = edits.map { change in
                    SourceEdit(
                        range: (change.range.lowerBound - start)..<(change.range.upperBound - start),
                        replacement: change.replacement)
                }
                try check(text, at: start, moved)
            }
        }
    }
}
