/// Something that the tool has to say about a place in a program.
package struct Finding: Sendable, Hashable {
    /// The rule's name in kebab case, such as `undefined-name`; of a syntax finding its code.
    package let code: String
    package var severity: Severity
    /// UTF-8 bytes in the file. Empty where something is missing.
    package var range: Range<Int>
    /// One line without a full stop at its end.
    package var message: String
    /// The ways to mend it, the best first.
    package var fixes: [Fix]
    /// Another place of the file without which the finding is hard to understand.
    package var related: RelatedPlace?

    package init(
        code: String, severity: Severity, range: Range<Int>, message: String, fixes: [Fix] = [],
        related: RelatedPlace? = nil
    ) {
        self.code = code
        self.severity = severity
        self.range = range
        self.message = message
        self.fixes = fixes
        self.related = related
    }
}

extension [Finding] {
    /// The same as somebody takes them who finds some rules more or less severe than others do.
    package func with(_ severities: [String: Severity]) -> [Finding] {
        if severities.isEmpty { return self }
        return map { finding in
            var finding = finding
            if let severity = severities[finding.code] { finding.severity = severity }
            return finding
        }
    }
}

/// A place that a finding is about, besides its own.
package struct RelatedPlace: Sendable, Hashable {
    /// UTF-8 bytes in the file.
    package var range: Range<Int>
    /// What is there, in a few words: "first defined here".
    package let note: String

    init(_ range: Range<Int>, _ note: String) {
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
