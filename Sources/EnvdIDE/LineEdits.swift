/// New text for a part of a file.
package struct ReplacementEdit: Sendable, Hashable {
    /// UTF-8 bytes in the old text.
    package var range: Range<Int>
    package var replacement: [UInt8]

    package init(range: Range<Int>, replacement: [UInt8]) {
        self.range = range
        self.replacement = replacement
    }
}

/// The edits that turn one text into another, found in time proportional to the texts: where they differ, both are
/// searched for the nearest line that they have in common, no further than `lookahead` lines.
package func lineEdits(from old: [UInt8], to new: [UInt8]) -> [ReplacementEdit] {
    let (oldLines, newLines) = (lines(of: old), lines(of: new))
    func equal(_ oldIndex: Int, _ newIndex: Int) -> Bool {
        old[oldLines[oldIndex]].elementsEqual(new[newLines[newIndex]])
    }
    func start(_ lines: [Range<Int>], _ index: Int) -> Int { index == 0 ? 0 : lines[index - 1].upperBound }

    var edits: [ReplacementEdit] = []
    var (oldIndex, newIndex) = (0, 0)
    while oldIndex < oldLines.count || newIndex < newLines.count {
        if oldIndex < oldLines.count, newIndex < newLines.count, equal(oldIndex, newIndex) {
            oldIndex += 1
            newIndex += 1
            continue
        }
        let (oldEnd, newEnd) = nextCommonLine(oldIndex, oldLines.count, newIndex, newLines.count) {
            oldPlace, newPlace in
            // Lines as short as `)` or an empty one meet by chance.
            oldLines[oldPlace].count > shortLine && equal(oldPlace, newPlace)
        }
        let edit = ReplacementEdit(
            range: start(oldLines, oldIndex)..<start(oldLines, oldEnd),
            replacement: Array(new[start(newLines, newIndex)..<start(newLines, newEnd)]))
        edits.append(trimmed(edit, in: old))
        (oldIndex, newIndex) = (oldEnd, newEnd)
    }
    return edits
}

/// Lines that are looked through for one that both texts have.
private let lookahead = 64
/// Bytes of a line that says nothing about where it belongs, with its line break.
private let shortLine = 3

/// The nearest pair of places from which both texts go on alike, or both ends.
private func nextCommonLine(
    _ oldStart: Int, _ oldCount: Int, _ newStart: Int, _ newCount: Int, _ isCommon: (Int, Int) -> Bool
) -> (Int, Int) {
    for distance in 1...(2 * lookahead) {
        for oldAhead in max(0, distance - lookahead)...min(distance, lookahead) {
            let (oldPlace, newPlace) = (oldStart + oldAhead, newStart + distance - oldAhead)
            if oldPlace < oldCount, newPlace < newCount, isCommon(oldPlace, newPlace) { return (oldPlace, newPlace) }
        }
    }
    // Nothing near: step over what was looked at, unless the end is in reach.
    let isNearEnd = oldCount - oldStart <= lookahead || newCount - newStart <= lookahead
    return isNearEnd ? (oldCount, newCount) : (oldStart + lookahead, newStart + lookahead)
}

/// The lines with their breaks (LF, CR LF or CR).
private func lines(of text: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in text.indices {
        let isReturn = text[index] == 0x0D && !(index + 1 < text.count && text[index + 1] == 0x0A)
        guard text[index] == 0x0A || isReturn else { continue }
        lines.append(start..<index + 1)
        start = index + 1
    }
    if start < text.count { lines.append(start..<text.count) }
    return lines
}

/// The edit without what it leaves as it is at its beginning and end.
private func trimmed(_ edit: ReplacementEdit, in old: [UInt8]) -> ReplacementEdit {
    let (range, new) = (edit.range, edit.replacement)
    let shorter = min(range.count, new.count)
    var prefix = 0
    while prefix < shorter, old[range.lowerBound + prefix] == new[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < shorter - prefix, old[range.upperBound - 1 - suffix] == new[new.count - 1 - suffix] { suffix += 1 }

    // Never between the bytes of a character or of a line break: a client could not name the place.
    func splits(_ text: [UInt8], _ offset: Int) -> Bool {
        guard offset < text.count else { return false }
        if text[offset] & 0xC0 == 0x80 { return true }
        return text[offset] == 0x0A && offset > 0 && text[offset - 1] == 0x0D
    }
    while prefix > 0, splits(old, range.lowerBound + prefix) || splits(new, prefix) { prefix -= 1 }
    while suffix > 0, splits(old, range.upperBound - suffix) || splits(new, new.count - suffix) { suffix -= 1 }
    return ReplacementEdit(
        range: range.lowerBound + prefix..<range.upperBound - suffix,
        replacement: Array(new[prefix..<new.count - suffix]))
}
