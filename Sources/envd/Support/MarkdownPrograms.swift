import EnvdAnalysis
import EnvdMarkdown

/// The programs in a Markdown file: its fenced code blocks that begin with ` ```envd `, or whose info string has a title that
/// ends in `.envd`. A block whose info string has the word `ignore` is none.
struct MarkdownPrograms {
    let programs: [Program]
    private let document: [UInt8]
    private let blocks: [FencedCode]

    /// One block.
    struct Program {
        /// What stands in the block, each line ended by a line feed.
        let source: [UInt8]
        fileprivate let block: Int
        fileprivate let lines: [Line]
        /// What a list or quotation puts before each line; nil if it is not the same before all of them.
        fileprivate let prefix: [UInt8]?
        /// The line break of the document's lines.
        fileprivate let lineBreak: [UInt8]
    }

    /// A line of a program and where it stands in the document; UTF-8 bytes, without what stands before and the line break.
    fileprivate struct Line {
        let sourceStart: Int
        let length: Int
        /// The beginning of the document's line.
        let lineStart: Int
        /// Where the program's part of it begins, and ends.
        let start: Int
        let end: Int
        /// Behind the line break, if there is one.
        let next: Int
    }

    init(_ document: [UInt8]) {
        self.document = document
        blocks = FencedCode.blocks(in: document)
        let documentLines = Self.lines(of: document)
        programs = blocks.enumerated().compactMap { index, block in
            Self.isProgram(block.info) ? Program(block, at: index, documentLines, document) : nil
        }
    }

    static func isMarkdown(_ path: Path) -> Bool {
        endings.contains { path.bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    /// Of the names of Markdown files.
    static let endings = [".md", ".markdown"]

    private static func isProgram(_ info: String) -> Bool {
        let words = info.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard !words.dropFirst().contains("ignore") else { return false }
        if words.first == "envd" { return true }
        return words.dropFirst().contains { word in
            word.hasPrefix("title=")
                && (word.hasSuffix(".envd\"") || word.hasSuffix(".envd'") || word.hasSuffix(".envd"))
        }
    }

    /// Each line of a text without its break, and the break.
    fileprivate static func lines(of text: [UInt8]) -> [(range: Range<Int>, lineBreak: Range<Int>)] {
        var lines: [(range: Range<Int>, lineBreak: Range<Int>)] = []
        var start = 0
        var index = 0
        while index < text.count {
            guard text[index] == 0x0A || text[index] == 0x0D else {
                index += 1
                continue
            }
            let isPair = text[index] == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A
            let end = index + (isPair ? 2 : 1)
            lines.append((start..<index, index..<end))
            (start, index) = (end, end)
        }
        if start < text.count { lines.append((start..<text.count, text.count..<text.count)) }
        return lines
    }
}

extension MarkdownPrograms.Program {
    fileprivate init?(
        _ block: FencedCode, at index: Int, _ documentLines: [(range: Range<Int>, lineBreak: Range<Int>)],
        _ document: [UInt8]
    ) {
        source = block.text
        self.block = index
        var lines: [MarkdownPrograms.Line] = []
        var prefixes: Set<[UInt8]> = []
        var isExact = true
        for (number, line) in MarkdownPrograms.lines(of: block.text).enumerated() {
            guard block.firstLine + number < documentLines.count else { return nil }
            let place = documentLines[block.firstLine + number].range
            let next = documentLines[block.firstLine + number].lineBreak.upperBound
            let length = min(line.range.count, place.count)
            let start = place.upperBound - length
            // Where a tab stands for blanks of the list around, or a NUL for U+FFFD, the text is not the document's.
            isExact = isExact && document[start..<place.upperBound] == block.text[line.range]
            if !line.range.isEmpty { prefixes.insert(Array(document[place.lowerBound..<start])) }
            lines.append(
                MarkdownPrograms.Line(
                    sourceStart: line.range.lowerBound, length: line.range.count, lineStart: place.lowerBound,
                    start: start, end: place.upperBound, next: next))
        }
        self.lines = lines
        prefix = isExact && prefixes.count <= 1 ? prefixes.first ?? [] : nil
        let breaks = documentLines[max(0, block.firstLine - 1)].lineBreak
        lineBreak = breaks.isEmpty ? [0x0A] : Array(document[breaks])
    }

    /// Where in the document something of the program stands.
    func documentRange(_ range: Range<Int>) -> Range<Int> {
        let start = documentOffset(range.lowerBound)
        return start..<max(start, documentOffset(range.upperBound))
    }

    private func documentOffset(_ offset: Int) -> Int {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].sourceStart <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return lines.first?.start ?? 0 }
        let line = lines[low - 1]
        return min(line.start + offset - line.sourceStart, line.end)
    }

    /// The fix as one of the document; nil if it cannot be said there.
    func documentFix(_ fix: Fix) -> Fix? {
        guard let prefix else { return nil }
        let edits = fix.edits.map { edit in
            if edit.replacement.isEmpty, let whole = wholeLines(edit.range) {
                return SourceEdit(range: whole, replacement: "")
            }
            let lineBreak = String(decoding: lineBreak + prefix, as: UTF8.self)
            let text = edit.replacement.split(separator: "\n", omittingEmptySubsequences: false)
            return SourceEdit(range: documentRange(edit.range), replacement: text.joined(separator: lineBreak))
        }
        return Fix(title: fix.title, edits: edits, isSafe: fix.isSafe)
    }

    /// The lines of the document, if a range is made of whole lines.
    private func wholeLines(_ range: Range<Int>) -> Range<Int>? {
        guard let first = lines.first(where: { $0.sourceStart == range.lowerBound }),
            let last = lines.last(where: { $0.sourceStart + $0.length + 1 == range.upperBound })
        else { return nil }
        return first.lineStart..<max(first.lineStart, last.next)
    }

    /// What stands in the document in place of the block's lines, if this is to be its text.
    fileprivate func documentText(_ text: [UInt8], _ prefix: [UInt8]) -> [UInt8] {
        var bare = prefix
        while let last = bare.last, last == 0x20 || last == 0x09 { bare.removeLast() }
        return MarkdownPrograms.lines(of: text).flatMap { line in
            (line.range.isEmpty ? bare : prefix) + text[line.range] + lineBreak
        }
    }

    fileprivate var documentLines: Range<Int>? {
        guard let first = lines.first, let last = lines.last else { return nil }
        return first.lineStart..<last.next
    }
}

// MARK: - New text

extension MarkdownPrograms {
    /// Why a block cannot have another text.
    struct Refusal: Error {
        /// The line of the block's first line in the document, counted from 1.
        let line: Int
        let reason: String
    }

    /// The document with other programs in its blocks: fences, indentation, and all the rest stay.
    ///
    /// - Parameter texts: of the programs, in their order; nil for those that stay.
    func replacing(_ texts: [[UInt8]?]) throws(Refusal) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        var expected = blocks.map(\.text)
        for (program, text) in zip(programs, texts) {
            guard let text, text != program.source else { continue }
            let line = blocks[program.block].firstLine + 1
            guard let prefix = program.prefix, let range = program.documentLines else {
                throw Refusal(line: line, reason: "its lines do not all begin as the first one does")
            }
            out += document[at..<range.lowerBound] + program.documentText(text, prefix)
            at = range.upperBound
            expected[program.block] = text
        }
        out += document[at...]
        // A line of the new text could end the block, or begin another.
        let found = FencedCode.blocks(in: out)
        guard found.count == blocks.count,
            let place = zip(found, expected).enumerated().first(where: {
                $1.0.text != $1.1 || $1.0.info != blocks[$0].info
            })
        else {
            if found.count == blocks.count { return out }
            throw Refusal(line: 1, reason: "the document would have other blocks")
        }
        throw Refusal(line: blocks[place.offset].firstLine + 1, reason: "the document would have other blocks")
    }
}
