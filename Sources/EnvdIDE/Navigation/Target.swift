import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// A file that something is in.
package enum TargetFile: Hashable, Sendable {
    /// The file that a question is about.
    case current
    /// Another file of the project, or of a repository that it includes.
    case module(ModuleID)
    /// A file of the API, written in the language, by its name: `@envd/v1/install.envd`.
    case prelude(String)
    /// The declarations of the language itself, by what they are about: `functions`, `string`.
    case stubs(String)
}

/// A place that a name leads to.
package struct Target: Hashable, Sendable {
    package let file: TargetFile
    package let name: String
    /// The name, in UTF-8 bytes of the file.
    package let nameRange: Range<Int>
    /// All of what it names; the name itself for variables.
    package let range: Range<Int>
}

extension FileAnalysis {
    /// What a file holds; nil if it cannot be read.
    package func source(of target: TargetFile) -> SourceFile? {
        switch target {
        case .current: file
        case .module(let id): project?.graph.source(of: id)
        case .prelude(let name): ToolSources.prelude(name)
        case .stubs(let name): ToolSources.stubs(name)
        }
    }

    /// The name or word at an offset that means something: an identifier, or a text in a `load` statement. What ends at the offset
    /// counts too.
    func nameToken(at offset: Int) -> SyntaxToken? {
        func isName(_ token: SyntaxToken) -> Bool {
            if token.kind == .identifier { return true }
            guard token.kind == .string, let parent = token.parent else { return false }
            return parent.kind == .loadStmt || parent.kind == .loadItem
        }
        if let token = file.token(at: offset), token.range.contains(offset), isName(token) { return token }
        guard offset > 0, let before = file.token(at: offset - 1), before.range.upperBound == offset, isName(before)
        else { return nil }
        return before
    }

    /// What the name at an offset stands for.
    func meaning(at offset: Int) -> (token: SyntaxToken, meaning: Meaning)? {
        guard let token = nameToken(at: offset),
            let meaning = checked.semantics(at: token.range.lowerBound)?.meaning(of: token)
        else { return nil }
        return (token, meaning)
    }

    // MARK: - Where things are defined

    /// Where a meaning gets its value.
    ///
    /// - Parameter followsLoads: whether names that are loaded lead into the file that defines them, rather than to the `load`
    ///   statement.
    func targets(of meaning: Meaning, followsLoads: Bool = true) -> [Target] {
        switch meaning {
        case .local(let local):
            return local.occurrences.map { target(at: $0, name: local.name) }
        case .global(let name):
            guard let global = checked.global(name) else { return [] }
            return global.occurrences.flatMap { occurrence -> [Target] in
                let own = target(at: occurrence, name: name)
                guard followsLoads, occurrence.kind == .load, let there = loaded(at: occurrence.range) else {
                    return [own]
                }
                return [there]
            }
        case .builtin(let name):
            if let found = preludeTarget(name, in: "universe") { return [found] }
            if PreludeFile.modules.contains(name) { return preludeModule(name) }
            return stubTarget(name, in: "functions").map { [$0] } ?? []
        case .moduleMember(let name, let module):
            return preludeTarget(name, in: module).map { [$0] } ?? []
        case .hostMember(let name, let type):
            return type == "State" ? preludeTarget(name, in: "state").map { [$0] } ?? [] : []
        case .method(let name, let table):
            return stubTarget(name, in: table).map { [$0] } ?? []
        case .includedMember(let name, let repository):
            return project?.graph.definition(of: name, inRepository: repository).map { [target($0, name)] } ?? []
        case .loaded(let name, let path):
            return loaded(name, from: path).map { [$0] } ?? []
        case .module(let path):
            if let file = PreludeFile.all.first(where: { $0.name == path }) {
                return [Target(file: .prelude(file.name), name: path, nameRange: 0..<0, range: 0..<0)]
            }
            guard let id = project?.graph.target(ofLoad: path, at: place) else { return [] }
            return [Target(file: .module(id), name: path, nameRange: 0..<0, range: 0..<0)]
        case .parameter(let name, let function):
            return targets(of: function).compactMap { parameter(name, of: $0) }
        case .field: return []
        }
    }

    private func target(at occurrence: Binding.Occurrence, name: String) -> Target {
        var whole = occurrence.range
        if occurrence.kind == .function,
            let definition = file.token(at: occurrence.range.lowerBound)?.parent.flatMap(DefStmt.init)
        {
            whole = definition.range
        }
        return Target(file: .current, name: name, nameRange: occurrence.range, range: whole)
    }

    /// What a name in a `load` statement leads to.
    private func loaded(at range: Range<Int>) -> Target? {
        guard let item = file.token(at: range.lowerBound)?.parent.flatMap(LoadItem.init), let name = item.loadedName,
            let path = item.loadPath
        else { return nil }
        return loaded(name, from: path)
    }

    private func loaded(_ name: String, from path: String) -> Target? {
        if path == PreludeFile.graphName {
            return preludeTarget(name, in: "llb")
                ?? Target(file: .prelude(path), name: name, nameRange: 0..<0, range: 0..<0)
        }
        return project?.graph.definition(of: name, loadedFrom: path, at: place).map { target($0, name) }
    }

    private func target(_ definition: ModuleDefinition, _ name: String) -> Target {
        let id = definition.file
        let file: TargetFile = id.path == place.id?.path ? .current : .module(id)
        let statement = source(of: file)?.token(at: definition.range.lowerBound)?.parent.flatMap(DefStmt.init)
        return Target(
            file: file, name: name, nameRange: definition.range, range: statement?.range ?? definition.range)
    }

    private func preludeTarget(_ name: String, in module: String) -> Target? {
        guard let file = PreludeFile.all.first(where: { $0.name.hasSuffix("/\(module).envd") }) else { return nil }
        return ToolSources.prelude(file.name).flatMap { definition(of: name, in: $0, .prelude(file.name)) }
    }

    /// A module of the API is a file.
    private func preludeModule(_ name: String) -> [Target] {
        PreludeFile.all.filter { $0.name.hasSuffix("/\(name).envd") }.map {
            Target(file: .prelude($0.name), name: name, nameRange: 0..<0, range: 0..<0)
        }
    }

    private func stubTarget(_ name: String, in table: String) -> Target? {
        ToolSources.stubs(table).flatMap { definition(of: name, in: $0, .stubs(table)) }
    }

    private func definition(of name: String, in source: SourceFile, _ file: TargetFile) -> Target? {
        for statement in source.statements {
            if let definition = DefStmt(statement), let token = definition.name, token.text == name {
                return Target(file: file, name: name, nameRange: token.range, range: definition.range)
            }
            if let assignment = AssignStmt(statement), case .name(let target)? = assignment.target,
                let token = target.name, token.text == name
            {
                return Target(file: file, name: name, nameRange: token.range, range: token.range)
            }
        }
        return nil
    }

    /// The parameter of the function that is defined at a place.
    private func parameter(_ name: String, of target: Target) -> Target? {
        guard let source = source(of: target.file),
            let definition = source.token(at: target.nameRange.lowerBound)?.parent.flatMap(DefStmt.init)
        else { return nil }
        for parameter in definition.parameterList?.parameters.map({ $0 }) ?? [] {
            guard let token = parameter.name, token.text == name else { continue }
            return Target(file: target.file, name: name, nameRange: token.range, range: parameter.range)
        }
        return nil
    }
}
