import EnvdSyntax

/// Why a file was left as it is.
package enum FormatError: Error, Sendable {
    /// The file has syntax findings; the first one says where formatting would have to guess.
    case syntax(first: SyntaxDiagnostic)
    /// The formatter's own check refused its output: a mistake in the formatter, never the user's.
    ///
    /// - Parameter reason: what differs, in words.
    case notEquivalent(reason: String)
}
