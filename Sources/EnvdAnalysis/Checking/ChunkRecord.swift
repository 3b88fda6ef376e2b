import EnvdSyntax

/// What is known of one chunk of a file, for as long as the chunk is there.
///
/// All that is kept is counted from the chunk's own beginning, as the chunk may move; only what a check has just used is kept
/// with places in the file, together with where the chunk then stood.
final class ChunkRecord: Hashable {
    let chunk: Chunk
    let summary: ChunkSummary
    /// The chunk's place among those of the file.
    var ordinal: Int

    // MARK: Types

    /// What the file's other chunks know of the names that this one binds.
    var exports: [Symbol: Type] = [:]
    /// The same as far as the headers alone say it: for chunks that depend on this one while it depends on them.
    var declarations: [Symbol: Type] = [:]
    /// The chunk's place in an order in which each comes behind what it depends on.
    var rank = 0
    /// Which chunks depend on one another, this one among them; 0 if it is in no such circle.
    var cycle = 0

    // MARK: Results

    /// Which check of the file's was the last to look at the chunk.
    var checkNumber = 0
    /// What the rules have found, unless they are pending.
    var findings: [StoredFinding] = []
    /// What is wrong with types.
    var typeFindings: [StoredFinding] = []
    var syntaxFindings: [StoredFinding] = []

    func forgetFindings() {
        findings = []
        typeFindings = []
        syntaxFindings = []
    }

    /// What was looked up in the rest of the file.
    var dependencies: Set<Dependency> = []
    /// The record that took this one's place, if what others know of it stayed the same.
    var successor: ChunkRecord?

    /// What the chunk's names mean for the graph of calls; nil until somebody asks.
    var knownGraphUses: GraphUses?

    // MARK: What was used last, with places in the file

    private var names: (offset: Int, names: NameResolution)?
    private var calls: (offset: Int, calls: [APICall])?

    init(_ chunk: Chunk, ordinal: Int, offset: Int, in file: CheckedFile) {
        self.chunk = chunk
        self.ordinal = ordinal
        let statements = chunk.statements(at: offset)
        let names = NameResolution(statements, dialect: file.dialect, file.symbols)
        summary = ChunkSummary(chunk, statements, names, offset: offset, in: file)
        self.names = (offset, names)
    }

    /// The chunk's names by themselves.
    func names(at offset: Int, in file: CheckedFile) -> NameResolution {
        if let names, names.offset == offset { return names.names }
        let fresh = NameResolution(chunk.statements(at: offset), dialect: file.dialect, file.symbols)
        names = (offset, fresh)
        return fresh
    }

    /// The calls of the API in the chunk, in source order.
    func calls(at offset: Int, make: () -> [APICall]) -> [APICall] {
        if let calls, calls.offset == offset { return calls.calls }
        let fresh = make()
        calls = (offset, fresh)
        return fresh
    }

    /// Before a check: the file may have come to mean something else by the names of the API.
    func forgetCalls() { calls = nil }

    static func == (a: ChunkRecord, b: ChunkRecord) -> Bool { a === b }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// What a chunk gives to the rest of its file and takes from it. No part of it depends on other chunks.
struct ChunkSummary {
    /// A name that the chunk binds at the top level.
    struct Global {
        let symbol: Symbol
        /// Counted from the beginning of the chunk.
        let occurrences: Binding.Occurrences
        /// Of a chunk that is one function: the function up to its body, which is all that others see of it beside its type. Empty if
        /// nobody will compare it.
        let header: [UInt8]?
    }

    /// A name that is read as one of the file or of what is around the file.
    struct Mention {
        let symbol: Symbol
        var traits: Traits
    }

    struct Traits: OptionSet {
        let rawValue: UInt8

        /// Somewhere it is used otherwise than by calling it.
        static let isValue = Traits(rawValue: 1)
        static let isChanged = Traits(rawValue: 2)
        static let isAtTopLevel = Traits(rawValue: 4)
    }

    let globals: [Global]
    let mentions: [Mention]
    /// What types mention.
    let annotationNames: [Symbol]
    /// The names of the language that some scope of the chunk binds.
    let hiddenBuiltins: [Symbol]
    /// Whether a name of the API is mentioned, `load` included.
    let mentionsAPI: Bool
    let hasLoad: Bool
    let hasSyntaxFindings: Bool
    let hasSuppressions: Bool

    /// - Parameter statements: those of the chunk, where it begins at the offset.
    init(_ chunk: Chunk, _ statements: [SyntaxNode], _ names: NameResolution, offset: Int, in file: CheckedFile) {
        var globals: [Global] = []
        var hidden: [Symbol] = []
        let header = ChunkSummary.header(of: chunk, statements, offset: offset, isCompared: file.keepsDependencies)
        for binding in names.bindings {
            if file.environmentTraits(of: binding.symbol).contains(.isUniversal) { hidden.append(binding.symbol) }
            guard binding.scope == 0 else { continue }
            globals.append(
                Global(
                    symbol: binding.symbol,
                    occurrences: binding.occurrences.shifted(by: -offset),
                    header: binding.occurrences[0].kind == .function ? header : nil))
        }
        self.globals = globals
        hiddenBuiltins = hidden
        annotationNames = names.annotationNames

        var mentions: [Mention] = []
        var mentionsAPI = false
        for use in names.uses {
            if let binding = use.binding, names.bindings[binding].scope != 0 { continue }
            if use.binding == nil, file.environmentTraits(of: use.symbol).contains(.isPredeclared) {
                mentionsAPI = true
            }
            var traits: Traits = []
            if !use.isCallee { traits.insert(.isValue) }
            if use.traits.contains(.isChanged) { traits.insert(.isChanged) }
            if use.traits.contains(.isAtTopLevel) { traits.insert(.isAtTopLevel) }
            if let place = file.mentionPlaces.place(of: use.symbol) {
                mentions[place].traits.formUnion(traits)
            } else {
                file.mentionPlaces.set(mentions.count, of: use.symbol)
                mentions.append(Mention(symbol: use.symbol, traits: traits))
            }
        }
        file.mentionPlaces.forget(mentions.lazy.map(\.symbol))
        self.mentions = mentions
        hasLoad = statements.contains { $0.kind == .loadStmt }
        self.mentionsAPI = mentionsAPI || hasLoad
        hasSyntaxFindings = chunk.hasDiagnostics
        hasSuppressions = chunk.mayHoldSuppressions
    }

    /// Whether the chunk gives the same names to the file and takes the same from it, in the same ways, as another one.
    func namesAlike(_ other: ChunkSummary) -> Bool {
        mentionsAPI == other.mentionsAPI && !hasLoad && !other.hasLoad
            && mentions.elementsEqual(other.mentions) { $0.symbol == $1.symbol && $0.traits == $1.traits }
            && bindsAlike(other) && annotationNames == other.annotationNames && hiddenBuiltins == other.hiddenBuiltins
    }

    /// Whether the chunk binds the same names at the top level, in the same ways.
    func bindsAlike(_ other: ChunkSummary) -> Bool {
        globals.elementsEqual(other.globals) { old, new in
            old.symbol == new.symbol && old.occurrences.elementsEqual(new.occurrences) { $0.kind == $1.kind }
        }
    }

    private static func header(of chunk: Chunk, _ statements: [SyntaxNode], offset: Int, isCompared: Bool) -> [UInt8]? {
        guard statements.count == 1, let function = statements.first.flatMap(DefStmt.init), let suite = function.suite
        else { return nil }
        let range = (function.range.lowerBound..<suite.range.lowerBound).shifted(by: -offset)
        return isCompared ? chunk.bytes(in: range) : []
    }
}

/// Where in a list a symbol stands: a table for all symbols of a file, to be used again for the next list.
struct SymbolPlaces {
    private var places: [Int32] = []

    func place(of symbol: Symbol) -> Int? {
        symbol.index < places.count && places[symbol.index] >= 0 ? Int(places[symbol.index]) : nil
    }

    mutating func set(_ place: Int, of symbol: Symbol) {
        while symbol.index >= places.count { places.append(-1) }
        places[symbol.index] = Int32(truncatingIfNeeded: place)
    }

    mutating func forget(_ symbols: some Sequence<Symbol>) {
        for symbol in symbols { places[symbol.index] = -1 }
    }
}

extension Binding.Occurrence {
    func shifted(by distance: Int) -> Binding.Occurrence {
        Binding.Occurrence(range: range.shifted(by: distance), kind: kind, effect: effect == 0 ? 0 : effect + distance)
    }
}

extension Range<Int> {
    func shifted(by distance: Int) -> Range<Int> { (lowerBound + distance)..<(upperBound + distance) }
}

extension Chunk {
    /// Whether some comment may silence findings.
    fileprivate var mayHoldSuppressions: Bool {
        withBytes { $0.firstPlace(of: "envd:") != nil }
    }
}

/// Something in the rest of its file that a chunk's findings depend on.
struct Dependency: Hashable {
    private let value: Int

    /// Which statements bind a name, and what is known of its value.
    static func definition(_ symbol: Symbol) -> Dependency { Dependency(value: symbol.index << 2) }
    /// How a name is used: whether anybody reads it.
    static func uses(_ symbol: Symbol) -> Dependency { Dependency(value: symbol.index << 2 | 1) }
    /// Whether a name of the language means it everywhere.
    static func hiding(_ symbol: Symbol) -> Dependency { Dependency(value: symbol.index << 2 | 2) }
    /// Whether code outside of functions calls functions of the file.
    static let callsWhileLoading = Dependency(value: -1)
    /// Whether the file has functions.
    static let functions = Dependency(value: -2)
    /// Which names the file's top level binds.
    static let globalNames = Dependency(value: -3)
    /// What other files say about the file.
    static let modules = Dependency(value: -4)
}
