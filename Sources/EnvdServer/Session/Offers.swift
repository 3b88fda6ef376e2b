import EnvdIDE
import LanguageServerProtocol

/// What the server offers a client: all that it has, but what the client cannot take.
func serverCapabilities(for client: ClientFeatures) -> ServerCapabilities {
    var offers = ServerCapabilities(
        positionEncoding: client.encoding.kind,
        textDocumentSync: TextDocumentSyncOptions(openClose: true, change: .incremental, includeTextOnSave: false))
    offers.completionProvider = CompletionOptions(
        triggerCharacters: completionTriggers, resolveProvider: client.resolvesCompletions,
        supportsLabelDetails: client.completions.labelDetailsSupport == true)
    offers.hoverProvider = true
    offers.signatureHelpProvider = SignatureHelpOptions(
        triggerCharacters: ["("], retriggerCharacters: [",", "="])
    offers.inlayHintProvider = ResolveOptions(resolveProvider: client.resolvesInlayTooltips)
    offers.declarationProvider = true
    offers.definitionProvider = true
    offers.typeDefinitionProvider = true
    offers.implementationProvider = true
    offers.referencesProvider = true
    offers.documentHighlightProvider = true
    offers.documentSymbolProvider = true
    offers.documentFormattingProvider = true
    offers.documentRangeFormattingProvider = true
    offers.documentOnTypeFormattingProvider = DocumentOnTypeFormattingOptions(
        firstTriggerCharacter: formattingTriggers[0], moreTriggerCharacter: Array(formattingTriggers.dropFirst()))
    offers.foldingRangeProvider = true
    offers.selectionRangeProvider = true
    if let known = client.capabilities.experimental?.commands, !Set(known).isDisjoint(with: CodeLensHandler.commands) {
        offers.codeLensProvider = ResolveOptions(resolveProvider: true)
    }
    if let capabilities = client.capabilities.textDocument?.semanticTokens,
        capabilities.formats?.contains("relative") ?? true
    {
        let legend = TokenLegend(client)
        offers.semanticTokensProvider = SemanticTokensOptions(
            tokenTypes: legend.kinds.map { "\($0)" }, tokenModifiers: legend.modifierNames, range: true, delta: true)
    }
    let actions = client.capabilities.textDocument?.codeAction
    if actions?.codeActionLiteralSupport != nil {
        offers.codeActionProvider = .options(
            CodeActionOptions(
                codeActionKinds: CodeAction.Kind.allCases.map(\.rawValue),
                resolveProvider: client.resolvesCodeActions ? true : nil))
    } else if client.capabilities.workspace?.applyEdit == true {
        offers.codeActionProvider = .yes
        offers.executeCommandProvider = ExecuteCommandOptions(commands: [applyCodeActionCommand])
    }
    offers.renameProvider =
        client.capabilities.textDocument?.rename?.prepareSupport == true
        ? .options(RenameOptions(prepareProvider: true)) : .yes
    offers.linkedEditingRangeProvider = true
    offers.callHierarchyProvider = true
    offers.documentLinkProvider = ResolveOptions(resolveProvider: false)
    offers.workspaceSymbolProvider = ResolveOptions(resolveProvider: false)
    if client.pullsDiagnostics {
        offers.diagnosticProvider = DiagnosticOptions(
            identifier: "envd", interFileDependencies: true, workspaceDiagnostics: true)
    }
    var workspace = WorkspaceOptions()
    if client.capabilities.workspace?.textDocumentContent != nil {
        workspace.offerContent(scheme: DocumentURI.preludeScheme)
    }
    if client.capabilities.workspace?.fileOperations?.willRename == true {
        workspace.fileOperations = WorkspaceOptions.FileOperations(
            willRename: FileOperationRegistration(glob: "**/*"), didRename: nil)
    }
    offers.workspace = workspace
    return offers
}
