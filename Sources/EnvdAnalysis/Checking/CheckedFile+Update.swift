import EnvdSyntax

extension CheckedFile {
    /// Checks what an edit has made new and what depends on it.
    ///
    /// - Parameters:
    ///   - file: made from the present file by `replacing`, so that what is the same can be told by identity. Any other file is
    ///     checked as a whole.
    ///   - modules: what other files now say about it; nil if nothing has changed there.
    package func update(_ file: SourceFile, modules: LoadedModules? = nil) {
        discard(Array(knownSemantics.values))
        knownSemantics = [:]
        let firstBefore = records.first
        let hasOtherModules = modules.map(replaceModules) ?? false
        let replaced = replaceChunks(by: file)
        let (removed, added) = (replaced.removed, replaced.added)
        guard !removed.isEmpty || !added.isEmpty || hasOtherModules else {
            checkedCount = 0
            return
        }
        var dirty = Set(added)
        // As a rule an edit within a statement leaves the names of the chunk what they were.
        let isAlike = replaced.areAligned && zip(removed, added).allSatisfy { $0.summary.namesAlike($1.summary) }
        let symbols =
            isAlike ? added.flatMap { $0.summary.globals.map(\.symbol) } : Array(touched(by: removed + added))
        let before = symbols.map { (names.facts(of: $0), names.binders(of: $0)) }
        let hadFunctions = names.hasFunctions
        let calledWhileLoading = names.callsWhileLoading
        for record in removed { names.remove(record) }
        for record in added { names.add(record) }
        for record in removed { forget(record) }

        var isProgramTouched =
            hasOtherModules || mentionsProgram(removed) || mentionsProgram(added)
            // A `load` stands above all other code, or should.
            || records.contains(where: \.summary.hasLoad)
        func touch(_ dependency: Dependency) {
            dirty.formUnion(dependents[dependency] ?? [])
            if programDependencies.contains(dependency) { isProgramTouched = true }
        }
        var exports: [Symbol: Type?] = [:]
        for (symbol, (facts, binders)) in zip(symbols, before) {
            let now = names.facts(of: symbol)
            if now.symmetricDifference(facts).contains(.isHidden) { touch(.hiding(symbol)) }
            if !now.symmetricDifference(facts).subtracting(.isHidden).isEmpty { touch(.uses(symbol)) }
            let current = names.binders(of: symbol)
            if binders.isEmpty != current.isEmpty || !isSameKind(binders, current, symbol) { globalsEpoch += 1 }
            guard !binders.isEmpty || !current.isEmpty else { continue }
            if isSame(symbol, binders, current) {
                exports[symbol] = binders.first?.exports[symbol]
            } else {
                touch(.definition(symbol))
            }
        }
        if !isAlike,
            removed.flatMap({ $0.summary.globals.map(\.symbol) }) != added.flatMap({ $0.summary.globals.map(\.symbol) })
        {
            forgetSpellings()
            touch(.globalNames)
        }
        // What a `load` statement binds is what other files say.
        if (removed + added).contains(where: \.summary.hasLoad) { globalsEpoch += 1 }
        if hasOtherModules {
            touch(.modules)
            globalsEpoch += 1
        }
        if names.hasFunctions != hadFunctions {
            touch(.functions)
            isProgramTouched = true
        }
        if names.callsWhileLoading != calledWhileLoading { touch(.callsWhileLoading) }
        if records.first !== firstBefore {
            // Only the first chunk and the one that was it can tell.
            for record in [records.first, firstBefore] {
                if let record, record.ordinal < records.count, records[record.ordinal] === record {
                    dirty.insert(record)
                }
            }
        }
        if !replaced.areAligned || !isAlike && hasOtherEdges(removed, added) {
            dirty.formUnion(order())
        } else {
            for (old, new) in zip(removed, added) {
                new.rank = old.rank
                // A circle is known by its members.
                if old.cycle != 0 { dirty.formUnion(order()) }
            }
        }
        for record in added where record.cycle != 0 { declare(record) }
        recheck(dirty, known: exports, added: Set(added))
        if !isProgramTouched, names.isBound("build", in: self.symbols) {
            isProgramTouched = !replaced.areAligned || !mayHaveSameGraph(removed, added)
        }
        if isProgramTouched {
            isProgramPending = true
            graphsBeforeEdits = [:]
        }
        // Findings may hold the chunk that they are of, and so keep it for ever.
        for record in removed { record.forgetFindings() }
        discard(removed)
    }

    private static let maximumDiscarded = 16

    /// Keeps what an edit has made superfluous until nobody waits: giving it back takes a good part of the time of a small edit.
    private func discard(_ superfluous: [AnyObject]) {
        if discarded.count + superfluous.count > CheckedFile.maximumDiscarded {
            discarded.removeAll(keepingCapacity: true)
            if superfluous.count > CheckedFile.maximumDiscarded { return }
        }
        discarded += superfluous
    }

    /// Whether chunks that took the places of others bind the same names, so that the graph of calls is the same if their own names
    /// mean the same to it, which is looked at when somebody asks for findings.
    private func mayHaveSameGraph(_ removed: [ChunkRecord], _ added: [ChunkRecord]) -> Bool {
        for (old, new) in zip(removed, added) {
            guard old.summary.bindsAlike(new.summary), !programFindings.contains(where: { $0.isPlaced(in: old) }),
                let before = graphsBeforeEdits[new.ordinal] ?? old.knownGraphUses
            else { return false }
            graphsBeforeEdits[new.ordinal] = before
        }
        return true
    }

    /// Whether chunks say something that rules about the program as a whole look at: calls of the API, loads, `build`. Of all others they
    /// know the graph of calls alone.
    private func mentionsProgram(_ records: [ChunkRecord]) -> Bool {
        records.contains { record in
            record.summary.mentionsAPI || record.summary.globals.contains { symbols[$0.symbol] == "build" }
        }
    }

    /// Checks chunks in the order of their ranks, and all that depend on what changes thereby.
    ///
    /// - Parameters:
    ///   - known: what was known of names whose chunks are new.
    ///   - added: the chunks that are new: those somebody writes in.
    private func recheck(_ first: Set<ChunkRecord>, known: [Symbol: Type?], added: Set<ChunkRecord>) {
        var waiting = Heap()
        var isWaiting = first
        for record in first { waiting.insert(record) }
        checkedCount = 0
        while let record = waiting.removeFirst() {
            isWaiting.remove(record)
            let before = record.exports
            let isNew = first.contains(record) && before.isEmpty
            infer(record, isKept: added.contains(record))
            checkedCount += 1
            for global in record.summary.globals {
                let old = isNew ? known[global.symbol] ?? record.exports[global.symbol] : before[global.symbol]
                guard old != record.exports[global.symbol] else { continue }
                for other in dependents[.definition(global.symbol)] ?? []
                where other !== record && (other.cycle == 0 || other.cycle != record.cycle) {
                    if isWaiting.insert(other).inserted { waiting.insert(other) }
                }
            }
        }
    }

    /// The names of which something may be new.
    private func touched(by records: [ChunkRecord]) -> Set<Symbol> {
        var found: Set<Symbol> = []
        for record in records {
            for global in record.summary.globals { found.insert(global.symbol) }
            for mention in record.summary.mentions { found.insert(mention.symbol) }
            found.formUnion(record.summary.annotationNames)
            found.formUnion(record.summary.hiddenBuiltins)
        }
        return found
    }

    /// Whether a name is still bound by the same chunks, or by functions whose headers are the same.
    private func isSame(_ symbol: Symbol, _ before: [ChunkRecord], _ now: [ChunkRecord]) -> Bool {
        guard before.count == now.count else { return false }
        guard before.count == 1, let old = before.first, let new = now.first else {
            return Set(before) == Set(now)
        }
        if old === new { return true }
        guard let a = old.summary.globals.first(where: { $0.symbol == symbol })?.header,
            let b = new.summary.globals.first(where: { $0.symbol == symbol })?.header, a == b
        else { return false }
        old.successor = new
        return true
    }

    /// Whether chunks bind a name to functions as others did.
    private func isSameKind(_ before: [ChunkRecord], _ now: [ChunkRecord], _ symbol: Symbol) -> Bool {
        func bindsFunction(_ record: ChunkRecord) -> Bool {
            record.summary.globals.contains { global in
                global.symbol == symbol && global.occurrences.contains { $0.kind == .function }
            }
        }
        return before.contains(where: bindsFunction) == now.contains(where: bindsFunction)
    }

    private func forget(_ record: ChunkRecord) {
        pendingRules.remove(record)
        for dependency in record.dependencies { dependents[dependency]?.remove(record) }
    }

    /// Whether an edit may have changed which chunks depend on which.
    private func hasOtherEdges(_ removed: [ChunkRecord], _ added: [ChunkRecord]) -> Bool {
        !zip(removed, added).allSatisfy { old, new in
            old.summary.globals.map(\.symbol) == new.summary.globals.map(\.symbol) && edges(of: old) == edges(of: new)
        }
    }

    private func edges(of record: ChunkRecord) -> Set<Symbol> {
        var found: Set<Symbol> = []
        for mention in record.summary.mentions where !names.binders(of: mention.symbol).isEmpty {
            found.insert(mention.symbol)
        }
        return found
    }
}

/// Chunks in the order of their ranks.
private struct Heap {
    private var records: [ChunkRecord] = []

    mutating func insert(_ record: ChunkRecord) {
        records.append(record)
        var place = records.count - 1
        while place > 0, records[place].rank < records[(place - 1) / 2].rank {
            records.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeFirst() -> ChunkRecord? {
        guard let first = records.first else { return nil }
        let last = records.removeLast()
        guard !records.isEmpty else { return first }
        records[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < records.count && records[child].rank < records[least].rank {
                least = child
            }
            guard least != place else { return first }
            records.swapAt(place, least)
            place = least
        }
    }
}
