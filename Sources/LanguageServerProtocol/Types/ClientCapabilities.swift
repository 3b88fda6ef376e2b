/// What the client can take, as far as the server asks.
package struct ClientCapabilities: Codable, Sendable {
    package var general: General?
    package var textDocument: TextDocument?

    package struct General: Codable, Sendable {
        package var positionEncodings: [PositionEncodingKind]?
    }

    package struct TextDocument: Codable, Sendable {
        package var documentSymbol: DocumentSymbol?
        package var foldingRange: FoldingRange?
        package var publishDiagnostics: PublishDiagnostics?
    }

    package struct DocumentSymbol: Codable, Sendable {
        package var hierarchicalDocumentSymbolSupport: Bool?
    }

    package struct FoldingRange: Codable, Sendable {
        package var rangeLimit: Int?
        package var lineFoldingOnly: Bool?
    }

    package struct PublishDiagnostics: Codable, Sendable {
        package var versionSupport: Bool?
    }
}
