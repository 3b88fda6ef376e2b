import EnvdIDE
import LanguageServerProtocol

/// The thread that computes answers and diagnostics and writes them to the client.
struct Worker: Sendable {
    let queue: WorkQueue
    let output: OutputChannel

    /// Works until the queue has ended or the client takes no more.
    func run() {
        var diagnostics = DocumentDiagnostics()
        while let job = queue.next() {
            let isWritten =
                switch job {
                case .answer(let request): answer(request)
                case .send(let message): write(message)
                case .forget(let uri): forget(uri, &diagnostics)
                case .diagnose(let document, let client): diagnose(document, for: client, &diagnostics)
                }
            if !isWritten { return }
        }
    }

    private func answer(_ request: WorkQueue.Request) -> Bool {
        defer { queue.finish(request) }
        let cancelled = ResponseError(.requestCancelled, "the request was cancelled")
        do throws(ResponseError) {
            if request.cancellation.isCancelled { throw cancelled }
            let result = try request.answer(request.cancellation)
            if request.cancellation.isCancelled { throw cancelled }
            return respond(id: request.id, result: result)
        } catch {
            return write(ErrorResponseMessage(id: request.id, error: error))
        }
    }

    private func respond(id: RequestID, result: some Encodable & Sendable) -> Bool {
        write(ResponseMessage(id: id, result: result))
    }

    private func forget(_ uri: DocumentURI, _ diagnostics: inout DocumentDiagnostics) -> Bool {
        diagnostics.forget(uri)
        return true
    }

    private func diagnose(
        _ document: Document, for client: ClientFeatures, _ diagnostics: inout DocumentDiagnostics
    ) -> Bool {
        let params = publishedDiagnostics(diagnostics.problems(of: document), of: document, for: client)
        // What has been overtaken by an edit is of no use to anybody.
        if queue.isOutdated(document.uri) { return true }
        return write(NotificationMessage(method: PublishDiagnostics.method, params: params))
    }

    private func write(_ message: some Encodable) -> Bool {
        do throws(EncodingError) {
            return output.write(frame(try encodeJSON(message)))
        } catch {
            // No type of the protocol fails to encode; should one learn to, the others go on.
            return true
        }
    }
}
