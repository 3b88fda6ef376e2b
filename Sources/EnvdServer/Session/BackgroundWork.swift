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

    private struct State: Sendable {
        var runs: [Run] = []
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
            let next = state.wait { state -> Job?? in
                if !state.requests.isEmpty { return .some(.answer(state.requests.removeFirst())) }
                if state.isClosed { return .some(nil) }
                return state.runs.isEmpty ? nil : .some(.run(state.runs.removeFirst()))
            }
            switch next {
            case .run(let next): run(next)
            case .answer(let request): answer(request)
            case nil: return
            }
        }
    }
}
