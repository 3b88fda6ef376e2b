/// What black lets its users choose, with black's own defaults.
package struct Style: Sendable, Hashable {
    /// Columns that a line should not exceed.
    package var lineLength = 88
    /// Strings get double quotes where that needs no more backslashes.
    package var normalizesStrings = true
    /// A comma behind the last element asks for one element a line. Without it, commas are put and dropped as lines
    /// need them.
    package var heedsMagicTrailingComma = true

    package init(lineLength: Int = 88, normalizesStrings: Bool = true, heedsMagicTrailingComma: Bool = true) {
        self.lineLength = lineLength
        self.normalizesStrings = normalizesStrings
        self.heedsMagicTrailingComma = heedsMagicTrailingComma
    }
}
