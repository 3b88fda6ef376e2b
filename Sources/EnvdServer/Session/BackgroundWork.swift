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

    private struct State: Sendable {
        var runs: [Run] = []
        /// When the last of them came.
        var lastAdded = ContinuousClock.now
        /// The documents that have been run before.
        var known: Set<DocumentURI> = []
        var requests: [WorkQueue.BackgroundRequest] = []
        var isClosed = false
    }

    private enum Job: Sendable {
        case run(Run)
        case answer(WorkQueue.BackgroundRequest)
    }

    private let state = Monitor(State())

    func add(_ run: Run) {
        state.update { state in
            state.runs.removeAll { $0.uri == run.uri }
            state.runs.append(run)
            state.lastAdded = .now
        }
    }

    func add(_ request: WorkQueue.BackgroundRequest) {
        state.update { $0.requests.append(request) }
    }

    /// No more comes. Requests that are there are still answered.
    func close() {
        state.update { state in
            state.isClosed = true
            state.runs = []
        }
    }

    /// Works until it is closed. Somebody waits for requests, and for nothing else.
    func work(run: (Run) -> Void, answer: (WorkQueue.BackgroundRequest) -> Void) {
        while true {
            let next = next()
            switch next {
            case .run(let next): run(next)
            case .answer(let request): answer(request)
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
                guard let run = state.runs.first else { return (false, nil) }
                let rest = Duration.milliseconds(BackgroundWork.restBeforeRun)
                guard !state.known.contains(run.uri) || state.lastAdded.duration(to: .now) >= rest else {
                    return (true, nil)
                }
                state.known.insert(run.uri)
                return (false, .some(.run(state.runs.removeFirst())))
            }
            if let job { return job }
            let isWanted = { (state: inout State) -> Bool? in
                !state.requests.isEmpty || state.isClosed || !isWaiting && !state.runs.isEmpty ? true : nil
            }
            if isWaiting {
                _ = state.wait(milliseconds: BackgroundWork.restBeforeRun / 3, for: isWanted)
            } else {
                _ = state.wait(for: isWanted)
            }
        }
    }
}
