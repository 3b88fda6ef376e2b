import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// What there is to say about the place under the cursor: what a name means, what a text stands for, what a rule looks for.
package struct Hover: Sendable, Hashable {
    /// What it is about, in UTF-8 bytes of the file.
    package var range: Range<Int>
    /// Code of the language; empty if there is none.
    package var header: String
    /// Paragraphs of Markdown.
    package var paragraphs: [String]

    /// All of it as one text.
    package var markdown: String {
        let code = header.isEmpty ? [] : ["```python\n\(header)\n```"]
        return (code + paragraphs).joined(separator: "\n\n")
    }
}

extension FileAnalysis {
    /// What is known of the place at an offset; nil if nothing is.
    ///
    /// - Parameter offset: in UTF-8 bytes.
    package func hover(at offset: Int) -> Hover? {
        if let rule = suppressedRules(at: offset), let hover = hover(rule: file.text(in: rule.word), rule.word) {
            return hover
        }
        if let name = hoverOnName(at: offset) { return name }
        if let text = hoverOnText(at: offset) { return text }
        return hoverOnFinding(at: offset)
    }

    // MARK: - Names

    private func hoverOnName(at offset: Int) -> Hover? {
        guard let token = nameToken(at: offset), let semantics = checked.semantics(at: token.range.lowerBound) else {
            return nil
        }
        let range = token.contentRange
        let type = semantics.type(ofNameAt: token)
        guard let meaning = semantics.meaning(of: token) else {
            guard type != .unknown, token.kind == .identifier else { return nil }
            return Hover(range: range, header: "\(token.text): \(type)", paragraphs: [])
        }
        guard let found = description(of: meaning, type: type == .unknown ? nil : type) else { return nil }
        var hover = Hover(range: range, found)
        if let steps = steps(ofCallOf: token) {
            hover.paragraphs.append("Adds \(steps.amount) to the plan:\n\n\(steps.markdownList)")
        }
        return hover
    }

    /// The steps that a call adds to the plan.
    ///
    /// - Parameter name: the name that is called, which ends the callee.
    private func steps(ofCallOf name: SyntaxToken) -> [PlannedStep]? {
        guard let run, let node = name.parent else { return nil }
        for ancestor in [node, node.parent].compactMap({ $0 }) {
            guard ancestor.kind == .callExpr, let call = CallExpr(ancestor),
                call.callee?.range.upperBound == name.range.upperBound
            else { continue }
            let steps = run.steps(ofCall: call.range)
            return steps.isEmpty ? nil : steps
        }
        return nil
    }

    // MARK: - Findings

    /// The rule that has found something here, and says the least about the most.
    private func hoverOnFinding(at offset: Int) -> Hover? {
        guard let finding = checked.findings(touching: offset).first,
            let rule = allRules.first(where: { $0.code == finding.code })
        else { return nil }
        return Hover(
            range: finding.range, header: "",
            paragraphs: [finding.message, "`\(rule.code)`: \(rule.summary)"])
    }

    private func hover(rule name: String, _ range: Range<Int>) -> Hover? {
        guard let rule = allRules.first(where: { $0.code == name }) else { return nil }
        return Hover(
            range: range, header: "", paragraphs: ["`\(rule.code)`: \(rule.summary)", "*\(rule.group.rawValue)*"])
    }

    /// The name of a rule at an offset in a comment that silences rules, `# envd: ignore[rule]`.
    ///
    /// - Returns: the word, and what of it stands before the offset; nil if the offset is not in the brackets of such a comment.
    func suppressedRules(at offset: Int) -> (word: Range<Int>, typed: Range<Int>)? {
        guard let comment = file.comment(at: offset) else { return nil }
        let text = file.bytes(in: comment)
        let place = offset - comment.lowerBound
        let before = text[..<place]
        guard let open = before.lastIndex(of: UInt8(ascii: "[")), !before[open...].contains(UInt8(ascii: "]")) else {
            return nil
        }
        let head = String(decoding: before[..<open], as: UTF8.self)
        guard let mark = head.lastIndex(of: "#") else { return nil }
        let words = head[head.index(after: mark)...].split { $0 == " " || $0 == "\t" || $0 == ":" }
        guard words == ["envd", "ignore"] || words == ["envd", "ignore-file"] else { return nil }
        func isWord(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        var start = place
        while start > open + 1, isWord(text[start - 1]) { start -= 1 }
        var end = place
        while end < text.count, isWord(text[end]) { end += 1 }
        let base = comment.lowerBound
        return ((base + start)..<(base + end), (base + start)..<offset)
    }
}

extension Hover {
    init(range: Range<Int>, _ description: NameDescription) {
        self.range = range
        header = description.header
        paragraphs = [description.documentation].filter { !$0.isEmpty }
        if !description.origin.isEmpty { paragraphs.append("*\(description.origin)*") }
    }
}
