import EnvdSyntax

/// One thing that the linter looks for. Each rule is a static member in a file of its own, named after it, and has a page in
/// `Pages/`, which explains it and is its test.
package final class Rule: Sendable {
    /// Its name in kebab case; the code of its findings.
    package let code: String
    package let group: Group
    package let severity: Severity
    /// Whether only those get it who ask for it: a matter of taste, or too strict for most.
    package let isOptIn: Bool
    private let pageBytes: [UInt8]
    /// Whether it says nothing of a file with mistakes of syntax, which may hide what the rule misses.
    let needsCleanSyntax: Bool
    let check: Check

    /// What a rule is about; `--select` takes these names too.
    package enum Group: String, Sendable, CaseIterable {
        /// What names mean.
        case names
        /// What values a function takes.
        case types
        /// What Starlark programs do wrong in any project.
        case starlark
        /// Calls of envd's API that it refuses, ignores or takes otherwise than meant.
        case api
        /// Shell commands.
        case shell
        /// Names and versions of packages, images and downloads.
        case packages
        /// Files of the project and the host.
        case files
        /// Secrets, and code from places that nobody checks.
        case security
        /// What an older envd had.
        case deprecated
        /// How long builds take.
        case performance
    }

    /// How a rule looks. The narrower, the less is computed anew after an edit.
    enum Check: Sendable {
        /// Each node of some kinds, for itself.
        case nodes([SyntaxKind], @Sendable (SyntaxNode, RuleContext, inout Reporter) -> Void)
        /// Each call of a function or method of some names, whatever it is a method of.
        case callees([StaticString], @Sendable (CallExpr, RuleContext, inout Reporter) -> Void)
        /// Each call of some functions of the API that is written out, for itself.
        case calls(Callees, @Sendable (APICall, RuleContext, inout Reporter) -> Void)
        /// What the type checker reports under the rule's code.
        case types
        /// Each chunk, for itself.
        case chunk(@Sendable (RuleContext, inout Reporter) -> Void)
        /// The program as a whole, so nothing that a chunk could say. Of chunks that neither call the API nor load anything it may look at
        /// no more than the context's methods give, which note it, and who calls what: else it is not asked again when they change.
        ///
        /// The functions are those of which a program calls one if the rule has anything to say of it.
        case program(Callees, @Sendable (ProgramContext, inout Reporter) -> Void)
        /// Comments that silence findings, which `lint` itself looks at.
        case suppressions
        /// What a dry run of the program shows; see `PlanFindings`.
        case plan(@Sendable (PlannedProgram, inout Reporter) -> Void)
    }

    /// A place that breaks the rule.
    struct Violation {
        /// UTF-8 bytes in the file.
        var range: Range<Int>
        /// Where it names a line elsewhere, `linePlaceholder` stands for its number.
        var message: String
        var fixes: [Fix] = []
        /// The place whose line the message names, or that helps to understand it.
        var related: RelatedPlace?

        static let linePlaceholder: Character = "\u{FFFC}"
    }

    /// Where a rule leaves what it finds.
    struct Reporter {
        fileprivate(set) var violations: [Violation] = []

        /// - Parameter message: one line without a full stop at its end. It says what is wrong and, where there is one, what
        ///   to do instead.
        mutating func report(_ range: Range<Int>, _ message: String, _ fixes: Fix...) {
            violations.append(Violation(range: range, message: message, fixes: fixes))
        }

        /// - Parameter related: another place that is worth a look.
        mutating func report(_ range: Range<Int>, _ message: String, _ fixes: Fix..., related: RelatedPlace) {
            violations.append(Violation(range: range, message: message, fixes: fixes, related: related))
        }

        /// - Parameter message: gets the number of the line of the other place, which may change while all else stays.
        mutating func report(_ range: Range<Int>, lineOf related: RelatedPlace, _ message: (Character) -> String) {
            violations.append(
                Violation(range: range, message: message(Violation.linePlaceholder), related: related))
        }

        mutating func report(_ violation: Violation) { violations.append(violation) }

        mutating func forget() { violations.removeAll(keepingCapacity: true) }
    }

    init(
        _ code: String, _ group: Group, _ severity: Severity, isOptIn: Bool = false, needsCleanSyntax: Bool = false,
        page: [UInt8], _ check: Check
    ) {
        self.code = code
        self.group = group
        self.severity = severity
        self.isOptIn = isOptIn
        self.needsCleanSyntax = needsCleanSyntax
        pageBytes = page
        self.check = check
    }

    /// Markdown: what it finds, why, bad and good examples with what is found in them.
    package var page: String { String(decoding: pageBytes, as: UTF8.self) }

    /// The first paragraph of the page.
    package var summary: String {
        let paragraphs = page.split(separator: "\n\n", omittingEmptySubsequences: true)
        return (paragraphs.first { !$0.hasPrefix("#") } ?? "").split(separator: "\n").joined(separator: " ")
    }

    func finding(_ violation: Violation) -> Finding {
        Finding(
            code: code, severity: severity, range: violation.range, message: violation.message, fixes: violation.fixes,
            related: violation.related)
    }
}
