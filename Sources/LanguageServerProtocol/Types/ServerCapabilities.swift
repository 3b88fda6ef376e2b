/// What the server offers, fixed when it answers `initialize`.
package struct ServerCapabilities: Codable, Sendable {
    package var positionEncoding: PositionEncodingKind
    package var textDocumentSync: TextDocumentSyncOptions
    package var documentSymbolProvider: Bool
    package var documentFormattingProvider: Bool
    package var documentRangeFormattingProvider: Bool
    package var documentOnTypeFormattingProvider: DocumentOnTypeFormattingOptions
    package var foldingRangeProvider: Bool
    package var selectionRangeProvider: Bool

    package init(
        positionEncoding: PositionEncodingKind, textDocumentSync: TextDocumentSyncOptions,
        documentSymbolProvider: Bool, documentFormattingProvider: Bool, documentRangeFormattingProvider: Bool,
        documentOnTypeFormattingProvider: DocumentOnTypeFormattingOptions, foldingRangeProvider: Bool,
        selectionRangeProvider: Bool
    ) {
        self.positionEncoding = positionEncoding
        self.textDocumentSync = textDocumentSync
        self.documentSymbolProvider = documentSymbolProvider
        self.documentFormattingProvider = documentFormattingProvider
        self.documentRangeFormattingProvider = documentRangeFormattingProvider
        self.documentOnTypeFormattingProvider = documentOnTypeFormattingProvider
        self.foldingRangeProvider = foldingRangeProvider
        self.selectionRangeProvider = selectionRangeProvider
    }
}

package struct TextDocumentSyncOptions: Codable, Sendable {
    package enum ChangeKind: Int, Codable, Sendable {
        case none = 0
        case full = 1
        case incremental = 2
    }

    package struct SaveOptions: Codable, Sendable {
        package var includeText: Bool
    }

    package var openClose: Bool
    package var change: ChangeKind
    package var save: SaveOptions

    package init(openClose: Bool, change: ChangeKind, includeTextOnSave: Bool) {
        self.openClose = openClose
        self.change = change
        save = SaveOptions(includeText: includeTextOnSave)
    }
}
