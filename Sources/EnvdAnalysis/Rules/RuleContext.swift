import EnvdSyntax

/// What a rule looks at: one chunk of a file, resolved, with the view from there on the rest of the file.
///
/// What is looked up in the rest of the file is noted, so that the chunk is checked again when that changes. So a rule looks at
/// the chunk's own statements, names and calls, and asks for all else by the methods here.
package class RuleContext {
    package let file: SourceFile
    package let dialect: Dialect
    package let environment: NameEnvironment
    /// What is in the project; nil where nobody can know.
    package let project: ProjectView?
    /// The chunk's statements at the top level of the file: one, as a rule.
    package let statements: [SyntaxNode]
    /// The names of these statements, with the bindings of the rest of the file that they use.
    package let names: NameResolution
    /// What has been looked up in the rest of the file.
    private(set) var dependencies: Set<Dependency> = []

    let checked: CheckedFile
    private let record: ChunkRecord?
    /// The chunk, in UTF-8 bytes of the file.
    private let range: Range<Int>
    /// The file's bindings that have been added to `names`.
    private var globals: [Symbol: Binding.ID] = [:]
    /// Bindings within other chunks that have been added to `names`, by where they first occur.
    private var foreign: [Int: Binding.ID] = [:]
    /// Bindings within functions whose list or dict may change.
    private lazy var changed = Set(names.changedBindings)
    /// What was probably meant by names that mean nothing, by name and scope.
    private var guesses: [Int: String?] = [:]
    private lazy var reads = ReadBindings(in: self)
    /// The chunk's bindings that nothing reads. A rule that asks for them has `needsCleanSyntax`, as mistakes of syntax may
    /// hide what reads.
    private(set) lazy var unreadBindings = ownBindings.filter { !isRead($0) }
    private lazy var ownCalls = record.map { calls(in: $0) } ?? []
    /// What is known of expressions that somebody has asked about: many rules look at the arguments of one call.
    var knownConstants: [Range<Int>: Constant?] = [:]
    private var scripts: [Range<Int>: [ShellProgram]] = [:]
    /// The scripts of the call that was asked about last: rules ask about a call one after another.
    private var lastScripts: (call: Range<Int>, programs: [ShellProgram])?
    /// What was found of the expression that was asked about last: rules ask about one after another.
    private var lastAttribute: (node: SyntaxNode, found: (module: Symbol, name: SyntaxToken)?)?
    /// The names of the chunk's own bindings and their scopes, to be searched.
    private lazy var ownNames = ownBindings.map { (scope: names.bindings[$0].scope, symbol: names.bindings[$0].symbol) }

    /// - Parameter record: nil for the file as a whole, which has no names of its own.
    init(_ record: ChunkRecord?, in checked: CheckedFile) {
        self.checked = checked
        self.record = record
        file = checked.file
        dialect = checked.dialect
        environment = checked.environment
        project = checked.project
        guard let record else {
            statements = []
            range = 0..<0
            names = NameResolution([], dialect: checked.dialect, checked.symbols)
            return
        }
        range = checked.range(of: record)
        statements = record.chunk.statements(at: range.lowerBound)
        names = NameResolution(copying: record.names(at: range.lowerBound, in: checked))
        resolve()
    }

    /// Looks the names up in the rest of the file that the chunk itself does not bind.
    private func resolve() {
        for id in ownBindings where names.bindings[id].scope == 0 { adopt(id) }
        for index in names.uses.indices {
            let use = names.uses[index]
            if use.binding == nil, let id = global(use.symbol, isInOrder: use.isBoundInOrder) {
                names.resolve(use: index, as: id)
            }
        }
    }

    /// Completes a global of the chunk by what other chunks do with it.
    private func adopt(_ id: Binding.ID) {
        let symbol = names.bindings[id].symbol
        guard globals.updateValue(id, forKey: symbol) == nil else { return }
        note(.definition(symbol))
        if checked.names.binders(of: symbol).count > 1, let occurrences = checked.occurrences(of: symbol) {
            names.setOccurrences(occurrences.all, of: id)
        }
    }

    /// The binding of a name at the top level of the file, whichever chunk binds it.
    ///
    /// - Parameter isInOrder: whether only what stands above the chunk counts.
    private func global(_ symbol: Symbol, isInOrder: Bool) -> Binding.ID? {
        if let known = globals[symbol], !isInOrder { return known }
        note(.definition(symbol))
        guard let occurrences = checked.occurrences(of: symbol) else { return nil }
        if isInOrder, occurrences.all[0].range.lowerBound >= range.lowerBound { return nil }
        if let known = globals[symbol] { return known }
        if let own = names.binding(of: symbol, in: 0) {
            adopt(own)
            return own
        }
        let id = names.add(
            Binding(symbol: symbol, scope: 0, occurrences: occurrences.all))
        globals[symbol] = id
        return id
    }

    private func note(_ dependency: Dependency) {
        if checked.keepsDependencies { dependencies.insert(dependency) }
    }

    // MARK: - Names

    /// The bindings that belong to the chunk's own statements.
    var ownBindings: Range<Binding.ID> { 0..<names.ownBindingCount }

    /// The places of the chunk at which a binding gets its value.
    func ownOccurrences(of id: Binding.ID) -> [Binding.Occurrence] {
        let binding = names.bindings[id]
        guard binding.scope == 0 else { return Array(binding.occurrences) }
        guard let record, let global = record.summary.globals.first(where: { $0.symbol == binding.symbol }) else {
            return []
        }
        return global.occurrences.map { $0.shifted(by: range.lowerBound) }
    }

    /// Where a name of the top level is first loaded.
    func firstLoad(of id: Binding.ID) -> Binding.Occurrence? {
        let binding = names.bindings[id]
        return binding.scope == 0 ? checked.occurrences(of: binding.symbol)?.firstLoad : nil
    }

    /// Whether a place is in the chunk.
    func isOwn(_ place: Range<Int>) -> Bool { range.contains(place.lowerBound) }

    /// What is known of a name that is read there.
    package func use(at place: Range<Int>) -> NameUse? {
        if range.contains(place.lowerBound) { return names.use(at: place.lowerBound) }
        guard let other = checked.record(at: place.lowerBound) else { return nil }
        let start = checked.start(of: other)
        let resolved = other.names(at: start, in: checked)
        guard var use = resolved.use(at: place.lowerBound) else { return nil }
        if let id = use.binding, resolved.bindings[id].scope != 0 {
            use.binding = adopt(id, of: resolved)
        } else {
            use.binding = global(use.symbol, isInOrder: false)
        }
        return use
    }

    /// Takes a binding within another chunk over.
    private func adopt(_ other: Binding.ID, of resolved: NameResolution) -> Binding.ID {
        let binding = resolved.bindings[other]
        let place = binding.occurrences[0].range.lowerBound
        if let known = foreign[place] { return known }
        let id = names.add(binding)
        foreign[place] = id
        if resolved.changedBindings.contains(other) { changed.insert(id) }
        return id
    }

    /// Whether the list or dict that a name stands for may change.
    func isChanged(_ id: Binding.ID) -> Bool {
        let binding = names.bindings[id]
        return binding.scope == 0 ? facts(of: binding.symbol).contains(.isChanged) : changed.contains(id)
    }

    /// The binding of a name at the top level of the file.
    func global(_ name: String) -> Binding? { checked.symbols.existingSymbol(of: name).flatMap { global($0) } }

    func global(_ symbol: Symbol) -> Binding? { global(symbol, isInOrder: false).map { names.bindings[$0] } }

    /// What is known of the type of a name that another chunk binds.
    func exportedType(of symbol: Symbol) -> Type {
        note(.definition(symbol))
        let binders = checked.names.binders(of: symbol)
        guard binders.count == 1, let binder = binders.first else { return .unknown }
        if let record, record.cycle != 0, record.cycle == binder.cycle {
            return binder.declarations[symbol] ?? .unknown
        }
        return binder.exports[symbol] ?? .unknown
    }

    /// How the file uses a name of its top level, or of the language.
    func facts(of symbol: Symbol) -> FileNames.Facts {
        note(.uses(symbol))
        return checked.names.facts(of: symbol)
    }

    /// Whether anything in the file reads what a binding of the chunk binds.
    func isRead(_ id: Binding.ID) -> Bool {
        let binding = names.bindings[id]
        return binding.scope == 0 ? facts(of: binding.symbol).contains(.isRead) : reads.isRead[id]
    }

    /// Whether a builtin means itself everywhere in the file: a fix may write its name anywhere.
    func isFree(_ builtin: String) -> Bool {
        let symbol = checked.symbols.symbol(of: builtin)
        note(.hiding(symbol))
        return !checked.names.facts(of: symbol).contains(.isHidden)
    }

    /// Whether code outside of all functions reads a function of the file: what that one does then happens before anything
    /// is frozen.
    var runsFunctionsWhileLoading: Bool {
        note(.callsWhileLoading)
        return checked.names.callsWhileLoading
    }

    /// Whether the top level of the file defines functions.
    var hasFunctions: Bool {
        note(.functions)
        return checked.names.hasFunctions
    }

    /// Whether a statement is the file's first.
    func isFirst(_ statement: SyntaxNode) -> Bool {
        return record?.ordinal == 0 && statement == statements.first
    }

    /// Whether the chunk is the file's first.
    var beginsFile: Bool {
        return record?.ordinal == 0
    }

    /// Whether a name means something where the file does not bind it.
    func isInEnvironment(_ symbol: Symbol) -> Bool {
        !checked.environmentTraits(of: symbol).isDisjoint(with: [.isUniversal, .isPredeclared])
    }

    /// Whether a name is one of the language, where the file does not bind it.
    func isUniversal(_ symbol: Symbol) -> Bool { checked.environmentTraits(of: symbol).contains(.isUniversal) }

    /// Whether a name is one of the API, where the file does not bind it.
    func isPredeclared(_ symbol: Symbol) -> Bool { checked.environmentTraits(of: symbol).contains(.isPredeclared) }

    /// Whether a name is that of a module of the API, where the file does not bind it.
    func isModule(_ symbol: Symbol) -> Bool { checked.environmentTraits(of: symbol).contains(.isModule) }

    /// The name that was probably meant by one that means nothing: of equally near ones a name of a scope around it, then one
    /// of the file, then one of the language.
    func nearestName(to use: NameUse) -> String? {
        note(.globalNames)
        let global = checked.nearestGlobalName(to: use.symbol)
        if ownNames.isEmpty { return global.name }
        let key = use.symbol.index << 32 | use.scope
        if let known = guesses[key] { return known }
        let (ownNames, scopes) = (ownNames, names.scopes)
        var search = checked.nameSearch(for: use.symbol)
        let spellings = checked.spellings
        var scope: Scope.ID? = use.scope
        while let current = scope {
            for name in ownNames where name.scope == current { search.consider(spellings, at: name.symbol.index) }
            scope = scopes[current].parent
        }
        search.consider(global)
        guesses[key] = .some(search.best)
        return search.best
    }

    /// The symbol of a name.
    func symbol(_ name: String) -> Symbol { checked.symbols.symbol(of: name) }

    // MARK: - Attributes

    /// The module of the API and the name of an expression such as `install.pip`; nil if what the name belongs to is no such module.
    func moduleAttribute(_ node: SyntaxNode) -> (module: Symbol, name: SyntaxToken)? {
        if let lastAttribute, lastAttribute.node == node { return lastAttribute.found }
        var found: (module: Symbol, name: SyntaxToken)?
        if let dot = DotExpr(node), case .name(let base)? = dot.base, let name = dot.name,
            let index = names.useIndex(at: base.node.start)
        {
            let symbol = names.uses[index].symbol
            if isModule(symbol), names.uses[index].binding == nil { found = (symbol, name) }
        }
        lastAttribute = (node, found)
        return found
    }

    // MARK: - Other files

    /// What other files say about this one.
    package var modules: LoadedModules {
        note(.modules)
        return checked.modules
    }

    // MARK: - Calls

    /// The calls of the API that the chunk writes out, in source order.
    package var calls: [APICall] { ownCalls }

    /// The calls of the API in a chunk.
    func calls(in record: ChunkRecord) -> [APICall] {
        guard record.summary.mentionsAPI else { return [] }
        let start = checked.start(of: record)
        return record.calls(at: start) {
            let names = record.names(at: start, in: checked)
            return names.uses.compactMap { use -> APICall? in
                guard use.binding == nil, checked.environmentTraits(of: use.symbol).contains(.isPredeclared),
                    global(use.symbol, isInOrder: false) == nil,
                    let node = record.chunk.node(at: use.node, chunkOffset: start)
                else { return nil }
                return APICall(named: names.name(of: use), at: node, .v1)
            }.sorted { $0.range.lowerBound < $1.range.lowerBound }
        }
    }

    /// The shell scripts that a call holds: many rules look at them, and reading them is most of their work.
    func shellPrograms(of call: APICall) -> [ShellProgram] {
        guard ShellProgram.isFunction(call.name) else { return [] }
        let range = call.range
        if let lastScripts, lastScripts.call == range { return lastScripts.programs }
        let programs: [ShellProgram]
        // What is recorded for one context is not for another.
        if checked.keepsDependencies {
            programs = scripts[range] ?? ShellProgram.programs(of: call, in: self)
            scripts[range] = programs
        } else {
            programs = checked.scripts[range] ?? ShellProgram.programs(of: call, in: self)
            checked.scripts[range] = programs
        }
        lastScripts = (range, programs)
        return programs
    }
}

extension NameUse {
    /// Whether it means what stands above it, rather than what its scope binds anywhere.
    fileprivate var isBoundInOrder: Bool { traits.contains(.isResolved) }
}
