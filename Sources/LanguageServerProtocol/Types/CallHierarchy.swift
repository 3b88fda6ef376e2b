package enum PrepareCallHierarchyRequest: RequestType {
    package static let method = "textDocument/prepareCallHierarchy"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = [CallHierarchyNode]?
}

package enum IncomingCallsRequest: RequestType {
    package static let method = "callHierarchy/incomingCalls"
    package typealias Result = [IncomingCall]?

    package struct Params: Decodable, Sendable {
        package var item: CallHierarchyNode
    }
}

package enum OutgoingCallsRequest: RequestType {
    package static let method = "callHierarchy/outgoingCalls"
    package typealias Result = [OutgoingCall]?

    package struct Params: Decodable, Sendable {
        package var item: CallHierarchyNode
    }
}

/// The protocol's `CallHierarchyItem`.
package struct CallHierarchyNode: Decodable, Sendable {
    package var name: String
    package var kind: SymbolKind
    package var uri: DocumentURI
    package var range: TextRange
    package var selectionRange: TextRange

    package init(name: String, kind: SymbolKind, uri: DocumentURI, range: TextRange, selectionRange: TextRange) {
        self.name = name
        self.kind = kind
        self.uri = uri
        self.range = range
        self.selectionRange = selectionRange
    }
}

package struct IncomingCall: Sendable {
    package var from: CallHierarchyNode
    package var fromRanges: [TextRange]

    package init(from: CallHierarchyNode, fromRanges: [TextRange]) {
        self.from = from
        self.fromRanges = fromRanges
    }
}

package struct OutgoingCall: Sendable {
    package var to: CallHierarchyNode
    package var fromRanges: [TextRange]

    package init(to: CallHierarchyNode, fromRanges: [TextRange]) {
        self.to = to
        self.fromRanges = fromRanges
    }
}

extension CallHierarchyNode: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("name", name)
            json.member("kind", kind)
            json.member("uri", uri)
            json.member("range", range)
            json.member("selectionRange", selectionRange)
        }
    }
}

extension IncomingCall: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("from", from)
            json.member("fromRanges", fromRanges)
        }
    }
}

extension OutgoingCall: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("to", to)
            json.member("fromRanges", fromRanges)
        }
    }
}
