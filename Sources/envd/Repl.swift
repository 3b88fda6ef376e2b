import EnvdSyntax
import Starlark
import Terminal

/// `envd eval` on a terminal: reads, evaluates and prints until Ctrl-D.
struct Repl {
    private let session: ReplSession
    private let reader: LineReader
    private let history: ReplHistory

    /// - Returns: nil if standard input is no terminal.
    init?(dialect: Dialect) {
        let session = ReplSession(dialect: dialect)
        let history = ReplHistory()
        let isDumb = getenv("TERM").map { strcmp($0, "dumb") == 0 || $0.pointee == 0 } ?? true
        let reader = LineReader(
            input: STDIN_FILENO, output: STDOUT_FILENO, isDumb: isDumb, history: history.load(),
            complete: { text in
                ReplCompletion(names: session.names, attributes: session.attributes).completion(before: text)
            })
        guard let reader else { return nil }
        (self.session, self.reader, self.history) = (session, reader, history)
    }

    func run() throws {
        defer { reader.close() }
        try write("Starlark of envd-tools \(Version.current); Ctrl-D ends.\n")
        var input = ReplInput()
        while true {
            switch reader.readLine(prompt: input.text.isEmpty ? ">>> " : "... ") {
            case .end:
                history.save(reader.newLines)
                return
            case .interrupted: input = ReplInput()
            case .line(let line):
                input.add(line)
                guard input.isComplete else { continue }
                if !input.isEmpty { try evaluate(input) }
                ChunkMemory.rest()
                input = ReplInput()
            }
        }
    }

    private func evaluate(_ input: ReplInput) throws {
        let cancellation = CancellationFlag()
        do {
            try reader.watchingInterrupts({ cancellation.cancel() }) {
                try session.evaluate(input, cancellation: cancellation)
            }
        } catch let failure as ReplSession.Failure {
            let isUncalled = failure.error.kind == .invalidProgram && failure.error.stack.count <= 1
            let traceback = isUncalled ? "" : failure.traceback.text + "\n"
            writeToStandardError("\(traceback)\(failure.traceback.place)\(failure.error.message)\n")
            if failure.error.kind == .limit(.memory) {
                writeToStandardError("(A session keeps all values that were ever made: a new one begins empty.)\n")
            }
        }
    }

    private func write(_ text: String) throws(CommandFailure) {
        var output = StandardOutput()
        output.write(text)
        try output.flush()
    }
}
