import EnvdLanguage
import FactFetching
import Synchronization
import Terminal

/// Tells on standard error what `envd lock` is doing: a line for every fact that has come, and on a terminal, beneath
/// them, what is still waited for.
///
/// A class because several facts come at the same time.
final class LockProgress: Sendable {
    private struct State {
        var waitingFor: [FactRequest] = []
        var isStatusShown = false
    }

    private let state = Mutex(State())
    private let isLive = isatty(STDERR_FILENO) == 1 && environmentVariable("TERM") != "dumb"

    private static let maximumWidth = 78

    func report(_ event: FactFetcher.Event) {
        state.withLock { state in
            switch event {
            case .started(let request):
                state.waitingFor.append(request)
            case .finished(let request, let result):
                state.waitingFor.removeAll { $0 == request }
                clear(&state)
                if case .success(let fact) = result {
                    writeToStandardError("\(request.kind) \(printable(request.name)): \(printable(fact.summary))\n")
                }
            }
            show(&state)
        }
    }

    private func clear(_ state: inout State) {
        if state.isStatusShown { writeToStandardError("\r\u{1B}[K") }
        state.isStatusShown = false
    }

    private func show(_ state: inout State) {
        clear(&state)
        guard isLive, !state.waitingFor.isEmpty else { return }
        let names = state.waitingFor.map { printable($0.name) }.joined(separator: ", ")
        let text = "asking for \(names)"
        let isLong = text.unicodeScalars.count > LockProgress.maximumWidth
        writeToStandardError(isLong ? String(text.prefix(LockProgress.maximumWidth - 1)) + "…" : text)
        state.isStatusShown = true
    }
}

/// Text from elsewhere on one line and without what would disturb a terminal.
func printable(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
        let isBreak = scalar == "\n" || scalar == "\r" || scalar == "\t"
        line.unicodeScalars.append(isBreak ? " " : scalar.disturbsTerminal ? "\u{FFFD}" : scalar)
    }
    return line
}

extension FactRequest {
    var kind: String {
        switch self {
        case .image: "image"
        case .release: "release"
        case .extension: "extension"
        case .repository: "repository"
        }
    }
}

extension FetchedFact {
    /// The fact in a few words.
    var summary: String {
        switch self {
        case .image(let image): image.digest ?? "known"
        case .release(let tag): tag
        case .extension(let isThere): isThere ? "it exists" : "it does not exist"
        case .commit(let commit): commit
        }
    }
}
