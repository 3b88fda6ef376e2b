import EnvdSyntax

/// A chunk of a file with what it is formatted to and the blank lines before each of its blocks.
struct PlacedChunk {
    /// Where the chunk begins, in UTF-8 bytes.
    let offset: Int
    let chunk: Chunk
    let formatted: FormattedText
    let counts: [Int32]
    let isIndented: Bool
    let isFirstInFile: Bool
    let lineBreak: [UInt8]

    /// The edits for all of the chunk.
    func edits() -> [FormatEdit] {
        let hasByteOrderMark = isFirstInFile && chunk.withBytes { $0.starts(with: [0xEF, 0xBB, 0xBF]) }
        var starts: [Int] = []
        let new = withLineBreaks(formatted.joined(counts, starts: &starts))
        return FormatEdit.edits(
            from: chunk.bytes(in: 0..<Int(chunk.utf8Count)), to: hasByteOrderMark ? [0xEF, 0xBB, 0xBF] + new : new,
            at: offset)
    }

    /// The edits for those of its statements that have something in a range of whole lines. Where a line is indented
    /// otherwise than it will be, that is all of them, since a line cannot be moved without its block.
    func edits(in range: Range<Int>) -> [FormatEdit] {
        guard isIndented else {
            let own = offset..<(offset + Int(chunk.utf8Count))
            return own.overlaps(range) ? edits() : []
        }
        var selected = formatted.blocks.map { block in
            block.flags.contains(.isVerbatim)
                ? false
                : range.lowerBound < offset + Int(block.sourceEnd) && offset + Int(block.sourceStart) < range.upperBound
        }
        for index in selected.indices.dropFirst() where sharesLine(index) && selected[index - 1] != selected[index] {
            // Towards the front the loop has passed already.
            selected[index] = true
            var place = index
            while place > 0, sharesLine(place), !selected[place - 1] {
                selected[place - 1] = true
                place -= 1
            }
        }
        return checked(
            selected.indices.flatMap { index -> [FormatEdit] in
                let gap = gap(before: index)
                let isGapSelected =
                    sharesLine(index)
                    ? selected[index]
                    : range.lowerBound <= offset + gap.lowerBound && offset + gap.upperBound <= range.upperBound
                        || (index > 0 && selected[index - 1] && selected[index])
                return (isGapSelected ? gapEdits(before: index) : []) + (selected[index] ? blockEdits(index) : [])
            } + (offset + Int(chunk.utf8Count) <= range.upperBound ? endEdits() : []))
    }

    /// The edits for what stands behind the last block: a line break, which the end of a file may lack or have too many of.
    private func endEdits() -> [FormatEdit] {
        let end = Int(chunk.utf8Count)
        let start = formatted.blocks.last.map { Int($0.sourceEnd) } ?? 0
        let rest = chunk.bytes(in: start..<end)
        // Behind a statement the chunk ends with its line; more can follow at the end of the file only.
        guard chunk.isEndOfFile || !rest.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return [] }
        return FormatEdit.edits(from: rest, to: formatted.blocks.isEmpty ? [] : lineBreak, at: offset + start)
    }

    /// The edits for the statement whose last line is the given one.
    func edits(ofStatementEndingIn line: Range<Int>) -> [FormatEdit] {
        guard isIndented else { return [] }
        let last = formatted.blocks.lastIndex { block in
            line.lowerBound < offset + Int(block.sourceEnd) && offset + Int(block.sourceStart) < line.upperBound
        }
        guard let last, offset + Int(formatted.blocks[last].sourceEnd) <= line.upperBound else { return [] }
        var first = last
        while first > 0, sharesLine(first) { first -= 1 }
        let edits = (first...last).flatMap { index in
            (index > first ? gapEdits(before: index) : []) + blockEdits(index)
        }
        return checked(edits)
    }

    /// The edits for what brackets enclose; for the whole statement if they end it and stay.
    func edits(ofBrackets brackets: Range<Int>) -> [FormatEdit] {
        let index = formatted.blocks.firstIndex { block in
            offset + Int(block.sourceStart) <= brackets.lowerBound
                && brackets.upperBound <= offset + Int(block.sourceEnd)
        }
        guard isIndented, let index else { return [] }
        let block = formatted.blocks[index]
        let all = blockEdits(index)
        if offset + Int(block.sourceEnd) == brackets.upperBound,
            !all.contains(where: { $0.range.upperBound >= brackets.upperBound })
        {
            return checked(all)
        }
        // In the middle of a statement no line is broken: more of it may come.
        let content = (brackets.lowerBound + 1)..<(brackets.upperBound - 1)
        let source = chunk.bytes(in: Int(block.sourceStart)..<Int(block.sourceEnd))
        let text = formattedText(ofBlock: index)
        if text.contains(0x0A) { return [] }
        let inner = FormatEdit.wordEdits(source, source.indices, text, text.indices).compactMap { edit -> FormatEdit? in
            let place = offset + Int(block.sourceStart)
            let range = (edit.range.lowerBound + place)..<(edit.range.upperBound + place)
            // Of what disappears a part may lie outside: a bracket without need, with the blank behind it.
            let kept = edit.replacement.isEmpty ? range.clamped(to: content) : range
            guard content.lowerBound <= kept.lowerBound, kept.upperBound <= content.upperBound,
                !kept.isEmpty || !edit.replacement.isEmpty
            else { return nil }
            return FormatEdit(range: kept, replacement: edit.replacement)
        }
        return checked(inner)
    }

    // MARK: - Blocks

    /// The block begins on the line on which the one before ends.
    private func sharesLine(_ index: Int) -> Bool {
        index > 0 && !chunk.withBytes { $0[gap(before: index)].contains { $0 == 0x0A || $0 == 0x0D } }
    }

    /// What stands before a block, from the end of the one before; UTF-8 bytes in the chunk.
    private func gap(before index: Int) -> Range<Int> {
        let start = index > 0 ? Int(formatted.blocks[index - 1].sourceEnd) : 0
        return start..<max(start, Int(formatted.blocks[index].sourceStart))
    }

    private func gapEdits(before index: Int) -> [FormatEdit] {
        var gap = gap(before: index)
        // The file's first block has no line break before it, nor have chunks, which begin where a line does.
        if isFirstInFile, index == 0, chunk.withBytes({ $0.starts(with: [0xEF, 0xBB, 0xBF]) }) {
            gap = min(3, gap.upperBound)..<gap.upperBound
        }
        var new: [UInt8] = []
        for _ in 0..<(Int(counts[index]) + (index > 0 ? 1 : 0)) { new += lineBreak }
        new += repeatElement(0x20, count: 4 * Int(formatted.blocks[index].depth))
        return FormatEdit.edits(from: chunk.bytes(in: gap), to: new, at: offset + gap.lowerBound)
    }

    private func blockEdits(_ index: Int) -> [FormatEdit] {
        let source = Int(formatted.blocks[index].sourceStart)..<Int(formatted.blocks[index].sourceEnd)
        return FormatEdit.edits(
            from: chunk.bytes(in: source), to: formattedText(ofBlock: index), at: offset + source.lowerBound)
    }

    /// Without the indentation of its first line and the line break of its last.
    private func formattedText(ofBlock index: Int) -> [UInt8] {
        let block = formatted.blocks[index]
        let start = index > 0 ? formatted.blocks[index - 1].end : 0
        return withLineBreaks(
            Array(formatted.text[min(start + 4 * Int(block.depth), block.end)..<max(start, block.end - 1)]))
    }

    private func withLineBreaks(_ text: [UInt8]) -> [UInt8] {
        if lineBreak == [0x0A] || !text.contains(0x0A) { return text }
        return Array(text.split(separator: 0x0A, omittingEmptySubsequences: false).joined(separator: lineBreak))
    }

    /// The edits, if the chunk is the same program with them: some of the edits for a statement may be less than all.
    private func checked(_ edits: [FormatEdit]) -> [FormatEdit] {
        if edits.isEmpty { return [] }
        var text = chunk.bytes(in: 0..<Int(chunk.utf8Count))
        for edit in edits.reversed() {
            text.replaceSubrange(
                (edit.range.lowerBound - offset)..<(edit.range.upperBound - offset), with: edit.replacement)
        }
        let file = SourceFile(bytes: text)
        if file.hasDiagnostics { return [] }
        return Equivalence.difference(between: [chunk], and: file.chunks.map(\.chunk)) == nil ? edits : []
    }
}
