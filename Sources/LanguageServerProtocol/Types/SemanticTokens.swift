package enum SemanticTokensFullRequest: RequestType {
    package static let method = "textDocument/semanticTokens/full"
    package typealias Result = SemanticTokens

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
    }
}

package enum SemanticTokensRangeRequest: RequestType {
    package static let method = "textDocument/semanticTokens/range"
    package typealias Result = SemanticTokens

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var range: TextRange
    }
}

package enum SemanticTokensDeltaRequest: RequestType {
    package static let method = "textDocument/semanticTokens/full/delta"

    package struct Params: Codable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var previousResultId: String
    }

    /// The difference, or all if what the client has is no longer known.
    package enum Result: Encodable, Sendable {
        case full(SemanticTokens)
        case delta(SemanticTokensDelta)

        package func encode(to encoder: any Encoder) throws {
            switch self {
            case .full(let tokens): try tokens.encode(to: encoder)
            case .delta(let delta): try delta.encode(to: encoder)
            }
        }
    }
}

package struct SemanticTokens: Encodable, Sendable {
    package var resultId: String?
    /// Five numbers a token: lines and characters since the one before, length, type, modifiers.
    package var data: PackedIntegers

    package init(resultId: String?, data: [UInt32]) {
        self.resultId = resultId
        self.data = PackedIntegers(data)
    }
}

package struct SemanticTokensDelta: Encodable, Sendable {
    package struct Edit: Encodable, Sendable {
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
package struct PackedIntegers: Encodable, Sendable {
    package let values: [UInt32]

    package init(_ values: [UInt32]) { self.values = values }

    /// For other encoders than `encodeJSON`, which knows this type.
    package func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}
