import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// The open documents with all that is known of them, each brought to the state that an answer is about.
///
/// Belongs to the thread that works. A document that is edited is shown to its project at once, but other documents look at what
/// that means for them only when they are asked, or when nothing else is to be done.
final class Workspace {
    private let surroundings: @Sendable (String?) -> FileSurroundings
    private var files: [DocumentURI: OpenFile] = [:]
    /// Counts what the client was asked.
    private var requestCount = 0
    /// Counts how often what was told of a document's tokens has begun anew.
    private var tokenSeries = 0
    /// Counts what documents and files have come to hold.
    private var clock = 0
    /// When a file last changed, by the path of its `ModuleID`.
    private var changes: [String: Int] = [:]

    private final class OpenFile {
        let surroundings: FileSurroundings
        /// What the project was shown last.
        var shown: SourceFile?
        var analysis: FileAnalysis?
        var tokens: DocumentTokens?
        /// When other files were last looked at.
        var lookedAt = 0

        init(_ surroundings: FileSurroundings) { self.surroundings = surroundings }

        var path: String? { surroundings.project == nil ? nil : surroundings.place.id?.path }
    }

    /// - Parameter surroundings: what is around the file of a path; nil is a document that has none.
    init(_ surroundings: @escaping @Sendable (String?) -> FileSurroundings) {
        self.surroundings = surroundings
    }

    /// An id for a request of the thread that works; the thread that reads has others.
    func newRequestID() -> String {
        requestCount += 1
        return "envd-refresh-\(requestCount)"
    }

    // MARK: - Documents

    /// Shows all documents to their projects as they now are.
    func synchronize(with documents: Documents) {
        for document in documents.all { show(document) }
    }

    @discardableResult private func show(_ document: Document) -> OpenFile {
        let open: OpenFile
        if let known = files[document.uri] {
            open = known
        } else {
            open = OpenFile(surroundings(document.uri.path))
            files[document.uri] = open
        }
        if let shown = open.shown, document.file.isSameState(as: shown) { return open }
        open.shown = document.file
        guard let path = open.path, let project = open.surroundings.project else { return open }
        if project.setDocument(document.file, at: path) { noteChange(of: path) }
        return open
    }

    private func noteChange(of path: String) {
        clock += 1
        changes[path] = clock
    }

    /// A document as it now is, and what other files now say about it.
    func analysis(of document: Document) -> FileAnalysis {
        let open = show(document)
        if let analysis = open.analysis {
            if !document.file.isSameState(as: analysis.file) { analysis.update(document.file) }
            if isStale(open) { _ = analysis.updateModules() }
            open.lookedAt = clock
            return analysis
        }
        let fresh = FileAnalysis(document.file, open.surroundings)
        open.analysis = fresh
        open.lookedAt = clock
        return fresh
    }

    /// What the client was told of the document's tokens.
    func tokens(of document: Document, _ client: ClientFeatures) -> DocumentTokens {
        let open = show(document)
        if let known = open.tokens { return known }
        tokenSeries += 1
        let fresh = DocumentTokens(client, series: tokenSeries)
        open.tokens = fresh
        return fresh
    }

    /// Whether another file has changed since the document last looked at others.
    private func isStale(_ open: OpenFile) -> Bool {
        guard open.lookedAt < clock, open.path != nil else { return false }
        return changes.contains { $0.value > open.lookedAt && $0.key != open.path }
    }

    /// Lets a document look at other files, if some have changed.
    ///
    /// - Returns: whether that has changed what there is to say about it.
    func settle(_ document: Document) -> Bool {
        let open = show(document)
        guard let analysis = open.analysis, isStale(open) else { return false }
        defer { open.lookedAt = clock }
        return analysis.updateModules()
    }

    func forget(_ uri: DocumentURI) {
        guard let open = files.removeValue(forKey: uri), let path = open.path else { return }
        if open.surroundings.project?.setDocument(nil, at: path) == true { noteChange(of: path) }
    }

    /// What is around a file that need not be open.
    func surroundings(ofFileAt path: String) -> FileSurroundings { surroundings(path) }

    /// Those of the open documents, each once.
    var projects: [Project] {
        var found: [Project] = []
        for open in files.values {
            guard let project = open.surroundings.project, !found.contains(where: { $0 === project }) else { continue }
            found.append(project)
        }
        return found
    }

    // MARK: - The disk

    /// Files of the disk have changed, are new or are gone: whatever was found out from the disk is found out again.
    func filesChanged(_ paths: [String]) {
        var seen: [Project] = []
        for open in files.values {
            guard let project = open.surroundings.project, !seen.contains(where: { $0 === project }) else { continue }
            seen.append(project)
            project.filesChanged(paths)
        }
        for path in paths { noteChange(of: path) }
        // Rules ask whether files exist, which no analysis notes.
        for open in files.values {
            open.analysis = nil
            open.tokens = nil
        }
    }

    /// Settings have changed: nothing that was known holds.
    func forgetAll() {
        for uri in Array(files.keys) { forget(uri) }
    }

    // MARK: - Other files

    /// The open document that is a file, if there is one.
    func uri(ofPath path: String, in documents: Documents) -> DocumentURI? {
        // Links may give one file several names; which of them is told must not hang on the order of a table.
        files.filter { $0.value.path == path && documents[$0.key] != nil }.keys.min { $0.rawValue < $1.rawValue }
    }
}
