import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// Runs the programs of documents on a thread of its own, for findings that only a run shows. Of one document only the newest state
/// waits to be run.
final class PlanRunner: Sendable {
    struct Run: Sendable {
        let uri: DocumentURI
        let file: SourceFile
        let surroundings: FileSurroundings
    }

    private struct State: Sendable {
        var waiting: [Run] = []
        var isClosed = false
    }

    private let state = Monitor(State())

    func add(_ run: Run) {
        state.update { state in
            state.waiting.removeAll { $0.uri == run.uri }
            state.waiting.append(run)
        }
    }

    func close() { state.update { $0.isClosed = true } }

    /// Runs what comes until it is closed.
    func work(_ deliver: (Run, PlanFindings?) -> Void) {
        while true {
            let next = state.wait { state -> Run?? in
                if state.isClosed { return .some(nil) }
                return state.waiting.isEmpty ? nil : .some(state.waiting.removeFirst())
            }
            guard let run = next else { return }
            deliver(run, planFindings(of: run.file, run.surroundings))
        }
    }
}
