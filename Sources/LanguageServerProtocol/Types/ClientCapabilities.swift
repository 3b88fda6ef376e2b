/// What the client can take, as far as the server asks. What is of another type than it should be is taken for missing.
///
/// Read by hand: the compiler's way makes the runtime look up hundreds of conformances, which was a fifth of what a server
/// does from its start to the end of `initialize`.
package struct ClientCapabilities: Decodable, Sendable {
    package var general: General?
    package var textDocument: TextDocument?
    package var workspace: Workspace?
    package var experimental: Experimental?

    /// A client that says nothing.
    package init() {}

    package struct General: Sendable {
        package var positionEncodings: [PositionEncodingKind]?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            positionEncodings = json["positionEncodings"]?.strings?.map(PositionEncodingKind.init)
        }
    }

    /// What clients say that have been written for this server.
    package struct Experimental: Sendable {
        /// Whether documents with the scheme `envd-prelude` can be opened, by `envd/preludeSource`.
        package var preludeDocuments: Bool?
        /// Whether `envd/planChanged` is wanted.
        package var planChanged: Bool?
        /// The commands that code lenses may name and the client runs.
        package var commands: [String]?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            preludeDocuments = json["preludeDocuments"]?.bool
            planChanged = json["planChanged"]?.bool
            commands = json["commands"]?.strings
        }
    }

    package struct Registration: Sendable {
        package var dynamicRegistration: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            dynamicRegistration = json["dynamicRegistration"]?.bool
        }
    }

    package struct Refresh: Sendable {
        package var refreshSupport: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            refreshSupport = json["refreshSupport"]?.bool
        }
    }

    package struct Links: Sendable {
        package var linkSupport: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            linkSupport = json["linkSupport"]?.bool
        }
    }

    package struct Properties: Sendable {
        package var properties: [String]

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            properties = json["properties"]?.strings ?? []
        }
    }

    package struct Values<Value: Sendable>: Sendable {
        package var valueSet: [Value]?

        fileprivate init?(_ json: JSONView?, _ read: (JSONView) -> [Value]?) {
            guard let json, json.isObject else { return nil }
            valueSet = json["valueSet"].flatMap(read)
        }
    }

    package init(from decoder: any Decoder) throws {
        let json = try JSONView(from: decoder)
        guard let capabilities = ClientCapabilities(json: json) else {
            throw DecodingError.typeMismatch(
                ClientCapabilities.self,
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "expected an object, found \(json.kindName)"))
        }
        self = capabilities
    }

    /// Nil if the value is no object.
    init?(json: JSONView) {
        guard json.isObject else { return nil }
        general = General(json["general"])
        textDocument = TextDocument(json["textDocument"])
        workspace = Workspace(json["workspace"])
        experimental = Experimental(json["experimental"])
    }
}

// MARK: - Documents

extension ClientCapabilities {
    package struct TextDocument: Sendable {
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

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            completion = Completion(json["completion"])
            hover = Hover(json["hover"])
            signatureHelp = SignatureHelp(json["signatureHelp"])
            declaration = Links(json["declaration"])
            definition = Links(json["definition"])
            typeDefinition = Links(json["typeDefinition"])
            implementation = Links(json["implementation"])
            documentSymbol = DocumentSymbol(json["documentSymbol"])
            codeAction = CodeAction(json["codeAction"])
            documentLink = DocumentLink(json["documentLink"])
            rename = Rename(json["rename"])
            foldingRange = FoldingRange(json["foldingRange"])
            publishDiagnostics = Diagnostics(json["publishDiagnostics"])
            diagnostic = Diagnostics(json["diagnostic"])
            semanticTokens = SemanticTokens(json["semanticTokens"])
            inlayHint = InlayHint(json["inlayHint"])
        }
    }

    package struct Completion: Sendable {
        package var completionItem: Item?
        package var completionList: List?

        package struct Item: Sendable {
            package var snippetSupport: Bool?
            package var documentationFormat: [MarkupKind]?
            package var deprecatedSupport: Bool?
            package var tagSupport: Values<Int>?
            package var insertReplaceSupport: Bool?
            package var resolveSupport: Properties?
            package var labelDetailsSupport: Bool?

            /// A client that says nothing.
            package init() {}

            fileprivate init?(_ json: JSONView?) {
                guard let json, json.isObject else { return nil }
                snippetSupport = json["snippetSupport"]?.bool
                documentationFormat = json["documentationFormat"]?.strings?.map(MarkupKind.init)
                deprecatedSupport = json["deprecatedSupport"]?.bool
                tagSupport = Values(json["tagSupport"], \.ints)
                insertReplaceSupport = json["insertReplaceSupport"]?.bool
                resolveSupport = Properties(json["resolveSupport"])
                labelDetailsSupport = json["labelDetailsSupport"]?.bool
            }
        }

        package struct List: Sendable {
            package var itemDefaults: [String]?

            fileprivate init?(_ json: JSONView?) {
                guard let json, json.isObject else { return nil }
                itemDefaults = json["itemDefaults"]?.strings
            }
        }

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            completionItem = Item(json["completionItem"])
            completionList = List(json["completionList"])
        }
    }

    package struct Hover: Sendable {
        package var contentFormat: [MarkupKind]?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            contentFormat = json["contentFormat"]?.strings?.map(MarkupKind.init)
        }
    }

    package struct SignatureHelp: Sendable {
        package var signatureInformation: Information?

        package struct Information: Sendable {
            package var documentationFormat: [MarkupKind]?
            package var parameterInformation: Parameter?
            package var activeParameterSupport: Bool?
            /// LSP 3.18: whether "no parameter" can be said, as null.
            package var noActiveParameterSupport: Bool?

            fileprivate init?(_ json: JSONView?) {
                guard let json, json.isObject else { return nil }
                documentationFormat = json["documentationFormat"]?.strings?.map(MarkupKind.init)
                parameterInformation = Parameter(json["parameterInformation"])
                activeParameterSupport = json["activeParameterSupport"]?.bool
                noActiveParameterSupport = json["noActiveParameterSupport"]?.bool
            }
        }

        package struct Parameter: Sendable {
            package var labelOffsetSupport: Bool?

            fileprivate init?(_ json: JSONView?) {
                guard let json, json.isObject else { return nil }
                labelOffsetSupport = json["labelOffsetSupport"]?.bool
            }
        }

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            signatureInformation = Information(json["signatureInformation"])
        }
    }

    package struct DocumentSymbol: Sendable {
        package var hierarchicalDocumentSymbolSupport: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            hierarchicalDocumentSymbolSupport = json["hierarchicalDocumentSymbolSupport"]?.bool
        }
    }

    package struct CodeAction: Sendable {
        package var codeActionLiteralSupport: LiteralSupport?
        package var isPreferredSupport: Bool?
        package var dataSupport: Bool?
        package var resolveSupport: Properties?

        package struct LiteralSupport: Sendable {

            fileprivate init?(_ json: JSONView?) {
                guard let json, json.isObject else { return nil }
            }
        }

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            codeActionLiteralSupport = LiteralSupport(json["codeActionLiteralSupport"])
            isPreferredSupport = json["isPreferredSupport"]?.bool
            dataSupport = json["dataSupport"]?.bool
            resolveSupport = Properties(json["resolveSupport"])
        }
    }

    package struct DocumentLink: Sendable {
        package var tooltipSupport: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            tooltipSupport = json["tooltipSupport"]?.bool
        }
    }

    package struct Rename: Sendable {
        package var prepareSupport: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            prepareSupport = json["prepareSupport"]?.bool
        }
    }

    package struct FoldingRange: Sendable {
        package var rangeLimit: Int?
        package var lineFoldingOnly: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            rangeLimit = json["rangeLimit"]?.int
            lineFoldingOnly = json["lineFoldingOnly"]?.bool
        }
    }

    /// Of pushed and of pulled diagnostics.
    package struct Diagnostics: Sendable {
        package var tagSupport: Values<Int>?
        package var versionSupport: Bool?
        package var relatedInformation: Bool?
        package var codeDescriptionSupport: Bool?
        package var dataSupport: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            relatedInformation = json["relatedInformation"]?.bool
            codeDescriptionSupport = json["codeDescriptionSupport"]?.bool
            tagSupport = Values(json["tagSupport"], \.ints)
            versionSupport = json["versionSupport"]?.bool
            dataSupport = json["dataSupport"]?.bool
        }
    }

    package struct SemanticTokens: Sendable {
        package var tokenTypes: [String]?
        package var tokenModifiers: [String]?
        package var formats: [String]?
        package var multilineTokenSupport: Bool?
        package var augmentsSyntaxTokens: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            tokenTypes = json["tokenTypes"]?.strings
            tokenModifiers = json["tokenModifiers"]?.strings
            formats = json["formats"]?.strings
            multilineTokenSupport = json["multilineTokenSupport"]?.bool
            augmentsSyntaxTokens = json["augmentsSyntaxTokens"]?.bool
        }
    }

    package struct InlayHint: Sendable {
        package var resolveSupport: Properties?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            resolveSupport = Properties(json["resolveSupport"])
        }
    }
}

// MARK: - The workspace

extension ClientCapabilities {
    package struct Workspace: Sendable {
        package var applyEdit: Bool?
        package var workspaceEdit: WorkspaceEdit?
        package var didChangeWatchedFiles: Registration?
        package var fileOperations: FileOperations?
        package var diagnostics: Refresh?
        package var semanticTokens: Refresh?
        package var codeLens: Refresh?
        package var inlayHint: Refresh?
        package var foldingRange: Refresh?
        /// LSP 3.18: whether documents of the server's own can be opened.
        package var textDocumentContent: Registration?
        package var symbol: Symbol?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            applyEdit = json["applyEdit"]?.bool
            workspaceEdit = WorkspaceEdit(json["workspaceEdit"])
            didChangeWatchedFiles = Registration(json["didChangeWatchedFiles"])
            fileOperations = FileOperations(json["fileOperations"])
            diagnostics = Refresh(json["diagnostics"])
            semanticTokens = Refresh(json["semanticTokens"])
            codeLens = Refresh(json["codeLens"])
            inlayHint = Refresh(json["inlayHint"])
            foldingRange = Refresh(json["foldingRange"])
            textDocumentContent = Registration(json["textDocumentContent"])
            symbol = Symbol(json["symbol"])
        }
    }

    package struct WorkspaceEdit: Sendable {
        package var documentChanges: Bool?
        package var resourceOperations: [String]?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            documentChanges = json["documentChanges"]?.bool
            resourceOperations = json["resourceOperations"]?.strings
        }
    }

    package struct FileOperations: Sendable {
        package var willRename: Bool?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            willRename = json["willRename"]?.bool
        }
    }

    package struct Symbol: Sendable {
        package var resolveSupport: Properties?

        fileprivate init?(_ json: JSONView?) {
            guard let json, json.isObject else { return nil }
            resolveSupport = Properties(json["resolveSupport"])
        }
    }
}

/// How a text is to be read: `plaintext` or `markdown`.
package struct MarkupKind: RawRepresentable, Decodable, Sendable, Hashable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let plainText = Self(rawValue: "plaintext")
    package static let markdown = Self(rawValue: "markdown")
}

/// A text for people.
package struct MarkupContent: Decodable, Sendable, Hashable {
    package var kind: MarkupKind
    package var value: String

    package init(kind: MarkupKind, value: String) {
        self.kind = kind
        self.value = value
    }
}

extension JSONView {
    fileprivate var strings: [String]? { elements?.compactMap(\.string) }

    fileprivate var ints: [Int]? { elements?.compactMap(\.int) }
}

extension MarkupKind: JSONWritable {}

extension MarkupContent: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("kind", kind)
            json.member("value", value)
        }
    }
}
