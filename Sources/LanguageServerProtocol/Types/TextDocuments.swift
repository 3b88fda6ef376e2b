/// A document's URI, exactly as the client writes it.
package struct DocumentURI: RawRepresentable, Codable, Sendable, Hashable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

package struct TextDocumentIdentifier: Codable, Sendable {
    package var uri: DocumentURI
}

package struct VersionedTextDocumentIdentifier: Codable, Sendable {
    package var uri: DocumentURI
    package var version: Int32
}

package struct TextDocumentItem: Codable, Sendable {
    package var uri: DocumentURI
    package var languageId: String
    package var version: Int32
    package var text: String
}

// MARK: - Synchronization

package enum DidOpenTextDocument: ClientNotificationType {
    package static let method = "textDocument/didOpen"

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentItem
    }
}

package enum DidChangeTextDocument: ClientNotificationType {
    package static let method = "textDocument/didChange"

    package struct Params: Codable, Sendable {
        package var textDocument: VersionedTextDocumentIdentifier
        /// Each applies to the text that the one before it left.
        package var contentChanges: [TextDocumentContentChangeEvent]
    }
}

package struct TextDocumentContentChangeEvent: Codable, Sendable {
    /// What is replaced; nil for the whole document.
    package var range: TextRange?
    package var text: String
}

package enum DidSaveTextDocument: ClientNotificationType {
    package static let method = "textDocument/didSave"

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

package enum DidCloseTextDocument: ClientNotificationType {
    package static let method = "textDocument/didClose"

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}
