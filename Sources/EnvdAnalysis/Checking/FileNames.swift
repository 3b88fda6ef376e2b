import EnvdSyntax

/// The names of a file's top level: which chunks bind them, and how many use them how. Kept up to date chunk by chunk.
struct FileNames {
    struct Entry {
        /// The chunks that bind the name, in no particular order.
        var binders: [ChunkRecord] = []
        /// How many of them bind it to a function.
        var functions = 0
        /// How many chunks read it.
        var readers = 0
        /// How many use it otherwise than by calling it.
        var valueReaders = 0
        /// How many may change the list or dict that it means.
        var changers = 0
        /// How many read it outside of functions.
        var topLevelReaders = 0
        /// How many mention it in a type.
        var annotators = 0
        /// How many bind it in some scope, if it is a name of the language.
        var hiders = 0

        fileprivate var isCalledWhileLoading: Bool { functions > 0 && topLevelReaders > 0 }

        /// What of all this a rule can ask.
        var facts: Facts {
            var facts: Facts = []
            if readers > 0 { facts.insert(.isRead) }
            if valueReaders > 0 { facts.insert(.isValue) }
            if changers > 0 { facts.insert(.isChanged) }
            if topLevelReaders > 0 { facts.insert(.isReadAtTopLevel) }
            if annotators > 0 { facts.insert(.isInAnnotation) }
            if hiders > 0 { facts.insert(.isHidden) }
            return facts
        }
    }

    struct Facts: OptionSet {
        let rawValue: UInt8
        static let isRead = Facts(rawValue: 1)
        static let isValue = Facts(rawValue: 2)
        static let isChanged = Facts(rawValue: 4)
        static let isReadAtTopLevel = Facts(rawValue: 8)
        static let isInAnnotation = Facts(rawValue: 16)
        static let isHidden = Facts(rawValue: 32)
    }

    private var entries: [Entry] = []
    /// How many chunks mention the API or load a file.
    private var mentionCount = 0
    /// How many chunks have findings of the parser.
    private(set) var brokenCount = 0
    private(set) var suppressionCount = 0
    private(set) var loadCount = 0
    private var functionCount = 0
    private var calledFunctionCount = 0

    var mentionsAPI: Bool { mentionCount > 0 }
    /// Whether the top level defines functions.
    var hasFunctions: Bool { functionCount > 0 }
    /// Whether code outside of all functions reads a function of the file: what that one does then happens before anything
    /// is frozen.
    var callsWhileLoading: Bool { calledFunctionCount > 0 }

    subscript(symbol: Symbol) -> Entry {
        symbol.index < entries.count ? entries[symbol.index] : Entry()
    }

    /// The chunks that bind a name.
    func binders(of symbol: Symbol) -> [ChunkRecord] {
        symbol.index < entries.count ? entries[symbol.index].binders : []
    }

    func facts(of symbol: Symbol) -> Facts {
        symbol.index < entries.count ? entries[symbol.index].facts : []
    }

    func isBound(_ name: String, in symbols: SymbolTable) -> Bool {
        symbols.existingSymbol(of: name).map { !binders(of: $0).isEmpty } ?? false
    }

    mutating func add(_ record: ChunkRecord) { count(record, 1) }

    mutating func remove(_ record: ChunkRecord) { count(record, -1) }

    private mutating func count(_ record: ChunkRecord, _ step: Int) {
        let summary = record.summary
        for global in summary.globals {
            update(global.symbol) { entry in
                if step > 0 { entry.binders.append(record) } else { entry.binders.removeAll { $0 === record } }
                if global.occurrences.contains(where: { $0.kind == .function }) { entry.functions += step }
            }
        }
        for mention in summary.mentions {
            update(mention.symbol) { entry in
                entry.readers += step
                if mention.traits.contains(.isValue) { entry.valueReaders += step }
                if mention.traits.contains(.isChanged) { entry.changers += step }
                if mention.traits.contains(.isAtTopLevel) { entry.topLevelReaders += step }
            }
        }
        for symbol in summary.annotationNames { update(symbol) { $0.annotators += step } }
        for symbol in summary.hiddenBuiltins { update(symbol) { $0.hiders += step } }
        if summary.mentionsAPI { mentionCount += step }
        if summary.hasSyntaxFindings { brokenCount += step }
        if summary.hasSuppressions { suppressionCount += step }
        if summary.hasLoad { loadCount += step }
    }

    private mutating func update(_ symbol: Symbol, _ body: (inout Entry) -> Void) {
        while symbol.index >= entries.count { entries.append(Entry()) }
        functionCount -= entries[symbol.index].functions
        if entries[symbol.index].isCalledWhileLoading { calledFunctionCount -= 1 }
        body(&entries[symbol.index])
        functionCount += entries[symbol.index].functions
        if entries[symbol.index].isCalledWhileLoading { calledFunctionCount += 1 }
    }
}
