import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// Diagnostics of all files of the workspace, whether they are open or not. If the client knows them all, the request waits until
/// it does not.
enum WorkspaceDiagnosticHandler: BackgroundHandler {
    typealias Request = WorkspaceDiagnosticRequest

    static var title: String { "Checking the workspace" }

    /// Files whose reports are sent together, to clients that take parts.
    private static let partSize = 16

    static func answer(
        _ params: Request.Params, in context: BackgroundContext
    ) throws(ResponseError) -> Request.Result? {
        let snapshot = context.snapshot
        var known: [DocumentURI: String] = [:]
        for previous in params.previousResultIds { known[previous.uri] = previous.value }
        var reports = Reports(context)

        let documents = snapshot.documents.all.sorted { $0.uri.rawValue < $1.uri.rawValue }
        let open = Set(documents.map(\.uri))
        let closed = snapshot.folders.flatMap(context.files.list).map { (path: $0, uri: DocumentURI(path: $0)) }
        var seen = open
        let total = documents.count + closed.count
        for document in documents {
            if context.cancellation.isCancelled { return Request.Result(items: []) }
            reports.add(
                document.file, document.uri, document.version, path: document.uri.path,
                unless: known.removeValue(forKey: document.uri))
        }
        for (number, file) in closed.enumerated() where seen.insert(file.uri).inserted {
            if context.cancellation.isCancelled { return Request.Result(items: []) }
            guard let bytes = context.files.read(file.path) else { continue }
            context.report(file.path, documents.count + number, of: total)
            reports.add(
                SourceFile(bytes: bytes), file.uri, nil, path: file.path, unless: known.removeValue(forKey: file.uri))
        }
        // Files that are gone have nothing wrong with them.
        for uri in known.keys.sorted(by: { $0.rawValue < $1.rawValue }) where known[uri] != Reports.gone {
            reports.add(.full(resultId: Reports.gone, items: []), uri, nil)
        }
        return reports.finish()
    }

    private struct Reports {
        static let gone = "gone"

        private let context: BackgroundContext
        private var waiting: [WorkspaceDiagnosticReport] = []
        /// Whether there is something that the client does not know.
        private var isNew = false

        init(_ context: BackgroundContext) { self.context = context }

        mutating func add(
            _ file: SourceFile, _ uri: DocumentURI, _ version: Int32?, path: String?, unless previous: String?
        ) {
            let findings = findings(of: file, context.surroundings(path))
            add(diagnosticReport(findings, of: uri, file, in: context.snapshot, unless: previous), uri, version)
        }

        mutating func add(_ report: DiagnosticReport, _ uri: DocumentURI, _ version: Int32?) {
            waiting.append(WorkspaceDiagnosticReport(uri: uri, version: version, report: report))
            if case .full = report { isNew = true }
            guard isNew, waiting.count >= partSize, context.sendPart(Request.Result(items: waiting)) else { return }
            waiting = []
        }

        /// The rest; nil if the client knows everything, and will be told when something changes.
        mutating func finish() -> Request.Result? {
            guard isNew || !context.snapshot.client.isToldOfFiles else { return nil }
            guard context.progress.partialResultToken != nil, !waiting.isEmpty,
                context.sendPart(Request.Result(items: waiting))
            else { return Request.Result(items: waiting) }
            return Request.Result(items: [])
        }
    }
}

extension ClientFeatures {
    /// Whether the server learns of changes of files that are not open.
    var isToldOfFiles: Bool { capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration == true }
}
