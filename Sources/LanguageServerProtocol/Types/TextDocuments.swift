/// A document's URI, exactly as the client writes it. Two spellings of one file, which differ in what they escape, are equal.
package struct DocumentURI: RawRepresentable, Decodable, Sendable, Hashable {
    package let rawValue: String
    /// With nothing escaped, and without a host that means this machine.
    private let canonical: String

    package init(rawValue: String) {
        self.rawValue = rawValue
        canonical = DocumentURI.canonical(rawValue)
    }

    private static func canonical(_ text: String) -> String {
        let (localhost, scheme) = ("file://localhost/", "file:///")
        let isLocal = text.utf8.starts(with: localhost.utf8)
        guard isLocal || text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes =
            isLocal ? Array(scheme.utf8) + Array(text.utf8.dropFirst(localhost.utf8.count)) : Array(text.utf8)
        return String(decoding: unescaped(bytes[...]), as: UTF8.self)
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    package static func == (a: DocumentURI, b: DocumentURI) -> Bool { a.canonical == b.canonical }

    package func hash(into hasher: inout Hasher) { hasher.combine(canonical) }

    /// The scheme of documents that are part of the tool.
    package static let preludeScheme = "envd-prelude"

    /// The `file` URI of an absolute path.
    package init(path: String) {
        var text = "file://"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = Array("0123456789ABCDEF".unicodeScalars)
                text.unicodeScalars.append("%")
                text.unicodeScalars.append(digits[Int(byte >> 4)])
                text.unicodeScalars.append(digits[Int(byte & 15)])
            }
        }
        self.init(rawValue: text)
    }

    /// The path that a `file` URI names; nil for others.
    package var path: String? {
        let scheme = "file://"
        guard rawValue.hasPrefix(scheme) else { return nil }
        let rest = Array(rawValue.utf8.dropFirst(scheme.utf8.count).drop { $0 != UInt8(ascii: "/") })
        let bytes = DocumentURI.unescaped(rest[...])
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}

package struct TextDocumentIdentifier: Decodable, Sendable {
    package var uri: DocumentURI

    package init(uri: DocumentURI) { self.uri = uri }

    private enum CodingKeys: CodingKey { case uri }

    package init(from decoder: any Decoder) throws {
        if let identifier = TextDocumentIdentifier(directly: decoder) {
            self = identifier
            return
        }
        uri = try decoder.container(keyedBy: CodingKeys.self).decode(DocumentURI.self, forKey: .uri)
    }
}

extension TextDocumentIdentifier: DirectlyDecodable {
    init?(_ json: JSONView) {
        guard let uri = json["uri"]?.string else { return nil }
        self.init(uri: DocumentURI(rawValue: uri))
    }
}

package struct VersionedTextDocumentIdentifier: Decodable, Sendable {
    package var uri: DocumentURI
    package var version: Int32
}

package struct TextDocumentItem: Decodable, Sendable {
    package var uri: DocumentURI
    package var languageId: String
    package var version: Int32
    package var text: String
}

// MARK: - Synchronization

package enum DidOpenTextDocument: ClientNotificationType {
    package static let method = "textDocument/didOpen"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentItem
    }
}

package enum DidChangeTextDocument: ClientNotificationType {
    package static let method = "textDocument/didChange"

    package struct Params: Decodable, Sendable {
        package var textDocument: VersionedTextDocumentIdentifier
        /// Each applies to the text that the one before it left.
        package var contentChanges: [TextDocumentContentChangeEvent]

        private enum CodingKeys: CodingKey { case textDocument, contentChanges }

        package init(from decoder: any Decoder) throws {
            if let params = Params(directly: decoder) {
                self = params
                return
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            textDocument = try container.decode(VersionedTextDocumentIdentifier.self, forKey: .textDocument)
            contentChanges = try container.decode([TextDocumentContentChangeEvent].self, forKey: .contentChanges)
        }
    }
}

extension DidChangeTextDocument.Params: DirectlyDecodable {
    init?(_ json: JSONView) {
        guard let document = json["textDocument"], let uri = document["uri"]?.string,
            let version = document["version"]?.int.flatMap(Int32.init(exactly:)),
            let changes = json["contentChanges"]?.elements
        else { return nil }
        textDocument = VersionedTextDocumentIdentifier(uri: DocumentURI(rawValue: uri), version: version)
        contentChanges = []
        for change in changes {
            guard let change = TextDocumentContentChangeEvent(change) else { return nil }
            contentChanges.append(change)
        }
    }
}

package struct TextDocumentContentChangeEvent: Decodable, Sendable {
    /// What is replaced; nil for the whole document.
    package var range: TextRange?
    package var text: String

    fileprivate init?(_ json: JSONView) {
        guard let text = json["text"]?.string else { return nil }
        self.text = text
        if let json = json["range"], !json.isNull {
            guard let range = TextRange(json) else { return nil }
            self.range = range
        }
    }
}

package enum DidSaveTextDocument: ClientNotificationType {
    package static let method = "textDocument/didSave"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

package enum DidCloseTextDocument: ClientNotificationType {
    package static let method = "textDocument/didClose"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

extension DocumentURI: JSONWritable {}
