import EnvdSyntax

/// What editors ask of a checked file.
extension CheckedFile {
    /// What is known of the chunk that holds an offset; kept until the file changes.
    package func semantics(at offset: Int) -> ChunkSemantics? {
        guard let record = record(at: max(0, min(offset, file.utf8Count))) else { return nil }
        if let known = knownSemantics[record.ordinal] { return known }
        let fresh = ChunkSemantics(record, in: self)
        // What is asked for in a row lies close together. Who walks over the whole file asks for each chunk once.
        if knownSemantics.count >= CheckedFile.maximumSemantics { knownSemantics = [:] }
        knownSemantics[record.ordinal] = fresh
        return fresh
    }

    static let maximumSemantics = 64

    /// A chunk as it was checked: while this is the same, so is all that is known of the chunk, but for where it stands.
    package struct ChunkState: Hashable {
        fileprivate let chunk: ObjectIdentifier
        fileprivate let checkNumber: Int
    }

    /// The state of the chunk that holds an offset.
    package func state(ofChunkAt offset: Int) -> ChunkState? {
        record(at: offset).map { ChunkState(chunk: ObjectIdentifier($0.chunk), checkNumber: $0.checkNumber) }
    }

    /// Lets go of what `semantics(at:)` keeps. Whoever has asked and is done with the file has to call this, since the answers hold the file.
    package func forgetSemantics() { knownSemantics = [:] }

    /// Breaks the circles in what is known, so that it can go. Nothing may be asked any more.
    package func close() {
        forgetSemantics()
        discarded = []
        pendingRules = []
        for record in records { record.forgetFindings() }
    }

    // MARK: - The top level

    /// A name of the file's top level.
    package struct GlobalName: Sendable {
        package let name: String
        /// Where it gets its values, in UTF-8 bytes of the file and in its order; never empty.
        package let occurrences: [Binding.Occurrence]
    }

    /// The names that the file's top level binds, in the order of their first binding.
    package var globalNames: [String] { topLevelSymbols.map { symbols[$0] } }

    /// Where a name of the top level gets its values; nil if nothing binds it.
    package func global(_ name: String) -> GlobalName? {
        guard let symbol = symbols.existingSymbol(of: name), let occurrences = occurrences(of: symbol) else {
            return nil
        }
        return GlobalName(name: name, occurrences: Array(occurrences.all))
    }

    /// The type of a name of the top level.
    package func type(ofGlobal name: String) -> Type {
        symbols.existingSymbol(of: name).map { type(ofGlobal: $0) } ?? .unknown
    }

    func type(ofGlobal symbol: Symbol) -> Type {
        let binders = names.binders(of: symbol)
        guard binders.count == 1, let binder = binders.first else { return .unknown }
        return binder.exports[symbol] ?? .unknown
    }

    /// The check that found out what a name of the top level is; nil if several statements bind it, or none.
    package func lastCheck(ofGlobal name: String) -> Int? {
        symbols.existingSymbol(of: name).flatMap { lastCheck(ofGlobal: $0) }
    }

    private func lastCheck(ofGlobal symbol: Symbol) -> Int? {
        let binders = names.binders(of: symbol)
        return binders.count == 1 ? binders.first?.checkNumber : nil
    }

    /// All that lists of names say of one of the top level, for one look at what it is called.
    package func listed(_ name: String) -> (type: Type, kind: GlobalKind, lastCheck: Int?) {
        let symbol = symbols.symbol(of: name)
        return (type(ofGlobal: symbol), kind(ofGlobal: name, symbol), lastCheck(ofGlobal: symbol))
    }

    /// Where the file reads a name that its top level binds, or that is there before it runs, in source order.
    package func uses(ofGlobal name: String) -> [Range<Int>] {
        guard let symbol = symbols.existingSymbol(of: name) else { return [] }
        var found: [Range<Int>] = []
        for record in records where record.summary.mentions.contains(where: { $0.symbol == symbol }) {
            let names = record.names(at: start(of: record), in: self)
            for use in names.uses where use.symbol == symbol {
                if let id = use.binding, names.bindings[id].scope != 0 { continue }
                found.append(use.range)
            }
        }
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The names of a chunk by themselves, without those of the rest of the file: cheap, where types are not needed.
    package func ownNames(at offset: Int) -> NameResolution? {
        record(at: offset).map { $0.names(at: start(of: $0), in: self) }
    }

    // MARK: - Surroundings

    /// Whether another state of the file may load or include other files than this one, so that these have to be looked at.
    ///
    /// - Parameter file: made from the present file by `replacing`; any other file is one that may.
    package func loadsChange(in file: SourceFile) -> Bool {
        let change = file.change(since: self.file)
        let include = symbols.existingSymbol(of: "include")
        let old = records[change.unchanged..<(change.unchanged + change.removedCount)]
        // Between two edits most stays what it is.
        let hasLess = old.contains { record in
            (record.summary.hasLoad || record.summary.mentions.contains { $0.symbol == include })
                && !change.added.contains { $0 === record.chunk }
        }
        if hasLess { return true }
        if change.added.count == 1 { return change.added[0].mayLoad }
        let before = Set(old.map { ObjectIdentifier($0.chunk) })
        return change.added.contains { !before.contains(ObjectIdentifier($0)) && $0.mayLoad }
    }

    package var nameEnvironment: NameEnvironment { environment }
    package var fileDialect: Dialect { dialect }
    package var loadedModules: LoadedModules { modules }
}

extension Chunk {
    /// Whether some statement of it may load or include a file.
    fileprivate var mayLoad: Bool {
        withBytes { $0.firstPlace(of: "load") != nil || $0.firstPlace(of: "include") != nil }
    }
}

// MARK: - Kinds of names

extension CheckedFile {
    /// What a name of the top level or of the environment is, as far as the names alone say it.
    package enum GlobalKind: Hashable, Sendable {
        case function
        case variable
        /// A module of the API.
        case module
        /// A function of the language or the API.
        case builtin
        /// `None`, `True`, `False`.
        case constant
        case unknown
    }

    package func kind(ofGlobal name: String) -> GlobalKind {
        // A broken statement may hold names that nobody has met: what they mean must not hang on whether an earlier text had them.
        kind(ofGlobal: name, symbols.symbol(of: name))
    }

    private func kind(ofGlobal name: String, _ symbol: Symbol) -> GlobalKind {
        if let binder = names.binders(of: symbol).min(by: { $0.ordinal < $1.ordinal }) {
            if names[symbol].functions > 0 { return .function }
            // What is loaded is what the other file says.
            if binder.summary.hasLoad, case .function? = binder.exports[symbol] { return .function }
            return .variable
        }
        let traits = environmentTraits(of: symbol)
        if traits.contains(.isModule) { return .module }
        if traits.isDisjoint(with: [.isUniversal, .isPredeclared]) { return .unknown }
        return name == "None" || name == "True" || name == "False" ? .constant : .builtin
    }
}

extension NameResolution {
    /// The use that begins at an offset, in UTF-8 bytes of the file.
    package func use(beginningAt place: Int) -> NameUse? { use(at: place) }

    /// The binding of which an occurrence begins at an offset.
    package func binding(beginningAt place: Int) -> Binding.ID? { binding(at: place) }

    /// Whether a name gets a value where it stands.
    package func isBinding(at place: Int) -> Bool { binding(at: place) != nil }
}

extension Binding {
    package var isParameter: Bool { occurrences[0].kind == .parameter }
    package var isFunction: Bool { occurrences.allSatisfy { $0.kind == .function } }
}
