/// What black lets its users choose, with black's own defaults.
package struct Style: Sendable, Hashable {
    /// Columns that a line should not exceed.
    package var lineLength = 88

    package init(lineLength: Int = 88) {
        self.lineLength = lineLength
    }
}
