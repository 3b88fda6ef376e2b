import EnvdSyntax

/// What somebody has typed so far, line by line: whether it is complete, and the statements in it.
struct ReplInput {
    private(set) var text = ""

    /// A line without its line break.
    mutating func add(_ line: String) {
        text += line + "\n"
    }

    /// Whether there is nothing but blanks and comments.
    var isEmpty: Bool {
        let source = SourceFile(text)
        return source.statements.isEmpty && !source.hasDiagnostics
    }

    /// Whether more has to follow. A block goes on up to a blank line, brackets and triple quotes until they are closed.
    var isComplete: Bool {
        let source = SourceFile(text)
        let isOpen = source.diagnostics.contains { finding in
            switch finding.code {
            case .unclosedBracket, .unclosedTripleString: true
            case .missingBlock, .strayBackslash, .expectedStatement: isAtEnd(finding.range)
            default: false
            }
        }
        if isOpen { return endsWithBlankLine && !hasOpenBracket(source) }
        let isBlock: Bool =
            switch source.statements.last?.kind {
            case .defStmt, .ifStmt, .forStmt, .whileStmt: true
            default: false
            }
        if isBlock { return endsWithBlankLine }
        return !text.hasSuffix("\\\n")
    }

    private func hasOpenBracket(_ source: SourceFile) -> Bool {
        source.diagnostics.contains { $0.code == .unclosedBracket || $0.code == .unclosedTripleString }
    }

    /// Whether nothing but line breaks follows a range.
    private func isAtEnd(_ range: Range<Int>) -> Bool {
        Array(text.utf8).dropFirst(range.upperBound).allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
    }

    private var endsWithBlankLine: Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // Behind the last line break there is an empty piece.
        return lines.count > 2 && lines[lines.count - 2].allSatisfy { $0 == " " || $0 == "\t" }
    }

    // MARK: - Statements

    /// A statement as a program of its own.
    struct Statement {
        let source: SourceFile
        /// Whether the program assigns the value of an expression to `_`.
        let isExpression: Bool
        /// Line breaks before the statement that the input does not have.
        let extraLines: Int
    }

    /// The statements, each to be run by itself: what the first ones did stays when a later one fails.
    ///
    /// If anything is wrong with the text there is one statement, all of it, so that nothing is run.
    var statements: [Statement] {
        let source = SourceFile(text)
        let nodes = source.statements
        guard !source.hasDiagnostics, !nodes.isEmpty else {
            return [Statement(source: source, isExpression: false, extraLines: 0)]
        }
        return nodes.map { node in
            let line = source.position(at: node.range.lowerBound).line
            let before = String(repeating: "\n", count: line)
            guard let expression = ExprStmt(node)?.value else {
                let content = source.text(in: node.range)
                return Statement(source: SourceFile(before + content + "\n"), isExpression: false, extraLines: 0)
            }
            // The expression keeps its columns, and its lines move by one.
            let content = source.text(in: expression.range)
            return Statement(source: SourceFile("\(before)_=(\n\(content)\n)\n"), isExpression: true, extraLines: 1)
        }
    }
}
