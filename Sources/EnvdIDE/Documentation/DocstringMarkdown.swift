/// A docstring as Markdown. It mostly is Markdown already; sections in the styles of Google, NumPy and Sphinx become headings and
/// lists, and examples in the style of doctest become code.
package func docstringMarkdown(_ text: String) -> String {
    let isPlain = !text.utf8.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ">") }
    guard !isPlain else { return text }
    var reader = DocstringReader(text)
    return reader.markdown()
}

/// No docstring that somebody reads is longer.
private let maximumLines = 2_000

private struct DocstringReader {
    private let lines: [Substring]
    private var place = 0
    private var out: [String] = []
    /// What `:param name: text` and its like say, as items of lists.
    private var sphinxParameters: [String] = []
    private var sphinxTypes: [String: String] = [:]
    private var sphinxOthers: [String] = []

    init(_ text: String) {
        // By bytes, here and below: completion lists have hundreds of docstrings, and all that is looked for is ASCII.
        lines = text.utf8.split(
            separator: UInt8(ascii: "\n"), maxSplits: maximumLines, omittingEmptySubsequences: false
        ).prefix(maximumLines).map { line in Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line) }
    }

    mutating func markdown() -> String {
        while place < lines.count {
            let line = lines[place]
            if line.trimmed.hasPrefix("```") {
                copyFence()
            } else if line.trimmed.hasPrefix(">>>") {
                readDoctest()
            } else if let title = numPyTitle {
                place += 2
                readNumPy(title)
            } else if let title = googleTitle(line) {
                place += 1
                readGoogle(title, indentation: line.indentation)
            } else if let field = SphinxField(line.trimmed) {
                place += 1
                readSphinx(field)
            } else {
                out.append(String(line))
                place += 1
            }
        }
        finishSphinx()
        while out.last?.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) == true { out.removeLast() }
        return out.joined(separator: "\n")
    }

    private mutating func heading(_ title: String) {
        if let last = out.last, !last.isEmpty { out.append("") }
        out.append("**\(title)**")
        out.append("")
    }

    // MARK: - Code

    private mutating func copyFence() {
        out.append(String(lines[place]))
        place += 1
        while place < lines.count {
            let line = lines[place]
            out.append(String(line))
            place += 1
            if line.trimmed == "```" { return }
        }
    }

    private mutating func readDoctest() {
        let indentation = lines[place].indentation
        out.append("```python")
        while place < lines.count, !lines[place].trimmed.isEmpty {
            out.append(String(lines[place].dropping(min(indentation, lines[place].indentation))))
            place += 1
        }
        out.append("```")
    }

    // MARK: - Google

    private static let parameterSections: Set<String> = [
        "Args", "Arguments", "Parameters", "Keyword Args", "Keyword Arguments", "Other Parameters", "Attributes",
    ]
    private static let otherSections: Set<String> = [
        "Returns", "Return", "Yields", "Raises", "Example", "Examples", "Note", "Notes", "See Also", "Warning",
        "Warnings",
        "Todo", "References",
    ]

    private func googleTitle(_ line: Substring) -> String? {
        let text = line.trimmed
        guard text.utf8.last == UInt8(ascii: ":") else { return nil }
        let title = String(Substring(text.utf8.dropLast()))
        let isKnown =
            DocstringReader.parameterSections.contains(title) || DocstringReader.otherSections.contains(title)
        // Something has to stand below it.
        guard isKnown, let next = lines[(place + 1)...].first(where: { !$0.trimmed.isEmpty }),
            next.indentation > line.indentation
        else { return nil }
        return title
    }

    private mutating func readGoogle(_ title: String, indentation: Int) {
        var content: [Substring] = []
        while place < lines.count, lines[place].trimmed.isEmpty || lines[place].indentation > indentation {
            content.append(lines[place])
            place += 1
        }
        let base = content.filter { !$0.trimmed.isEmpty }.map(\.indentation).min() ?? 0
        let shown = content.map { $0.dropping(min(base, $0.indentation)) }
        section(title, shown)
        out.append("")
    }

    /// A section of lines that have no common indentation.
    private mutating func section(_ title: String, _ lines: [Substring]) {
        if DocstringReader.parameterSections.contains(title) || title == "Raises" {
            heading(title == "Args" || title == "Arguments" ? "Parameters" : title)
            for line in lines where !line.trimmed.isEmpty {
                if line.indentation > 0, !out.isEmpty, out.last?.isEmpty == false {
                    out[out.count - 1] += " " + line.trimmed
                } else {
                    out.append(DocstringReader.item(line))
                }
            }
            return
        }
        heading(title == "Return" ? "Returns" : title)
        let isCode = title.hasPrefix("Example") && !lines.contains { $0.trimmed.hasPrefix("```") }
        if isCode { out.append("```python") }
        var shown = lines
        if title.hasPrefix("Return") || title == "Yields", let first = shown.first(where: { !$0.trimmed.isEmpty }),
            let typed = DocstringReader.typed(first)
        {
            shown = shown.map { $0 == first ? typed[...] : $0 }
        }
        while shown.last?.trimmed.isEmpty == true { shown.removeLast() }
        out += shown.map(String.init)
        if isCode { out.append("```") }
    }

    /// "list[str]: what" with the type as code; nil if it does not begin with a type.
    private static func typed(_ line: Substring) -> String? {
        guard let colon = line.colon else { return nil }
        let head = line[..<colon].trimmed
        let isType =
            !head.isEmpty && head.utf8.allSatisfy(isOfType)
            && (!head.has(" ") || head.has("[") || head.has("|"))
        return isType ? "`\(head)`:\(line[line.index(after: colon)...])" : nil
    }

    /// Whether a byte may be one of a type; what is not ASCII may be a letter.
    private static func isOfType(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        case UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: " "),
            UInt8(ascii: "|"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// "name (str): what" as an item of a list.
    private static func item(_ line: Substring) -> String {
        guard let colon = line.colon else { return "- \(line.trimmed)" }
        let head = line[..<colon].trimmed
        let text = line[line.index(after: colon)...].trimmed
        guard let open = head.utf8.firstIndex(of: UInt8(ascii: "(")), head.utf8.last == UInt8(ascii: ")") else {
            return "- `\(head)`: \(text)"
        }
        let type = head[head.index(after: open)...].dropLast()
        return "- `\(head[..<open].trimmed)` (`\(type)`): \(text)"
    }

    // MARK: - NumPy

    /// The title of a section whose heading is underlined with hyphens, if one begins here.
    private var numPyTitle: String? {
        guard place + 1 < lines.count else { return nil }
        let underline = lines[place + 1].trimmed
        guard underline.utf8.count >= 3, underline.utf8.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
        let title = lines[place].trimmed
        let isKnown =
            DocstringReader.parameterSections.contains(title) || DocstringReader.otherSections.contains(title)
        return isKnown ? title : nil
    }

    private mutating func readNumPy(_ title: String) {
        var content: [Substring] = []
        while place < lines.count, numPyTitle == nil {
            content.append(lines[place])
            place += 1
        }
        guard DocstringReader.parameterSections.contains(title) || title == "Returns" || title == "Raises" else {
            section(title, content)
            out.append("")
            return
        }
        heading(title)
        for line in content where !line.trimmed.isEmpty {
            if line.indentation > 0, let last = out.last, !last.isEmpty {
                let separator = last.hasPrefix("- ") && !last.contains(": ") ? ": " : " "
                out[out.count - 1] += separator + line.trimmed
                continue
            }
            if let colon = line.colon {
                out.append("- `\(line[..<colon].trimmed)` (`\(line[line.index(after: colon)...].trimmed)`)")
            } else {
                out.append("- `\(line.trimmed)`")
            }
        }
        out.append("")
    }

    // MARK: - Sphinx

    private mutating func readSphinx(_ field: SphinxField) {
        var text = field.text
        while place < lines.count, lines[place].indentation > 0, SphinxField(lines[place].trimmed) == nil,
            !lines[place].trimmed.isEmpty
        {
            text += " " + lines[place].trimmed
            place += 1
        }
        let words = field.words
        switch words.first {
        case "param", "parameter", "arg", "argument", "key", "keyword":
            guard let name = words.last, words.count > 1 else { return }
            if words.count > 2 { sphinxTypes[name] = words.dropFirst().dropLast().joined(separator: " ") }
            sphinxParameters.append(name + "\u{0}" + text)
        case "type": if let name = words.last { sphinxTypes[name] = text }
        case "return", "returns": sphinxOthers.append("**Returns** \(text)")
        case "rtype": sphinxOthers.append("**Type of the result** `\(text)`")
        case "raises", "raise", "except", "exception":
            sphinxOthers.append("**Raises** `\(words.dropFirst().joined(separator: " "))` \(text)")
        default: break
        }
    }

    private mutating func finishSphinx() {
        if !sphinxParameters.isEmpty {
            heading("Parameters")
            for parameter in sphinxParameters {
                let parts = parameter.split(separator: "\u{0}", maxSplits: 1, omittingEmptySubsequences: false)
                let name = String(parts[0])
                let type = sphinxTypes[name].map { " (`\($0)`)" } ?? ""
                out.append("- `\(name)`\(type): \(parts[1])")
            }
        }
        for text in sphinxOthers {
            if out.last?.isEmpty == false { out.append("") }
            out.append(text)
        }
    }
}

/// `:param str name: text`.
private struct SphinxField {
    let words: [String]
    let text: String

    private static let names: Set<String> = [
        "param", "parameter", "arg", "argument", "key", "keyword", "type", "return", "returns", "rtype", "raises",
        "raise",
        "except", "exception",
    ]

    init?(_ line: String) {
        guard line.utf8.first == UInt8(ascii: ":"), let end = line.utf8.dropFirst().firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        words = line[line.index(after: line.startIndex)..<end].split(separator: " ").map(String.init)
        guard let first = words.first, SphinxField.names.contains(first) else { return nil }
        text = line[line.index(after: end)...].trimmed
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var (start, end) = (utf8.startIndex, utf8.endIndex)
        while start < end, isBlank(utf8[start]) { utf8.formIndex(after: &start) }
        while start < end {
            let last = utf8.index(before: end)
            guard isBlank(utf8[last]) else { break }
            end = last
        }
        return String(self[start..<end])
    }

    /// In bytes.
    fileprivate var indentation: Int { utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count }

    fileprivate var colon: Index? { utf8.firstIndex(of: UInt8(ascii: ":")) }

    /// What stands behind so many bytes, which are of single ones.
    fileprivate func dropping(_ count: Int) -> Substring { self[utf8.index(startIndex, offsetBy: count)...] }
}

extension String {
    fileprivate func has(_ character: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: character)) }

    fileprivate var trimmed: String { self[...].trimmed }
}
