/// A document's URI, exactly as the client writes it.
package struct DocumentURI: RawRepresentable, Codable, Sendable, Hashable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The path that a `file` URI names; nil for others.
    package var path: String? {
        let scheme = "file://"
        guard rawValue.hasPrefix(scheme) else { return nil }
        var bytes: [UInt8] = []
        var rest = rawValue.utf8.dropFirst(scheme.utf8.count).drop { $0 != UInt8(ascii: "/") }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
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
