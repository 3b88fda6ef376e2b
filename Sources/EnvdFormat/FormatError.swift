import EnvdSyntax

/// Why a file was left as it is.
package enum FormatError: Error, Sendable {
    /// The file has syntax findings; the first one says where formatting would have to guess.
    case syntax(first: SyntaxDiagnostic)
    /// The formatter's own check refused its output: a mistake in the formatter, never the user's; or the parentheses that
    /// a split needs would nest deeper than the parser goes.
    ///
    /// - Parameter reason: what is wrong, in words for the user.
    case notEquivalent(reason: String)
}
