import EnvdSyntax

/// Formats what somebody is editing: works from what the cache knows of the chunks, and keeps statements as they are that
/// have syntax findings, while all others are formatted.
package struct DocumentFormatter: Sendable {
    private let file: SourceFile
    private let style: Style
    private let cache: FormatCache
    private let chunks: [(offset: Int, chunk: Chunk)]
    private let summary: FormatCache.Summary
    private let lineBreak: [UInt8]

    package init(_ file: SourceFile, style: Style, cache: FormatCache) {
        self.file = file
        self.style = style
        self.cache = cache
        chunks = file.chunks
        summary = cache.summary(of: chunks.map(\.chunk))
        lineBreak = LineBreaks.first(in: file)
    }

    // MARK: - What the editor asks for

    /// The edits that format the whole file, in order.
    package func edits() -> [FormatEdit] {
        // Without a statement it is about the end of the file alone.
        if summary.firstDirective != nil || chunks.count == 1 { return editsOfWholeFile() }
        return chunks.indices.flatMap { index in placed(index..<(index + 1)).flatMap { $0.edits() } }
    }

    /// The edits that format the statements on the lines of a range, in order.
    ///
    /// - Parameter range: UTF-8 bytes.
    package func edits(in range: Range<Int>) -> [FormatEdit] {
        let selected = wholeLines(range)
        if summary.firstDirective != nil {
            return editsOfWholeFile().filter {
                selected.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= selected.upperBound
            }
        }
        return placed(indices(touching: selected)).flatMap { $0.edits(in: selected) }
    }

    /// The edits after a line break has been typed: they format the statement that it ended.
    ///
    /// - Parameter offset: UTF-8 bytes, on the new line.
    package func edits(afterLineBreakBefore offset: Int) -> [FormatEdit] {
        guard summary.firstDirective == nil else { return [] }
        let start = lineStart(of: offset)
        guard start > 0 else { return [] }
        let previous = lineStart(of: start - 1)..<start
        return placed(indices(touching: previous)).flatMap { $0.edits(ofStatementEndingIn: previous) }
    }

    /// The edits after a closing bracket has been typed: they format what it encloses and, where it ends a statement, all
    /// of that.
    ///
    /// - Parameter offset: UTF-8 bytes, behind the bracket.
    package func edits(afterBracketBefore offset: Int) -> [FormatEdit] {
        guard summary.firstDirective == nil, offset > 0, let token = file.token(at: offset - 1),
            token.range.upperBound == offset, let node = token.parent, let kind = token.kind.openingBracket,
            let first = node.firstToken(of: kind)
        else { return [] }
        let line = wholeLines((offset - 1)..<offset)
        return placed(indices(touching: line)).flatMap {
            $0.edits(ofBrackets: first.range.lowerBound..<offset)
        }
    }

    /// Formats what the cache does not know, one chunk after the other, as long as it may: what is asked for next then waits only
    /// for what an edit has touched.
    package func fillCache(while isIdle: () -> Bool) {
        guard summary.firstDirective == nil else { return }
        for index in chunks.indices {
            guard isIdle() else { return }
            _ = result(index)
        }
    }

    // MARK: - Parts of the file

    private func editsOfWholeFile() -> [FormatEdit] {
        do throws(FormatError) {
            return try Formatter(style: style).edits(for: file)
        } catch {
            return []
        }
    }

    /// The chunks that have something on the lines of a range.
    private func indices(touching range: Range<Int>) -> Range<Int> {
        var (low, high) = (0, chunks.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if chunks[middle].offset <= range.lowerBound { low = middle } else { high = middle - 1 }
        }
        var end = low + 1
        while end < chunks.count, chunks[end].offset < range.upperBound { end += 1 }
        return low..<end
    }

    private func formatted(_ index: Int) -> FormattedText? { result(index).formatted }

    private func result(_ index: Int) -> FormattedChunk {
        cache.formatted(
            chunks[index].chunk,
            FormattedChunk.Context(style: style, traits: summary.traits, isFirstInFile: index == 0))
    }

    /// Those chunks of a range that can be formatted, each with its blank lines.
    ///
    /// What these are depends on the chunk before, and on the one behind where comments lead up to a definition.
    private func placed(_ range: Range<Int>) -> [PlacedChunk] {
        var out: [PlacedChunk] = []
        for index in range {
            let result = result(index)
            guard let own = result.formatted else { continue }
            var first = index
            while first > 0, index - first < 2, formatted(first - 1) != nil { first -= 1 }
            var blocks: [Block] = []
            for before in first..<index { blocks += formatted(before)?.blocks ?? [] }
            let start = blocks.count
            blocks += own.blocks
            if index + 1 < chunks.count { blocks += formatted(index + 1)?.blocks ?? [] }
            var lines = BlankLines(isFileStart: first == 0)
            blocks.withUnsafeBufferPointer { lines.place($0) }
            var counts = Array(lines.counts[start..<(start + own.blocks.count)])
            // Behind a statement that stays as it is, blank lines stay too.
            if first == index, index > 0, !counts.isEmpty { counts[0] = min(2, own.blocks[0].blankLines) }
            out.append(
                PlacedChunk(
                    offset: chunks[index].offset, chunk: chunks[index].chunk, formatted: own, counts: counts,
                    isIndented: result.isIndented, isFirstInFile: index == 0, lineBreak: lineBreak))
        }
        return out
    }

    // MARK: - Lines

    /// From the beginning of the first line to behind the line break of the last one in which the range has something.
    private func wholeLines(_ range: Range<Int>) -> Range<Int> {
        let range = range.clamped(to: 0..<file.utf8Count)
        let start = lineStart(of: range.lowerBound)
        // A selection that ends where a line begins has nothing of that line.
        let last = max(range.lowerBound, range.isEmpty ? range.upperBound : range.upperBound - 1)
        let position = file.position(at: last)
        let end = file.offset(of: SourcePosition(line: position.line + 1, column: 0))
        return start..<max(start, end)
    }

    private func lineStart(of offset: Int) -> Int {
        let position = file.position(at: offset)
        return file.offset(of: SourcePosition(line: position.line, column: 0))
    }
}

extension SyntaxKind {
    fileprivate var openingBracket: SyntaxKind? {
        switch self {
        case .rightParen: .leftParen
        case .rightBracket: .leftBracket
        case .rightBrace: .leftBrace
        default: nil
        }
    }
}
