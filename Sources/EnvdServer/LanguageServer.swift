import EnvdFormat
import EnvdIDE
import LanguageServerProtocol

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A language server for one client at the other end of two streams.
///
/// Four threads: of two, one reads, keeps the documents and notices cancellations, and when it has read something that it can do at
/// once, it does that (`WorkQueue`); the caller's sees to it that the other one reads on if this lasts; one runs programs, for what only a
/// run shows. So a client that reads slowly stops the answers but not the reading, and cannot deadlock with us. `initialize`, with which a
/// session begins, is answered before there are others.
package struct LanguageServer: Sendable {
    /// What a client finds in the `initialize` result.
    package var version: String

    /// How the project wants a document to be laid out, by the document's path; nil is a document without one. Only the
    /// caller knows where settings lie.
    package var style: @Sendable (String?) -> FormattingStyle

    /// What is around a document, by its path.
    package var surroundings: @Sendable (String?) -> FileSurroundings

    /// The path of a file that is part of the tool, by its name, such as `v1/install.envd`, for clients that can open nothing but
    /// files; nil if it cannot be written.
    package var preludeFile: @Sendable (String) -> String?

    /// What the folders of the workspace hold.
    package var files: WorkspaceFiles

    package var plans: PlanService

    /// Called when nothing is to be done and much has been, of which not everything will be needed again: after the first run of a
    /// program, with which the start is over, and more and more seldom from then on.
    package var whenIdle: @Sendable () -> Void

    package init(
        version: String, style: @escaping @Sendable (String?) -> FormattingStyle = { _ in FormattingStyle() },
        surroundings: @escaping @Sendable (String?) -> FileSurroundings = { _ in FileSurroundings() },
        preludeFile: @escaping @Sendable (String) -> String? = { _ in nil }, files: WorkspaceFiles = .none,
        plans: PlanService = .none, whenIdle: @escaping @Sendable () -> Void = {}
    ) {
        self.version = version
        self.style = style
        self.surroundings = surroundings
        self.preludeFile = preludeFile
        self.files = files
        self.plans = plans
        self.whenIdle = whenIdle
    }

    /// How long the answers that are under way may take after the input has ended.
    private static let drainSeconds = 5

    private struct Progress: Sendable {
        var end: Session.End?
        var isWorkerDone = false
    }

    /// Serves until the client leaves. Returns the exit status that the protocol asks for: 0 if `shutdown` came before
    /// the end, else 1.
    ///
    /// - Parameter clientProcessID: The client's process, if it is known before the client names one itself.
    package func run(input: Int32, output: Int32, clientProcessID: Int32? = nil) -> Int32 {
        // A client that is gone shows as an error of `write`.
        signal(SIGPIPE, SIG_IGN)

        let queue = WorkQueue()
        let progress = Monitor(Progress())
        let background = BackgroundWork()
        let worker = Worker(
            queue: queue, output: OutputChannel(descriptor: output), background: background, surroundings: surroundings,
            whenIdle: whenIdle)
        let session = Session(
            version: version, queue: queue, clientProcess: ClientProcess(id: clientProcessID),
            tools: Snapshot.Tools(style: { style($0.path) }, preludeFile: preludeFile, plans: plans),
            background: background)
        let reader = Reader(InputChannel(descriptor: input), session, queue)
        let takeTurns: @Sendable (_ startOthers: () -> Bool) -> Void = { startOthers in
            var canGoOn = true
            while canGoOn {
                var job: WorkQueue.Job?
                switch queue.turn() {
                case .read:
                    switch reader.read() {
                    case .job(let next): job = next
                    case .end(let end):
                        progress.update { $0.end = end }
                        queue.stopRelieving()
                    }
                case .work(let next): job = next
                case .leave: canGoOn = false
                }
                if let job { canGoOn = worker.work(beginningWith: job, goesOn: startOthers) }
            }
            // Nothing is left to do, or the client takes nothing any more.
            progress.update { $0.isWorkerDone = true }
            queue.stopRelieving()
        }
        do throws(ThreadError) {
            try startThread(stackSize: deepStackSize) { [self] in
                var isAlone = true
                takeTurns {
                    guard isAlone else { return true }
                    isAlone = false
                    do throws(ThreadError) {
                        try startThread(stackSize: deepStackSize) { takeTurns { true } }
                        try startThread(stackSize: deepStackSize) {
                            // While the client makes up its mind what to open.
                            prepareAnalysis()
                            background.work(
                                run: { queue.deliver($0, documentRun(of: $0.file, $0.surroundings)) },
                                answer: { answer($0, on: queue) }, newest: { queue.newest })
                        }
                    } catch {
                        queue.abandon()
                        return false
                    }
                    return true
                }
            }
        } catch {
            queue.abandon()
            return Session.End.premature.exitStatus
        }

        while queue.relieveReader() {}
        // The work ends first only if the client takes no more answers.
        let end = progress.wait { state -> Session.End? in state.end ?? (state.isWorkerDone ? .premature : nil) }
        queue.close()
        background.close()
        _ = progress.wait(milliseconds: Self.drainSeconds * 1_000) { $0.isWorkerDone ? true : nil }
        return end.exitStatus
    }

    /// Answers what takes long.
    ///
    /// - Returns: whether there is an answer.
    private func answer(_ request: WorkQueue.BackgroundRequest, on queue: WorkQueue) -> Bool {
        let context = BackgroundContext(
            snapshot: request.snapshot, cancellation: request.cancellation, surroundings: surroundings, files: files,
            progress: ProgressParams(request.params), reportsProgress: !request.isAskedAgain,
            send: { queue.deliver(part: $0) })
        guard
            let answer = EnvdServer.answer(
                to: request.id, unless: request.cancellation,
                { () throws(ResponseError) in try request.handler(request.params, context) })
        else { return false }
        queue.deliver(answer, to: request)
        return true
    }
}
