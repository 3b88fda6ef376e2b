import EnvdSyntax

/// A string of the program, and where each of its bytes is written.
struct LiteralText: Sendable {
    /// The value in UTF-8 bytes.
    let bytes: [UInt8]
    /// Where it is written: UTF-8 bytes in the file.
    let range: Range<Int>
    /// For each byte of the value, and for its end, where it stands in the file; nil if that is not known.
    private let places: [Int]?
    /// The quote that delimits it, and whether backslashes stand for themselves; nil if it is not one literal.
    let quotes: (delimiter: UInt8, width: Int, isRaw: Bool)?

    /// The place of a part of the value: exact for a plain literal, else the whole expression.
    func source(_ part: Range<Int>) -> Range<Int> {
        guard let places, part.upperBound < places.count else { return range }
        return places[part.lowerBound]..<max(places[part.upperBound], places[part.lowerBound])
    }

    /// Whether places are exact, so that an edit of a part is possible.
    var isExact: Bool { places != nil }

    /// A text as it has to be written within this literal, or nil if that is not possible.
    func escaped(_ text: String) -> String? {
        guard let quotes else { return nil }
        let delimiter = Character(UnicodeScalar(quotes.delimiter))
        if quotes.isRaw {
            return text.contains(delimiter) || text.contains("\n") ? nil : text
        }
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case delimiter: result += quotes.width == 3 ? String(character) : "\\" + String(character)
            default: result.append(character)
            }
        }
        return result
    }

    init(_ constant: (text: String, range: Range<Int>), in file: SourceFile) {
        let value = Array(constant.text.utf8)
        bytes = value
        range = constant.range
        let source = file.bytes(in: constant.range)
        var start = 0
        var isRaw = false
        while start < source.count, source[start] != "\"", source[start] != "'" {
            if source[start] | 0x20 == "r" { isRaw = true }
            start += 1
        }
        let delimiter = start < source.count ? source[start] : 0
        let isTriple =
            source.count - start >= 6 && source[start + 1] == delimiter && source[start + 2] == delimiter
        let width = isTriple ? 3 : 1
        guard start <= 2, StringLiteral.value(of: source) == value else {
            places = nil
            quotes = nil
            return
        }
        quotes = (delimiter, width, isRaw)
        let body = (start + width)..<(source.count - width)
        places = LiteralText.places(of: value, in: source, body, isRaw: isRaw).map { list in
            list.map { $0 + constant.range.lowerBound }
        }
    }

    /// Follows the escapes that stand for one byte; others give nil.
    private static func places(
        of value: [UInt8], in source: [UInt8], _ body: Range<Int>, isRaw: Bool
    ) -> [Int]? {
        var places: [Int] = []
        places.reserveCapacity(value.count + 1)
        var at = body.lowerBound
        while at < body.upperBound {
            guard source[at] != "\r" else { return nil }
            guard source[at] == "\\", !isRaw, at + 1 < body.upperBound else {
                places.append(at)
                at += 1
                continue
            }
            switch source[at + 1] {
            case "\n": break
            case "a", "b", "f", "n", "r", "t", "v", "\\", "'", "\"": places.append(at)
            default: return nil
            }
            at += 2
        }
        places.append(body.upperBound)
        return places.count == value.count + 1 ? places : nil
    }
}
