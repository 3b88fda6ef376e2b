import LanguageServerProtocol

/// How a request is answered that takes long: on a thread of its own, from the documents alone.
protocol BackgroundHandler: SendableMetatype {
    associatedtype Request: RequestType

    static func answer(
        _ params: Request.Params, in snapshot: Snapshot, _ cancellation: Cancellation
    ) throws(ResponseError) -> Request.Result
}

/// A handler whose types have been put away.
typealias AnyBackgroundHandler =
    @Sendable (JSONValue?, Snapshot, Cancellation) throws(ResponseError) -> any Encodable & Sendable

/// The requests that are answered in the background, by their methods.
let backgroundHandlers: [String: AnyBackgroundHandler] = Dictionary(
    uniqueKeysWithValues: [
        entry(PlanHandler.self),
        entry(PlanDifferenceHandler.self),
    ])

private func entry<Handler: BackgroundHandler>(_ type: Handler.Type) -> (String, AnyBackgroundHandler) {
    (
        Handler.Request.method,
        { params, snapshot, cancellation throws(ResponseError) in
            try Handler.answer(decodeParams(Handler.Request.Params.self, from: params), in: snapshot, cancellation)
        }
    )
}

extension WorkQueue.BackgroundRequest {
    /// The message that answers it.
    func answer() -> any Encodable & Sendable {
        EnvdServer.answer(to: id, unless: cancellation) { () throws(ResponseError) in
            try handler(params, snapshot, cancellation)
        }
    }
}
