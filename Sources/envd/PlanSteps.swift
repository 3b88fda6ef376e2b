import EnvdLanguage
import EnvdSyntax
import LLB

/// The operations of a plan as people speak of them: numbered, each with a word for what it does.
struct PlanSteps {
    struct Step {
        /// Counted from 1.
        let number: Int
        /// `image`, `run`, `copy`, …
        let kind: String
        let title: String
        /// The numbers of the steps whose results it uses.
        let needs: [Int]
        let entry: Definition.Entry
        /// The call that caused it, on one line; empty if nobody did.
        let cause: String

        var location: SourceLocation? { entry.locations.first }
    }

    let steps: [Step]

    init(_ plan: Plan) {
        // The last entry only names the result.
        let entries = plan.definition.entries.filter { $0.operation.body != nil }
        let numbers = Dictionary(zip(entries.map(\.digest), 1...)) { first, _ in first }
        steps = entries.enumerated().map { index, entry in
            let (kind, title) = PlanSteps.describe(entry)
            return Step(
                number: index + 1, kind: kind, title: title,
                needs: entry.operation.inputs.compactMap { numbers[$0.digest] }, entry: entry,
                cause: PlanSteps.cause(of: entry, in: plan))
        }
    }

    private static func describe(_ entry: Definition.Entry) -> (kind: String, title: String) {
        let prefix = "[internal] "
        let name = entry.metadata.customName.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        switch entry.operation.body {
        case .source(let source):
            let parts = source.identifier.split(separator: "://", maxSplits: 1).map(String.init)
            let kinds = ["docker-image": "image", "local": "local", "git": "git", "http": "http", "https": "http"]
            let kind = kinds[parts[0]] ?? "source"
            return (kind, kind == "http" || parts.count < 2 ? source.identifier : parts[1])
        case .exec(let exec): return ("run", name ?? exec.arguments.joined(separator: " "))
        case .file(let actions): return describe(actions, name)
        case .merge: return ("merge", name ?? "file systems")
        case .diff: return ("diff", name ?? "file systems")
        case nil: return ("", "")
        }
    }

    private static func describe(
        _ actions: [Operation.FileAction], _ name: String?
    ) -> (kind: String, title: String) {
        switch actions.first?.kind {
        case .copy(let copy): ("copy", name ?? "\(copy.source) to \(copy.destination)")
        case .makeFile(let file): ("file", name ?? file.path)
        case .makeDirectory(let directory): ("dir", name ?? directory.path)
        case .remove(let removal): ("remove", name ?? removal.path)
        case nil: ("file", name ?? "nothing")
        }
    }

    /// The call as it stands in the file, blanks and line breaks pressed together.
    private static func cause(of entry: Definition.Entry, in plan: Plan) -> String {
        guard let location = entry.locations.first, let source = plan.sources[location.file] else { return "" }
        let limit = location.range.lowerBound..<min(location.range.upperBound, location.range.lowerBound + 400)
        return source.text(in: limit).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
