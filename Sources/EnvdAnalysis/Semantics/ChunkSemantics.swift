import EnvdLanguage
import EnvdSyntax

/// What is known of one chunk of a checked file beside its findings: what its names mean, and the types of its expressions.
///
/// It belongs to the state of the file in which it was asked for, and is made anew after an edit.
package final class ChunkSemantics {
    let context: RuleContext
    let checker: TypeChecker
    private let record = TypeRecord()
    /// The chunk, in UTF-8 bytes of the file.
    package let range: Range<Int>

    init(_ chunk: ChunkRecord, in file: CheckedFile) {
        context = RuleContext(chunk, in: file)
        range = file.range(of: chunk)
        checker = TypeChecker(context, record: record)
        checker.check()
    }

    /// The names of the chunk, with what they use of the rest of the file.
    package var names: NameResolution { context.names }

    /// The calls of the API that the chunk writes out, in source order.
    package var calls: [APICall] { context.calls }

    /// The chunk's statements at the top level of the file.
    package var statements: [SyntaxNode] { context.statements }

    // MARK: - Types

    /// The type of an expression of the chunk; unknown also where code cannot be reached.
    package func type(of expression: Expr) -> Type {
        if let known = record.type(of: expression) { return checker.resolved(known) }
        if case .name(let name) = expression { return checker.resolved(checker.type(of: name)) }
        return .unknown
    }

    /// What the place where an expression stands takes: the type of a parameter, of a list's element; nil if that is not known.
    package func wantedType(_ expression: Expr) -> Type? { record.wanted(expression) }

    /// The type of what a name gets where it is bound.
    ///
    /// - Parameter place: where the name begins, in UTF-8 bytes of the file.
    package func type(ofNameBoundAt place: Int) -> Type {
        record.given(toNameAt: place).map { checker.resolved($0) } ?? .unknown
    }

    /// The type of a name of the file's top level, whichever chunk binds it.
    package func type(ofGlobal name: String) -> Type {
        guard let symbol = context.checked.symbols.existingSymbol(of: name) else { return .unknown }
        return context.checked.type(ofGlobal: symbol)
    }

    /// The type of a name that the file does not bind.
    package func type(ofBuiltin name: String) -> Type { checker.environment.names[name] ?? .unknown }

    /// The functions that a call may call, their results found; empty if that is not known.
    package func functions(calledBy call: CallExpr) -> [FunctionType] {
        guard let callee = call.callee else { return [] }
        return type(of: callee).members.compactMap { member in
            guard case .function(let function) = checker.resolved(member) else { return nil }
            return function
        }
    }

    /// What can stand behind a dot, by name.
    package func attributes(of type: Type) -> [String: Type] {
        var found: [String: Type] = [:]
        for member in type.members {
            for name in checker.attributes(of: member) {
                guard let attribute = checker.attribute(name, of: member) else { continue }
                found[name] = found[name]?.or(attribute) ?? attribute
            }
        }
        return found
    }

    // MARK: - Names

    /// What a name in the chunk stands for; nil if it means nothing, or nobody knows.
    ///
    /// - Parameter token: an identifier, or a string of a `load` statement.
    package func meaning(of token: SyntaxToken) -> Meaning? {
        guard let parent = token.parent else { return nil }
        if let item = LoadItem(parent) {
            guard let path = item.loadPath else { return nil }
            if token == item.alias { return .global(token.text) }
            // In a broken item there may be other words.
            guard token == item.name else { return nil }
            return item.loadedName.map { .loaded($0, path: path) }
        }
        if let load = LoadStmt(parent), token == load.module { return load.path.map { .module(path: $0) } }
        guard token.kind == .identifier else { return nil }
        if let keyword = KeywordArgument(parent), token == keyword.name { return meaning(ofKeyword: keyword) }
        if let dot = DotExpr(parent), token == dot.name { return meaning(ofAttribute: dot) }
        let place = token.range.lowerBound
        if let use = context.names.use(at: place) {
            guard let id = use.binding else {
                let name = context.names.name(of: use)
                return context.environment.contains(name) || name == "load" ? .builtin(name) : nil
            }
            return meaning(of: id)
        }
        return context.names.binding(at: place).map { meaning(of: $0) }
    }

    /// What a binding of `names` stands for.
    package func meaning(of id: Binding.ID) -> Meaning {
        let binding = context.names.bindings[id]
        let name = context.names.name(of: binding)
        return binding.scope == 0
            ? .global(name) : .local(LocalName(name: name, occurrences: Array(binding.occurrences)))
    }

    private func meaning(ofKeyword keyword: KeywordArgument) -> Meaning? {
        guard let name = keyword.name?.text,
            let call = keyword.node.parent?.parent.flatMap(CallExpr.init), let callee = call.callee?.withoutParens
        else { return nil }
        let token: SyntaxToken? =
            switch callee {
            case .name(let callee): callee.name
            case .dot(let callee): callee.name
            default: nil
            }
        if token?.text == "struct", case .name = callee { return .field(name) }
        return token.flatMap { meaning(of: $0) }.map { .parameter(name, of: $0) }
    }

    private func meaning(ofAttribute dot: DotExpr) -> Meaning? {
        guard let base = dot.base, let name = dot.name?.text else { return nil }
        return meaning(ofAttribute: name, of: type(of: base))
    }

    /// What stands behind a dot, given the type of the value before it.
    package func meaning(ofAttribute name: String, of type: Type) -> Meaning? {
        for member in type.members {
            switch member {
            case .module(let record):
                if context.environment.modules[record.name] != nil || record.name == "llb" {
                    return .moduleMember(name, module: record.name)
                }
                for (url, module) in context.modules.includes {
                    guard case .known(let interface) = module, interface.type == member else { continue }
                    return .includedMember(name, repository: url)
                }
            case .structure, .anyStructure: return .field(name)
            case .instance(let record): return .hostMember(name, type: record.name)
            default:
                guard let table = member.methodTable, checker.environment.methods[table]?[name] != nil else {
                    continue
                }
                return .method(name, table: table)
            }
        }
        return nil
    }

    /// The scope whose names can be used at a place of the chunk.
    ///
    /// - Parameter node: the innermost node around the place.
    package func scope(of node: SyntaxNode?) -> Scope.ID {
        var next = node
        while let current = next {
            switch current.kind {
            case .defStmt, .lambdaExpr, .listComp, .dictComp, .setComp, .generatorExpr, .classStmt:
                let start = current.range.lowerBound
                let kind: Scope.Kind =
                    current.kind == .defStmt || current.kind == .lambdaExpr || current.kind == .classStmt
                    ? .function : .comprehension
                if let scope = context.names.scopes.firstIndex(where: { $0.start == start && $0.kind == kind }) {
                    return scope
                }
            default: break
            }
            next = current.parent
        }
        return 0
    }

    /// The names of the functions and comprehensions around a scope, those of the innermost first; the file's own are not
    /// among them.
    package func locals(visibleFrom scope: Scope.ID) -> [Binding.ID] {
        var found: [Binding.ID] = []
        var seen: Set<Symbol> = []
        var next: Scope.ID? = scope
        while let current = next, current != 0 {
            for id in 0..<context.names.ownBindingCount where context.names.bindings[id].scope == current {
                if seen.insert(context.names.bindings[id].symbol).inserted { found.append(id) }
            }
            next = context.names.scopes[current].parent
        }
        return found
    }
}

extension LoadItem {
    /// The path of the statement that the item is part of.
    package var loadPath: String? { node.parent.flatMap(LoadStmt.init)?.path }
}

extension ChunkSemantics {
    /// The type of the value that a name stands for where it is written: read, bound, an attribute, a loaded name.
    package func type(ofNameAt token: SyntaxToken) -> Type {
        guard let parent = token.parent else { return .unknown }
        if let dot = DotExpr(parent), token == dot.name { return type(of: .dot(dot)) }
        if let name = NameExpr(parent) {
            // Where a name is bound it has the type that it gets there.
            let given = type(ofNameBoundAt: token.range.lowerBound)
            return given == .unknown ? type(of: .name(name)) : given
        }
        if let item = LoadItem(parent), let name = item.alias?.text ?? item.loadedName { return type(ofGlobal: name) }
        let given = type(ofNameBoundAt: token.range.lowerBound)
        if given != .unknown { return given }
        if case .global(let name)? = meaning(of: token) { return type(ofGlobal: name) }
        return .unknown
    }
}
