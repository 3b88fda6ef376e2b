import EnvdSyntax
import Synchronization

/// What one pass over a file gives: the blocks of all its chunks, and the text that they make up.
struct FormatPass {
    private(set) var joined: [UInt8] = []
    private(set) var formatted = FormattedText()
    private var counts: [Int32] = []
    /// Where each block begins in `joined`, the blank lines before it included.
    private var starts: [Int] = []
    private var chunks: [ChunkResult] = []
    private let traits: FileTraits
    private let isFileStart: Bool
    private let trust: DirectiveTrust
    private let stateBefore: DirectiveState

    /// One chunk's part of a pass.
    private struct ChunkResult: Sendable {
        /// Its blocks end here; they begin where those of the chunk before end.
        var blockEnd: Int
        /// Formatting it again would change nothing.
        var isStable: Bool
        /// What directives have left where it begins, and where it ends.
        var stateBefore: DirectiveState
        var stateAfter: DirectiveState
    }

    /// What a row of chunks is formatted to.
    private struct Run: Sendable {
        var formatted = FormattedText()
        var chunks: [ChunkResult] = []
        var stateAfter: DirectiveState = []
    }

    // MARK: - The first pass

    /// Formats a file without findings, its line breaks LF.
    init(_ file: SourceFile, style: Style, concurrently: Formatter.Concurrently?) {
        self.init(file.chunks.map(\.chunk), style: style, traits: FileTraits(file), concurrently: concurrently)
    }

    /// Formats a row of chunks.
    ///
    /// - Parameters:
    ///   - isFileStart: whether the file begins with them.
    ///   - stateBefore: what directives before them have left.
    init(
        _ chunks: [Chunk], style: Style, traits: FileTraits, isFileStart: Bool = true, stateBefore: DirectiveState = [],
        trust: DirectiveTrust = .checked, concurrently: Formatter.Concurrently? = nil
    ) {
        self.traits = traits
        self.isFileStart = isFileStart
        self.trust = trust
        self.stateBefore = stateBefore
        var runs: [Run] = []
        let parts = Self.parts(of: chunks, isSequential: concurrently == nil)
        if let concurrently, parts.count > 1 {
            let results = Results(count: parts.count)
            concurrently(parts.count) { index in
                let run = Self.run(
                    chunks, parts[index], style: style, traits: traits, isFileStart: isFileStart,
                    stateBefore: [], trust: trust)
                results.put(run, at: index)
            }
            runs = results.runs
        }
        var stateAfter = stateBefore
        for (index, part) in parts.enumerated() {
            // `# fmt: off` of an earlier part may hold on, which was not known.
            if index >= runs.count || !stateAfter.isEmpty {
                let run = Self.run(
                    chunks, part, style: style, traits: traits, isFileStart: isFileStart,
                    stateBefore: stateAfter, trust: trust)
                if index < runs.count { runs[index] = run } else { runs.append(run) }
            }
            stateAfter = runs[index].stateAfter
        }
        append(runs)
        join()
        for (index, chunk) in chunks.enumerated() where !self.chunks[index].isStable {
            self.chunks[index].isStable = chunk.withBytes { source in
                joined.withUnsafeBufferPointer { joined in
                    let range = range(ofChunk: index)
                    return source.count == range.count
                        && source.elementsEqual(UnsafeBufferPointer(rebasing: joined[range]))
                }
            }
        }
    }

    /// Parts of about the same size, for threads to take one after another.
    private static func parts(of chunks: [Chunk], isSequential: Bool) -> [Range<Int>] {
        let partSize = 1 << 15
        if isSequential { return [chunks.indices] }
        var parts: [Range<Int>] = []
        var (start, bytes) = (0, 0)
        for (index, chunk) in chunks.enumerated() {
            bytes += Int(chunk.utf8Count)
            if bytes >= partSize || index == chunks.count - 1 {
                parts.append(start..<(index + 1))
                (start, bytes) = (index + 1, 0)
            }
        }
        return parts
    }

    private static func run(
        _ chunks: [Chunk], _ range: Range<Int>, style: Style, traits: FileTraits, isFileStart: Bool,
        stateBefore: DirectiveState, trust: DirectiveTrust
    ) -> Run {
        var run = Run()
        guard let first = range.first else { return run }
        run.stateAfter = stateBefore
        var formatter = ChunkFormatter(style: style, traits: traits, first: chunks[first], trust: trust)
        run.chunks.reserveCapacity(range.count)
        for index in range {
            let stateBefore = run.stateAfter
            formatter.format(chunks[index], isFirstInFile: isFileStart && index == 0, stateBefore: stateBefore)
            run.stateAfter = formatter.stateAfter
            run.chunks.append(
                ChunkResult(
                    blockEnd: formatter.blocks.count, isStable: formatter.isSettled, stateBefore: stateBefore,
                    stateAfter: run.stateAfter))
        }
        run.formatted = formatter.formatted
        return run
    }

    private mutating func append(_ runs: [Run]) {
        if runs.count == 1, chunks.isEmpty {
            formatted = runs[0].formatted
            chunks = runs[0].chunks
            return
        }
        for run in runs {
            let (text, block) = (formatted.text.count, formatted.blocks.count)
            formatted.text.append(contentsOf: run.formatted.text)
            for var added in run.formatted.blocks {
                added.end += text
                formatted.blocks.append(added)
            }
            for var added in run.chunks {
                added.blockEnd += block
                chunks.append(added)
            }
        }
    }

    private mutating func join() {
        var lines = BlankLines(isFileStart: isFileStart, keepsFirst: trust == .blind && !isFileStart)
        formatted.blocks.withUnsafeBufferPointer { lines.place($0) }
        counts = lines.counts
        joined = formatted.joined(counts, starts: &starts)
    }

    // MARK: - Later passes

    /// Formats the text of a pass again: only those chunks of which it is not known that they stay.
    ///
    /// - Parameter traits: those of the file, where the text is a part of it.
    init(_ file: SourceFile, after pass: FormatPass, style: Style, traits: FileTraits? = nil) {
        self.traits = traits ?? FileTraits(file)
        isFileStart = pass.isFileStart
        trust = pass.trust
        stateBefore = pass.stateBefore
        var stateAfter = stateBefore
        var old = 0
        guard let first = file.chunks.first?.chunk else { return }
        var formatter = ChunkFormatter(style: style, traits: self.traits, first: first, trust: trust)
        for (index, (offset, chunk)) in file.chunks.enumerated() {
            let range = offset..<(offset + Int(chunk.utf8Count))
            while old < pass.chunks.count, pass.range(ofChunk: old).lowerBound < offset { old += 1 }
            let stateBefore = stateAfter
            let isKnown =
                self.traits == pass.traits && old < pass.chunks.count && pass.chunks[old].isStable
                && pass.chunks[old].stateBefore == stateBefore
                && pass.range(ofChunk: old) == range && !range.isEmpty && (index == 0) == (old == 0)
            if isKnown {
                pass.appendBlocks(ofChunk: old, to: &formatter)
                stateAfter = pass.chunks[old].stateAfter
            } else {
                formatter.format(
                    chunk, isFirstInFile: isFileStart && index == 0, stateBefore: stateAfter)
                stateAfter = formatter.stateAfter
            }
            chunks.append(
                ChunkResult(
                    blockEnd: formatter.blocks.count, isStable: isKnown || formatter.isSettled,
                    stateBefore: stateBefore, stateAfter: stateAfter))
        }
        formatted = formatter.formatted
        join()
    }

    /// Where a chunk's blocks stand in `joined`.
    private func range(ofChunk index: Int) -> Range<Int> {
        let first = index > 0 ? chunks[index - 1].blockEnd : 0
        let end = chunks[index].blockEnd
        let start = first < starts.count ? min(starts[first], joined.count) : joined.count
        return start..<max(start, end < starts.count ? min(starts[end], joined.count) : joined.count)
    }

    private func appendBlocks(ofChunk index: Int, to formatter: inout ChunkFormatter) {
        for place in (index > 0 ? chunks[index - 1].blockEnd : 0)..<chunks[index].blockEnd {
            var block = formatted.blocks[place]
            let start = place > 0 ? formatted.blocks[place - 1].end : 0
            block.blankLines = counts[place]
            formatted.text.withUnsafeBufferPointer {
                formatter.append(UnsafeBufferPointer(rebasing: $0[start..<block.end]), block)
            }
        }
    }

    /// Whether the pass changed nothing in the text from a place on.
    func isIdentity(of file: SourceFile, without prefix: Int) -> Bool {
        guard file.utf8Count - prefix == joined.count else { return false }
        return joined.withUnsafeBufferPointer { joined in
            for (offset, chunk) in file.chunks {
                let isSame = chunk.withBytes { bytes in
                    let skipped = max(0, min(bytes.count, prefix - offset))
                    let start = offset + skipped - prefix
                    let rest = UnsafeBufferPointer(rebasing: bytes[skipped...])
                    return rest.elementsEqual(UnsafeBufferPointer(rebasing: joined[start..<(start + rest.count)]))
                }
                if !isSame { return false }
            }
            return true
        }
    }
}

extension FormatPass {
    /// Collects what the parts of a file are formatted to.
    private final class Results: Sendable {
        private let slots: Mutex<[Run?]>

        init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

        func put(_ run: Run, at index: Int) { slots.withLock { $0[index] = run } }

        var runs: [Run] { slots.withLock { $0.compactMap { $0 } } }
    }
}
