import Terminal

/// Escape sequences, or none.
struct TerminalStyle {
    let isColored: Bool

    /// The codes of ECMA-48, "select graphic rendition".
    enum Color: Int {
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
        case magenta = 35
        case cyan = 36
    }

    func bold(_ text: String) -> String {
        isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    func dim(_ text: String) -> String {
        isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }

    func colored(_ text: String, _ color: Color, bold: Bool = false) -> String {
        isColored ? "\u{1B}[\(bold ? "1;" : "")\(color.rawValue)m\(text)\u{1B}[0m" : text
    }
}
