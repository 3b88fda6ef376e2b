/// A regular expression as a tree. What groups and laziness say is gone: a search only asks whether there is a match.
indirect enum Pattern {
    case empty
    case set(ScalarSet)
    case assertion(Assertion)
    case sequence([Pattern])
    case alternatives([Pattern])
    /// `maximum` is nil for no bound.
    case repetition(Pattern, minimum: Int, maximum: Int?)

    /// What holds between two characters.
    enum Assertion {
        case textStart, textEnd
        case lineStart, lineEnd
        /// Words are of ASCII letters, digits and underscores.
        case wordBoundary, noWordBoundary
    }

    /// How deep groups may be nested.
    static let maximumDepth = 250
    /// The largest number in braces.
    static let maximumRepeat = 1_000
}
