import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

extension RequestContext {
    /// Changes of files as the client can take them; nil if it cannot take them at all.
    ///
    /// - Parameter document: the one that the changes of the present file are about.
    func workspaceEdit(_ edit: ProjectEdit, _ document: Document, _ analysis: FileAnalysis) -> WorkspaceEdit? {
        let places = TargetLocations(self, document, analysis)
        return workspaceEdit(edit) { places.file($0) }
    }

    /// - Parameter place: where the client has a file.
    func workspaceEdit(
        _ edit: ProjectEdit, _ place: (TargetFile) -> (uri: DocumentURI, positions: Positions)?
    ) -> WorkspaceEdit? {
        let capabilities = client.capabilities.workspace?.workspaceEdit
        var changes: [(uri: DocumentURI, edits: [TextEdit])] = []
        for part in edit.files where !part.edits.isEmpty {
            guard let (uri, positions) = place(part.file) else { return nil }
            let edits = part.edits.map { TextEdit(range: positions.range(of: $0.range), newText: $0.replacement) }
            changes.append((uri, edits))
        }
        guard capabilities?.documentChanges == true else {
            return edit.newFiles.isEmpty ? .changes(changes) : nil
        }
        var all: [DocumentChange] = changes.map { change in
            .edit(uri: change.uri, version: snapshot.documents[change.uri]?.version, edits: change.edits)
        }
        if !edit.newFiles.isEmpty, !createsFiles { return nil }
        for file in edit.newFiles {
            let uri = DocumentURI(path: file.path)
            all.append(.create(uri: uri))
            guard !file.text.isEmpty else { continue }
            let start = Position(line: 0, character: 0)
            all.append(
                .edit(
                    uri: uri, version: nil,
                    edits: [TextEdit(range: TextRange(start: start, end: start), newText: file.text)]))
        }
        return .documentChanges(all)
    }

    /// Whether the client makes files when an edit says so.
    var createsFiles: Bool {
        let capabilities = client.capabilities.workspace?.workspaceEdit
        return capabilities?.documentChanges == true && capabilities?.resourceOperations?.contains("create") == true
    }
}
