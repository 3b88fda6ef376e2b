import Terminal

extension String {
    /// The text for an element or an attribute of XML and HTML alike. What XML cannot hold, and what would turn the direction
    /// of the text around it, becomes U+FFFD.
    var escapedForMarkup: String {
        var result = ""
        result.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar.disturbsTerminal ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }

    /// On one line, with nothing that would disturb: line breaks and tabs become blanks, control characters U+FFFD.
    package var onOneLine: String {
        if isPrintableASCII { return self }
        var line = ""
        for scalar in unicodeScalars {
            let isBreak = scalar == "\n" || scalar == "\r" || scalar == "\t"
            line.unicodeScalars.append(isBreak ? " " : scalar.disturbsTerminal ? "\u{FFFD}" : scalar)
        }
        return line
    }
}

/// How wide text is in the sans-serif typefaces of common systems, and what fits.
///
/// The one who draws has no typeface at hand; the widths are those of DejaVu Sans, rounded up, which is among the widest.
enum TextMeasure {
    /// In ems.
    static func width(of scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", "J", "'": 0.3
        case " ", ".", ",", ":", ";", "/", "\\", "|", "·": 0.34
        case "f", "t", "r", "(", ")", "[", "]", "-", "!": 0.42
        case "c", "s", "z", "_", "*", "?", "\"", "`": 0.55
        case "m", "W", "@", "%", "…", "→": 1
        case "w", "M", "+", "=", "<", ">", "#", "~", "^": 0.87
        case "L", "F", "T", "P", "Y", "E", "S": 0.64
        case "A"..."Z", "&": 0.79
        case "\u{20}"..."\u{7E}": 0.64
        default:
            switch scalar.columnWidth {
            case 0: 0
            case 2: 1.05
            default: 0.75
            }
        }
    }

    /// As much of a text as fits into a width in pixels at a size in pixels, with an ellipsis if that is not all.
    static func fitting(_ text: String, into width: Double, size: Double) -> String {
        var kept = ""
        var used = 0.0
        let ellipsis = TextMeasure.width(of: "…") * size
        var lengthBeforeEllipsis = 0
        var count = 0
        for scalar in text.unicodeScalars {
            used += TextMeasure.width(of: scalar) * size
            if used > width {
                return String(String.UnicodeScalarView(kept.unicodeScalars.prefix(lengthBeforeEllipsis))) + "…"
            }
            kept.unicodeScalars.append(scalar)
            count += 1
            if used + ellipsis <= width { lengthBeforeEllipsis = count }
        }
        return kept
    }
}

extension Double {
    /// A coordinate with at most one digit after the point, which is as fine as pixels need.
    var coordinate: String {
        let tenths = (self * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e15 else { return "0" }
        let value = Int(tenths)
        let (whole, rest) = (abs(value) / 10, abs(value) % 10)
        return (value < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
    }
}
