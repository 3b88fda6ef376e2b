import LanguageServerProtocol

/// What the reading thread leaves to the working thread, which alone writes to the client.
///
/// Jobs are done in the order in which they came, so answers have the order of their requests. Diagnostics wait until
/// nothing else does, and of one document only the newest state is looked at.
final class WorkQueue: Sendable {
    struct Request: Sendable {
        var id: RequestID
        var cancellation: Cancellation
        /// Computes the answer from the snapshot that was taken when the request came.
        var answer: @Sendable (Cancellation) throws(ResponseError) -> any Encodable & Sendable
    }

    enum Job: Sendable {
        case answer(Request)
        case send(any Encodable & Sendable)
        case diagnose(Document, for: ClientFeatures)
        /// Nothing need be known of a document any more.
        case forget(DocumentURI)
    }

    private struct State: Sendable {
        var jobs = Queue<Job>()
        var requests: [RequestID: Cancellation] = [:]
        /// Documents whose diagnostics are outdated, the one that waits longest first.
        var outdated: [(document: Document, client: ClientFeatures)] = []
        var isClosed = false
    }

    private let state = Monitor(State())

    // MARK: - The reading thread

    func send(_ message: any Encodable & Sendable) {
        state.update { $0.jobs.append(.send(message)) }
    }

    func add(_ request: Request) {
        state.update {
            $0.requests[request.id] = request.cancellation
            $0.jobs.append(.answer(request))
        }
    }

    /// An id that is not waited for is no mistake: the answer may be on its way.
    func cancel(_ id: RequestID) {
        state.update { $0.requests[id]?.cancel() }
    }

    func diagnose(_ document: Document, for client: ClientFeatures) {
        state.update { state in
            if let index = state.outdated.firstIndex(where: { $0.document.uri == document.uri }) {
                state.outdated[index].document = document
            } else {
                state.outdated.append((document, client))
            }
        }
    }

    func forgetDiagnostics(of uri: DocumentURI) {
        state.update { state in
            state.outdated.removeAll { $0.document.uri == uri }
            state.jobs.append(.forget(uri))
        }
    }

    /// No more jobs come; those that are there are still done.
    func close() {
        state.update { state in
            state.isClosed = true
            state.outdated = []
        }
    }

    /// No more jobs come, and nobody waits for those that are there.
    func abandon() {
        state.update { state in
            state.isClosed = true
            state.jobs = Queue()
            state.outdated = []
            for cancellation in state.requests.values { cancellation.cancel() }
        }
    }

    // MARK: - The working thread

    /// The next job, waiting for it; nil after the last.
    func next() -> Job? {
        // The outer optional says whether to wait on, the inner one is the answer.
        state.wait { state -> Job?? in
            if let job = state.jobs.popFirst() { return .some(job) }
            if !state.outdated.isEmpty {
                let (document, client) = state.outdated.removeFirst()
                return .some(.diagnose(document, for: client))
            }
            return state.isClosed ? .some(nil) : nil
        }
    }

    /// The request has been answered.
    func finish(_ request: Request) {
        state.update { state in
            if state.requests[request.id] === request.cancellation { state.requests[request.id] = nil }
        }
    }

    /// Whether a newer state of the document waits to be looked at.
    func isOutdated(_ uri: DocumentURI) -> Bool {
        state.read { state in state.outdated.contains { $0.document.uri == uri } }
    }
}

/// First in, first out, at constant cost each.
private struct Queue<Element: Sendable>: Sendable {
    private var incoming: [Element] = []
    private var outgoing: [Element] = []

    mutating func append(_ element: Element) { incoming.append(element) }

    mutating func popFirst() -> Element? {
        if outgoing.isEmpty {
            outgoing = incoming.reversed()
            incoming.removeAll()
        }
        return outgoing.popLast()
    }
}
