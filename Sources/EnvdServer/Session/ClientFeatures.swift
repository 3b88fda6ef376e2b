import EnvdSyntax
import LanguageServerProtocol

/// What was agreed with the client when it initialized, every default filled in.
struct ClientFeatures: Sendable {
    var encoding = PositionEncoding.utf16
    var hierarchicalSymbols = false
    var lineFoldingOnly = false
    var foldingRangeLimit: Int?
    var diagnosticVersions = false

    init() {}

    init(_ capabilities: ClientCapabilities) {
        // The first that the client names and we know; UTF-16 needs not be named.
        let offered = capabilities.general?.positionEncodings ?? []
        encoding = offered.lazy.compactMap(PositionEncoding.init).first ?? .utf16
        let document = capabilities.textDocument
        hierarchicalSymbols = document?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false
        lineFoldingOnly = document?.foldingRange?.lineFoldingOnly ?? false
        foldingRangeLimit = document?.foldingRange?.rangeLimit
        diagnosticVersions = document?.publishDiagnostics?.versionSupport ?? false
    }
}

extension PositionEncoding {
    init?(_ kind: PositionEncodingKind) {
        switch kind {
        case .utf8: self = .utf8
        case .utf16: self = .utf16
        case .utf32: self = .utf32
        default: return nil
        }
    }

    var kind: PositionEncodingKind {
        switch self {
        case .utf8: .utf8
        case .utf16: .utf16
        case .utf32: .utf32
        }
    }
}
