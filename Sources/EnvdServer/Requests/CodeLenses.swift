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
