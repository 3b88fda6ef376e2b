package enum CodeLensRequest: RequestType {
    package static let method = "textDocument/codeLens"
    package typealias Result = [CodeLensItem]

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

/// The protocol's `CodeLens`.
package struct CodeLensItem: Sendable {
    package var range: TextRange
    /// Nil if it takes a while to say, and the client is to ask for it.
    package var command: Command<String>?
    package var data: CodeLensData?

    package init(range: TextRange, command: Command<String>) {
        self.range = range
        self.command = command
    }

    package init(range: TextRange, data: CodeLensData) {
        self.range = range
        self.data = data
    }
}

/// What tells a lens that is to be completed from all others.
package struct CodeLensData: Decodable, Sendable {
    package var uri: DocumentURI
    package var function: String

    package init(uri: DocumentURI, function: String) {
        self.uri = uri
        self.function = function
    }
}

/// Completes a lens that a list has given. The client gives back what it got, so what is not known here must stay.
package enum CodeLensResolveRequest: RequestType {
    package static let method = "codeLens/resolve"
    package typealias Params = JSONView
    package typealias Result = JSONValue
}

/// A lens that the server has offered, as a client sends it back. It goes back once more, so all of it has to be right.
package struct ResolvableCodeLens: Decodable, Sendable {
    package var range: TextRange
    package var data: CodeLensData?
}

extension CodeLensItem: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("range", range)
            json.member("command", ifPresent: command)
            json.member("data", ifPresent: data)
        }
    }
}

extension CodeLensData: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("uri", uri)
            json.member("function", function)
        }
    }
}
