/// A request of this server's own: the text of a document with the scheme `envd-prelude`, which is part of the tool.
package enum PreludeSourceRequest: RequestType {
    package static let method = "envd/preludeSource"

    package struct Params: Decodable, Sendable {
        package var uri: DocumentURI
    }

    package struct Result: Sendable {
        package var text: String

        package init(text: String) { self.text = text }
    }
}

/// The same as LSP 3.18 has it for servers in general.
package enum TextDocumentContentRequest: RequestType {
    package static let method = "workspace/textDocumentContent"
    package typealias Params = PreludeSourceRequest.Params
    package typealias Result = PreludeSourceRequest.Result
}

extension PreludeSourceRequest.Result: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("text", text)
        }
    }
}
