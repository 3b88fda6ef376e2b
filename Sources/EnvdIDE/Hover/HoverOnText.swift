import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

extension FileAnalysis {
    /// What a text or a number stands for, by the type that its place takes: an image, a port, a path.
    func hoverOnText(at offset: Int) -> Hover? {
        guard let token = file.token(at: offset), token.range.lowerBound <= offset, offset <= token.range.upperBound,
            token.kind == .string || token.kind == .integer, let literal = token.parent, let expression = Expr(literal),
            let parent = literal.parent, let semantics = checked.semantics(at: token.range.lowerBound)
        else { return nil }
        let wanted =
            wantedType(within: parent, at: token.range.lowerBound, semantics) ?? semantics.wantedType(expression)
        guard let wanted else { return nil }
        let value: String
        if token.kind == .string {
            guard let bytes = StringLiteral.value(of: token) else { return nil }
            value = String(decoding: bytes, as: UTF8.self)
        } else {
            value = token.text
        }
        for case .refined(let refined) in wanted.members {
            guard let paragraphs = paragraphs(on: value, refined.name), !paragraphs.isEmpty else { continue }
            return Hover(range: token.range, header: "\(token.text): \(refined.name)", paragraphs: paragraphs)
        }
        return nil
    }

    private func paragraphs(on value: String, _ type: String) -> [String]? {
        switch type {
        case "ImageRef": return image(value)
        case "HostPath": return path(value)
        case "Port":
            guard let note = KnownValues.note(on: value, type: type), !note.isEmpty else { return nil }
            return ["The usual port of \(note)."]
        default:
            guard let note = KnownValues.note(on: value, type: type), !note.isEmpty else { return nil }
            return [note.prefix(1).uppercased() + note.dropFirst() + "."]
        }
    }

    private func image(_ reference: String) -> [String]? {
        let lock = project?.view.content("envd.lock").flatMap { try? FactTable(json: $0) }
        guard let image = KnownImage(reference, lock: lock) else { return nil }
        var lines = ["`\(image.reference)`"]
        if image.fact.isMissing { return lines + ["The registry has no such image, says envd.lock."] }
        var facts: [String] = []
        if !image.fact.user.isEmpty { facts.append("- user: `\(image.fact.user)`") }
        if !image.fact.workingDirectory.isEmpty {
            facts.append("- working directory: `\(image.fact.workingDirectory)`")
        }
        if !image.fact.entrypoint.isEmpty {
            facts.append("- entrypoint: `\(image.fact.entrypoint.joined(separator: " ").onOneShortLine)`")
        }
        if let digest = image.fact.digest { facts.append("- digest: `\(digest)`") }
        for variable in image.fact.environment.prefix(12) { facts.append("- `\(variable.onOneShortLine)`") }
        if image.fact.environment.count > 12 {
            facts.append("- and \(image.fact.environment.count - 12) more variables")
        }
        if !facts.isEmpty { lines.append(facts.joined(separator: "\n")) }
        lines.append(
            image.isLocked ? "*envd.lock*" : "*the table of common images; tags move, so this is an assumption*")
        return lines
    }

    private func path(_ path: String) -> [String]? {
        guard let view = project?.view, !path.isEmpty else { return nil }
        switch view.status(path) {
        case .file:
            guard let bytes = view.content(path) else { return ["A file of the project."] }
            var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            if lines.last?.isEmpty == true { lines.removeLast() }
            // A look at the beginning says what it is, unless it is no text.
            guard !bytes.contains(0),
                let shown = String(validating: lines.prefix(8).joined(separator: [0x0A]), as: UTF8.self)
            else { return ["A file of the project, \(bytes.count) bytes."] }
            let count = lines.count
            let fence = shown.contains("```") ? "~~~~" : "```"
            let title = "A file of the project, \(count) \(count == 1 ? "line" : "lines")."
            guard shown.utf8.count <= 1_000, !shown.isEmpty else { return [title] }
            return [title, "\(fence)text\n\(shown)\n\(fence)"]
        case .directory:
            let entries = project?.entries(path) ?? []
            let names = entries.prefix(12).map { "`\($0.name)\($0.isFolder ? "/" : "")`" }.joined(separator: ", ")
            let more = entries.count > 12 ? " and \(entries.count - 12) more" : ""
            return ["A folder of the project." + (names.isEmpty ? "" : " It holds \(names)\(more).")]
        case .missing: return ["There is no such file in the project."]
        case .outside:
            switch view.hostPathExists(path) {
            case true?: return ["A path of the host, outside of the project."]
            case false?: return ["There is no such path on this host."]
            case nil: return nil
            }
        }
    }
}

extension String {
    fileprivate var onOneShortLine: String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ").replacing("`", with: "'")
        return line.count > 100 ? line.prefix(99) + "…" : line
    }
}
