/// Something that the tool has to say about a place in a program.
///
/// There may be tens of thousands, and each is handed on several times on its way: so it is a place, and one reference to all else.
package struct Finding: Sendable {
    /// UTF-8 bytes in the file. Empty where something is missing.
    package var range: Range<Int>
    private var content: Content

    private final class Content: Sendable, Hashable {
        let code: String
        let severity: Severity
        let message: String
        let fixes: [Fix]
        let related: RelatedPlace?

        init(code: String, severity: Severity, message: String, fixes: [Fix], related: RelatedPlace?) {
            self.code = code
            self.severity = severity
            self.message = message
            self.fixes = fixes
            self.related = related
        }

        static func == (a: Content, b: Content) -> Bool {
            a === b
                || a.code == b.code && a.severity == b.severity && a.message == b.message && a.fixes == b.fixes
                    && a.related == b.related
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(code)
            hasher.combine(message)
        }
    }

    package init(
        code: String, severity: Severity, range: Range<Int>, message: String, fixes: [Fix] = [],
        related: RelatedPlace? = nil
    ) {
        self.range = range
        content = Content(code: code, severity: severity, message: message, fixes: fixes, related: related)
    }

    /// The rule's name in kebab case, such as `undefined-name`; of a syntax finding its code.
    package var code: String { content.code }
    package var severity: Severity { content.severity }
    /// One line without a full stop at its end.
    package var message: String { content.message }
    /// The ways to mend it, the best first.
    package var fixes: [Fix] { content.fixes }
    /// Another place of the file without which the finding is hard to understand.
    package var related: RelatedPlace? { content.related }

    /// The same with some of it replaced.
    package func with(
        severity: Severity? = nil, message: String? = nil, fixes: [Fix]? = nil, related: RelatedPlace? = nil
    ) -> Finding {
        Finding(
            code: code, severity: severity ?? self.severity, range: range, message: message ?? self.message,
            fixes: fixes ?? self.fixes, related: related ?? self.related)
    }
}

extension Finding: Hashable {}

extension [Finding] {
    /// The same as somebody takes them who finds some rules more or less severe than others do.
    package func with(_ severities: [String: Severity]) -> [Finding] {
        if severities.isEmpty { return self }
        return map { finding in
            severities[finding.code].map { finding.with(severity: $0) } ?? finding
        }
    }
}

/// A place that a finding is about, besides its own.
package struct RelatedPlace: Sendable, Hashable {
    /// UTF-8 bytes in the file.
    package let range: Range<Int>
    /// What is there, in a few words: "first defined here".
    package let note: String

    package init(_ range: Range<Int>, _ note: String) {
        self.range = range
        self.note = note
    }
}

/// How bad a finding is.
package enum Severity: String, Sendable, Hashable, CaseIterable {
    /// The program cannot run, or will fail when it does.
    case error
    /// The program runs, but hardly as it is meant to.
    case warning
    /// The program does what it is meant to, but could be safer, faster or clearer.
    case advice
}

/// A way to mend a finding: all its edits together, or none.
package struct Fix: Sendable, Hashable {
    /// What it does, as a menu shows it: "Replace with 'base'".
    package let title: String
    /// In source order; they do not overlap.
    package let edits: [SourceEdit]
    /// Whether the program then does what it was plainly meant to. `--fix` applies only those; the others need a person's
    /// judgement.
    package let isSafe: Bool

    package init(title: String, edits: [SourceEdit], isSafe: Bool = false) {
        self.title = title
        self.edits = edits
        self.isSafe = isSafe
    }

    /// A fix with one edit.
    package init(_ title: String, replace range: Range<Int>, with text: String, isSafe: Bool = false) {
        self.init(title: title, edits: [SourceEdit(range: range, replacement: text)], isSafe: isSafe)
    }
}

/// New text for a range of the old one.
package struct SourceEdit: Sendable, Hashable {
    /// UTF-8 bytes in the file before any of the edits.
    package let range: Range<Int>
    package let replacement: String

    package init(range: Range<Int>, replacement: String) {
        self.range = range
        self.replacement = replacement
    }
}
