import EnvdIDE
import LanguageServerProtocol

/// Lenses name commands that the client runs, since a terminal and windows are the client's: only those that it says it has.
enum CodeLensHandler: RequestHandler {
    typealias Request = CodeLensRequest

    /// What clients call the commands. Each gets the document's URI and the function.
    static let commands = ["envd.showPlan", "envd.showPlanDiff", "envd.up", "envd.build"]

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let known = Set(context.client.capabilities.experimental?.commands ?? [])
        let positions = Positions(document.file, context.encoding)
        return context.analysis(of: document).codeLenses.compactMap { lens in
            let (name, title) = command(lens.action)
            guard known.contains(name) else { return nil }
            if lens.action == .difference {
                return CodeLensItem(
                    range: positions.range(of: lens.range),
                    data: CodeLensData(uri: document.uri, function: lens.function))
            }
            return CodeLensItem(
                range: positions.range(of: lens.range),
                command: Command(
                    title: title, command: name,
                    arguments: [document.uri.rawValue, lens.function]))
        }
    }

    private static func command(_ action: CodeLens.Action) -> (name: String, title: String) {
        switch action {
        case .plan(let count?): (commands[0], count == 1 ? "1 step" : "\(count) steps")
        case .plan(nil): (commands[0], "plan")
        case .difference: (commands[1], "changes since HEAD")
        case .up: (commands[2], "envd up")
        case .build: (commands[3], "envd build")
        }
    }
}

/// What would be rebuilt: it takes two plans to know, so that only those lenses are completed that are seen.
enum CodeLensResolveHandler: BackgroundHandler {
    typealias Request = CodeLensResolveRequest

    static var title: String { PlanDifferenceHandler.title }

    static func answer(
        _ params: Request.Params, in context: BackgroundContext
    ) throws(ResponseError) -> Request.Result? {
        let asked = try decodeParams(ResolvableCodeLens.self, from: params)
        guard case .object(var lens) = params.value else { return params.value }
        guard let data = asked.data else {
            // What is complete needs no more, and is not looked at here.
            guard lens["command"] == nil else { throw ResponseError(.invalidParams, "the lens is complete") }
            return params.value
        }
        let document = try context.snapshot.document(TextDocumentIdentifier(uri: data.uri))
        let question = try context.snapshot.question(document, data.function, nil)
        let base = "HEAD"
        let title: String
        switch context.snapshot.tools.plans.difference(question, base) {
        case .success(let difference):
            title =
                difference.rebuiltCount == 0
                ? "nothing to rebuild since \(base)"
                : "\(difference.rebuiltCount) of \(difference.stepCount) to rebuild since \(base)"
        // Outside of a repository, and while the program cannot run.
        case .failure: title = "changes since \(base)"
        }
        lens.set(
            "command",
            to: [
                "title": .string(title), "command": .string(CodeLensHandler.commands[1]),
                "arguments": [.string(data.uri.rawValue), .string(data.function)],
            ])
        return .object(lens)
    }
}
