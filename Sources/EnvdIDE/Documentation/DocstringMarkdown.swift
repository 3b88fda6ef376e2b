/// A docstring as Markdown. It mostly is Markdown already; sections in the styles of Google, NumPy and Sphinx become headings and
/// lists, and examples in the style of doctest become code.
package func docstringMarkdown(_ text: String) -> String {
    guard text.contains("\n") || text.contains(":") || text.contains(">>>") else { return text }
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
        lines = Array(
            text.split(separator: "\n", omittingEmptySubsequences: false).prefix(maximumLines).map { line in
                line.last == "\r" ? line.dropLast() : line
            })
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
        while out.last?.allSatisfy({ $0 == " " }) == true { out.removeLast() }
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
            out.append(String(lines[place].dropFirst(min(indentation, lines[place].indentation))))
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
        guard text.last == ":" else { return nil }
        let title = String(text.dropLast())
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
        let shown = content.map { $0.dropFirst(min(base, $0.indentation)) }
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
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let head = line[..<colon].trimmed
        let isType =
            !head.isEmpty && head.allSatisfy { $0.isLetter || $0.isNumber || "_[], |.".contains($0) }
            && (!head.contains(" ") || head.contains("[") || head.contains("|"))
        return isType ? "`\(head)`:\(line[line.index(after: colon)...])" : nil
    }

    /// "name (str): what" as an item of a list.
    private static func item(_ line: Substring) -> String {
        guard let colon = line.firstIndex(of: ":") else { return "- \(line.trimmed)" }
        let head = line[..<colon].trimmed
        let text = line[line.index(after: colon)...].trimmed
        guard let open = head.firstIndex(of: "("), head.last == ")" else { return "- `\(head)`: \(text)" }
        let type = head[head.index(after: open)...].dropLast()
        return "- `\(head[..<open].trimmed)` (`\(type)`): \(text)"
    }

    // MARK: - NumPy

    /// The title of a section whose heading is underlined with hyphens, if one begins here.
    private var numPyTitle: String? {
        guard place + 1 < lines.count else { return nil }
        let underline = lines[place + 1].trimmed
        let title = lines[place].trimmed
        guard underline.count >= 3, underline.allSatisfy({ $0 == "-" }) else { return nil }
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
            if let colon = line.firstIndex(of: ":") {
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
        guard line.first == ":", let end = line.dropFirst().firstIndex(of: ":") else { return nil }
        words = line[line.index(after: line.startIndex)..<end].split(separator: " ").map(String.init)
        guard let first = words.first, SphinxField.names.contains(first) else { return nil }
        text = line[line.index(after: end)...].trimmed
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }

    fileprivate var indentation: Int { prefix { $0 == " " || $0 == "\t" }.count }
}
