import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// The command by which clients run actions that know nothing but commands.
let applyCodeActionCommand = "envd.applyCodeAction"

enum CodeActionHandler: RequestHandler {
    typealias Request = CodeActionRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let capabilities = context.client.capabilities
        let takesActions = capabilities.textDocument?.codeAction?.codeActionLiteralSupport != nil
        guard takesActions || capabilities.workspace?.applyEdit == true else { return [] }
        let analysis = context.analysis(of: document)
        let range = document.file.byteRange(of: params.range, encoding: context.encoding)
        var found: [CodeActionOrCommand] = []
        for offer in analysis.codeActionOffers(in: range, kinds: params.context.only) {
            let action = offer.action
            if action.createsFile, !context.createsFiles { continue }
            let data = CodeActionData(
                uri: document.uri, version: document.version, start: range.lowerBound, end: range.upperBound,
                id: action.id)
            guard takesActions else {
                found.append(
                    .command(Command(title: action.title, command: applyCodeActionCommand, arguments: [data])))
                continue
            }
            var item = CodeActionItem(title: action.title, kind: action.kind.rawValue)
            if !action.findings.isEmpty {
                let writer = DiagnosticWriter(
                    document.uri, document.file,
                    capabilities.textDocument?.diagnostic ?? capabilities.textDocument?.publishDiagnostics,
                    context.snapshot)
                item.diagnostics = action.findings.map(writer.diagnostic)
            }
            if action.isPreferred, capabilities.textDocument?.codeAction?.isPreferredSupport == true {
                item.isPreferred = true
            }
            if context.client.resolvesCodeActions {
                item.data = data
            } else {
                if context.cancellation.isCancelled { return [] }
                guard let edit = offer.edit(), let change = context.workspaceEdit(edit, document, analysis)
                else { continue }
                item.edit = change
            }
            found.append(.action(item))
        }
        return found
    }
}

enum CodeActionResolveHandler: RequestHandler {
    typealias Request = CodeActionResolveRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let asked = try decodeParams(ResolvableCodeAction.self, from: params)
        guard case .object(var action) = params.value else { return params.value }
        guard let data = asked.data else {
            // What is complete needs no more, and is not looked at here.
            guard action["edit"] == nil, action["command"] == nil else {
                throw ResponseError(.invalidParams, "the action is complete")
            }
            return params.value
        }
        guard let change = try context.edit(of: data), let value = try? JSONValue(parsing: jsonText(of: change))
        else { return params.value }
        action.set("edit", to: value)
        return .object(action)
    }
}

enum ExecuteCommandHandler: RequestHandler {
    typealias Request = ExecuteCommandRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        guard params.command == applyCodeActionCommand else {
            throw ResponseError(.invalidParams, "there is no command '\(params.command)'")
        }
        let data = try decodeParams(CodeActionData.self, from: params.arguments?.first)
        guard let change = try context.edit(of: data) else { return .null }
        context.send(
            ServerRequestMessage(
                id: "envd-edit-\(data.version)-\(data.id)", method: ApplyWorkspaceEdit.method,
                params: ApplyWorkspaceEdit.Params(label: "envd", edit: change)))
        return .null
    }
}

extension RequestContext {
    /// The edit of an action that was listed before; nil if it does nothing.
    fileprivate func edit(of data: CodeActionData) throws(ResponseError) -> WorkspaceEdit? {
        guard let document = snapshot.documents[data.uri] else {
            throw ResponseError(.requestFailed, "the document is not open: \(data.uri.rawValue)")
        }
        guard document.version == data.version else {
            throw ResponseError(.contentModified, "the document has changed since the action was listed")
        }
        let analysis = analysis(of: document)
        guard data.start <= data.end,
            let edit = analysis.edit(ofCodeAction: data.id, in: data.start..<data.end)
        else { return nil }
        return workspaceEdit(edit, document, analysis)
    }
}

extension ClientFeatures {
    /// Whether the client asks for the edit of an action when somebody has chosen it.
    var resolvesCodeActions: Bool {
        let capabilities = capabilities.textDocument?.codeAction
        return capabilities?.dataSupport == true && capabilities?.resolveSupport?.properties.contains("edit") == true
    }
}
