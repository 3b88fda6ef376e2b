import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// A place where a name is used or gets a value.
package struct Reference: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        case read
        /// It gets a value here: an assignment, a `def`, a parameter.
        case write
        /// A `load` statement names it.
        case load
        /// A call names a parameter.
        case keyword
    }

    package let file: TargetFile
    /// The name alone, without the quotes of a text, in UTF-8 bytes of the file.
    package let range: Range<Int>
    package let role: Role
    /// Whether the name stands there as it is defined, rather than under another name that a `load` gives it.
    package let isOwnName: Bool
}

extension FileAnalysis {
    /// All places of the project that mean the same as the name at an offset, this file's first.
    ///
    /// - Parameters:
    ///   - offset: in UTF-8 bytes.
    ///   - isCancelled: asked before each file.
    package func references(at offset: Int, isCancelled: () -> Bool = { false }) -> [Reference] {
        guard let (_, meaning) = meaning(at: offset) else { return [] }
        return references(to: meaning, isCancelled: isCancelled)
    }

    /// The places of this file that mean the same as the name at an offset, in source order.
    package func highlights(at offset: Int) -> [Reference] {
        guard let (_, meaning) = meaning(at: offset) else { return [] }
        let found =
            switch meaning {
            case .global(let name): ownReferences(toGlobal: name, in: checked, .current)
            case .loaded(let name, let path):
                loadItems(of: name, from: path).flatMap { item in
                    (item.name.map {
                        [Reference(file: .current, range: $0.contentRange, role: .load, isOwnName: true)]
                    } ?? [])
                        + ownReferences(toGlobal: item.alias?.text ?? name, in: checked, .current).filter {
                            $0.role != .load
                        }
                }
            default: references(to: meaning, isOnlyHere: true, isCancelled: { false })
            }
        return found.filter { $0.file == .current }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    func references(
        to meaning: Meaning, isOnlyHere: Bool = false, isCancelled: () -> Bool
    ) -> [Reference] {
        switch meaning {
        case .local(let local): return references(to: local, isOnlyHere: isOnlyHere, isCancelled)
        case .global(let name):
            // What is loaded is the other file's.
            if let origin = origin(ofGlobal: name) { return references(to: origin, isOnlyHere, isCancelled) }
            return references(to: Export(file: place.id, name: name), isOnlyHere, isCancelled)
        case .loaded(let name, let path):
            guard let id = project?.graph.target(ofLoad: path, at: place) else { return [] }
            return references(to: Export(file: id, name: name), isOnlyHere, isCancelled)
        case .parameter(let name, let function):
            return references(toParameter: name, of: function, isOnlyHere, isCancelled)
        case .builtin(let name):
            return everywhere(isOnlyHere, isCancelled) { file, target in
                file.global(name) == nil
                    ? file.uses(ofGlobal: name).map { Reference(file: target, range: $0, role: .read, isOwnName: true) }
                    : []
            }
        case .moduleMember(let name, let module):
            return everywhere(isOnlyHere, isCancelled) { file, target in
                guard file.global(module) == nil else { return [] }
                return file.uses(ofGlobal: module).compactMap { range in
                    guard let dot = file.file.token(at: range.lowerBound)?.parent?.parent.flatMap(DotExpr.init),
                        let token = dot.name, token.text == name, token.range.lowerBound > range.lowerBound
                    else { return nil }
                    return Reference(file: target, range: token.range, role: .read, isOwnName: true)
                }
            }
        case .method, .hostMember, .includedMember, .field:
            return attributes(meaning)
        case .module(let path):
            return file.statements.compactMap(LoadStmt.init).filter { $0.path == path }.compactMap { load in
                load.module.map { Reference(file: .current, range: $0.range, role: .load, isOwnName: true) }
            }
        }
    }

    // MARK: - What a file gives to others

    /// A name that a file defines at its top level.
    private struct Export {
        /// Nil of a document that is no file.
        let file: ModuleID?
        let name: String
    }

    private func origin(ofGlobal name: String) -> Export? {
        guard let load = checked.global(name)?.occurrences.first(where: { $0.kind == .load }),
            let item = file.token(at: load.range.lowerBound)?.parent.flatMap(LoadItem.init),
            let loaded = item.loadedName, let path = item.loadPath,
            let id = project?.graph.target(ofLoad: path, at: place)
        else { return nil }
        return Export(file: id, name: loaded)
    }

    /// Where this file loads a name.
    private func loadItems(of name: String, from path: String) -> [LoadItem] {
        file.statements.compactMap(LoadStmt.init).filter { $0.path == path }.flatMap { load in
            load.loadItems.filter { $0.loadedName == name }
        }
    }

    private func references(
        to export: Export, _ isOnlyHere: Bool, _ isCancelled: () -> Bool
    ) -> [Reference] {
        let isHere = export.file == nil || export.file?.path == place.id?.path
        var found: [Reference] = []
        if isHere {
            found = ownReferences(toGlobal: export.name, in: checked, .current)
        } else if !isOnlyHere, let id = export.file, let file = otherFile(id) {
            found = ownReferences(toGlobal: export.name, in: file, .module(id))
        }
        guard let id = export.file, let graph = project?.graph else { return found }
        if !isHere { found = loadedReferences(to: export, in: checked, place, .current) + found }
        guard !isOnlyHere else { return found }
        for loader in graph.loaders(of: id) where loader.path != place.id?.path && loader.path != id.path {
            if isCancelled() { return found }
            guard let file = otherFile(loader) else { continue }
            let place = ModulePlace(loader, isTest: loader.name.hasSuffix("_test.envd"))
            found += loadedReferences(to: export, in: file, place, .module(loader))
        }
        return found
    }

    /// The places in a file that loads a name: the `load` statement, and what it means under the name that it has there.
    private func loadedReferences(
        to export: Export, in file: CheckedFile, _ place: ModulePlace, _ target: TargetFile
    ) -> [Reference] {
        var found: [Reference] = []
        for load in file.file.statements.compactMap(LoadStmt.init) {
            guard let path = load.path, let id = project?.graph.target(ofLoad: path, at: place),
                id.path == export.file?.path
            else { continue }
            for item in load.loadItems where item.loadedName == export.name {
                if let content = item.name?.contentRange {
                    found.append(Reference(file: target, range: content, role: .load, isOwnName: true))
                }
                let name = item.alias?.text ?? export.name
                for reference in ownReferences(toGlobal: name, in: file, target) where reference.role != .load {
                    found.append(
                        Reference(
                            file: target, range: reference.range, role: reference.role, isOwnName: item.alias == nil))
                }
                if let alias = item.alias {
                    found.append(Reference(file: target, range: alias.range, role: .write, isOwnName: false))
                }
            }
        }
        return found
    }

    /// The places in a file that mean a name of its top level.
    private func ownReferences(toGlobal name: String, in file: CheckedFile, _ target: TargetFile) -> [Reference] {
        var found: [Reference] = []
        for occurrence in file.global(name)?.occurrences ?? [] {
            let isLoad = occurrence.kind == .load
            var range = occurrence.range
            if isLoad, let token = file.file.token(at: range.lowerBound) { range = token.contentRange }
            found.append(Reference(file: target, range: range, role: isLoad ? .load : .write, isOwnName: true))
        }
        for use in file.uses(ofGlobal: name) where !found.contains(where: { $0.range == use }) {
            found.append(Reference(file: target, range: use, role: .read, isOwnName: true))
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    // MARK: - Locals and parameters

    private func references(
        to local: LocalName, isOnlyHere: Bool, _ isCancelled: () -> Bool
    ) -> [Reference] {
        guard let first = local.occurrences.first,
            let semantics = checked.semantics(at: first.range.lowerBound),
            let id = semantics.names.bindings.firstIndex(where: { $0.occurrences.elementsEqual(local.occurrences) })
        else { return [] }
        var found = local.occurrences.map {
            Reference(file: .current, range: $0.range, role: .write, isOwnName: true)
        }
        for use in semantics.names.uses where use.binding == id {
            guard !found.contains(where: { $0.range == use.range }) else { continue }
            found.append(Reference(file: .current, range: use.range, role: .read, isOwnName: true))
        }
        if first.isParameter, let function = functionDefining(parameterAt: first.range.lowerBound),
            let name = function.name, let called = semantics.meaning(of: name)
        {
            found += keywords(local.name, of: called, isOnlyHere, isCancelled)
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func functionDefining(parameterAt place: Int) -> DefStmt? {
        file.token(at: place)?.parent?.parent?.parent.flatMap(DefStmt.init)
    }

    private func references(
        toParameter name: String, of function: Meaning, _ isOnlyHere: Bool, _ isCancelled: () -> Bool
    ) -> [Reference] {
        for target in targets(of: .parameter(name, of: function)) {
            guard target.file == .current,
                let meaning = checked.semantics(at: target.nameRange.lowerBound).flatMap({ semantics in
                    file.token(at: target.nameRange.lowerBound).flatMap { semantics.meaning(of: $0) }
                }), case .local(let local) = meaning
            else { continue }
            return references(to: local, isOnlyHere: isOnlyHere, isCancelled)
        }
        // The function is elsewhere; its own body is looked at there.
        var found = keywords(name, of: function, isOnlyHere, isCancelled)
        guard !isOnlyHere else { return found }
        for target in targets(of: .parameter(name, of: function)) {
            guard case .module(let id) = target.file, let other = otherFile(id),
                let token = other.file.token(at: target.nameRange.lowerBound),
                let names = other.ownNames(at: target.nameRange.lowerBound),
                let binding = names.bindings.firstIndex(where: { binding in
                    binding.occurrences.contains { $0.range == token.range }
                })
            else { continue }
            for occurrence in names.bindings[binding].occurrences {
                found.append(Reference(file: target.file, range: occurrence.range, role: .write, isOwnName: true))
            }
            for use in names.uses where use.binding == binding {
                found.append(Reference(file: target.file, range: use.range, role: .read, isOwnName: true))
            }
        }
        return found
    }

    /// The calls of a function that name a parameter.
    private func keywords(
        _ name: String, of function: Meaning, _ isOnlyHere: Bool, _ isCancelled: () -> Bool
    ) -> [Reference] {
        references(to: function, isOnlyHere: isOnlyHere, isCancelled: isCancelled).compactMap { reference in
            guard reference.role == .read,
                let token = source(of: reference.file)?.token(at: reference.range.lowerBound),
                let call = call(of: token)
            else { return nil }
            for argument in call.argumentList?.arguments.map({ $0 }) ?? [] {
                guard case .keywordArgument(let keyword) = argument, let token = keyword.name, token.text == name else {
                    continue
                }
                return Reference(file: reference.file, range: token.range, role: .keyword, isOwnName: true)
            }
            return nil
        }
    }

    /// The call of which a name is what is called.
    func call(of token: SyntaxToken) -> CallExpr? {
        guard var callee = token.parent else { return nil }
        if let outer = callee.parent, let dot = DotExpr(outer), dot.name == token { callee = outer }
        if callee.kind == .nameExpr || callee.kind == .dotExpr, let call = callee.parent.flatMap(CallExpr.init),
            call.callee?.node == callee
        {
            return call
        }
        return nil
    }

    // MARK: - Attributes

    /// The attributes in this file that mean the same.
    private func attributes(_ meaning: Meaning) -> [Reference] {
        let name: String
        switch meaning {
        case .method(let text, _), .hostMember(let text, _), .includedMember(let text, _), .field(let text): name = text
        default: return []
        }
        var found: [Reference] = []
        for statement in file.statements {
            for node in statement.descendants {
                let token: SyntaxToken? =
                    switch node.kind {
                    case .dotExpr: DotExpr(node)?.name
                    case .keywordArgument: KeywordArgument(node)?.name
                    default: nil
                    }
                guard let token, token.text == name,
                    checked.semantics(at: token.range.lowerBound)?.meaning(of: token) == meaning
                else { continue }
                found.append(
                    Reference(
                        file: .current, range: token.range, role: node.kind == .dotExpr ? .read : .write,
                        isOwnName: true))
            }
        }
        return found
    }

    // MARK: - Other files

    /// Another file of the project, resolved but not checked; nil if it cannot be read.
    func otherFile(_ id: ModuleID) -> CheckedFile? {
        project?.graph.source(of: id).map {
            CheckedFile($0, dialect: .envd, environment: .envd, rules: [], infersTypes: false)
        }
    }

    private func everywhere(
        _ isOnlyHere: Bool, _ isCancelled: () -> Bool, _ find: (CheckedFile, TargetFile) -> [Reference]
    ) -> [Reference] {
        var found = find(checked, .current)
        guard !isOnlyHere, let graph = project?.graph else { return found }
        for path in graph.loadablePaths {
            if isCancelled() { break }
            guard let id = graph.target(ofLoad: path, at: ModulePlace(nil)), id.path != place.id?.path,
                let file = otherFile(id)
            else { continue }
            found += find(file, .module(id))
        }
        return found
    }
}

extension SyntaxToken {
    /// Of a string what stands between its quotes; of any other token all of it.
    var contentRange: Range<Int> {
        guard kind == .string || kind == .bytes, quoteWidth > 0 else { return range }
        let start = range.lowerBound + prefixAndQuoteLength
        let end = range.upperBound - (isBroken ? 0 : quoteWidth)
        return start..<max(start, end)
    }
}
