import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum PlanHandler: BackgroundHandler {
    typealias Request = PlanRequestType

    static var title: String { "Planning" }

    static func answer(
        _ params: Request.Params, in context: BackgroundContext
    ) throws(ResponseError) -> Request.Result? {
        let snapshot = context.snapshot
        let document = try snapshot.document(params.textDocument)
        let question = try snapshot.question(document, params.function, params.format)
        let answer: PlanService.Answer
        do throws(PlanService.Refusal) {
            answer = try snapshot.tools.plans.plan(question).get()
        } catch {
            throw ResponseError(.requestFailed, error.message)
        }
        let positions = Positions(document.file, snapshot.client.encoding)
        return Request.Result(
            version: document.version, content: answer.content, summary: answer.summary,
            steps: answer.steps.map { step in
                PlanStepItem(
                    number: step.number, kind: step.kind, title: step.title, calls: step.calls.map(positions.range))
            }, problems: answer.problems)
    }
}

enum PlanDifferenceHandler: BackgroundHandler {
    typealias Request = PlanDifferenceRequest

    static var title: String { "Comparing plans" }

    static func answer(
        _ params: Request.Params, in context: BackgroundContext
    ) throws(ResponseError) -> Request.Result? {
        let snapshot = context.snapshot
        let document = try snapshot.document(params.textDocument)
        let question = try snapshot.question(document, params.function, params.format)
        do throws(PlanService.Refusal) {
            let difference = try snapshot.tools.plans.difference(question, params.against ?? "HEAD").get()
            return Request.Result(
                version: document.version, content: difference.content, summary: difference.summary,
                isEmpty: difference.isEmpty)
        } catch {
            throw ResponseError(.requestFailed, error.message)
        }
    }
}

extension Snapshot {
    func question(
        _ document: Document, _ function: String?, _ format: String?
    ) throws(ResponseError) -> PlanService.Question {
        guard let path = document.uri.path else {
            throw ResponseError(.requestFailed, "only a file has a plan: \(document.uri.rawValue)")
        }
        var held: [String: [UInt8]] = [:]
        for document in documents.all {
            if let path = document.uri.path { held[path] = document.file.bytes }
        }
        return PlanService.Question(path: path, documents: held, function: function, format: format ?? "text")
    }
}
