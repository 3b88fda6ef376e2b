import EnvdAnalysis
import EnvdIDE
import EnvdMarkdown
import EnvdSyntax
import SpecSupport
import Testing

/// The documents under `Tests/Specs/completion`, `hover`, `signatures` and `inlay-hints`: programs with a mark, `⌖`, where the cursor is, and
/// what an editor shows there. Further sources of a case, ` ```envd at:lib/tools.envd `, are other files of the project, and
/// ` ```envd files:data/a.csv ` lists files of which only the names matter.
@Suite struct EditorSpecs {
    @Test(arguments: SpecDocument.paths(in: "completion")) func completion(path: String) throws { try verify(path) }
    @Test(arguments: SpecDocument.paths(in: "hover")) func hover(path: String) throws { try verify(path) }
    @Test(arguments: SpecDocument.paths(in: "signatures")) func signatures(path: String) throws { try verify(path) }
    @Test(arguments: SpecDocument.paths(in: "inlay-hints")) func inlayHints(path: String) throws { try verify(path) }

    private func verify(_ path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            let snippet = Snippet(String(decoding: specCase.source.bytes, as: UTF8.self))
            let analysis = project(of: specCase).analysis(snippet.file, at: specCase.source.value("at") ?? "build.envd")
            switch expectation.kind {
            case "completions": return completions(analysis, snippet, expectation)
            case "hover": return analysis.hover(at: snippet.cursor).map { text($0, snippet.file) } ?? "nothing"
            case "plain-hover":
                return analysis.hover(at: snippet.cursor).map { plainText(ofMarkdown: $0.markdown) } ?? "nothing"
            case "signature": return signature(analysis, snippet)
            case "hints": return hints(analysis, snippet)
            default: return nil
            }
        }
    }

    private func project(of specCase: SpecCase) -> ListedProject {
        var files: [String: String] = ["build.envd": ""]
        for source in specCase.sources {
            for name in source.value("files")?.split(separator: ",") ?? [] { files[String(name)] = "text\n" }
        }
        for source in specCase.sources.dropFirst() {
            if let path = source.value("at") { files[path] = String(decoding: source.bytes, as: UTF8.self) }
        }
        return ListedProject(files)
    }

    // MARK: - As text

    /// A line an entry: its kind, its label, what stands behind it; after `=>` what is inserted if that is something else, after `+` what
    /// else changes. `first:5` shows no more than so many, `plain` is a client without snippets.
    private func completions(_ analysis: FileAnalysis, _ snippet: Snippet, _ block: CodeBlock) -> String {
        let list = analysis.completions(
            at: snippet.cursor, CompletionAbilities(takesSnippets: !block.words.contains("plain")),
            trigger: block.value("trigger"))
        let limit = block.value("first").flatMap { Int($0) } ?? 20
        var lines = list.items.prefix(limit).map { item in
            var line = "\(item.kind) \(item.label)\(item.detail)"
            if !item.origin.isEmpty { line += " (\(item.origin))" }
            if item.isDeprecated { line += " deprecated" }
            if item.insertion != item.label { line += " => \(escaped(item.insertion))" }
            for edit in item.otherEdits {
                let place = snippet.file.position(at: edit.range.lowerBound)
                let old = snippet.file.text(in: edit.range)
                line += " + \(place.line + 1):\(place.column + 1) \(escaped(old)) -> "
                line += escaped(String(decoding: edit.replacement, as: UTF8.self))
            }
            return line
        }
        if list.items.count > limit { lines.append("and \(list.items.count - limit) more") }
        if list.isIncomplete { lines.append("incomplete") }
        if list.items.isEmpty { lines.append("nothing") }
        if block.words.contains("range") {
            lines.append("replaces \(escaped(snippet.file.text(in: list.replaced)))")
        }
        return lines.joined(separator: "\n")
    }

    private func text(_ hover: Hover, _ file: SourceFile) -> String {
        "\(file.text(in: hover.range).split(separator: "\n").first ?? "")\n---\n\(hover.markdown)"
    }

    private func signature(_ analysis: FileAnalysis, _ snippet: Snippet) -> String {
        guard let help = analysis.signatureHelp(at: snippet.cursor) else { return "nothing" }
        return help.entries.map { entry in
            guard let active = entry.activeParameter else { return entry.signature.label }
            let label = Array(entry.signature.label.utf8)
            let range = entry.signature.parameterRanges[active]
            func width(_ part: Range<Int>) -> Int { String(decoding: label[part], as: UTF8.self).count }
            let marks =
                String(repeating: " ", count: width(0..<range.lowerBound)) + String(repeating: "^", count: width(range))
            let documentation = entry.parameterDocumentation[active]
            return [entry.signature.label, marks, documentation].filter { !$0.isEmpty }.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private func hints(_ analysis: FileAnalysis, _ snippet: Snippet) -> String {
        var bytes = snippet.file.bytes
        for hint in analysis.inlayHints(in: 0..<bytes.count).reversed() {
            bytes.insert(contentsOf: "«\(hint.text)»".utf8, at: hint.place)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func escaped(_ text: String) -> String {
        let shown = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: String(scalar)
            }
        }
        return "'\(shown.joined())'"
    }
}

extension CodeBlock {
    /// What a word of the info string says, `name:value`.
    fileprivate func value(_ name: String) -> String? {
        words.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
    }
}
