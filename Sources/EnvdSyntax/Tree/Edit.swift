// Editing: parse again what the edit touched, and use everything else as it is.
//
// A chunk is a function of the bytes from its beginning to `examined`. So an edit leaves every chunk alone that looked at
// none of the edited bytes; the first that did is parsed anew, then the next, until a new chunk ends where an untouched
// old one begins. From there on the old chunks are right again.

extension SourceFile {
    /// The file with a range of its bytes replaced. Equal in content to parsing the new text from the beginning.
    ///
    /// - Parameter range: UTF-8 bytes; clamped to the file.
    package func replacing(_ range: Range<Int>, with replacement: [UInt8]) -> SourceFile {
        let range = max(0, min(range.lowerBound, utf8Count))..<max(0, min(range.upperBound, utf8Count))
        return replacement.withUnsafeBufferPointer { bytes in
            var edit = Edit(file: self, range: range, replacement: bytes)
            return edit.apply()
        }
    }
}

private struct Edit: ~Copyable {
    let file: SourceFile
    let range: Range<Int>
    let replacement: UnsafeBufferPointer<UInt8>
    /// How much further back old text stands in the new one.
    let shift: Int

    init(file: SourceFile, range: Range<Int>, replacement: UnsafeBufferPointer<UInt8>) {
        self.file = file
        self.range = range
        self.replacement = replacement
        shift = replacement.count - range.count
    }

    mutating func apply() -> SourceFile {
        var builder = GroupBuilder(reserving: file.groups.count + 2)
        var old = Cursor(file: file)
        /// Where the next chunk begins in the new text.
        var position = 0
        while true {
            if old.isAtEnd { break }
            // A group that the edit does not touch is used whole.
            if old.place == 0, !isTouched(group: old.group, position: position) {
                builder.append(file.groups[old.group])
                position += file.groups[old.group].utf8Count
                old.nextGroup()
                continue
            }
            if !isTouched(old.chunk, at: old.offset, position: position) {
                builder.append(old.chunk)
                position += Int(old.chunk.utf8Count)
                old.next()
                continue
            }
            guard let end = reparse(from: position, into: &builder, old: &old) else { break }
            position = end
        }
        return SourceFile(groups: builder.finish())
    }

    /// Whether the parse, at `position` of the new text, has left the edit behind and stands where old text does.
    private func isBehindEdit(_ offset: Int, at position: Int) -> Bool {
        offset >= range.upperBound && position == offset + shift && position >= range.lowerBound + replacement.count
    }

    /// Whether the old chunk at `offset` of the old text cannot be used at `position` of the new one.
    private func isTouched(_ chunk: Chunk, at offset: Int, position: Int) -> Bool {
        if !isReusable(chunk, at: position) { return true }
        if isBehindEdit(offset, at: position) { return false }
        return offset >= range.lowerBound || offset + Int(chunk.examined) > range.lowerBound
    }

    private func isTouched(group index: Int, position: Int) -> Bool {
        let start = file.groupOffsets[index]
        let group = file.groups[index]
        // Only the first chunk of a group can stand at the beginning of the file.
        if !isReusable(group.chunks[0], at: position) { return true }
        if isBehindEdit(start, at: position) { return false }
        return start >= range.lowerBound || start + group.examined > range.lowerBound
    }

    /// A byte order mark counts only at the beginning of the file: a chunk that begins with its bytes means something
    /// else there.
    private func isReusable(_ chunk: Chunk, at position: Int) -> Bool {
        !chunk.beginsWithByteOrderMark || (position == 0) == chunk.hasByteOrderMark
    }

    // MARK: - Parsing

    /// Parses chunks from a position of the new text until an old chunk can follow.
    ///
    /// - Returns: where that chunk begins in the new text; nil when the file ended first.
    private func reparse(from start: Int, into builder: inout GroupBuilder, old: inout Cursor) -> Int? {
        let newCount = file.utf8Count + shift
        var limit = firstLimit(from: start, old: old)
        var position = start
        while true {
            let windowEnd = min(limit, newCount)
            let window = text(from: position, to: windowEnd)
            var parser = ChunkParser(
                text: window.base, count: window.count, endIsEndOfFile: windowEnd == newCount)
            let windowStart = position
            while let chunk = parser.chunk(at: position - windowStart, isFileStart: position == 0) {
                builder.append(chunk)
                position += Int(chunk.utf8Count)
                if chunk.isEndOfFile {
                    old.moveToEnd()
                    return nil
                }
                if moveToOldChunk(&old, at: position) { return position }
            }
            // The window was too small to tell: a larger one begins where this one came to.
            limit = max(limit, position + 64) + 3 * (windowEnd - windowStart) + 4096
        }
    }

    /// Far enough for the usual case: the touched chunk, the edit, and the chunk behind it.
    private func firstLimit(from start: Int, old: borrowing Cursor) -> Int {
        let upper = file.locate(range.upperBound)
        let group = file.groups[upper.group]
        var end =
            file.groupOffsets[upper.group] + Int(group.offsets[upper.place]) + Int(group.chunks[upper.place].utf8Count)
        if upper.place + 1 < group.chunks.count { end += Int(group.chunks[upper.place + 1].utf8Count) }
        return max(start, end + shift) + 256
    }

    /// Moves the cursor to the old chunk that begins where the new text has come to, if that one is untouched.
    private func moveToOldChunk(_ old: inout Cursor, at position: Int) -> Bool {
        let place: Int
        if position <= range.lowerBound {
            place = position
        } else if position - shift >= range.upperBound, position >= range.lowerBound + replacement.count {
            place = position - shift
        } else {
            return false
        }
        old.advance(to: place)
        return !old.isAtEnd && old.offset == place && !isTouched(old.chunk, at: place, position: position)
    }

    /// A stretch of the new text.
    private func text(from start: Int, to end: Int) -> Window {
        let window = Window(capacity: end - start)
        let insertEnd = range.lowerBound + replacement.count
        appendOld(from: start, to: min(end, range.lowerBound), in: window)
        let first = max(start, range.lowerBound)
        let last = min(end, insertEnd)
        if first < last {
            let inner = (first - range.lowerBound)..<(last - range.lowerBound)
            window.append(UnsafeBufferPointer(rebasing: replacement[inner]))
        }
        appendOld(from: max(start, insertEnd) - shift, to: end - shift, in: window)
        window.terminate()
        return window
    }

    private func appendOld(from lower: Int, to upper: Int, in window: Window) {
        guard lower < upper else { return }
        let bounds = lower..<upper
        var (group, place) = file.locate(bounds.lowerBound)
        while group < file.groups.count {
            let start = file.groupOffsets[group] + Int(file.groups[group].offsets[place])
            if start >= bounds.upperBound { return }
            let chunk = file.groups[group].chunks[place]
            let inner = max(bounds.lowerBound - start, 0)..<min(bounds.upperBound - start, Int(chunk.utf8Count))
            if !inner.isEmpty { chunk.withBytes { window.append(UnsafeBufferPointer(rebasing: $0[inner])) } }
            place += 1
            if place == file.groups[group].chunks.count {
                group += 1
                place = 0
            }
        }
    }

    /// A place in the old list of chunks.
    struct Cursor {
        let file: SourceFile
        var group = 0
        var place = 0

        init(file: SourceFile) { self.file = file }

        var isAtEnd: Bool { group == file.groups.count }
        var chunk: Chunk { file.groups[group].chunks[place] }
        var offset: Int { file.groupOffsets[group] + Int(file.groups[group].offsets[place]) }

        mutating func next() {
            place += 1
            if place == file.groups[group].chunks.count { nextGroup() }
        }

        mutating func nextGroup() {
            group += 1
            place = 0
        }

        mutating func moveToEnd() {
            group = file.groups.count
            place = 0
        }

        /// To the first chunk that begins at an offset or behind it.
        mutating func advance(to target: Int) {
            while !isAtEnd, offset < target {
                if group + 1 < file.groups.count, file.groupOffsets[group + 1] <= target {
                    nextGroup()
                } else {
                    next()
                }
            }
        }
    }
}

extension Chunk {
    /// Whether the text begins with the bytes of a byte order mark, taken as one or not.
    var beginsWithByteOrderMark: Bool {
        utf8Count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    }
}
