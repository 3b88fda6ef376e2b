// One finding for one mistake: findings that an earlier one explains are dropped once a chunk is parsed.

extension ChunkParser {
    mutating func dropExplainedDiagnostics() {
        if diagnostics.count < 2 { return }
        if hasStrayBracket { dropExplainedBrackets() }
        if hasUnclosedString { dropExplainedCharacters() }
        dropFollowers()
    }

    /// Drops the findings about closing brackets that close nothing where an earlier one explains them: one on the
    /// same logical line, or, for a bracket that begins its line, any of the chunk.
    private mutating func dropExplainedBrackets() {
        var kept = 0
        // Where the logical line of the last bracket looked at begins: brackets come in order, so that each token is
        // passed once however many there are.
        var line = 0
        var passed = 0
        for index in 0..<diagnostics.count {
            let record = diagnostics[index]
            if record.code == .unmatchedBracket, kept > 0 {
                let token = firstToken(from: Int(record.start))
                while passed < token {
                    if tokens[passed].kind == .newline { line = passed + 1 }
                    passed += 1
                }
                let firstOfLine = tokens[line].kind.isLayout ? line + 1 : line
                let start = firstOfLine >= token ? 0 : tokens[line].start
                if diagnostics[kept - 1].start >= start, !diagnostics[kept - 1].code.isAboutTarget { continue }
            }
            diagnostics[kept] = record
            kept += 1
        }
        diagnostics.truncate(to: kept)
    }

    /// Drops the findings about single characters and numbers on a line whose end is an unclosed string: its opening
    /// quote is what is missing, and they are the text of the string.
    private mutating func dropExplainedCharacters() {
        var lineStart = UInt32.max
        var kept = diagnostics.count
        for index in stride(from: diagnostics.count - 1, through: 0, by: -1) {
            let record = diagnostics[index]
            switch record.code {
            case .unclosedString:
                var place = Int(record.start)
                while place > 0, text[chunkStart + place - 1] != 0x0A, text[chunkStart + place - 1] != 0x0D {
                    place -= 1
                }
                lineStart = UInt32(truncatingIfNeeded: place)
            case .unknownCharacter, .strayBackslash, .invalidNumber, .oldOctal, .foreignNumberSuffix:
                if record.start >= lineStart { continue }
            default: break
            }
            kept -= 1
            diagnostics[kept] = record
        }
        for index in kept..<diagnostics.count { diagnostics[index - kept] = diagnostics[index] }
        diagnostics.truncate(to: diagnostics.count - kept)
    }

    /// Drops findings that something general is missing or too much behind another finding of the same line: after a
    /// mistake the parser's guess of how the line goes on is worth little.
    private mutating func dropFollowers() {
        var kept = 1
        // No line ends between the last finding kept and here.
        var place = 0
        for index in 1..<diagnostics.count {
            let record = diagnostics[index]
            let previous = diagnostics[kept - 1].code
            if record.code.isGeneral || previous.isAboutTarget {
                place = max(place, Int(diagnostics[kept - 1].start))
                while place < Int(record.start), text[chunkStart + place] != 0x0A, text[chunkStart + place] != 0x0D {
                    place += 1
                }
                if place >= Int(record.start) {
                    // What cannot be assigned to is often only half of what was meant: anything else says more.
                    if previous.isAboutTarget, !record.code.isAboutTarget { diagnostics[kept - 1] = record }
                    if record.code.isGeneral || previous.isAboutTarget { continue }
                }
            }
            diagnostics[kept] = record
            kept += 1
        }
        diagnostics.truncate(to: kept)
    }

    /// The first token that begins at a place of the chunk or behind it.
    private func firstToken(from place: Int) -> Int {
        var (low, high) = (0, tokens.count)
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].start < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SyntaxDiagnosticCode {
    /// Findings that only say what the grammar would have had at a place.
    fileprivate var isGeneral: Bool {
        switch self {
        case .expected, .expectedExpression, .expectedEndOfLine, .expectedStatement, .missingBlock, .missingElse,
            .trailingComma, .invalidTarget, .loadModule, .loadItem, .loadAliasValue, .loadNothing:
            true
        default: false
        }
    }

    /// Findings that starlark-go makes only after parsing: they explain no other one.
    var isAboutTarget: Bool { self == .invalidTarget || self == .invalidAugmentedTarget }
}
