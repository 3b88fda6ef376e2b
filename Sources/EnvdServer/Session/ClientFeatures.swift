import EnvdSyntax
import LanguageServerProtocol

/// What was agreed with the client when it initialized, every default filled in. An object, since it is large and everything knows it.
final class ClientFeatures: Sendable {
    let encoding: PositionEncoding
    let hierarchicalSymbols: Bool
    let lineFoldingOnly: Bool
    let foldingRangeLimit: Int?
    let diagnosticVersions: Bool
    /// All that the client has said, for features that ask more.
    let capabilities: ClientCapabilities

    /// Whether the client asks for diagnostics, so that nothing need be pushed.
    var pullsDiagnostics: Bool { capabilities.textDocument?.diagnostic != nil }

    /// Whether the client can open documents that only the server has.
    var opensPreludeDocuments: Bool {
        capabilities.experimental?.preludeDocuments == true || capabilities.workspace?.textDocumentContent != nil
    }

    /// What holds before a client has said anything.
    convenience init() { self.init(ClientCapabilities()) }

    init(_ capabilities: ClientCapabilities) {
        self.capabilities = capabilities
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

extension ClientFeatures {
    /// The best way to show a text that the client takes.
    ///
    /// - Parameter kinds: what it takes in that place, the best first; nil if it does not say, which means plain text.
    func markup(_ kinds: [MarkupKind]?) -> MarkupKind {
        kinds?.first { $0 == .markdown || $0 == .plainText } ?? .plainText
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
