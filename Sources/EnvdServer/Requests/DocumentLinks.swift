import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum DocumentLinkHandler: RequestHandler {
    typealias Request = DocumentLinkRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let analysis = context.analysis(of: document)
        let places = TargetLocations(context, document, analysis)
        let positions = Positions(document.file, context.encoding)
        let hasTooltips = context.client.capabilities.textDocument?.documentLink?.tooltipSupport == true
        return analysis.documentLinks(isCancelled: { context.cancellation.isCancelled }).compactMap { link in
            let target: String? =
                switch link.destination {
                case .file(let file): places.file(file)?.uri.rawValue
                case .path(let path): DocumentURI(path: path).rawValue
                case .url(let url): url
                }
            return target.map {
                LinkedRange(
                    range: positions.range(of: link.range), target: $0, tooltip: hasTooltips ? link.tooltip : nil)
            }
        }
    }
}
