import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// Does what takes long on a thread of its own, so that nothing else waits for it: runs the programs of documents, for findings that
/// only a run shows, and answers requests that make plans. Of one document only the newest state waits to be run.
final class BackgroundWork: Sendable {
    struct Run: Sendable {
        let uri: DocumentURI
        let file: SourceFile
        let surroundings: FileSurroundings
    }

    /// While somebody types, no state of a program is worth running: each would take time from what is waited for.
    private static let restBeforeRun = 150

    fileprivate struct State: Sendable {
        var runs: [Run] = []
        /// When the last of them came.
        var lastAdded = ContinuousClock.now
        /// The documents that have been run before.
        var known: Set<DocumentURI> = []
        var requests: [WorkQueue.BackgroundRequest] = []
        /// Requests that have nothing new to say until something changes.
        var waiting: [WorkQueue.BackgroundRequest] = []
        /// When something last changed that they have not seen; nil if they have seen all.
        var lastChange: ContinuousClock.Instant?
        /// Counts changes.
        var changeCount = 0
        /// Whether nothing will change any more.
        var isSettled = false
        var isClosed = false
    }

    fileprivate enum Job: Sendable {
        case run(Run)
        case answer(WorkQueue.BackgroundRequest)
    }

    private let state = Monitor(State())

    func add(_ run: Run) {
        state.updateWaking { state in
            // Otherwise somebody rests already, and looks again by himself.
            let isFirst = state.runs.isEmpty || !state.known.contains(run.uri)
            state.runs.removeAll { $0.uri == run.uri }
            state.runs.append(run)
            state.lastAdded = .now
            return isFirst
        }
    }

    func add(_ request: WorkQueue.BackgroundRequest) {
        state.update { state in
            var request = request
            request.seenChangeCount = state.changeCount
            state.requests.append(request)
        }
    }

    /// Documents, files or settings are others than before.
    func noteChange() {
        state.updateWaking { state in
            state.lastChange = .now
            state.changeCount += 1
            return !state.waiting.isEmpty
        }
    }

    /// A request has been cancelled, which may be one that waits.
    func noteCancellation() {
        state.updateWaking { state in
            let isCancelled = { (request: WorkQueue.BackgroundRequest) in request.cancellation.isCancelled }
            let cancelled = state.waiting.filter(isCancelled)
            state.requests += cancelled
            state.waiting.removeAll(where: isCancelled)
            return !cancelled.isEmpty
        }
    }

    /// Nothing will change any more, so that nothing need wait for it.
    func releaseWaiting() {
        state.update { state in
            state.isSettled = true
            state.releaseWaiting()
        }
    }

    /// No more comes. Requests that are there are still answered.
    func close() {
        state.update { state in
            state.isClosed = true
            state.runs = []
            state.isSettled = true
            state.releaseWaiting()
        }
    }

    /// Works until it is closed. Somebody waits for requests, and for nothing else.
    ///
    /// - Parameters:
    ///   - answer: whether there was an answer.
    ///   - newest: the documents as they now are.
    func work(
        run: (Run) -> Void, answer: (WorkQueue.BackgroundRequest) -> Bool, newest: () -> Snapshot?
    ) {
        while true {
            ChunkMemory.rest()
            switch next() {
            case .run(let next): run(next)
            case .answer(var request):
                if request.isAskedAgain {
                    // First this: what changes from here on may not be seen.
                    request.seenChangeCount = state.read(\.changeCount)
                    if let newest = newest() { request.snapshot = newest }
                }
                if answer(request) { continue }
                request.isAskedAgain = true
                let waiting = request
                state.update { state in
                    let isAlone = state.waiting.isEmpty
                    state.waiting.append(waiting)
                    if state.isSettled { return state.releaseWaiting() }
                    if state.changeCount == waiting.seenChangeCount, !waiting.cancellation.isCancelled {
                        // Of changes before it was asked there is nothing left to see.
                        if isAlone { state.lastChange = nil }
                        return
                    }
                    // Something has changed that it may not have seen, perhaps before its turn came.
                    state.lastChange = state.lastChange ?? .now
                }
                noteCancellation()
            case nil: return
            }
        }
    }

    /// What is to be done next, waiting for it; nil after the last.
    private func next() -> Job? {
        while true {
            // The outer optional says whether to wait on. A document that was opened just now is run at once.
            let (isWaiting, job) = state.update { state -> (Bool, Job??) in
                if !state.requests.isEmpty { return (false, .some(.answer(state.requests.removeFirst()))) }
                if state.isClosed { return (false, .some(nil)) }
                let rest = Duration.milliseconds(BackgroundWork.restBeforeRun)
                let isResting = state.lastChange.map { $0.duration(to: .now) < rest } ?? false
                guard let run = state.runs.first else {
                    guard !state.waiting.isEmpty, state.lastChange != nil else { return (false, nil) }
                    if isResting { return (true, nil) }
                    state.lastChange = nil
                    state.requests += state.waiting
                    state.waiting = []
                    return (false, .some(.answer(state.requests.removeFirst())))
                }
                guard !state.known.contains(run.uri) || state.lastAdded.duration(to: .now) >= rest else {
                    return (true, nil)
                }
                state.known.insert(run.uri)
                return (false, .some(.run(state.runs.removeFirst())))
            }
            if let job { return job }
            let isWanted = { (state: inout State) -> Bool? in
                if !state.requests.isEmpty || state.isClosed { return true }
                let hasWork = !state.runs.isEmpty || !state.waiting.isEmpty && state.lastChange != nil
                return !isWaiting && hasWork ? true : nil
            }
            if isWaiting {
                _ = state.wait(milliseconds: BackgroundWork.restBeforeRun / 3, for: isWanted)
            } else {
                _ = state.wait(for: isWanted)
            }
        }
    }
}

extension BackgroundWork.State {
    /// Requests that wait end without an answer.
    fileprivate mutating func releaseWaiting() {
        for request in waiting { request.cancellation.cancel() }
        requests += waiting
        waiting = []
    }
}
