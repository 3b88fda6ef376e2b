import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// Computes answers and diagnostics and writes them to the client.
///
/// It belongs to the thread that works, whichever that is: `@unchecked`, because the compiler cannot see that `WorkQueue` lets no two
/// threads work at once.
final class Worker: @unchecked Sendable {
    private let queue: WorkQueue
    private let output: OutputChannel
    private let background: BackgroundWork
    private let whenIdle: @Sendable () -> Void
    private let workspace: Workspace
    private var hasRun = false
    private var jobCount = 0
    private var nextRelease = Worker.firstRelease

    /// After so many jobs, when nothing is to be done, and then after twice as many, what is no longer needed is given back…
    private static let firstRelease = 64
    /// … but never more seldom than after so many.
    private static let longestRest = 4_096

    /// How long a question may come behind an edit and still be answered before the document is looked at as a whole. A client that is
    /// busy with the edit itself takes some tenths of a millisecond.
    static let patienceMilliseconds = 2

    init(
        queue: WorkQueue, output: OutputChannel, background: BackgroundWork,
        surroundings: @escaping @Sendable (String?) -> FileSurroundings, whenIdle: @escaping @Sendable () -> Void
    ) {
        self.queue = queue
        self.output = output
        self.background = background
        self.whenIdle = whenIdle
        workspace = Workspace(surroundings)
    }

    /// Does a job, and then all others that there are.
    ///
    /// - Parameter goesOn: asked after each job.
    /// - Returns: false if the client takes no more, or it is not to go on.
    func work(beginningWith first: WorkQueue.Job, goesOn: () -> Bool) -> Bool {
        var next: WorkQueue.Job? = first
        while let job = next {
            let goesOn = perform(job) && goesOn()
            ChunkMemory.rest()
            guard goesOn else { return false }
            next = queue.next()
        }
        return true
    }

    private func perform(_ job: WorkQueue.Job) -> Bool {
        let isWritten =
            switch job {
            case .answer(let request): answer(request)
            case .send(let message): write(message)
            case .forget(let uri): forget(uri)
            case .diagnose(let document, let snapshot): diagnose(document, in: snapshot)
            case .planned(let run, let result): take(result, of: run)
            case .filesChanged(let paths, let snapshot): take(paths, in: snapshot)
            case .settle(let snapshot): settle(snapshot)
            }
        if !isWritten { return false }
        jobCount += 1
        switch job {
        case .planned where !hasRun:
            // The first run of a program is the last of what only a start takes.
            hasRun = true
            whenIdle()
        case .settle where jobCount >= nextRelease:
            // What each kind of question took the first time is not what it takes from then on.
            nextRelease = jobCount + min(jobCount, Worker.longestRest)
            whenIdle()
        default: break
        }
        return true
    }

    private func answer(_ request: WorkQueue.Request) -> Bool {
        guard request.snapshot.trace != .off else { return respond(to: request) }
        let start = ContinuousClock.now
        return respond(to: request) && trace(request, since: start)
    }

    /// Says what was answered, how long it took, and to those who want to know all about which state of which documents it was.
    private func trace(_ request: WorkQueue.Request, since start: ContinuousClock.Instant) -> Bool {
        let microseconds = (ContinuousClock.now - start) / .microseconds(1)
        let isVerbose = request.snapshot.trace == .verbose
        let documents = isVerbose ? request.snapshot.documents.all.map { "\($0.uri.rawValue) at \($0.version)" } : []
        return write(
            NotificationMessage(
                method: LogTrace.method,
                params: LogTrace.Params(
                    message: "\(request.method): answered in \(Int(microseconds)) µs",
                    verbose: isVerbose ? documents.sorted().joined(separator: "\n") : nil)))
    }

    private func respond(to request: WorkQueue.Request) -> Bool {
        defer { queue.finish(request) }
        let context = RequestContext(
            snapshot: request.snapshot, workspace: workspace, cancellation: request.cancellation,
            send: { [queue] in queue.send($0) }, sendFirst: { [self] in _ = write($0) })
        let answer = EnvdServer.answer(to: request.id, unless: request.cancellation) { () throws(ResponseError) in
            try request.handler(request.params, context)
        }
        return answer.map { write($0) } ?? true
    }

    private func forget(_ uri: DocumentURI) -> Bool {
        workspace.forget(uri)
        return true
    }

    // MARK: - Diagnostics

    private func diagnose(_ document: Document, in snapshot: Snapshot) -> Bool {
        workspace.synchronize(with: snapshot.documents)
        let analysis = workspace.analysis(of: document)
        // What has been overtaken by an edit is of no use to anybody, and who waits for an answer should not wait for more than the answer
        // needs as well.
        if queue.isOutdated(document.uri) || queue.postpone(document.uri) { return true }
        // Who asks for everything usually does so right behind the edit.
        if snapshot.client.pullsDiagnostics, queue.hasJob(within: Worker.patienceMilliseconds),
            queue.postpone(document.uri)
        {
            return true
        }
        if queue.isOutdated(document.uri) { return true }
        // Also for those who ask for diagnostics themselves: whatever they ask next needs it, and more edits cost more.
        analysis.catchUp()
        if snapshot.client.pullsDiagnostics || queue.isOutdated(document.uri) || queue.postpone(document.uri) {
            return true
        }
        let params = publishedDiagnostics(analysis.findings, of: document, in: snapshot)
        return write(NotificationMessage(method: PublishDiagnostics.method, params: params))
    }

    /// Says that there is something else to say about documents, without their having changed.
    private func renew(
        _ documents: [Document], in snapshot: Snapshot
    ) -> Bool {
        guard !documents.isEmpty else { return true }
        guard snapshot.client.pullsDiagnostics else {
            return documents.allSatisfy { diagnose($0, in: snapshot) }
        }
        guard snapshot.client.capabilities.workspace?.diagnostics?.refreshSupport == true else { return true }
        return ask(.diagnostics)
    }

    private func ask(_ refresh: RefreshRequest) -> Bool {
        write(ServerRequestMessage<NoParams>(id: workspace.newRequestID(), method: refresh.method, params: nil))
    }

    private func settle(_ snapshot: Snapshot) -> Bool {
        workspace.synchronize(with: snapshot.documents)
        let changed = snapshot.documents.all.filter { workspace.settle($0) }
        for document in snapshot.documents.all {
            let analysis = workspace.analysis(of: document)
            guard analysis.wantsRun else { continue }
            background.add(
                BackgroundWork.Run(uri: document.uri, file: document.file, surroundings: analysis.surroundings))
        }
        guard renew(changed, in: snapshot) else { return false }
        // Whoever asks about findings right behind the next edit need not wait for what this one has touched.
        for document in snapshot.documents.all where !queue.hasWork {
            workspace.analysis(of: document).prepareFindings { !queue.hasWork }
        }
        for document in snapshot.documents.all where !queue.hasWork {
            prepareFormatting(
                of: document.file, style: snapshot.tools.style(document.uri), cache: document.formattingCache
            ) { !queue.hasWork }
        }
        return true
    }

    private func take(
        _ result: DocumentRun?, of run: BackgroundWork.Run
    ) -> Bool {
        guard let result, let snapshot = queue.newest, let document = snapshot.documents[run.uri],
            document.file.isSameState(as: run.file)
        else { return true }
        let isOther = workspace.analysis(of: document).setRun(result, of: run.file)
        guard renew([document], in: snapshot) else { return false }
        return !isOther || announcePlan(of: document, result, snapshot.client)
    }

    /// Says that a document has another plan, and that lenses and hints, which count steps, are others too.
    private func announcePlan(
        of document: Document, _ run: DocumentRun, _ client: ClientFeatures
    ) -> Bool {
        if client.capabilities.experimental?.planChanged == true {
            let params = PlanChanged.Params(uri: document.uri, version: document.version, stepCount: run.steps.count)
            guard write(NotificationMessage(method: PlanChanged.method, params: params)) else { return false }
        }
        let capabilities = client.capabilities.workspace
        var refreshes: [RefreshRequest] = []
        if capabilities?.codeLens?.refreshSupport == true, client.capabilities.experimental?.commands?.isEmpty == false
        {
            refreshes.append(.codeLenses)
        }
        if capabilities?.inlayHint?.refreshSupport == true { refreshes.append(.inlayHints) }
        return refreshes.allSatisfy { ask($0) }
    }

    private func take(
        _ paths: [String], in snapshot: Snapshot
    ) -> Bool {
        // Settings say which rules there are; without paths nobody knows what has changed.
        if paths.isEmpty || paths.contains(where: { $0.hasSuffix("/envd.toml") || $0.hasSuffix("/pyproject.toml") }) {
            workspace.forgetAll()
        } else {
            workspace.filesChanged(paths)
        }
        return renew(Array(snapshot.documents.all), in: snapshot)
            && settle(snapshot)
    }

    private func write(_ message: some JSONWritable) -> Bool {
        output.write(frame(jsonText(of: message)))
    }
}
