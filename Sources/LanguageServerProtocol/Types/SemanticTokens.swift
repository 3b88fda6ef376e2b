package enum SemanticTokensFullRequest: RequestType {
    package static let method = "textDocument/semanticTokens/full"
    package typealias Result = SemanticTokens

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

package enum SemanticTokensRangeRequest: RequestType {
    package static let method = "textDocument/semanticTokens/range"
    package typealias Result = SemanticTokens

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var range: TextRange
    }
}

package enum SemanticTokensDeltaRequest: RequestType {
    package static let method = "textDocument/semanticTokens/full/delta"

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var previousResultId: String
    }

    /// The difference, or all if what the client has is no longer known.
    package enum Result: Sendable {
        case full(SemanticTokens)
        case delta(SemanticTokensDelta)

    }
}

package struct SemanticTokens: Sendable {
    package var resultId: String?
    /// Five numbers a token: lines and characters since the one before, length, type, modifiers.
    package var data: PackedIntegers

    package init(resultId: String?, data: [UInt32]) {
        self.resultId = resultId
        self.data = PackedIntegers(data)
    }
}

package struct SemanticTokensDelta: Sendable {
    package struct Edit: Sendable {
        package var start: Int
        package var deleteCount: Int
        package var data: PackedIntegers
    }

    package var resultId: String
    package var edits: [Edit]

    package init(resultId: String, edits: [(start: Int, deleteCount: Int, data: [UInt32])]) {
        self.resultId = resultId
        self.edits = edits.map { Edit(start: $0.start, deleteCount: $0.deleteCount, data: PackedIntegers($0.data)) }
    }
}

/// Many integers, which are written at once: one by one they would take most of the time of an answer.
package struct PackedIntegers: Sendable {
    package let values: [UInt32]

    package init(_ values: [UInt32]) { self.values = values }

}

extension SemanticTokensDeltaRequest.Result: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .full(let tokens): tokens.write(to: &json)
        case .delta(let delta): delta.write(to: &json)
        }
    }
}

extension SemanticTokens: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("resultId", ifPresent: resultId)
            json.member("data", data)
        }
    }
}

extension SemanticTokensDelta: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("resultId", resultId)
            json.member("edits", edits)
        }
    }
}

extension SemanticTokensDelta.Edit: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("start", start)
            json.member("deleteCount", deleteCount)
            json.member("data", data)
        }
    }
}

extension PackedIntegers: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.write(values)
    }
}
