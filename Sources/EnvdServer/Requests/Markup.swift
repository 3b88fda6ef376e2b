import EnvdMarkdown
import LanguageServerProtocol

extension ClientFeatures {
    /// A Markdown text in the best way that the client can show; nil if there is none.
    ///
    /// - Parameter kinds: what the client takes in that place, the best first.
    func content(_ markdown: String, _ kinds: [MarkupKind]?) -> MarkupContent? {
        guard !markdown.isEmpty else { return nil }
        let kind = markup(kinds)
        return MarkupContent(kind: kind, value: kind == .markdown ? markdown : plainText(ofMarkdown: markdown))
    }
}
