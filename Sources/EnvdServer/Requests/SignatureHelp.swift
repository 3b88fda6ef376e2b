import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum SignatureHelpHandler: RequestHandler {
    typealias Request = SignatureHelpRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (_, analysis, offset) = try context.place(params.textDocument, params.position)
        guard let help = analysis.signatureHelp(at: offset) else { return nil }
        let capabilities = context.client.capabilities.textDocument?.signatureHelp?.signatureInformation
        // What somebody has chosen stays chosen while the arguments are typed.
        let chosen = params.context?.isRetrigger == true ? params.context?.activeSignatureHelp?.activeSignature ?? 0 : 0
        let active = help.entries.indices.contains(chosen) ? chosen : 0
        let signatures = help.entries.map { entry in
            SignatureInformation(
                label: entry.signature.label,
                documentation: context.client.content(entry.documentation, capabilities?.documentationFormat),
                parameters: parameters(of: entry, context.client),
                activeParameter: capabilities?.activeParameterSupport == true
                    ? activeParameter(of: entry, capabilities) : nil)
        }
        return SignatureHelpAnswer(
            signatures: signatures, activeSignature: active,
            activeParameter: activeParameter(of: help.entries[active], capabilities))
    }

    private static func parameters(
        of entry: SignatureHelp.Entry, _ client: ClientFeatures
    ) -> [SignatureInformation.Parameter] {
        let capabilities = client.capabilities.textDocument?.signatureHelp?.signatureInformation
        let takesOffsets = capabilities?.parameterInformation?.labelOffsetSupport == true
        let label = Array(entry.signature.label.utf8)
        return entry.signature.parameterRanges.enumerated().map { index, range in
            let text = String(decoding: label[range], as: UTF8.self)
            let start = String(decoding: label[..<range.lowerBound], as: UTF8.self).utf16.count
            return SignatureInformation.Parameter(
                label: takesOffsets ? .offsets(start, start + text.utf16.count) : .text(text),
                documentation: client.content(entry.parameterDocumentation[index], capabilities?.documentationFormat))
        }
    }

    /// A client that cannot be told that there is no such parameter gets a number behind the last, which it shows as none.
    private static func activeParameter(
        of entry: SignatureHelp.Entry, _ capabilities: ClientCapabilities.SignatureHelp.Information?
    ) -> ActiveParameter {
        if let number = entry.activeParameter { return .number(number) }
        return capabilities?.noActiveParameterSupport == true ? .none : .number(entry.signature.parameterRanges.count)
    }
}
