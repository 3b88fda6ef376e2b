/// The piece of a source file that caused an operation. It does not change the digest.
package struct SourceLocation: Hashable, Sendable {
    package var file: String
    /// UTF-8 bytes in the file.
    package var range: Range<Int>
    /// Counted from 1.
    package var line: Int
    /// Counted from 1, in UTF-8 bytes.
    package var column: Int

    package init(file: String, range: Range<Int>, line: Int, column: Int) {
        self.file = file
        self.range = range
        self.line = line
        self.column = column
    }
}
