/// A request of this server's own: the syntax tree of an open document as text, with the text itself, so that a client
/// can hold both against its own.
package enum SyntaxTreeRequest: RequestType {
    package static let method = "envd/syntaxTree"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }

    package struct Result: Sendable {
        package var version: Int32
        package var text: String
        package var tree: String

        package init(version: Int32, text: String, tree: String) {
            self.version = version
            self.text = text
            self.tree = tree
        }
    }
}

extension SyntaxTreeRequest.Result: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("version", version)
            json.member("text", text)
            json.member("tree", tree)
        }
    }
}
