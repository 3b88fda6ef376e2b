import EnvdIDE
import LanguageServerProtocol

/// What has been read and is still to be done, and who reads and who works: never more than one thread each.
///
/// Jobs are done in the order in which they came, so answers have the order of their requests. Diagnostics wait until
/// nothing else does, and of one document only the newest state is looked at.
///
/// Who has read a job does it, if nobody is at work, and reads on when there is nothing more to do: no other thread need be woken for it, which
/// takes longer than most answers. Only if the work lasts is another thread woken, which reads meanwhile.
final class WorkQueue: Sendable {
    /// What a thread is to do.
    enum Turn: Sendable {
        case read
        case work(Job)
        /// Nothing more comes.
        case leave
    }

    struct Request: Sendable {
        var id: RequestID
        var method: String
        var cancellation: Cancellation
        /// The documents as they were when the request came.
        var snapshot: Snapshot
        var params: JSONView?
        var handler: AnyRequestHandler
    }

    /// A request that takes long: it is answered beside the others, and gets no more than the snapshot.
    struct BackgroundRequest: Sendable {
        var id: RequestID
        var cancellation: Cancellation
        var snapshot: Snapshot
        var params: JSONView?
        var handler: AnyBackgroundHandler
        /// Whether it has been worked on before, and there was nothing new to say.
        var isAskedAgain = false
        /// How many changes the snapshot has seen, as `BackgroundWork` counts them.
        var seenChangeCount = 0
    }

    enum Job: Sendable {
        case answer(Request)
        case send(any JSONWritable)
        case diagnose(Document, in: Snapshot)
        /// Nothing need be known of a document any more.
        case forget(DocumentURI)
        /// A program has been run; without findings if it is not certain what it does.
        case planned(BackgroundWork.Run, DocumentRun?)
        /// Files of the disk are others than before.
        case filesChanged([String], in: Snapshot)
        /// Nothing else is to be done: time to look at what changes in one document mean for the others.
        case settle(Snapshot)
    }

    private struct State: Sendable {
        var jobs = Queue<Job>()
        var requests: [RequestID: Cancellation] = [:]
        /// How many requests are being answered elsewhere.
        var backgroundCount = 0
        /// Documents whose diagnostics are outdated, the one that waits longest first.
        var outdated: [DocumentURI] = []
        /// The newest state of all documents, if something has changed since they were last brought together.
        var unsettled: Snapshot?
        /// The newest state.
        var newest: Snapshot?
        var isClosed = false
        /// Whether some thread reads, or nothing is left to read.
        var isReading = false
        var isWorking = false
        /// Whether nobody waits for the alarm any more.
        var isOver = false

        /// Whether what nobody waits for may be begun: who does not read cannot know whether somebody asks just now.
        var allowsQuietWork: Bool { isReading || isClosed }

        /// Whether nothing is to be done any more.
        var isDone: Bool { isClosed && jobs.isEmpty && backgroundCount == 0 }

        /// The next job, unless somebody is at work.
        ///
        /// - Parameter quiet: whether those count that nobody waits for.
        mutating func takeJob(quiet: Bool) -> Job? {
            guard !isWorking, let job = nextJob(quiet: quiet) else { return nil }
            isWorking = true
            return job
        }

        mutating func nextJob(quiet: Bool) -> Job? {
            if let job = jobs.popFirst() { return job }
            guard quiet else { return nil }
            while let snapshot = newest, !outdated.isEmpty {
                let uri = outdated.removeFirst()
                if let document = snapshot.documents[uri] { return .diagnose(document, in: snapshot) }
            }
            guard let snapshot = unsettled else { return nil }
            unsettled = nil
            return .settle(snapshot)
        }
    }

    /// How long nobody may read while somebody works: most answers take less, and what comes meanwhile waits no longer than that.
    private static let unreadMicroseconds = 1_000

    private let state = Monitor(State())
    private let alarm = Alarm()

    // MARK: - The thread that reads

    /// Changes what is to be done. The one who reads looks at it next; who works may wait for it; nobody else need know.
    private func note(_ change: (inout State) -> Void) {
        state.updateWaking { state in
            change(&state)
            return state.isWorking
        }
    }

    func send(_ message: any JSONWritable) {
        note { $0.jobs.append(.send(message)) }
    }

    func add(_ request: Request) {
        note {
            $0.requests[request.id] = request.cancellation
            $0.jobs.append(.answer(request))
        }
    }

    /// From reading to working, if there is something to do and nobody does it. If it is not done soon, another thread reads.
    ///
    /// - Parameter quiet: whether jobs count that nobody waits for.
    func stopReading(forQuietWork quiet: Bool) -> Job? {
        var job: Job?
        state.updateWaking { state in
            job = state.takeJob(quiet: quiet)
            guard job != nil else { return false }
            state.isReading = false
            return !alarm.set(toGoOffIn: WorkQueue.unreadMicroseconds)
        }
        return job
    }

    /// Whether there is something to do that nobody waits for, and nothing else.
    var hasQuietWork: Bool {
        state.read { !$0.isWorking && $0.jobs.isEmpty && (!$0.outdated.isEmpty || $0.unsettled != nil) }
    }

    /// Notes a request that is answered elsewhere, so that it can be cancelled.
    func expect(_ request: BackgroundRequest) {
        note { state in
            state.requests[request.id] = request.cancellation
            state.backgroundCount += 1
        }
    }

    /// An id that is not waited for is no mistake: the answer may be on its way.
    func cancel(_ id: RequestID) {
        state.read { $0.requests[id]?.cancel() }
    }

    /// - Parameter snapshot: the documents as they now are.
    func diagnose(_ uri: DocumentURI, in snapshot: Snapshot) {
        note { state in
            state.newest = snapshot
            state.unsettled = snapshot
            if !state.outdated.contains(uri) { state.outdated.append(uri) }
        }
    }

    /// - Parameter snapshot: the documents that remain.
    func forget(_ uri: DocumentURI, in snapshot: Snapshot) {
        note { state in
            state.newest = snapshot
            state.unsettled = snapshot
            state.outdated.removeAll { $0 == uri }
            state.jobs.append(.forget(uri))
        }
    }

    /// Nothing need be looked at anew, but what is asked for later is about this state.
    func setNewest(_ snapshot: Snapshot) {
        note { $0.newest = snapshot }
    }

    func filesChanged(_ paths: [String], in snapshot: Snapshot) {
        note { state in
            state.newest = snapshot
            state.jobs.append(.filesChanged(paths, in: snapshot))
        }
    }

    // MARK: - The thread that runs programs

    func deliver(_ answer: any JSONWritable, to request: BackgroundRequest) {
        state.update { state in
            if state.requests[request.id] === request.cancellation { state.requests[request.id] = nil }
            state.backgroundCount -= 1
            state.jobs.append(.send(answer))
        }
    }

    /// Sends something that belongs to an answer which is not there yet.
    func deliver(part: any JSONWritable) {
        state.update { $0.jobs.append(.send(part)) }
    }

    func deliver(_ run: BackgroundWork.Run, _ result: DocumentRun?) {
        state.update { $0.jobs.append(.planned(run, result)) }
    }

    /// No more jobs come; those that are there are still done.
    func close() {
        state.update { state in
            state.isClosed = true
            state.outdated = []
            state.unsettled = nil
        }
    }

    /// No more jobs come, and nobody waits for those that are there.
    func abandon() {
        state.update { state in
            state.isClosed = true
            state.jobs = Queue()
            state.backgroundCount = 0
            state.outdated = []
            state.unsettled = nil
            for cancellation in state.requests.values { cancellation.cancel() }
        }
    }

    // MARK: - Who reads and who works

    /// Waits until somebody has worked for so long that another thread should read meanwhile, and wakes that one.
    ///
    /// - Returns: false if that will not come any more.
    func relieveReader() -> Bool {
        guard alarm.wait() else { return false }
        return state.update { !$0.isOver }
    }

    /// Nobody need wait for `relieveReader` any longer.
    func stopRelieving() {
        state.updateWaking { state in
            state.isOver = true
            alarm.set(toGoOffIn: 1)
            return false
        }
    }

    /// What a thread that has nothing to do is to do next, waiting for it.
    func turn() -> Turn {
        state.wait { state in
            if let job = state.takeJob(quiet: state.allowsQuietWork) { return .work(job) }
            if !state.isReading, !state.isClosed {
                state.isReading = true
                if !state.isOver { alarm.stop() }
                return .read
            }
            return state.isDone && !state.isWorking ? .leave : nil
        }
    }

    /// The next job for the one who works; nil if there is none, or none that anybody waits for and nobody reads. Nobody works then.
    func next() -> Job? {
        var job: Job?
        state.updateWaking { state in
            job = state.nextJob(quiet: state.allowsQuietWork)
            state.isWorking = job != nil
            return state.isClosed && job == nil
        }
        return job
    }

    /// The request has been answered.
    func finish(_ request: Request) {
        state.updateWaking { state in
            if state.requests[request.id] === request.cancellation { state.requests[request.id] = nil }
            return false
        }
    }

    /// The documents as they now are.
    var newest: Snapshot? { state.read { $0.newest } }

    /// Leaves diagnostics for later if somebody waits for an answer.
    ///
    /// - Returns: whether that is so.
    func postpone(_ document: DocumentURI) -> Bool {
        var isPostponed = false
        state.updateWaking { state in
            isPostponed = !state.jobs.isEmpty
            if isPostponed, !state.outdated.contains(document) { state.outdated.insert(document, at: 0) }
            return false
        }
        return isPostponed
    }

    /// Whether something else is to be done.
    var hasWork: Bool { state.read { !$0.jobs.isEmpty || !$0.outdated.isEmpty || $0.isClosed } }

    /// Waits a moment for something that somebody waits for, while another thread reads: otherwise this one has just waited for that itself.
    ///
    /// - Returns: whether there is such a job.
    func hasJob(within milliseconds: Int) -> Bool {
        state.wait(milliseconds: milliseconds) { state in
            if !state.jobs.isEmpty { return true }
            return state.isClosed || !state.isReading ? false : nil
        } ?? false
    }

    /// Whether a newer state of the document waits to be looked at.
    func isOutdated(_ uri: DocumentURI) -> Bool {
        state.read { $0.outdated.contains(uri) }
    }
}

/// First in, first out, at constant cost each.
private struct Queue<Element: Sendable>: Sendable {
    private var incoming: [Element] = []
    private var outgoing: [Element] = []

    var isEmpty: Bool { incoming.isEmpty && outgoing.isEmpty }
    var first: Element? { outgoing.last ?? incoming.first }

    mutating func append(_ element: Element) { incoming.append(element) }

    mutating func popFirst() -> Element? {
        if outgoing.isEmpty {
            outgoing = incoming.reversed()
            incoming.removeAll()
        }
        return outgoing.popLast()
    }
}
