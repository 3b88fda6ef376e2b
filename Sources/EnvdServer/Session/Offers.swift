import EnvdIDE
import LanguageServerProtocol

/// What the server offers a client, as the protocol's `ServerCapabilities`: all that it has, but what the client cannot take.
func serverCapabilities(for client: ClientFeatures) -> JSONValue {
    var offers = JSONObject()
    func offer(_ name: String, _ value: JSONValue) { offers.set(name, to: value) }
    offer("positionEncoding", .string(client.encoding.kind.rawValue))
    offer("textDocumentSync", ["openClose": true, "change": 2, "save": ["includeText": false]])
    offer(
        "completionProvider",
        [
            "triggerCharacters": JSONValue(completionTriggers), "resolveProvider": .bool(client.resolvesCompletions),
            "completionItem": ["labelDetailsSupport": .bool(client.completions.labelDetailsSupport == true)],
        ])
    offer("hoverProvider", true)
    offer("signatureHelpProvider", ["triggerCharacters": ["("], "retriggerCharacters": [",", "="]])
    offer("inlayHintProvider", ["resolveProvider": .bool(client.resolvesInlayTooltips)])
    for name in [
        "declaration", "definition", "typeDefinition", "implementation", "references", "documentHighlight",
        "documentSymbol", "documentFormatting", "documentRangeFormatting", "foldingRange", "selectionRange",
        "linkedEditingRange", "callHierarchy",
    ] {
        offer(name + "Provider", true)
    }
    offer(
        "documentOnTypeFormattingProvider",
        [
            "firstTriggerCharacter": .string(formattingTriggers[0]),
            "moreTriggerCharacter": JSONValue(Array(formattingTriggers.dropFirst())),
        ])
    if let known = client.capabilities.experimental?.commands, !Set(known).isDisjoint(with: CodeLensHandler.commands) {
        offer("codeLensProvider", ["resolveProvider": true])
    }
    if let capabilities = client.capabilities.textDocument?.semanticTokens,
        capabilities.formats?.contains("relative") ?? true
    {
        let legend = TokenLegend(client)
        offer(
            "semanticTokensProvider",
            [
                "legend": [
                    "tokenTypes": JSONValue(legend.kinds.map(\.name)),
                    "tokenModifiers": JSONValue(legend.modifierNames),
                ],
                "range": true, "full": ["delta": true],
            ])
    }
    let actions = client.capabilities.textDocument?.codeAction
    if actions?.codeActionLiteralSupport != nil {
        var options = JSONObject()
        options.set("codeActionKinds", to: JSONValue(CodeAction.Kind.allCases.map(\.rawValue)))
        if client.resolvesCodeActions { options.set("resolveProvider", to: true) }
        offer("codeActionProvider", .object(options))
    } else if client.capabilities.workspace?.applyEdit == true {
        offer("codeActionProvider", true)
        offer("executeCommandProvider", ["commands": [.string(applyCodeActionCommand)]])
    }
    // Those who know no options are told no more than that there is renaming.
    offer(
        "renameProvider",
        client.capabilities.textDocument?.rename?.prepareSupport == true ? ["prepareProvider": true] : true)
    offer("documentLinkProvider", ["resolveProvider": false])
    offer("workspaceSymbolProvider", ["resolveProvider": false])
    if client.pullsDiagnostics {
        offer(
            "diagnosticProvider",
            [
                "identifier": "envd", "interFileDependencies": true, "workspaceDiagnostics": true,
                "workDoneProgress": true,
            ])
    }
    var workspace = JSONObject()
    workspace.set("workspaceFolders", to: ["supported": true, "changeNotifications": true])
    if client.capabilities.workspace?.textDocumentContent != nil {
        workspace.set("textDocumentContent", to: ["schemes": [.string(DocumentURI.preludeScheme)]])
    }
    if client.capabilities.workspace?.fileOperations?.willRename == true {
        let files: JSONValue = ["scheme": "file", "pattern": ["glob": "**/*"]]
        workspace.set("fileOperations", to: ["willRename": ["filters": [files]]])
    }
    offer("workspace", .object(workspace))
    return .object(offers)
}
