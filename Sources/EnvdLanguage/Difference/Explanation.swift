import LLB

/// Why a step is rebuilt, seen from the step itself: what it does otherwise, what it uses that is different, and which of
/// the steps that it is built on are rebuilt.
struct Explanation {
    private(set) var reasons: [PlanDifference.Reason] = []

    /// - Parameters:
    ///   - step: is not in the cache.
    ///   - counterpart: what it was in the old plan; nil if it is new.
    ///   - changes: of the steps before it.
    init(
        _ step: PlanSnapshot.Step, _ state: PlanDifference.State, _ counterpart: PlanSnapshot.Step?,
        _ changes: [PlanDifference.StepChange], _ matching: StepMatching, _ known: inout FileChanges.Known
    ) {
        guard let counterpart else {
            reasons = [.new]
            return
        }
        reasons = PlanDifference.ValueChange.changes(
            from: counterpart.facets.map { ($0.name, $0.values) }, to: step.facets.map { ($0.name, $0.values) }
        ).map { .operation($0) }

        for (position, input) in step.inputs.enumerated() {
            let before = Self.partner(of: input, at: position, in: counterpart)
            reasons += Self.fileReasons(input, before, &known)
            guard input.files.isEmpty else { continue }
            let change = changes[input.step - 1]
            guard change.state == .unchanged else {
                reasons.append(input.isByContent ? .contentOf(input.step, input.roles) : .after(input.step))
                continue
            }
            if matching.counterparts[input.step - 1].map({ $0 + 1 }) != before?.step {
                reasons.append(.otherInput(now: input.step, before: before?.step))
            }
        }
        // Of a step that is rebuilt for sure nobody asks what else might be different.
        let sure = reasons.filter { if case .unknownFiles = $0 { false } else { true } }
        if state != .uncertain, !sure.isEmpty { reasons = sure }
        // An input less, or the same inputs in another order.
        if reasons.isEmpty,
            let lost = counterpart.inputs.first(where: { input in
                !step.inputs.contains { matching.counterparts[$0.step - 1] == input.step - 1 }
            })
        {
            reasons.append(.otherInput(now: step.inputs.first?.step ?? step.number, before: lost.step))
        }
        if reasons.isEmpty, let now = step.inputs.first, step.keys.operation == counterpart.keys.operation {
            reasons.append(.otherInput(now: now.step, before: counterpart.inputs.first?.step))
        }
        if reasons.isEmpty { reasons.append(.otherSettings) }
    }

    /// The input that plays the same part.
    private static func partner(
        of input: PlanSnapshot.Input, at position: Int, in counterpart: PlanSnapshot.Step
    ) -> PlanSnapshot.Input? {
        if counterpart.inputs.indices.contains(position), counterpart.inputs[position].roles == input.roles {
            return counterpart.inputs[position]
        }
        return counterpart.inputs.first { $0.roles == input.roles }
            ?? (counterpart.inputs.indices.contains(position) ? counterpart.inputs[position] : nil)
    }

    private static func fileReasons(
        _ input: PlanSnapshot.Input, _ before: PlanSnapshot.Input?, _ known: inout FileChanges.Known
    ) -> [PlanDifference.Reason] {
        var reasons: [PlanDifference.Reason] = []
        for (position, selected) in input.files.enumerated() {
            guard let before, before.files.indices.contains(position) else { continue }
            let changes = known.changes(from: before.files[position], to: selected)
            if !changes.unknown.isEmpty { reasons.append(.unknownFiles(changes.unknown)) }
            guard !changes.known.isEmpty else { continue }
            let isFiltered = selected.isFiltered || before.files[position].isFiltered
            reasons.append(isFiltered ? .filteredFiles(in: selected.path) : .files(in: selected.path, changes.known))
        }
        return reasons
    }
}

/// What is different between two selections of files.
struct FileChanges {
    private(set) var known: [PlanDifference.FileChange] = []
    /// Of which the content is not known, before or now.
    private(set) var unknown: [TreePath] = []

    /// Many steps may see the same files: a directory of thousands is compared once.
    struct Known {
        private var changes: [Key: FileChanges] = [:]

        private struct Key: Hashable {
            let paths: [String]
            let digests: [Digest]
        }

        mutating func changes(from old: PlanSnapshot.Selected, to new: PlanSnapshot.Selected) -> FileChanges {
            let key = Key(paths: [old.path, new.path], digests: [old.files.digestOfKnown, new.files.digestOfKnown])
            if let known = changes[key] { return known }
            let computed = FileChanges(from: old, to: new)
            changes[key] = computed
            return computed
        }
    }

    init(from old: PlanSnapshot.Selected, to new: PlanSnapshot.Selected) {
        let before = Dictionary(old.files.files.map { ($0.path, $0) }) { first, _ in first }
        let now = Dictionary(new.files.files.map { ($0.path, $0) }) { first, _ in first }
        let folder = TreePath(new.path)
        for path in Set(before.keys).union(now.keys).sorted() {
            let place = path == .root ? folder : folder.appending(path.bytes)
            let kinds = [before[path], now[path]].compactMap(\.?.entry.kind)
            if kinds.contains(.unknown) {
                unknown.append(place)
            } else if let kind = FileChanges.kind(from: before[path], to: now[path]) {
                known.append(.init(path: place, kind: kind))
            }
        }
        // A folder that came or went is told once.
        let folders = Set(known.filter { $0.kind == .added || $0.kind == .removed }.map(\.path))
        known.removeAll { change in
            guard change.kind == .added || change.kind == .removed, change.path != .root else { return false }
            return folders.contains(change.path.parent)
        }
    }

    private static func kind(
        from old: SelectedFiles.File?, to new: SelectedFiles.File?
    ) -> PlanDifference.FileChange.Kind? {
        guard let new else { return old == nil ? nil : .removed }
        guard let old else { return .added }
        if old.entry.kind != new.entry.kind { return .kind }
        if old.identity != new.identity { return new.entry.kind == .link ? .target : .content }
        return old.entry.mode == new.entry.mode ? nil : .mode
    }
}
