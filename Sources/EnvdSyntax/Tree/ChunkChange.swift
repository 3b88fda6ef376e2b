/// Which chunks of a file are others than those of the file that it was before an edit.
package struct ChunkChange: Sendable {
    /// How many chunks at the beginning are the same.
    package let unchanged: Int
    /// How many chunks of the old file follow that are gone.
    package let removedCount: Int
    /// What stands there now.
    package let added: [Chunk]
    /// How much further back all that follows stands, in UTF-8 bytes.
    package let shift: Int
}

extension SourceFile {
    /// What is new since another state of the file. Takes time in proportion to the number of groups and to what is new.
    package func change(since old: SourceFile) -> ChunkChange {
        var first = 0
        var count = 0
        while first < groups.count, first < old.groups.count, groups[first] === old.groups[first] {
            count += groups[first].chunks.count
            first += 1
        }
        var (end, oldEnd) = (groups.count, old.groups.count)
        while end > first, oldEnd > first, groups[end - 1] === old.groups[oldEnd - 1] {
            end -= 1
            oldEnd -= 1
        }
        let now = SourceFile.chunks(of: groups[first..<end])
        let before = SourceFile.chunks(of: old.groups[first..<oldEnd])
        var start = 0
        while start < now.count, start < before.count, now[start] === before[start] { start += 1 }
        var same = 0
        while same < now.count - start, same < before.count - start,
            now[now.count - 1 - same] === before[before.count - 1 - same]
        {
            same += 1
        }
        return ChunkChange(
            unchanged: count + start, removedCount: before.count - start - same,
            added: Array(now[start..<(now.count - same)]), shift: utf8Count - old.utf8Count)
    }

    /// An edit touches one group, as a rule, whose list is then taken as it is.
    private static func chunks(of groups: ArraySlice<ChunkGroup>) -> [Chunk] {
        groups.count == 1 ? groups.first?.chunks ?? [] : groups.flatMap(\.chunks)
    }
}

extension SourceFile {
    /// Whether this is the very state that another value is, with all its chunks; two files with the same text need not be. Takes
    /// no time in proportion to the file.
    package func isSameState(as other: SourceFile) -> Bool {
        guard utf8Count == other.utf8Count else { return false }
        if groups.elementsEqual(other.groups, by: ===) { return true }
        let change = change(since: other)
        return change.removedCount == 0 && change.added.isEmpty
    }
}
