import EnvdSyntax

/// What one chunk is formatted to, checked; a function of the chunk and its `Context`, so that an editor can keep it.
struct FormattedChunk: Sendable {
    /// What a chunk's result depends on besides the chunk.
    struct Context: Sendable, Hashable {
        var style: Style
        var traits: FileTraits
        var isFirstInFile: Bool
    }

    /// Nil if the chunk has to stay as it is, because it has findings or because of `FormatError.notEquivalent`.
    let formatted: FormattedText?
    /// The blocks say where their sources stand, and all lines are indented as they will be.
    let isIndented: Bool

    init(_ chunk: Chunk, _ context: Context) {
        formatted = chunk.diagnosticCount == 0 ? Self.format(chunk, context) : nil
        isIndented = formatted.map { Self.isIndented($0.blocks, in: chunk) } ?? false
    }

    private static func isIndented(_ blocks: [Block], in chunk: Chunk) -> Bool {
        chunk.withBytes { bytes in
            var end = 0
            for block in blocks {
                guard block.sourceStart >= 0, block.sourceStart >= end else { return false }
                let start = Int(block.sourceStart)
                var at = start
                while at > end, bytes[at - 1] == 0x20 { at -= 1 }
                let isOwnLine = at == 0 || bytes[at - 1] == 0x0A
                if isOwnLine, start - at != 4 * Int(block.depth) { return false }
                end = Int(block.sourceEnd)
            }
            return true
        }
    }

    private static func format(_ chunk: Chunk, _ context: Context) -> FormattedText? {
        let hasReturns = chunk.withBytes { $0.contains(0x0D) }
        let source =
            hasReturns
            ? SourceFile(bytes: LineBreaks.unified(chunk.bytes(in: 0..<Int(chunk.utf8Count)))).chunks.map(\.chunk)
            : [chunk]
        if source.contains(where: { $0.diagnosticCount > 0 }) { return nil }
        let first = FormatPass(
            source, style: context.style, traits: context.traits, isFileStart: context.isFirstInFile)
        var last = first
        var file = SourceFile(bytes: first.joined)
        for _ in 1..<Formatter.maximumPasses {
            if file.hasDiagnostics { return nil }
            let next = FormatPass(file, after: last, style: context.style, traits: context.traits)
            if next.joined == last.joined { break }
            last = next
            file = SourceFile(bytes: next.joined)
        }
        if file.hasDiagnostics || Equivalence.difference(between: source, and: file.chunks.map(\.chunk)) != nil {
            return nil
        }
        // The blocks of the last pass, with where those of the first stood.
        var formatted = last.formatted
        let isSameCount = formatted.blocks.count == first.formatted.blocks.count
        for index in formatted.blocks.indices {
            let block = isSameCount ? first.formatted.blocks[index] : nil
            formatted.blocks[index].sourceStart = block?.sourceStart ?? -1
            formatted.blocks[index].sourceEnd = block?.sourceEnd ?? -1
            if let block { formatted.blocks[index].blankLines = block.blankLines }
        }
        if hasReturns { addReturns(of: chunk, to: &formatted) }
        return formatted
    }

    /// Moves the sources from the text whose line breaks are LF to the chunk's own.
    private static func addReturns(of chunk: Chunk, to formatted: inout FormattedText) {
        chunk.withBytes { bytes in
            var (at, unified) = (0, 0)
            func move(_ place: Int32) -> Int32 {
                while unified < Int(place), at < bytes.count {
                    at += bytes[at] == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A ? 2 : 1
                    unified += 1
                }
                return place < 0 ? place : Int32(at)
            }
            for index in formatted.blocks.indices {
                formatted.blocks[index].sourceStart = move(formatted.blocks[index].sourceStart)
                formatted.blocks[index].sourceEnd = move(formatted.blocks[index].sourceEnd)
            }
        }
    }
}
