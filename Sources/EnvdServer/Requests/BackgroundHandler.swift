import EnvdIDE
import LanguageServerProtocol

/// How a request is answered that takes long: on a thread of its own, from the documents alone.
protocol BackgroundHandler: SendableMetatype {
    associatedtype Request: RequestType

    /// What a client shows while it waits.
    static var title: String { get }

    /// - Returns: nil if there is nothing new to say: the request is asked again when something has changed.
    static func answer(
        _ params: Request.Params, in context: BackgroundContext
    ) throws(ResponseError) -> Request.Result?
}

/// All that an answer in the background may depend on.
struct BackgroundContext {
    let snapshot: Snapshot
    let cancellation: Cancellation
    let surroundings: @Sendable (String?) -> FileSurroundings
    let files: WorkspaceFiles
    let progress: ProgressParams
    /// Whether the client has not been told of progress before.
    let reportsProgress: Bool
    /// Sends something to the client, before the answer.
    let send: (any JSONWritable) -> Void

    /// Says how far the work has come.
    func report(_ message: String, _ count: Int, of total: Int) {
        guard reportsProgress else { return }
        tell(.report(message, percentage: total > 0 ? min(100, count * 100 / total) : 100))
    }

    fileprivate func tell(_ value: WorkDoneProgress) {
        guard let token = progress.workDoneToken else { return }
        send(NotificationMessage(method: Progress.method, params: Progress.Params(token: token, value: value)))
    }

    /// Sends a part of the result, if the client takes parts.
    ///
    /// - Returns: whether it does.
    func sendPart(_ part: some JSONWritable) -> Bool {
        guard let token = progress.partialResultToken else { return false }
        send(NotificationMessage(method: Progress.method, params: Progress.Params(token: token, value: part)))
        return true
    }
}

/// A handler whose types have been put away.
typealias AnyBackgroundHandler =
    @Sendable (JSONView?, BackgroundContext) throws(ResponseError) -> (any JSONWritable)?

/// The requests that are answered in the background, by their methods.
let backgroundHandlers: [String: AnyBackgroundHandler] = Dictionary(
    uniqueKeysWithValues: [
        entry(CodeLensResolveHandler.self),
        entry(PlanHandler.self),
        entry(PlanDifferenceHandler.self),
        entry(WorkspaceDiagnosticHandler.self),
    ])

private func entry<Handler: BackgroundHandler>(_ type: Handler.Type) -> (String, AnyBackgroundHandler) {
    (
        Handler.Request.method,
        { params, context throws(ResponseError) in
            let decoded = try decodeParams(Handler.Request.Params.self, from: params)
            if context.reportsProgress { context.tell(.begin(Handler.title)) }
            defer { if context.reportsProgress { context.tell(.end) } }
            return try Handler.answer(decoded, in: context)
        }
    )
}
