import EnvdFormat
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// A document as the client sees it at one version.
struct Document: Sendable {
    var uri: DocumentURI
    var version: Int32
    var file: SourceFile
    /// All versions have the same, since it knows what it holds by the chunks that they share.
    let formattingCache = FormattingCache()
}

/// The open documents. A value: a copy is a snapshot that later edits do not touch.
struct Documents: Sendable {
    /// What a client got wrong. It is told in the log, as a notification has no answer.
    struct Misuse: Error, Sendable {
        var message: String
    }

    private var documents: [DocumentURI: Document] = [:]

    subscript(uri: DocumentURI) -> Document? { documents[uri] }

    /// In no particular order.
    var all: some Collection<Document> { documents.values }

    /// Opens a document, anew if it is open already; that this was so is returned as a misuse.
    mutating func open(_ item: TextDocumentItem) -> Misuse? {
        let old = documents.updateValue(
            Document(
                uri: item.uri, version: item.version, file: SourceFile(item.text)),
            forKey: item.uri)
        return old.map { _ in Misuse(message: "opened, but it was open already: \(item.uri.rawValue)") }
    }

    /// Applies the changes one after the other, each to the text that the one before it left.
    mutating func change(
        _ identifier: VersionedTextDocumentIdentifier, _ changes: [TextDocumentContentChangeEvent],
        encoding: PositionEncoding
    ) throws(Misuse) -> Document {
        guard var document = documents[identifier.uri] else {
            throw Misuse(message: "changed, but it is not open: \(identifier.uri.rawValue)")
        }
        // The table gives up its copy, so that the edits find their document unshared.
        documents[identifier.uri] = nil
        for change in changes {
            if let range = change.range {
                let replaced = document.file.byteRange(of: range, encoding: encoding)
                guard document.file.utf8Count - replaced.count + change.text.utf8.count <= SyntaxLimits.fileSize else {
                    throw Misuse(message: "too large, and closed therefore: \(identifier.uri.rawValue)")
                }
                document.file = document.file.replacing(replaced, with: Array(change.text.utf8))
            } else {
                document.file = SourceFile(change.text)
            }
        }
        document.version = identifier.version
        documents[identifier.uri] = document
        return document
    }

    mutating func close(_ uri: DocumentURI) throws(Misuse) {
        guard documents.removeValue(forKey: uri) != nil else {
            throw Misuse(message: "closed, but it is not open: \(uri.rawValue)")
        }
    }
}
