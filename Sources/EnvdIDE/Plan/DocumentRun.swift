import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax
import LLB
import PlanRendering

/// What running a document's program has shown.
package struct DocumentRun: Sendable {
    package let findings: PlanFindings
    /// The steps of its plan in their order; empty if there is no plan.
    package let steps: [PlannedStep]
    /// Equal for equal graphs; nil if there is no plan.
    let planDigest: String?
    /// For each call of the document, by its range in UTF-8 bytes, which of the steps come from it, by their places in `steps`.
    private let stepsByCall: [Range<Int>: [Int]]

    init(_ run: DryRun, of file: SourceFile, _ surroundings: FileSurroundings) {
        findings = PlanFindings(
            of: file, run, project: surroundings.project?.view, rules: surroundings.rules)
        planDigest = run.plan?.definition.entries.last?.digest.description
        let steps = run.plan?.steps.map { PlannedStep($0, in: run.file) } ?? []
        self.steps = steps
        var byCall: [Range<Int>: [Int]] = [:]
        for (index, step) in steps.enumerated() {
            for call in step.calls { byCall[call, default: []].append(index) }
        }
        stepsByCall = byCall
    }

    /// The steps that a call adds to the plan, in order.
    ///
    /// - Parameter call: in UTF-8 bytes of the document.
    func steps(ofCall call: Range<Int>) -> [PlannedStep] { stepsByCall[call]?.map { steps[$0] } ?? [] }
}

/// A step of a plan, seen from the document whose program it is.
package struct PlannedStep: Hashable, Sendable {
    /// Counted from 1.
    package let number: Int
    /// `run`, `image`, `copy`, …
    package let kind: String
    /// One line.
    package let title: String
    /// The calls of the document that led to it, outer before inner, in UTF-8 bytes; each way that did, one after another.
    package let calls: [Range<Int>]

    /// - Parameter file: how locations call the document.
    package init(_ step: PlanStep, in file: String) {
        number = step.number
        kind = step.kind.rawValue
        title = StepDescription(step).title.split(whereSeparator: \.isNewline).joined(separator: " ")
        var calls: [Range<Int>] = []
        for location in step.locations {
            for call in location.callers + [location] where call.file == file && !calls.contains(call.range) {
                calls.append(call.range)
            }
        }
        self.calls = calls
    }
}

/// What running a program shows, for `FileAnalysis.setRun`; nil if that is not certain. It may take long, and any thread may do it.
package func documentRun(of file: SourceFile, _ surroundings: FileSurroundings) -> DocumentRun? {
    surroundings.dryRun?(file).map { DocumentRun($0, of: file, surroundings) }
}

/// Everything that there is to say about a file that nobody edits, with what running its program shows.
package func findings(of file: SourceFile, _ surroundings: FileSurroundings) -> [Finding] {
    let analysis = FileAnalysis(file, surroundings)
    if analysis.wantsRun, let run = documentRun(of: file, surroundings) { analysis.setRun(run, of: file) }
    return analysis.findings
}

extension [PlannedStep] {
    /// How many they are: `3 steps`.
    package var amount: String { count == 1 ? "1 step" : "\(count) steps" }

    /// More are told of by their number alone.
    private static let maximumListed = 12

    /// Markdown: what each of them does, on a line of its own.
    package var markdownList: String {
        var lines = prefix(Self.maximumListed).map { "\($0.number). \(inlineCode($0.title))" }
        if count > Self.maximumListed { lines.append("…") }
        return lines.joined(separator: "\n")
    }
}

/// A line of code within Markdown.
private func inlineCode(_ text: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
        run = byte == UInt8(ascii: "`") ? run + 1 : 0
        longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // A blank on either side is not part of the code.
    return longest == 0 ? fence + text + fence : "\(fence) \(text) \(fence)"
}

extension FileAnalysis {
    /// The steps that the calls within a range of the file add to the plan; nil if the program, as it now is, has not been run.
    ///
    /// - Parameter range: in UTF-8 bytes.
    package func steps(addedIn range: Range<Int>) -> [PlannedStep]? {
        run?.steps.filter { step in
            step.calls.contains { range.lowerBound <= $0.lowerBound && $0.upperBound <= range.upperBound }
        }
    }
}
