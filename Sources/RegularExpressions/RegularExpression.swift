/// A regular expression in the syntax of RE2 and of Go's `regexp`, searched for in time proportional to the length of the
/// text.
///
/// Swift's own `Regex` and others of its kind go back and try again, which for some patterns takes time exponential in
/// the length of the text; a pattern that comes out of somebody's program must not be able to do that. Here all ways to
/// match are followed at once (Thompson's construction), each state of the pattern at most once a character. The size
/// of the compiled pattern is bounded, and so is the work of a search.
///
/// What there is: literals, `.`, classes (`[a-z]`, `[^…]`, `[[:alpha:]]`, `\d \w \s`, `\pL` for general categories),
/// anchors (`^ $ \A \z \b \B`), groups, alternation, `* + ? {n,m}` and their lazy forms, flags `(?imsU)`, `\Q…\E` and the
/// escapes of Go. As in RE2 there are no references to groups and no looking around. Groups and laziness are read but make no
/// difference, since a search only says whether there is a match.
package struct RegularExpression: Sendable {
    private let program: PatternProgram

    /// A search was ended because it took too many steps.
    package struct TooMuchWork: Error, CustomStringConvertible {
        package let description = "the search takes too long: the pattern and the text are both large"
    }

    package init(_ pattern: String) throws(PatternError) {
        var parser = PatternParser(pattern)
        program = try PatternProgram(parser.parse(), pattern: pattern)
    }

    /// Whether some part of the text matches. Bytes that are no UTF-8 count as U+FFFD each.
    ///
    /// - Parameter maximumSteps: how many states to visit at most, over the whole text.
    package func matches(
        somewhereIn text: some Sequence<UInt8>, maximumSteps: Int = 200_000_000
    ) throws(TooMuchWork) -> Bool {
        var search = PatternSearch(program, maximumSteps: maximumSteps)
        guard let isFound = search.run(Array(text)) else { throw TooMuchWork() }
        return isFound
    }
}
