import EnvdSyntax

/// The lines of a source file as markup, keywords and literals and comments marked with classes.
struct SourceMarkup {
    /// One for each line, without line breaks.
    let lines: [String]

    private typealias Span = (range: Range<Int>, name: String)

    init(_ file: SourceFile) {
        var lines: [String] = []
        var line = ""
        func append(_ range: Range<Int>, _ name: String?) {
            guard !range.isEmpty else { return }
            // A piece over several lines is several pieces.
            let pieces = SourceMarkup.lines(of: file.text(in: range))
            for (index, piece) in pieces.enumerated() {
                if index > 0 {
                    lines.append(line)
                    line = ""
                }
                guard !piece.isEmpty else { continue }
                let text = String(piece).escapedForMarkup
                line += name.map { "<span class=\"\($0)\">\(text)</span>" } ?? text
            }
        }
        var offset = 0
        for span in SourceMarkup.spans(of: file) where span.range.lowerBound >= offset {
            append(offset..<span.range.lowerBound, nil)
            append(span.range, span.name)
            offset = span.range.upperBound
        }
        append(offset..<file.utf8Count, nil)
        // Behind the last line break there is no line that anybody would see.
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        self.lines = lines
    }

    /// Cut at what the line index takes for line breaks: LF, CR LF, and CR.
    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }

    private static func spans(of file: SourceFile) -> [Span] {
        var spans: [Span] = []
        for (offset, _) in file.chunks {
            var next = file.token(at: offset)
            while let token = next {
                for trivia in token.leadingTrivia where trivia.kind == .comment {
                    spans.append((trivia.range, "comment"))
                }
                if let name = name(of: token.kind) { spans.append((token.range, name)) }
                next = token.next
            }
        }
        return spans
    }

    private static func name(of kind: SyntaxKind) -> String? {
        switch kind {
        case .string, .bytes, .formattedString: "string"
        case .integer, .float: "number-literal"
        default: kind.isKeyword ? "keyword" : nil
        }
    }
}
