import EnvdIDE
import LanguageServerProtocol

/// The conversation with one client: what state it is in, and what becomes of a message in that state.
///
/// It belongs to who reads. Documents change here, at once, so that every request finds them as its
/// sender did; answers are left to the work queue.
struct Session {
    private enum Phase {
        case uninitialized
        case running
        case shutDown
    }

    /// How the conversation ended.
    enum End: Sendable {
        /// The client said goodbye in the right order.
        case orderly
        /// It left without a `shutdown`.
        case premature

        var exitStatus: Int32 { self == .orderly ? 0 : 1 }
    }

    private var phase = Phase.uninitialized
    private var client = ClientFeatures()
    private var trace = TraceValue.off
    private var documents = Documents()
    private var folders: [WorkspaceFolder] = [] {
        didSet { folderPaths = outermost(folders.compactMap(\.uri.path)) }
    }
    /// The paths of the folders without those that are in others.
    private var folderPaths: [String] = []
    private let version: String
    private let queue: WorkQueue
    /// What the client watches for us gets this, as it asks the server's requests by their ids.
    private var requestCount = 0
    private let tools: Snapshot.Tools
    private let background: BackgroundWork
    /// The process to outlive by no more than moments.
    private(set) var clientProcess: ClientProcess?

    init(
        version: String, queue: WorkQueue, clientProcess: ClientProcess?, tools: Snapshot.Tools,
        background: BackgroundWork
    ) {
        self.version = version
        self.tools = tools
        self.background = background
        self.queue = queue
        self.clientProcess = clientProcess
    }

    /// Whether the client asks for diagnostics when it wants them.
    var isAskedForDiagnostics: Bool { client.pullsDiagnostics }

    /// What an end means that comes without `exit`.
    var endOfInput: End { phase == .shutDown ? .orderly : .premature }

    /// Takes in what the client sent; the end if that was it.
    mutating func receive(_ event: FrameReader.Event) -> End? {
        let message: IncomingMessage
        switch event {
        case .malformed(let error):
            fail(id: nil, ResponseError(.parseError, error.message))
            return nil
        case .message(let body):
            do throws(IncomingMessage.Malformed) {
                message = try IncomingMessage(parsing: body)
            } catch {
                fail(id: error.id, error.error)
                return nil
            }
        }
        switch message {
        case .request(let id, let method, let params):
            receiveRequest(id: id, method: method, params: params)
        case .notification(Exit.method, _):
            return endOfInput
        case .notification(let method, let params):
            // Before `initialize` and after `shutdown` notifications are dropped without a word.
            if phase == .running { receiveNotification(method: method, params: params) }
        case .response:
            // What the server asks of the client is of the kind that needs no answer.
            break
        }
        return nil
    }

    // MARK: - Requests

    private mutating func receiveRequest(id: RequestID, method: String, params: JSONView?) {
        switch (phase, method) {
        case (.uninitialized, Initialize.method):
            initialize(id: id, params: params)
        case (.uninitialized, _):
            fail(id: id, ResponseError(.serverNotInitialized, "\(method) before initialize"))
        case (.shutDown, _):
            fail(id: id, ResponseError(.invalidRequest, "\(method) after shutdown"))
        case (.running, Initialize.method):
            fail(id: id, ResponseError(.invalidRequest, "initialize may be sent once only"))
        case (.running, Shutdown.method):
            phase = .shutDown
            background.releaseWaiting()
            queue.send(ResponseMessage(id: id, result: JSONValue.null))
        case (.running, _):
            if let handler = requestHandlers[method] {
                queue.add(
                    WorkQueue.Request(
                        id: id, method: method, cancellation: Cancellation(), snapshot: snapshot, params: params,
                        handler: handler))
            } else if let handler = backgroundHandlers[method] {
                let request = WorkQueue.BackgroundRequest(
                    id: id, cancellation: Cancellation(), snapshot: snapshot, params: params, handler: handler)
                queue.expect(request)
                background.add(request)
            } else {
                fail(id: id, ResponseError(.methodNotFound, "unknown method \(method)"))
            }
        }
    }

    private mutating func initialize(id: RequestID, params: JSONView?) {
        do throws(ResponseError) {
            let params = try decodeParams(Initialize.Params.self, from: params)
            client = ClientFeatures(params.capabilities)
            trace = params.trace ?? .off
            clientProcess = ClientProcess(id: params.processId) ?? clientProcess
            folders = params.workspaceFolders ?? params.rootUri.map { [WorkspaceFolder(uri: $0, name: "")] } ?? []
            phase = .running
            queue.send(JSONValue.response(id: id, result: initializeResult))
        } catch {
            fail(id: id, error)
        }
    }

    private var initializeResult: Initialize.Result {
        ["capabilities": serverCapabilities(for: client), "serverInfo": ["name": "envd", "version": .string(version)]]
    }

    /// The documents as they now are, and what was agreed.
    private var snapshot: Snapshot {
        Snapshot(client: client, trace: trace, documents: documents, folders: folderPaths, tools: tools)
    }

    // MARK: - Notifications

    private mutating func receiveNotification(method: String, params: JSONView?) {
        do throws(ResponseError) {
            switch method {
            case CancelRequest.method:
                queue.cancel(try decodeParams(CancelRequest.Params.self, from: params).id)
                background.noteCancellation()
            case DidOpenTextDocument.method:
                open(try decodeParams(DidOpenTextDocument.Params.self, from: params))
            case DidChangeTextDocument.method:
                change(try decodeParams(DidChangeTextDocument.Params.self, from: params))
            case DidCloseTextDocument.method:
                close(try decodeParams(DidCloseTextDocument.Params.self, from: params))
            case Initialized.method:
                watchFiles()
            case SetTrace.method:
                trace = try decodeParams(SetTrace.Params.self, from: params).value
            case DidChangeConfiguration.method:
                // What the client itself is set to says nothing to us; the project's settings may have been meant.
                queue.filesChanged([], in: snapshot)
                background.noteChange()
            case DidChangeWorkspaceFolders.method:
                let event = try decodeParams(DidChangeWorkspaceFolders.Params.self, from: params).event
                folders.removeAll { folder in event.removed.contains { $0.uri == folder.uri } }
                folders += event.added.filter { folder in !folders.contains { $0.uri == folder.uri } }
                queue.setNewest(snapshot)
                background.noteChange()
            case DidChangeWatchedFiles.method:
                // Of a document that is open the client's text counts, not what it has saved of it.
                let changes = try decodeParams(DidChangeWatchedFiles.Params.self, from: params).changes.filter {
                    $0.type != DidChangeWatchedFiles.changed || documents[$0.uri] == nil
                }
                if changes.isEmpty { break }
                queue.filesChanged(changes.compactMap(\.uri.path), in: snapshot)
                background.noteChange()
            default:
                // `didSave` changes nothing; what is unknown is to be ignored.
                break
            }
        } catch {
            log("\(method): \(error.message)")
        }
    }

    private mutating func open(_ params: DidOpenTextDocument.Params) {
        if let misuse = documents.open(params.textDocument) { log(misuse.message) }
        queue.diagnose(params.textDocument.uri, in: snapshot)
        background.noteChange()
    }

    private mutating func change(_ params: DidChangeTextDocument.Params) {
        do throws(Documents.Misuse) {
            let document = try documents.change(
                params.textDocument, params.contentChanges, encoding: client.encoding)
            queue.diagnose(document.uri, in: snapshot)
            background.noteChange()
        } catch {
            log(error.message)
        }
    }

    private mutating func close(_ params: DidCloseTextDocument.Params) {
        let uri = params.textDocument.uri
        do throws(Documents.Misuse) {
            try documents.close(uri)
            queue.forget(uri, in: snapshot)
            background.noteChange()
            // What has been published stays with the client until it is taken back.
            if client.pullsDiagnostics { return }
            queue.send(
                NotificationMessage(
                    method: PublishDiagnostics.method,
                    params: PublishDiagnostics.Params(uri: uri, version: nil, diagnostics: [])))
        } catch {
            log(error.message)
        }
    }

    /// Asks to be told when files change that findings depend on.
    private mutating func watchFiles() {
        guard client.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration == true else { return }
        let watching = RegisterCapability.Registration(
            id: "envd-files",
            watching: ["**/*.envd", "**/*.star", "**/envd.lock", "**/envd.toml", "**/pyproject.toml", "**/*.txt"])
        requestCount += 1
        queue.send(
            ServerRequestMessage(
                id: "envd-\(requestCount)", method: RegisterCapability.method,
                params: RegisterCapability.Params(registrations: [watching])))
    }

    // MARK: - Answers that need no work

    private func fail(id: RequestID?, _ error: ResponseError) {
        queue.send(ErrorResponseMessage(id: id, error: error))
    }

    private func log(_ message: String) {
        queue.send(
            NotificationMessage(
                method: LogMessage.method, params: LogMessage.Params(type: .error, message: message)))
    }
}

/// Those folders that are in none of the others.
private func outermost(_ folders: [String]) -> [String] {
    var found: [String] = []
    for folder in folders.map({ $0.hasSuffix("/") ? String($0.dropLast()) : $0 }).sorted() {
        if !found.contains(where: { folder == $0 || folder.hasPrefix($0 + "/") }) { found.append(folder) }
    }
    return found
}
