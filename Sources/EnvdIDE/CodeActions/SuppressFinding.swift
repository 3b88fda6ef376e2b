import EnvdAnalysis
import EnvdSyntax

// Silences a finding by a comment.

private let ruleCodes = Set(allRules.map(\.code))

let suppressFinding = CodeActionProvider(name: "ignore", kind: .quickFix) { place in
    var seen: Set<String> = []
    return place.findings.flatMap { finding -> [CodeActionOffer] in
        // What the language itself refuses cannot be silenced.
        guard ruleCodes.contains(finding.code), finding.code != "unused-suppression", seen.insert(finding.code).inserted
        else { return [] }
        let start = finding.range.lowerBound
        return [
            place.offer(
                "ignore-line:\(finding.code):\(start)", "Ignore '\(finding.code)' here", .quickFix, findings: [finding]
            ) { place.file.ignoring(finding.code, at: start).map { ProjectEdit($0) } },
            place.offer(
                "ignore-file:\(finding.code)", "Ignore '\(finding.code)' in this file", .quickFix, findings: [finding]
            ) { ProjectEdit(place.file.ignoringEverywhere(finding.code)) },
        ]
    }
}

extension SourceFile {
    /// A comment on the line of an offset, or above the statement where the line has no room for one.
    fileprivate func ignoring(_ code: String, at offset: Int) -> SourceEdit? {
        let end = lineEnd(of: offset)
        if let comment = comment(endingAt: end) {
            if let place = placeInIgnore(comment) { return SourceEdit(range: place..<place, replacement: ", \(code)") }
            return SourceEdit(range: end..<end, replacement: "  # envd: ignore[\(code)]")
        }
        if takesComment(at: end) { return SourceEdit(range: end..<end, replacement: "  # envd: ignore[\(code)]") }
        // Above the line of the language that holds the place.
        guard let start = logicalLineStart(of: offset), let indentation = indentation(before: start) else { return nil }
        return SourceEdit(
            range: start..<start,
            replacement: "# envd: ignore[\(code)]\(lineBreak(near: start))\(indentation)")
    }

    fileprivate func ignoringEverywhere(_ code: String) -> SourceEdit {
        let mark = Array("envd: ignore-file[".utf8)
        for range in chunks.first.map({ $0.chunk.commentRanges(at: $0.offset) }) ?? [] {
            let text = bytes(in: range)
            guard text.indices.contains(where: { text[$0...].starts(with: mark) }),
                let close = text.lastIndex(of: UInt8(ascii: "]"))
            else { continue }
            let place = range.lowerBound + close
            return SourceEdit(range: place..<place, replacement: ", \(code)")
        }
        var start = bytes(in: 0..<3) == [0xEF, 0xBB, 0xBF] ? 3 : 0
        // A line that says which version the file is written for stays the first.
        if text(in: start..<min(start + 16, utf8Count)).hasPrefix("# syntax=") { start = nextLineStart(of: start) }
        let isBehindText = start > 0 && start == utf8Count && start > lineStart(of: start)
        let lineBreak = lineBreak(near: start)
        return SourceEdit(
            range: start..<start,
            replacement: (isBehindText ? lineBreak : "") + "# envd: ignore-file[\(code)]\(lineBreak)")
    }

    private func comment(endingAt end: Int) -> Range<Int>? {
        guard let token = token(at: end) else { return nil }
        return token.leadingTrivia.first { $0.kind == .comment && $0.range.upperBound == end }?.range
    }

    /// Before the bracket that closes the rules of a comment.
    private func placeInIgnore(_ comment: Range<Int>) -> Int? {
        let text = bytes(in: comment)
        let mark = Array("envd: ignore[".utf8)
        guard let start = text.indices.first(where: { text[$0...].starts(with: mark) }),
            let close = text[start...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        return comment.lowerBound + close
    }

    /// Whether a comment can stand at the end of a line: not within a text, and not behind a backslash.
    private func takesComment(at end: Int) -> Bool {
        if end > 0, bytes(in: (end - 1)..<end) == [UInt8(ascii: "\\")] { return false }
        guard let token = token(at: end) else { return true }
        return token.range.lowerBound >= end || token.kind == .newline || token.kind == .eof
    }

    private func logicalLineStart(of offset: Int) -> Int? {
        guard var token = token(at: offset) else { return nil }
        while let previous = token.previous, previous.kind != .newline, previous.kind != .indent,
            previous.kind != .dedent
        {
            token = previous
        }
        return token.range.lowerBound
    }
}
