package enum DocumentLinkRequest: RequestType {
    package static let method = "textDocument/documentLink"
    package typealias Result = [LinkedRange]

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

/// The protocol's `DocumentLink`.
package struct LinkedRange: Sendable {
    package var range: TextRange
    package var target: String
    package var tooltip: String?

    package init(range: TextRange, target: String, tooltip: String?) {
        self.range = range
        self.target = target
        self.tooltip = tooltip
    }
}

package enum WorkspaceSymbolRequest: RequestType {
    package static let method = "workspace/symbol"
    package typealias Result = [SymbolInformation]

    package struct Params: Decodable, Sendable {
        package var query: String
    }
}

extension LinkedRange: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("range", range)
            json.member("target", target)
            json.member("tooltip", ifPresent: tooltip)
        }
    }
}
