/// The piece of a source file that caused an operation. It does not change the digest.
package struct SourceLocation: Hashable, Sendable {
    package var file: String
    /// UTF-8 bytes in the file.
    package var range: Range<Int>
    /// Counted from 1.
    package var line: Int
    /// Counted from 1, in UTF-8 bytes.
    package var column: Int
    /// The function that it stands in, as tracebacks name it; empty if that is not known.
    package var function: String
    /// The calls that led there, outermost first. Callers themselves have none.
    package var callers: [SourceLocation]
    /// Further places that asked for the very same operation, with their callers and without further ones.
    package var others: [SourceLocation] = []

    package init(
        file: String, range: Range<Int>, line: Int, column: Int, function: String = "", callers: [SourceLocation] = []
    ) {
        self.file = file
        self.range = range
        self.line = line
        self.column = column
        self.function = function
        self.callers = callers
    }

    /// The callers and the location itself.
    package var stack: [SourceLocation] {
        var innermost = self
        innermost.callers = []
        innermost.others = []
        return callers + [innermost]
    }

    /// The location by itself, and the others, each once.
    package var places: [SourceLocation] {
        var first = self
        first.others = []
        guard !others.isEmpty else { return [first] }
        var known: Set<SourceLocation> = []
        return ([first] + others).filter { known.insert($0).inserted }
    }
}
