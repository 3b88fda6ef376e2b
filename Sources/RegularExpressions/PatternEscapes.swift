// What begins with a backslash or a bracket.

extension PatternParser {
    mutating func escape() throws(PatternError) -> Pattern {
        guard position + 1 < scalars.count else {
            throw PatternError(reason: .trailingBackslash, fragment: "")
        }
        switch scalars[position + 1] {
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        default: break
        }
        var builder = ScalarSet.Builder()
        if try namedClass(into: &builder) {
            return .set(builder.build(isNegated: false, foldsCase: flags.foldsCase))
        }
        return .set(ScalarSet(try escapedScalar(), foldsCase: flags.foldsCase))
    }

    private mutating func assertion(_ assertion: Pattern.Assertion) -> Pattern {
        position += 2
        return .assertion(assertion)
    }

    /// Reads `\d`, `\pL`, `\p{Lu}`, `\P{^L}` and their like, if one of them is next.
    private mutating func namedClass(into builder: inout ScalarSet.Builder) throws(PatternError) -> Bool {
        guard next == "\\", position + 1 < scalars.count else { return false }
        let start = position
        let letter = scalars[position + 1]
        if let ranges = CharacterClasses.perl(letter) {
            position += 2
            builder.insert(ranges, isNegated: letter.properties.isUppercase)
            return true
        }
        guard letter == "p" || letter == "P" else { return false }
        position += 2
        var isNegated = letter == "P"
        var name = ""
        if take("{") {
            if take("^") { isNegated.toggle() }
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard take("}") else { throw error(.invalidClassRange, from: start) }
        } else if let scalar = next {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard let kinds = CharacterClasses.category(name) else { throw error(.unsupportedClass, from: start) }
        builder.insert(kinds, isNegated: isNegated)
        return true
    }

    /// Reads an escape that stands for one character.
    private mutating func escapedScalar() throws(PatternError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard let letter = next else { throw PatternError(reason: .trailingBackslash, fragment: "") }
        position += 1
        switch letter {
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        case "x": return try hexadecimal(from: start)
        case "0"..."7":
            // A single digit other than zero would be a reference to a group.
            let isReference = letter != "0" && !(next.map { ("0"..."7").contains($0) } ?? false)
            guard !isReference else { throw error(.invalidEscape, from: start) }
            var value = letter.value - 0x30
            for _ in 0..<2 {
                guard let digit = next, ("0"..."7").contains(digit) else { break }
                value = value * 8 + digit.value - 0x30
                position += 1
            }
            guard let scalar = Unicode.Scalar(value) else { throw error(.invalidEscape, from: start) }
            return scalar
        default:
            guard letter.isASCII, !letter.properties.isAlphabetic, !("0"..."9").contains(letter) else {
                throw error(.invalidEscape, from: start)
            }
            return letter
        }
    }

    /// `7F` or `{10FFFF}`, behind `\x`.
    private mutating func hexadecimal(from start: Int) throws(PatternError) -> Unicode.Scalar {
        var value: UInt32 = 0
        var count = 0
        let isBraced = take("{")
        while count < (isBraced ? 8 : 2), let digit = next, let number = Character(digit).hexDigitValue, digit.isASCII {
            value = value << 4 | UInt32(number)
            count += 1
            position += 1
        }
        let isClosed = isBraced ? count > 0 && take("}") : count == 2
        guard isClosed, let scalar = Unicode.Scalar(value) else {
            position = min(position + 1, scalars.count)
            throw error(.invalidEscape, from: start)
        }
        return scalar
    }

    // MARK: - Brackets

    /// Reads `[…]`.
    mutating func bracketClass() throws(PatternError) -> ScalarSet {
        let start = position
        position += 1
        let isNegated = take("^")
        var builder = ScalarSet.Builder()
        var isFirst = true
        while next != "]" || isFirst {
            guard next != nil else { throw PatternError(reason: .missingBracket, fragment: text(from: start)) }
            isFirst = false
            if try posixClass(into: &builder) { continue }
            if try namedClass(into: &builder) { continue }
            let rangeStart = position
            let lower = try classScalar(from: start)
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                builder.insert(lower.value...lower.value)
                continue
            }
            position += 1
            let upper = try classScalar(from: start)
            guard lower <= upper else { throw error(.invalidClassRange, from: rangeStart) }
            builder.insert(lower.value...upper.value)
        }
        position += 1
        return builder.build(isNegated: isNegated, foldsCase: flags.foldsCase)
    }

    private mutating func classScalar(from start: Int) throws(PatternError) -> Unicode.Scalar {
        guard let scalar = next else { throw PatternError(reason: .missingBracket, fragment: text(from: start)) }
        if scalar == "\\" { return try escapedScalar() }
        position += 1
        return scalar
    }

    /// Reads `[:alpha:]` or `[:^alpha:]`, if one is next.
    private mutating func posixClass(into builder: inout ScalarSet.Builder) throws(PatternError) -> Bool {
        guard next == "[", position + 1 < scalars.count, scalars[position + 1] == ":" else { return false }
        let start = position
        var end = position + 2
        while end + 1 < scalars.count, !(scalars[end] == ":" && scalars[end + 1] == "]") { end += 1 }
        // Without an end it is a bracket and a colon.
        guard end + 1 < scalars.count else { return false }
        position += 2
        let isNegated = take("^")
        let name = text(from: position, to: end)
        position = end + 2
        guard let ranges = CharacterClasses.posix(name) else { throw error(.invalidClassRange, from: start) }
        builder.insert(ranges, isNegated: isNegated)
        return true
    }
}
