import EnvdSyntax

/// A file with all that the checker knows of it, and keeps knowing while the file is edited.
///
/// The unit is the chunk. What a rule finds in a chunk follows from the chunk itself and from what was looked up in the rest of
/// the file, which is recorded: names that other chunks bind, whether anybody reads what this one binds, and a few facts about the
/// file. An edit makes new those chunks that are new, then those that had looked up what has changed, and so on until nothing
/// changes. The order in which types are inferred follows from the names alone, so that the outcome is the same whatever was
/// edited in which order.
///
/// Not for use by several threads at once.
package final class CheckedFile {
    package private(set) var file: SourceFile
    let dialect: Dialect
    let environment: NameEnvironment
    let project: ProjectView?
    /// What other files say about this one.
    private(set) var modules: LoadedModules
    let rules: RuleSet
    /// What other files call this one, if it is looked at on their behalf: then its functions are those of that file; else empty.
    let moduleName: String
    let types: TypeEnvironment

    let symbols = SymbolTable()
    /// How many names the file has or has had: each takes memory for as long as this object lives.
    package var nameCount: Int { symbols.count }
    /// For the making of summaries.
    var mentionPlaces = SymbolPlaces()
    private var traits: [EnvironmentTraits] = []
    private var outerNames: [TypeEnvironment.OuterName?] = []
    private var knownOccurrences: [Symbol: Occurrences] = [:]
    /// By symbol, as far as somebody has asked for them.
    private var guesses: [Guess?] = []
    /// The spellings of the file's names by their symbols, as far as somebody has asked for them.
    private(set) var spellings = SpellingList()
    /// The names of the top level in the order of their first binding.
    private var knownTopLevelSymbols: [Symbol]?

    var records: [ChunkRecord] = []
    /// Where each chunk begins, in UTF-8 bytes, and behind them where the file ends.
    private var starts: [Int] = [0]
    var names = FileNames()

    /// Whether what chunks look up is recorded, so that the file can be updated.
    let keepsDependencies: Bool
    var dependents: [Dependency: Set<ChunkRecord>] = [:]
    /// Chunks that the rules have yet to look at, which they do when somebody asks for findings: whatever else editors ask right after an
    /// edit need not wait for them.
    var pendingRules: Set<ChunkRecord> = []
    /// What rules about the program as a whole have found.
    var programFindings: [StoredFinding] = []
    /// Whether these rules have yet to look at the file as it is.
    var isProgramPending = false
    /// What they have looked up.
    private(set) var programDependencies: Set<Dependency> = []
    /// What the names of chunks meant for the graph of calls when these rules last looked, by the chunks' places: of chunks that have
    /// been edited since and may mean the same.
    var graphsBeforeEdits: [Int: GraphUses] = [:]
    /// Whether the syntax was without mistakes then.
    private var wasClean = true
    /// The scripts of calls, of a file that is never updated.
    var scripts: [Range<Int>: [ShellProgram]] = [:]
    /// What edits have made superfluous, some of which holds this object.
    var discarded: [AnyObject] = []
    /// What was asked about single chunks since the file last changed, by their places.
    var knownSemantics: [Int: ChunkSemantics] = [:]
    /// Counts how often the top level has come to bind other names, or functions where it bound values.
    package internal(set) var globalsEpoch = 0
    /// How often a chunk was checked.
    private var lastCheckNumber = 0
    /// How many chunks were checked when the file was last updated.
    package internal(set) var checkedCount = 0

    /// - Parameters:
    ///   - infersTypes: whether the types of names are asked for even if no rule needs them.
    ///   - moduleName: what other files call this one, if they ask.
    ///   - keepsDependencies: whether `update` will be called.
    package convenience init(
        _ file: SourceFile, dialect: Dialect, environment: NameEnvironment, project: ProjectView? = nil,
        modules: LoadedModules = LoadedModules(), rules: [Rule] = defaultRules, infersTypes: Bool = false,
        moduleName: String = "", keepsDependencies: Bool = false
    ) {
        self.init(
            file, dialect: dialect, environment: environment, project: project, modules: modules,
            rules: RuleSet(rules, infersTypes: infersTypes), moduleName: moduleName,
            keepsDependencies: keepsDependencies)
    }

    /// The same with rules that have been arranged before.
    package init(
        _ file: SourceFile, dialect: Dialect, environment: NameEnvironment, project: ProjectView?,
        modules: LoadedModules, rules: RuleSet, moduleName: String = "", keepsDependencies: Bool = false
    ) {
        self.file = file
        self.dialect = dialect
        self.environment = environment
        self.project = project
        self.modules = modules
        self.moduleName = moduleName
        self.rules = rules
        self.keepsDependencies = keepsDependencies
        types = .envd
        let chunks = file.chunks
        records.reserveCapacity(chunks.count)
        starts = chunks.map(\.offset) + [file.utf8Count]
        for (ordinal, (offset, chunk)) in chunks.enumerated() {
            let record = ChunkRecord(chunk, ordinal: ordinal, offset: offset, in: self)
            records.append(record)
            names.add(record)
        }
        order()
        for record in records.sorted(by: { $0.rank < $1.rank }) { check(record) }
        checkedCount = records.count
        isProgramPending = true
    }

    // MARK: - Places

    func start(of record: ChunkRecord) -> Int { starts[record.ordinal] }

    func range(of record: ChunkRecord) -> Range<Int> { starts[record.ordinal]..<starts[record.ordinal + 1] }

    /// The chunk that holds an offset; nil for an offset behind the file.
    func record(at offset: Int) -> ChunkRecord? {
        var (low, high) = (0, records.count - 1)
        guard high >= 0, offset >= 0 else { return nil }
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return records[low]
    }

    func anchor(_ range: Range<Int>, near record: ChunkRecord?) -> StoredFinding.Anchor {
        var holder = record
        if holder.map({ self.range(of: $0).contains(range.lowerBound) }) != true {
            holder = self.record(at: range.lowerBound)
        }
        guard let holder else { return StoredFinding.Anchor(record: nil, range: range) }
        return StoredFinding.Anchor(record: holder, range: range.shifted(by: -start(of: holder)))
    }

    func place(of anchor: StoredFinding.Anchor) -> Range<Int> {
        guard var record = anchor.record else { return anchor.range }
        guard record.successor != nil else { return anchor.range.shifted(by: start(of: record)) }
        while let next = record.successor { record = next }
        let name = record.summary.globals.first?.occurrences.first?.range ?? 0..<0
        return name.shifted(by: start(of: record))
    }

    /// Where a name of the top level gets its values.
    struct Occurrences {
        /// In UTF-8 bytes of the file and in its order.
        let all: Binding.Occurrences
        let firstLoad: Binding.Occurrence?

        init(_ all: Binding.Occurrences) {
            self.all = all
            firstLoad = all.first { $0.kind == .load }
        }
    }

    /// Where a name of the top level gets its values; nil if nothing binds it.
    func occurrences(of symbol: Symbol) -> Occurrences? {
        let binders = names.binders(of: symbol)
        guard let first = binders.first else { return nil }
        if binders.count > 1, let known = knownOccurrences[symbol] { return known }
        if binders.count == 1 {
            guard let global = first.summary.globals.first(where: { $0.symbol == symbol }) else { return nil }
            return Occurrences(global.occurrences.shifted(by: start(of: first)))
        }
        let sorted = binders.sorted { $0.ordinal < $1.ordinal }
        let all = sorted.flatMap { binder -> [Binding.Occurrence] in
            let start = start(of: binder)
            guard let global = binder.summary.globals.first(where: { $0.symbol == symbol }) else { return [] }
            return global.occurrences.map { $0.shifted(by: start) }
        }
        guard let found = Binding.Occurrences(all).map(Occurrences.init) else { return nil }
        // Files of machines bind one name thousands of times.
        knownOccurrences[symbol] = found
        return found
    }

    // MARK: - The environment

    /// Names of the top level in the order of their first binding.
    var topLevelSymbols: [Symbol] {
        if let known = knownTopLevelSymbols { return known }
        var found: [Symbol] = []
        var isSeen = [Bool](repeating: false, count: symbols.count)
        for record in records {
            for global in record.summary.globals where !isSeen[global.symbol.index] {
                isSeen[global.symbol.index] = true
                found.append(global.symbol)
            }
        }
        knownTopLevelSymbols = found
        return found
    }

    /// A search for what is meant by a name, which goes on in `spellings`.
    func nameSearch(for symbol: Symbol) -> NearestName {
        if spellings.count < symbols.count {
            for index in spellings.count..<symbols.count { spellings.append(symbols[Symbol(index: index)]) }
        }
        return NearestName(toNameAt: symbol.index, in: spellings)
    }

    /// What is probably meant by a name that means nothing.
    struct Guess {
        /// Nil if nothing is near enough.
        let name: String?
        let distance: Int
    }

    /// The name of the file's top level, or else of the environment, that is most likely meant by another.
    func nearestGlobalName(to symbol: Symbol) -> Guess {
        if symbol.index >= guesses.count {
            guesses += [Guess?](repeating: nil, count: symbols.count - guesses.count)
        }
        if let known = guesses[symbol.index] { return known }
        var search = nameSearch(for: symbol)
        let spellings = spellings
        for other in topLevelSymbols { search.consider(spellings, at: other.index) }
        search.consider(environment.spellings)
        let found = Guess(name: search.best, distance: search.distance)
        guesses[symbol.index] = found
        return found
    }

    /// Says that the top level binds other names.
    func forgetSpellings() {
        knownTopLevelSymbols = nil
        guesses = []
    }

    /// What a name means that the file does not bind.
    func environmentTraits(of symbol: Symbol) -> EnvironmentTraits {
        if symbol.index >= traits.count {
            traits += [EnvironmentTraits](repeating: [], count: symbols.count - traits.count)
        }
        let known = traits[symbol.index]
        if known.contains(.isKnown) { return known }
        let found = environment.traits(of: symbol, in: symbols).union(.isKnown)
        traits[symbol.index] = found
        return found
    }

    /// What the type checker knows of a name that the file does not bind.
    func outerName(_ symbol: Symbol) -> TypeEnvironment.OuterName {
        if symbol.index >= outerNames.count {
            outerNames += [TypeEnvironment.OuterName?](repeating: nil, count: symbols.count - outerNames.count)
        }
        if let known = outerNames[symbol.index] { return known }
        let found = types.outerName(symbol, in: symbols)
        outerNames[symbol.index] = found
        return found
    }

    // MARK: - Checking

    /// Checks a chunk in full.
    private func check(_ record: ChunkRecord) {
        record.forgetCalls()
        let context = RuleContext(record, in: self)
        take(checkedTypes(in: context), of: record)
        checkRules(of: record, in: context)
        if keepsDependencies { remember(context.dependencies, of: record) }
    }

    /// Finds out what the chunk's names and types are, which is all that other chunks depend on, and leaves the rules for later.
    ///
    /// - Parameter isKept: whether somebody will probably ask about the chunk.
    func infer(_ record: ChunkRecord, isKept: Bool) {
        record.forgetCalls()
        pendingRules.insert(record)
        let isKept = isKept && rules.infersTypes && knownSemantics.count < CheckedFile.maximumSemantics
        let semantics = isKept ? ChunkSemantics(record, in: self) : nil
        knownSemantics[record.ordinal] = semantics
        let context = semantics?.context ?? RuleContext(record, in: self)
        take(semantics?.checker ?? checkedTypes(in: context), of: record)
        remember(context.dependencies, of: record)
    }

    /// A checker that has followed a chunk; nil if nobody needs types.
    private func checkedTypes(in context: RuleContext) -> TypeChecker? {
        guard rules.infersTypes else { return nil }
        let checker = TypeChecker(context)
        checker.check()
        return checker
    }

    private func take(_ checker: TypeChecker?, of record: ChunkRecord) {
        lastCheckNumber += 1
        record.checkNumber = lastCheckNumber
        record.exports = checker?.exports() ?? [:]
        var findings: [StoredFinding] = []
        for report in checker?.reports ?? [] {
            guard let (rule, violation) = rules.violation(report) else { continue }
            findings.append(StoredFinding(violation, of: rule, from: record, in: self))
        }
        record.typeFindings = findings
        let chunk = record.chunk
        record.syntaxFindings =
            ((record.summary.hasSyntaxFindings ? chunk.diagnostics(at: 0) : [])
            + chunk.dialectDiagnostics(dialect, at: 0)).map(StoredFinding.init)
    }

    private func checkRules(of record: ChunkRecord, in context: RuleContext) {
        var findings: [StoredFinding] = []
        rules.check(context) { rule, violation in
            findings.append(StoredFinding(violation, of: rule, from: record, in: self))
        }
        findings += record.typeFindings
        // Findings of a file that is edited are asked for after each edit: what is in order here need not be sorted then.
        if keepsDependencies, findings.count > 1 { findings.sort { $0.precedes($1) } }
        record.findings = findings
        record.typeFindings = []
    }

    /// Has the rules look at a chunk if they have not yet.
    func checkPendingRules(of record: ChunkRecord) {
        guard pendingRules.remove(record) != nil else { return }
        let context = knownSemantics[record.ordinal]?.context ?? RuleContext(record, in: self)
        checkRules(of: record, in: context)
        remember(record.dependencies.union(context.dependencies), of: record)
    }

    private func checkPendingRules(while goesOn: () -> Bool = { true }) {
        if pendingRules.isEmpty { return }
        // In the order of the file: what a name's symbol is does not hang on how a set is laid out.
        for record in pendingRules.sorted(by: { $0.ordinal < $1.ordinal }) {
            guard goesOn() else { return }
            checkPendingRules(of: record)
        }
    }

    /// Has rules look at what they have yet to look at, so that findings need only be gathered.
    package func prepareFindings(while goesOn: () -> Bool) {
        discarded.removeAll(keepingCapacity: true)
        checkPendingRules(while: goesOn)
        if goesOn() { checkProgram() }
    }

    private func checkProgram() {
        let isClean = names.brokenCount == 0
        if !isProgramPending {
            isProgramPending =
                isClean != wasClean
                || graphsBeforeEdits.contains { place, before in
                    !records[place].graphUses(at: starts[place], in: self).isAlike(before)
                }
        }
        graphsBeforeEdits = [:]
        guard isProgramPending else { return }
        isProgramPending = false
        wasClean = isClean
        programFindings = []
        programDependencies = []
        guard names.mentionsAPI || names.isBound("build", in: symbols) else { return }
        let context = ProgramContext(self)
        rules.checkProgram(context) { rule, violation in
            programFindings.append(StoredFinding(violation, of: rule, from: nil, in: self))
        }
        if keepsDependencies { programFindings.sort { $0.precedes($1) } }
        programDependencies = context.dependencies
    }

    private func remember(_ dependencies: Set<Dependency>, of record: ChunkRecord) {
        for old in record.dependencies where !dependencies.contains(old) { dependents[old]?.remove(record) }
        for new in dependencies where !record.dependencies.contains(new) { dependents[new, default: []].insert(record) }
        record.dependencies = dependencies
    }

    // MARK: - Results

    /// What the rules have found, and what the parser had.
    struct Collected {
        var syntax: [Finding] = []
        /// Those of the chunks, then those of the program; of a file that is edited each nearly in the order of the source.
        var violations: [Finding] = []
        /// The places among the violations of those that are about types.
        var ofTypes: [Int] = []
        /// Where the others are that are errors.
        var errors: [Range<Int>] = []

        fileprivate mutating func add(_ stored: StoredFinding, at start: Int, in file: CheckedFile) {
            let finding = stored.finding(at: start, in: file)
            if stored.isOfTypes {
                ofTypes.append(violations.count)
            } else if finding.severity == .error {
                errors.append(finding.range)
            }
            violations.append(finding)
        }
    }

    func collected() -> Collected {
        checkPendingRules()
        checkProgram()
        var collected = Collected()
        collected.violations.reserveCapacity(records.reduce(programFindings.count) { $0 + $1.findings.count })
        let isClean = names.brokenCount == 0
        for record in records {
            guard !record.findings.isEmpty || !record.syntaxFindings.isEmpty else { continue }
            let start = starts[record.ordinal]
            for finding in record.syntaxFindings { collected.syntax.append(finding.finding(at: start, in: self)) }
            // In place: a copy of each would take as long as all the rest.
            record.findings.withUnsafeBufferPointer { findings in
                for place in findings.indices where isClean || !findings[place].needsCleanSyntax {
                    collected.add(findings[place], at: start, in: self)
                }
            }
        }
        for finding in programFindings where isClean || !finding.needsCleanSyntax {
            collected.add(finding, at: 0, in: self)
        }
        return collected
    }

    // MARK: - Editing

    /// Takes what other files now say.
    ///
    /// - Returns: whether it is something else than before.
    func replaceModules(by modules: LoadedModules) -> Bool {
        guard modules != self.modules else { return false }
        self.modules = modules
        return true
    }

    /// Which chunks an edit has taken away and which it has made, in the order of the file.
    struct ReplacedChunks {
        var removed: [ChunkRecord] = []
        var added: [ChunkRecord] = []
        /// Whether as many came as went at each place.
        var areAligned = true
    }

    /// Takes the place of the file's chunks. Those that stand between edits stay what they are.
    func replaceChunks(by file: SourceFile) -> ReplacedChunks {
        knownOccurrences = [:]
        let change = file.change(since: self.file)
        self.file = file
        let old = change.unchanged..<(change.unchanged + change.removedCount)
        var places: [ObjectIdentifier: Int] = [:]
        if change.added.count > 1, old.count > 1 {
            for place in old { places[ObjectIdentifier(records[place].chunk)] = place }
        }
        var replaced = ReplacedChunks()
        var current: [ChunkRecord] = []
        var newStarts: [Int] = []
        var offset = starts[change.unchanged]
        // What stands between this and the last chunk that stayed is replaced by what was added since.
        var next = old.lowerBound
        var addedCount = 0
        func remove(upTo end: Int) {
            if end - next != addedCount { replaced.areAligned = false }
            replaced.removed += records[next..<end]
            addedCount = 0
        }
        for (index, chunk) in change.added.enumerated() {
            let ordinal = change.unchanged + index
            if let place = places[ObjectIdentifier(chunk)], place >= next {
                remove(upTo: place)
                next = place + 1
                records[place].ordinal = ordinal
                current.append(records[place])
            } else {
                let record = ChunkRecord(chunk, ordinal: ordinal, offset: offset, in: self)
                replaced.added.append(record)
                addedCount += 1
                current.append(record)
            }
            newStarts.append(offset)
            offset += Int(chunk.utf8Count)
        }
        remove(upTo: old.upperBound)
        records.replaceSubrange(old, with: current)
        starts.replaceSubrange(old, with: newStarts)
        let behind = change.unchanged + current.count
        if change.shift != 0 { for index in behind..<starts.count { starts[index] += change.shift } }
        if current.count != old.count { for index in behind..<records.count { records[index].ordinal = index } }
        return replaced
    }
}
