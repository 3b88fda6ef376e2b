import EnvdSyntax

/// Whether two files are the same program: the formatter's own check of what it did.
///
/// The trees must have the same nodes but for parentheses around a single expression, and the tokens must have the same
/// values but for commas and `;`, which the nodes make up for. Strings that stand alone as statements are documentation:
/// of these, blanks at the ends of lines may differ. Comments must be the same but for blanks, in the same order.
enum Equivalence {
    /// What differs first, in words; nil where nothing does.
    static func difference(between old: SourceFile, and new: SourceFile) -> String? {
        if new.hasDiagnostics, let finding = new.diagnostics.first { return describe(finding) }
        return difference(between: old.chunks.map(\.chunk), and: new.chunks.map(\.chunk))
    }

    /// The same for a row of chunks, the new ones without findings.
    static func difference(between old: [Chunk], and new: [Chunk]) -> String? {
        var before = Reader(old)
        var after = Reader(new)
        while true {
            let node = before.nextNode()
            if node != after.nextNode() { return "the trees differ; please report this" }
            if node == nil { break }
        }
        before.restart()
        after.restart()
        var commentsBefore = Scratch<UInt8>(capacity: 1 << 12)
        var commentsAfter = Scratch<UInt8>(capacity: 1 << 12)
        while true {
            let token = before.nextToken(&commentsBefore)
            let other = after.nextToken(&commentsAfter)
            guard let token, let other else {
                if token == nil, other == nil { break }
                return "the tokens differ; please report this"
            }
            if !token.means(other) { return "the tokens differ; please report this" }
        }
        if !commentsBefore.elements.elementsEqual(commentsAfter.elements) {
            return "the comments differ; please report this"
        }
        return nil
    }

    /// A finding that the result has and the file has not.
    static func describe(_ finding: SyntaxDiagnostic) -> String {
        if finding.code == .tooDeep {
            return "with the parentheses that it needs on several lines, it is \(finding.message)"
        }
        return
            "the result has a syntax finding at byte \(finding.range.lowerBound), \(finding.message); please report this"
    }

    private struct Token {
        var kind: SyntaxKind
        var text: UnsafeBufferPointer<UInt8>
        var isDocumentation: Bool

        func means(_ other: Token) -> Bool {
            if kind != other.kind || isDocumentation != other.isDocumentation { return false }
            if text.count == other.text.count {
                if text.elementsEqual(other.text) { return true }
                // Quotes that became others around the same characters.
                if kind == .string, hasSameBody(as: other) { return true }
            }
            switch kind {
            case .string, .bytes, .integer, .float: break
            default: return false
            }
            return meaning == other.meaning
        }

        private func hasSameBody(as other: Token) -> Bool {
            let width = StringText.isTripleQuoted(text) ? 3 : 1
            let start = StringText.prefixLength(text)
            guard start == 0, StringText.prefixLength(other.text) == 0, text.count >= 2 * width,
                StringText.isTripleQuoted(other.text) == (width == 3)
            else { return false }
            let body = width..<(text.count - width)
            return !text[body].contains(UInt8(ascii: "\\")) && text[body].elementsEqual(other.text[body])
        }

        private var meaning: [UInt8] {
            var out: [UInt8] = []
            Equivalence.appendMeaning(of: kind, text, isDocumentation: isDocumentation, to: &out)
            return out
        }
    }

    /// Goes over the nodes of a row of chunks, and then over their tokens and comments.
    private struct Reader: ~Copyable {
        private let chunks: [Chunk]
        private var chunk: FlatChunk?
        private var next = 0
        private var place = 0
        private var end = 0
        private var depths = Scratch<UInt32>(capacity: 1024)
        /// What each token is besides its kind.
        private var marks = Scratch<Mark>(capacity: 1024)

        private enum Mark: UInt8 {
            case plain, layout, documentation
        }

        init(_ chunks: [Chunk]) { self.chunks = chunks }

        mutating func restart() {
            chunk = nil
            next = 0
        }

        private mutating func advance() -> FlatChunk? {
            guard next < chunks.count else { return nil }
            let flat = FlatChunk(chunks[next])
            next += 1
            chunk = flat
            place = 0
            end = 0
            return flat
        }

        /// The kind of the next node and how deep it stands, parentheses left out.
        mutating func nextNode() -> UInt32? {
            while true {
                guard let chunk, place < chunk.nodeCount else {
                    guard advance() != nil else { return nil }
                    depths.removeAll()
                    continue
                }
                let parent = chunk.parent(place)
                let depth: UInt32 =
                    parent >= 0 ? depths[parent] + (chunk.kind(parent) == .parenExpr ? 0 : 1) : 0
                depths.append(depth)
                let kind = chunk.kind(place)
                place += 1
                if kind != .parenExpr { return depth << 8 | UInt32(kind.rawValue) }
            }
        }

        mutating func nextToken(_ comments: inout Scratch<UInt8>) -> Token? {
            while true {
                guard let chunk, place < chunk.tokenCount else {
                    if let chunk { appendComments(chunk.text, end..<chunk.text.count, to: &comments) }
                    guard let chunk = advance() else {
                        chunk = nil
                        return nil
                    }
                    mark(chunk)
                    continue
                }
                let index = place
                place += 1
                appendComments(chunk.text, end..<chunk.start(ofToken: index), to: &comments)
                end = chunk.end(ofToken: index)
                let kind = chunk.kind(ofToken: index)
                switch kind {
                case .newline, .indent, .dedent, .eof, .comma, .semicolon: continue
                default: break
                }
                if marks[index] == .layout { continue }
                return Token(
                    kind: kind, text: chunk.text(ofToken: index), isDocumentation: marks[index] == .documentation)
            }
        }

        private mutating func mark(_ chunk: FlatChunk) {
            marks.removeAll()
            marks.append(repeating: .plain, count: chunk.tokenCount)
            for node in 0..<chunk.nodeCount {
                switch chunk.kind(node) {
                case .parenExpr:
                    marks[chunk.first(node)] = .layout
                    marks[chunk.last(node)] = .layout
                case .literalExpr:
                    if chunk.parentKind(of: node) == .exprStmt { marks[chunk.first(node)] = .documentation }
                default: break
                }
            }
        }

        /// All comments in a row without blanks: two that come to stand on one line are one comment then.
        private func appendComments(
            _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to out: inout Scratch<UInt8>
        ) {
            var at = range.lowerBound
            while at < range.upperBound {
                guard text[at] == UInt8(ascii: "#") else {
                    at &+= 1
                    continue
                }
                while at < range.upperBound, text[at] != 0x0A, text[at] != 0x0D {
                    let byte = text[at]
                    if !Blanks.isASCIIBlank(byte), byte != 0xC2, byte != 0xA0 { out.append(byte) }
                    at &+= 1
                }
            }
        }
    }

    /// The bytes of a token's meaning: the same for the same value, however it is written.
    fileprivate static func appendMeaning(
        of kind: SyntaxKind, _ text: UnsafeBufferPointer<UInt8>, isDocumentation: Bool, to out: inout [UInt8]
    ) {
        switch kind {
        case .string, .bytes:
            let value = StringLiteral.value(of: Array(text)) ?? Array(text)
            out.append(contentsOf: isDocumentation ? withoutLineEnds(value) : value)
        case .integer:
            let text = String(decoding: text, as: UTF8.self)
            let number = NumberLiteral.integer(text).map { "\($0.base):\($0.digits.lowercased())" }
            out.append(contentsOf: (number ?? text).utf8)
        case .float:
            let text = String(decoding: text, as: UTF8.self)
            out.append(contentsOf: (NumberLiteral.float(text).map { "\($0.bitPattern)" } ?? text).utf8)
        default: out.append(contentsOf: text)
        }
    }

    /// The lines without the blanks around them, and without empty lines at the beginning and the end.
    private static func withoutLineEnds(_ value: [UInt8]) -> [UInt8] {
        let lines = value.split(separator: 0x0A, omittingEmptySubsequences: false).map { Blanks.trimmed($0) }
        let body = lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed()
        return Array(body.joined(separator: [0x0A]))
    }
}
