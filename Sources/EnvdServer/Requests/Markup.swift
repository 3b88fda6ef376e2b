import EnvdMarkdown
import LanguageServerProtocol

extension ClientFeatures {
    /// The same for places where a client may also know no more than plain strings.
    func documentation(_ markdown: String, _ kinds: [MarkupKind]?) -> Documentation? {
        content(markdown, kinds).map { kinds == nil ? .text($0.value) : .markup($0) }
    }

    /// A Markdown text in the best way that the client can show; nil if there is none.
    ///
    /// - Parameter kinds: what the client takes in that place, the best first.
    func content(_ markdown: String, _ kinds: [MarkupKind]?) -> MarkupContent? {
        guard !markdown.isEmpty else { return nil }
        let kind = markup(kinds)
        return MarkupContent(kind: kind, value: kind == .markdown ? markdown : plainText(ofMarkdown: markdown))
    }
}
