/// What the server offers, fixed when it answers `initialize`. What the client cannot take is left out.
package struct ServerCapabilities: Codable, Sendable {
    package var positionEncoding: PositionEncodingKind
    package var textDocumentSync: TextDocumentSyncOptions
    package var completionProvider: CompletionOptions?
    package var hoverProvider: Bool?
    package var signatureHelpProvider: SignatureHelpOptions?
    package var declarationProvider: Bool?
    package var definitionProvider: Bool?
    package var typeDefinitionProvider: Bool?
    package var implementationProvider: Bool?
    package var referencesProvider: Bool?
    package var documentHighlightProvider: Bool?
    package var documentSymbolProvider: Bool?
    package var codeActionProvider: OptionsOrTrue<CodeActionOptions>?
    package var codeLensProvider: ResolveOptions?
    package var documentLinkProvider: ResolveOptions?
    package var documentFormattingProvider: Bool?
    package var documentRangeFormattingProvider: Bool?
    package var documentOnTypeFormattingProvider: DocumentOnTypeFormattingOptions?
    package var renameProvider: OptionsOrTrue<RenameOptions>?
    package var foldingRangeProvider: Bool?
    package var executeCommandProvider: ExecuteCommandOptions?
    package var selectionRangeProvider: Bool?
    package var linkedEditingRangeProvider: Bool?
    package var callHierarchyProvider: Bool?
    package var semanticTokensProvider: SemanticTokensOptions?
    package var inlayHintProvider: ResolveOptions?
    package var diagnosticProvider: DiagnosticOptions?
    package var workspaceSymbolProvider: ResolveOptions?
    package var workspace: WorkspaceOptions?

    package init(positionEncoding: PositionEncodingKind, textDocumentSync: TextDocumentSyncOptions) {
        self.positionEncoding = positionEncoding
        self.textDocumentSync = textDocumentSync
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

package struct CompletionOptions: Codable, Sendable {
    package var triggerCharacters: [String]
    package var resolveProvider: Bool
    package var completionItem: Item?

    package struct Item: Codable, Sendable {
        package var labelDetailsSupport: Bool
    }

    package init(triggerCharacters: [String], resolveProvider: Bool, supportsLabelDetails: Bool) {
        self.triggerCharacters = triggerCharacters
        self.resolveProvider = resolveProvider
        completionItem = Item(labelDetailsSupport: supportsLabelDetails)
    }
}

package struct SignatureHelpOptions: Codable, Sendable {
    package var triggerCharacters: [String]
    package var retriggerCharacters: [String]

    package init(triggerCharacters: [String], retriggerCharacters: [String]) {
        self.triggerCharacters = triggerCharacters
        self.retriggerCharacters = retriggerCharacters
    }
}

package struct CodeActionOptions: Codable, Sendable {
    package var codeActionKinds: [String]
    package var resolveProvider: Bool?

    package init(codeActionKinds: [String], resolveProvider: Bool?) {
        self.codeActionKinds = codeActionKinds
        self.resolveProvider = resolveProvider
    }
}

/// What a client may be told that knows no options, as those of `rename` and of code actions are new: that there is something.
package enum OptionsOrTrue<Options: Codable & Sendable>: Codable, Sendable {
    case options(Options)
    case yes

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if (try? container.decode(Bool.self)) != nil {
            self = .yes
        } else {
            self = .options(try container.decode(Options.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .options(let options): try options.encode(to: encoder)
        case .yes:
            var container = encoder.singleValueContainer()
            try container.encode(true)
        }
    }
}

/// The options of requests whose answers may be completed later.
package struct ResolveOptions: Codable, Sendable {
    package var resolveProvider: Bool

    package init(resolveProvider: Bool) { self.resolveProvider = resolveProvider }
}

package struct RenameOptions: Codable, Sendable {
    package var prepareProvider: Bool

    package init(prepareProvider: Bool) { self.prepareProvider = prepareProvider }
}

package struct ExecuteCommandOptions: Codable, Sendable {
    package var commands: [String]

    package init(commands: [String]) { self.commands = commands }
}

package struct SemanticTokensOptions: Codable, Sendable {
    package struct Legend: Codable, Sendable {
        package var tokenTypes: [String]
        package var tokenModifiers: [String]
    }

    package struct Full: Codable, Sendable {
        package var delta: Bool
    }

    package var legend: Legend
    package var range: Bool
    package var full: Full

    package init(tokenTypes: [String], tokenModifiers: [String], range: Bool, delta: Bool) {
        legend = Legend(tokenTypes: tokenTypes, tokenModifiers: tokenModifiers)
        self.range = range
        full = Full(delta: delta)
    }
}

package struct DiagnosticOptions: Codable, Sendable {
    package var identifier: String
    package var interFileDependencies: Bool
    package var workspaceDiagnostics: Bool
    package var workDoneProgress: Bool

    package init(identifier: String, interFileDependencies: Bool, workspaceDiagnostics: Bool) {
        self.identifier = identifier
        self.interFileDependencies = interFileDependencies
        self.workspaceDiagnostics = workspaceDiagnostics
        workDoneProgress = workspaceDiagnostics
    }
}

package struct WorkspaceOptions: Codable, Sendable {
    package struct Folders: Codable, Sendable {
        package var supported: Bool
        package var changeNotifications: Bool
    }

    package struct FileOperations: Codable, Sendable {
        package var willRename: FileOperationRegistration?
        package var didRename: FileOperationRegistration?

        package init(willRename: FileOperationRegistration?, didRename: FileOperationRegistration?) {
            self.willRename = willRename
            self.didRename = didRename
        }
    }

    /// LSP 3.18.
    package struct Content: Codable, Sendable {
        package var schemes: [String]
    }

    package var workspaceFolders: Folders
    package var fileOperations: FileOperations?
    package var textDocumentContent: Content?

    package init() { workspaceFolders = Folders(supported: true, changeNotifications: true) }

    /// Says that documents with a scheme can be opened.
    package mutating func offerContent(scheme: String) { textDocumentContent = Content(schemes: [scheme]) }
}

package struct FileOperationRegistration: Codable, Sendable {
    package struct Filter: Codable, Sendable {
        package struct Pattern: Codable, Sendable {
            package var glob: String
        }

        package var scheme: String
        package var pattern: Pattern
    }

    package var filters: [Filter]

    package init(glob: String) { filters = [Filter(scheme: "file", pattern: Filter.Pattern(glob: glob))] }
}
