import EnvdAnalysis
import EnvdSyntax

/// Whether every name of a text means what it meant before some of them were spelled otherwise.
///
/// Nothing is foreseen: both texts are resolved, and each name has to lead to the same place. So a name that is taken, that hides
/// another or is hidden by one shows without a case for each.
///
/// - Parameters:
///   - edits: what made the new text, in source order; each replaces one whole name.
///   - newName: what the edits put there.
/// - Returns: where the meaning is another one, in UTF-8 bytes of the old text; nil if there is no such place.
func changedMeaning(
    _ old: SourceFile, _ new: SourceFile, _ edits: [SourceEdit], newName: String, _ dialect: Dialect
) -> Int? {
    let before = NameResolution(old, dialect: dialect)
    let after = NameResolution(new, dialect: dialect)
    let places = OffsetMap(edits)
    let edited = Set(edits.map(\.range.lowerBound))

    // Where only names are others, both texts are read in one order, name by name.
    for (use, now) in zip(before.uses, after.uses) {
        let place = use.range.lowerBound
        // What the file does not bind keeps its name.
        if use.binding == nil, edited.contains(place) { return place }
        let expected = use.binding.map { places.moved(before.home(of: $0)) }
        guard now.range.lowerBound == places.moved(place), now.binding.map({ after.home(of: $0) }) == expected else {
            return place
        }
    }
    for (binding, now) in zip(before.bindings, after.bindings) {
        let isSame = binding.occurrences.elementsEqual(now.occurrences) { occurrence, other in
            places.moved(occurrence.range.lowerBound) == other.range.lowerBound
        }
        if !isSame { return binding.occurrences[0].range.lowerBound }
    }
    return before.uses.count == after.uses.count && before.bindings.count == after.bindings.count ? nil : 0
}

extension NameResolution {
    /// What tells a binding from others: where it first gets a value.
    fileprivate func home(of id: Binding.ID) -> Int { bindings[id].occurrences[0].range.lowerBound }
}

/// Where offsets of an old text are in a new one.
private struct OffsetMap {
    private var starts: [Int] = []
    private var shifts: [Int] = []

    init(_ edits: [SourceEdit]) {
        var shift = 0
        for edit in edits {
            shift += edit.replacement.utf8.count - edit.range.count
            starts.append(edit.range.lowerBound)
            shifts.append(shift)
        }
    }

    /// What begins where an edit does stays there.
    func moved(_ offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? offset : offset + shifts[low - 1]
    }
}
