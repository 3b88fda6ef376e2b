import EnvdSyntax

/// A program with a mark, `⌖`, where the cursor is.
struct Snippet {
    let file: SourceFile
    /// UTF-8 bytes.
    let cursor: Int

    init(_ text: String) {
        let parts = text.split(separator: "⌖", maxSplits: 1, omittingEmptySubsequences: false)
        cursor = parts[0].utf8.count
        file = SourceFile(parts.joined())
    }
}
