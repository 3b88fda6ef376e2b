import ArgumentParser
import EnvdAnalysis
import EnvdIDE
import EnvdLanguage
import LLB
import PlanRendering

/// Plans of documents in an editor: what `envd plan` prints, of what the editor holds.
enum EditorPlans {
    static let service = PlanService(
        plan: { question in
            refusing { () throws(PlanService.Refusal) in try plan(question) }
        },
        difference: { question, other in
            refusing { () throws(PlanService.Refusal) in try difference(question, other) }
        })

    private static func refusing<Value>(
        _ body: () throws(PlanService.Refusal) -> Value
    ) -> Result<Value, PlanService.Refusal> {
        do throws(PlanService.Refusal) {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }

    private static func plan(_ question: PlanService.Question) throws(PlanService.Refusal) -> PlanService.Answer {
        guard let format = PlanFormat(rawValue: question.format), !format.isBinary else {
            throw PlanService.Refusal("there is no format '\(question.format)' for editors")
        }
        let request = try request(for: question)
        let plan: Plan
        do {
            plan = try Planner(request, recovers: true).plan()
        } catch {
            let place = error.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
            throw PlanService.Refusal(place + error.message)
        }
        let presentation = PlanPresentation(plan, request)
        let bytes = format.bytes(of: plan, request, isFull: false, isForTerminal: false)
        return PlanService.Answer(
            content: String(decoding: bytes, as: UTF8.self), summary: presentation.summary,
            steps: plan.steps.map { PlannedStep($0, in: presentation.file) },
            problems: plan.findings.map { finding in
                (finding.location.map { "\($0.file):\($0.line):\($0.column): " } ?? "") + finding.message
            })
    }

    private static func difference(
        _ question: PlanService.Question, _ other: String
    ) throws(PlanService.Refusal) -> PlanService.Difference {
        guard question.format == "text" || question.format == "json" else {
            throw PlanService.Refusal("a difference is shown as text or json")
        }
        let request = try request(for: question)
        do {
            let diff = try PlanDiff(other, request, PlanOptions.parse([])) { try Planner($0).plan() }
            let text = PlanDiffText(diff, style: TerminalStyle(isColored: false), isFull: false)
            let content =
                question.format == "json" ? PlanJSON(PlanRecord(diff, summary: text.summary)).text + "\n" : text.text
            return PlanService.Difference(
                content: content, summary: text.summary, isEmpty: diff.difference.isEmpty,
                stepCount: diff.difference.steps.count,
                rebuiltCount: diff.difference.steps.count { $0.state != .unchanged })
        } catch let failure as CommandFailure {
            throw PlanService.Refusal(failure.message)
        } catch let failure as PlanError {
            throw PlanService.Refusal(failure.message)
        } catch {
            throw PlanService.Refusal("the plans cannot be compared")
        }
    }

    /// The request that `envd plan` would make in the project's folder.
    private static func request(for question: PlanService.Question) throws(PlanService.Refusal) -> PlanRequest {
        let path = Path(bytes: question.path.utf8)
        guard let root = (path.parent.nearestProgramFolder ?? path.parent).resolved,
            let rootName = String(validating: root.bytes, as: UTF8.self),
            let own = DiskModules.id(ofFileAt: path, in: root)
        else { throw PlanService.Refusal("the document is not in a folder that can be read") }
        do {
            var request = try PlanOptions.parse([]).request(directory: rootName)
            var held: [String: [UInt8]] = [:]
            for (path, bytes) in question.documents {
                if let id = DiskModules.id(ofFileAt: Path(bytes: path.utf8), in: root) { held[id.name] = bytes }
            }
            request.project = request.project.holding(held)
            request.file = own.name
            if let function = question.function { request.function = function }
            return request
        } catch {
            throw PlanService.Refusal((error as? CommandFailure)?.message ?? "the project cannot be read")
        }
    }
}
