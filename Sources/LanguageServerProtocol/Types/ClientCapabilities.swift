/// What the client can take, as far as the server asks.
package struct ClientCapabilities: Codable, Sendable {
    package var general: General?
    package var textDocument: TextDocument?
    package var workspace: Workspace?
    package var window: Window?
    package var experimental: Experimental?

    /// A client that says nothing.
    package init() {}

    package struct General: Codable, Sendable {
        package var positionEncodings: [PositionEncodingKind]?
    }

    package struct Window: Codable, Sendable {
        package var workDoneProgress: Bool?
        package var showDocument: Support?
    }

    /// What clients say that have been written for this server.
    package struct Experimental: Codable, Sendable {
        /// Whether documents with the scheme `envd-prelude` can be opened, by `envd/preludeSource`.
        package var preludeDocuments: Bool?
        /// Whether `envd/planChanged` is wanted.
        package var planChanged: Bool?
        /// The commands that code lenses may name and the client runs.
        package var commands: [String]?
    }

    package struct Support: Codable, Sendable {
        package var support: Bool?
    }

    package struct Registration: Codable, Sendable {
        package var dynamicRegistration: Bool?
    }

    package struct Refresh: Codable, Sendable {
        package var refreshSupport: Bool?
    }

    package struct Links: Codable, Sendable {
        package var linkSupport: Bool?
    }

    package struct Properties: Codable, Sendable {
        package var properties: [String]
    }

    package struct Values<Value: Codable & Sendable>: Codable, Sendable {
        package var valueSet: [Value]?
    }
}

// MARK: - Documents

extension ClientCapabilities {
    package struct TextDocument: Codable, Sendable {
        package var completion: Completion?
        package var hover: Hover?
        package var signatureHelp: SignatureHelp?
        package var declaration: Links?
        package var definition: Links?
        package var typeDefinition: Links?
        package var implementation: Links?
        package var documentSymbol: DocumentSymbol?
        package var codeAction: CodeAction?
        package var documentLink: DocumentLink?
        package var rename: Rename?
        package var foldingRange: FoldingRange?
        package var publishDiagnostics: Diagnostics?
        package var diagnostic: Diagnostics?
        package var semanticTokens: SemanticTokens?
        package var inlayHint: InlayHint?
    }

    package struct Completion: Codable, Sendable {
        package var completionItem: Item?
        package var contextSupport: Bool?
        package var completionList: List?

        package struct Item: Codable, Sendable {
            package var snippetSupport: Bool?
            package var commitCharactersSupport: Bool?
            package var documentationFormat: [MarkupKind]?
            package var deprecatedSupport: Bool?
            package var tagSupport: Values<Int>?
            package var insertReplaceSupport: Bool?
            package var resolveSupport: Properties?
            package var labelDetailsSupport: Bool?

            /// A client that says nothing.
            package init() {}
        }

        package struct List: Codable, Sendable {
            package var itemDefaults: [String]?
        }
    }

    package struct Hover: Codable, Sendable {
        package var contentFormat: [MarkupKind]?
    }

    package struct SignatureHelp: Codable, Sendable {
        package var signatureInformation: Information?
        package var contextSupport: Bool?

        package struct Information: Codable, Sendable {
            package var documentationFormat: [MarkupKind]?
            package var parameterInformation: Parameter?
            package var activeParameterSupport: Bool?
            /// LSP 3.18: whether "no parameter" can be said, as null.
            package var noActiveParameterSupport: Bool?
        }

        package struct Parameter: Codable, Sendable {
            package var labelOffsetSupport: Bool?
        }
    }

    package struct DocumentSymbol: Codable, Sendable {
        package var hierarchicalDocumentSymbolSupport: Bool?
    }

    package struct CodeAction: Codable, Sendable {
        package var codeActionLiteralSupport: LiteralSupport?
        package var isPreferredSupport: Bool?
        package var disabledSupport: Bool?
        package var dataSupport: Bool?
        package var resolveSupport: Properties?

        package struct LiteralSupport: Codable, Sendable {
            package var codeActionKind: Values<String>
        }
    }

    package struct DocumentLink: Codable, Sendable {
        package var tooltipSupport: Bool?
    }

    package struct Rename: Codable, Sendable {
        package var prepareSupport: Bool?
    }

    package struct FoldingRange: Codable, Sendable {
        package var rangeLimit: Int?
        package var lineFoldingOnly: Bool?
    }

    /// Of pushed and of pulled diagnostics.
    package struct Diagnostics: Codable, Sendable {
        package var relatedInformation: Bool?
        package var tagSupport: Values<Int>?
        package var versionSupport: Bool?
        package var codeDescriptionSupport: Bool?
        package var dataSupport: Bool?
        package var relatedDocumentSupport: Bool?
    }

    package struct SemanticTokens: Codable, Sendable {
        package var tokenTypes: [String]?
        package var tokenModifiers: [String]?
        package var formats: [String]?
        package var multilineTokenSupport: Bool?
        package var overlappingTokenSupport: Bool?
        package var augmentsSyntaxTokens: Bool?
    }

    package struct InlayHint: Codable, Sendable {
        package var resolveSupport: Properties?
    }
}

// MARK: - The workspace

extension ClientCapabilities {
    package struct Workspace: Codable, Sendable {
        package var applyEdit: Bool?
        package var workspaceEdit: WorkspaceEdit?
        package var didChangeConfiguration: Registration?
        package var didChangeWatchedFiles: Registration?
        package var workspaceFolders: Bool?
        package var configuration: Bool?
        package var fileOperations: FileOperations?
        package var diagnostics: Refresh?
        package var semanticTokens: Refresh?
        package var codeLens: Refresh?
        package var inlayHint: Refresh?
        package var foldingRange: Refresh?
        /// LSP 3.18: whether documents of the server's own can be opened.
        package var textDocumentContent: Registration?
        package var symbol: Symbol?
    }

    package struct WorkspaceEdit: Codable, Sendable {
        package var documentChanges: Bool?
        package var resourceOperations: [String]?
        package var changeAnnotationSupport: Annotations?

        package struct Annotations: Codable, Sendable {
            package var groupsOnLabel: Bool?
        }
    }

    package struct FileOperations: Codable, Sendable {
        package var willRename: Bool?
        package var didRename: Bool?
    }

    package struct Symbol: Codable, Sendable {
        package var resolveSupport: Properties?
    }
}

/// How a text is to be read: `plaintext` or `markdown`.
package struct MarkupKind: RawRepresentable, Codable, Sendable, Hashable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let plainText = Self(rawValue: "plaintext")
    package static let markdown = Self(rawValue: "markdown")
}

/// A text for people.
package struct MarkupContent: Codable, Sendable, Hashable {
    package var kind: MarkupKind
    package var value: String

    package init(kind: MarkupKind, value: String) {
        self.kind = kind
        self.value = value
    }
}
