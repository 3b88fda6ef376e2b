/// Why a pattern is no regular expression, in the words of Go's `regexp/syntax`.
package struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Reason: String, Sendable {
        case invalidClassRange = "invalid character class range"
        case invalidEscape = "invalid escape sequence"
        case invalidGroup = "invalid or unsupported Perl syntax"
        case invalidGroupName = "invalid named capture"
        case invalidRepeatCount = "invalid repeat count"
        case invalidRepeatOperator = "invalid nested repetition operator"
        case missingBracket = "missing closing ]"
        case missingParenthesis = "missing closing )"
        case missingRepeatArgument = "missing argument to repetition operator"
        case nestingTooDeep = "expression nests too deeply"
        case tooLarge = "expression too large"
        case trailingBackslash = "trailing backslash at end of expression"
        case unexpectedParenthesis = "unexpected )"
        case unsupportedClass = "unsupported character class"
    }

    package let reason: Reason
    /// The part of the pattern that is wrong; empty if that is all of it.
    package let fragment: String

    package var description: String {
        "error parsing regexp: \(reason.rawValue)" + (fragment.isEmpty ? "" : ": `\(fragment)`")
    }
}
