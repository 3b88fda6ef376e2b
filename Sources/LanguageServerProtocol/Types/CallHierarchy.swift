package enum PrepareCallHierarchyRequest: RequestType {
    package static let method = "textDocument/prepareCallHierarchy"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = [CallHierarchyNode]?
}

package enum IncomingCallsRequest: RequestType {
    package static let method = "callHierarchy/incomingCalls"
    package typealias Result = [IncomingCall]?

    package struct Params: Codable, Sendable {
        package var item: CallHierarchyNode
    }
}

package enum OutgoingCallsRequest: RequestType {
    package static let method = "callHierarchy/outgoingCalls"
    package typealias Result = [OutgoingCall]?

    package struct Params: Codable, Sendable {
        package var item: CallHierarchyNode
    }
}

/// The protocol's `CallHierarchyItem`.
package struct CallHierarchyNode: Codable, Sendable {
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

package struct IncomingCall: Encodable, Sendable {
    package var from: CallHierarchyNode
    package var fromRanges: [TextRange]

    package init(from: CallHierarchyNode, fromRanges: [TextRange]) {
        self.from = from
        self.fromRanges = fromRanges
    }
}

package struct OutgoingCall: Encodable, Sendable {
    package var to: CallHierarchyNode
    package var fromRanges: [TextRange]

    package init(to: CallHierarchyNode, fromRanges: [TextRange]) {
        self.to = to
        self.fromRanges = fromRanges
    }
}
