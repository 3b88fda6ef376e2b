/// Reads a pattern. Where Go's `regexp` finds fault with one, so does this, and in the same words.
struct PatternParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    var flags = Flags()
    private var depth = 0

    struct Flags {
        /// `i`
        var foldsCase = false
        /// `m`: `^` and `$` also stand at the beginning and the end of lines.
        var isMultiLine = false
        /// `s`: `.` takes line breaks too.
        var dotTakesNewline = false
    }

    init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)
    }

    mutating func parse() throws(PatternError) -> Pattern {
        let pattern = try alternatives()
        // Only a parenthesis that opens nothing can be left.
        guard position == scalars.count else {
            throw PatternError(reason: .unexpectedParenthesis, fragment: text(from: 0))
        }
        return pattern
    }

    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    /// The pattern from an offset to the present place.
    func text(from start: Int, to end: Int? = nil) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<min(end ?? scalars.count, scalars.count)])
        return String(text)
    }

    func error(_ reason: PatternError.Reason, from start: Int) -> PatternError {
        PatternError(reason: reason, fragment: text(from: start, to: position))
    }

    // MARK: - Structure

    private mutating func alternatives() throws(PatternError) -> Pattern {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Pattern.maximumDepth else {
            throw PatternError(reason: .nestingTooDeep, fragment: text(from: 0, to: 40))
        }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> Pattern {
        var parts: [Pattern] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let start = position
            if scalar == "\\", position + 1 < scalars.count, scalars[position + 1] == "Q" {
                position += 2
                try quoted(into: &parts)
                continue
            }
            if try isRepetition() {
                if scalar == "{" { _ = try counts() } else { position += 1 }
                throw error(.missingRepeatArgument, from: start)
            }
            guard let atom = try atom() else { continue }
            parts.append(try repeated(atom))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    /// `\Q…\E`: literal text. An operator behind it repeats its last character.
    private mutating func quoted(into parts: inout [Pattern]) throws(PatternError) {
        while let scalar = next {
            if scalar == "\\", position + 1 < scalars.count, scalars[position + 1] == "E" {
                position += 2
                if let last = parts.popLast() { parts.append(try repeated(last)) }
                return
            }
            position += 1
            parts.append(.set(ScalarSet(scalar, foldsCase: flags.foldsCase)))
        }
    }

    /// One thing that can be repeated; nil for flags that hold from here on.
    private mutating func atom() throws(PatternError) -> Pattern? {
        let start = position
        guard let scalar = next else { return nil }
        switch scalar {
        case "(": return try group()
        case "[": return .set(try bracketClass())
        case "\\": return try escape()
        default: break
        }
        position += 1
        switch scalar {
        case ".": return .set(flags.dotTakesNewline ? .everything : .notNewline)
        case "^": return .assertion(flags.isMultiLine ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiLine ? .lineEnd : .textEnd)
        default: return .set(ScalarSet(scalars[start], foldsCase: flags.foldsCase))
        }
    }

    // MARK: - Groups

    private mutating func group() throws(PatternError) -> Pattern? {
        let start = position
        let outer = flags
        position += 1
        if take("?") {
            if next == "P" || next == "<" {
                try groupName(from: start)
            } else {
                guard try groupFlags(from: start) else { return nil }
            }
        }
        let inner = try alternatives()
        guard take(")") else { throw PatternError(reason: .missingParenthesis, fragment: text(from: 0)) }
        // Flags that were set inside end with the group.
        flags = outer
        return inner
    }

    private mutating func groupName(from start: Int) throws(PatternError) {
        if take("P"), next != "<" {
            position = min(position + 1, scalars.count)
            throw error(.invalidGroup, from: start)
        }
        position += 1
        if next == "=" || next == "!" {
            position += 1
            throw error(.invalidGroup, from: start)
        }
        let nameStart = position
        while let scalar = next, scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
            position += 1
        }
        guard position > nameStart, take(">") else {
            position = min(position + 1, scalars.count)
            throw error(.invalidGroupName, from: start)
        }
    }

    /// Reads `i-s:` behind `(?`.
    ///
    /// - Returns: whether a group follows; without a colon the flags hold up to the end of the group around.
    private mutating func groupFlags(from start: Int) throws(PatternError) -> Bool {
        var isOn = true
        var count = 0
        while let scalar = next {
            position += 1
            switch scalar {
            case "i": flags.foldsCase = isOn
            case "m": flags.isMultiLine = isOn
            case "s": flags.dotTakesNewline = isOn
            // Greedy or lazy, the same texts match.
            case "U": break
            case "-" where isOn:
                isOn = false
                count = 0
                continue
            case ":" where isOn || count > 0: return true
            case ")" where isOn || count > 0: return false
            default: throw error(.invalidGroup, from: start)
            }
            count += 1
        }
        throw PatternError(reason: .missingParenthesis, fragment: text(from: 0))
    }

    // MARK: - Repetition

    /// Whether an operator that repeats is next; a brace that says no count is a literal.
    private mutating func isRepetition() throws(PatternError) -> Bool {
        switch next {
        case "*", "+", "?": return true
        case "{":
            let before = position
            defer { position = before }
            return try counts() != nil
        default: return false
        }
    }

    private mutating func repeated(_ atom: Pattern) throws(PatternError) -> Pattern {
        var result = atom
        var previous: Int?
        while let scalar = next, "*+?{".unicodeScalars.contains(scalar) {
            let start = position
            let range: (minimum: Int, maximum: Int?)
            switch scalar {
            case "*": range = (0, nil)
            case "+": range = (1, nil)
            case "?": range = (0, 1)
            default:
                guard let counts = try counts() else { return result }
                range = counts
            }
            if scalar != "{" { position += 1 }
            _ = take("?")
            if let previous { throw error(.invalidRepeatOperator, from: previous) }
            previous = start
            result = .repetition(result, minimum: range.minimum, maximum: range.maximum)
        }
        return result
    }

    /// Reads `{n}`, `{n,}` or `{n,m}`; nil, and nothing read, if it is none of these.
    private mutating func counts() throws(PatternError) -> (minimum: Int, maximum: Int?)? {
        let start = position
        position += 1
        guard let counts = countsInBraces() else {
            position = start
            return nil
        }
        let isInLimits = counts.minimum <= Pattern.maximumRepeat && counts.maximum ?? 0 <= Pattern.maximumRepeat
        guard isInLimits, counts.minimum <= counts.maximum ?? .max else {
            throw error(.invalidRepeatCount, from: start)
        }
        return counts
    }

    private mutating func countsInBraces() -> (minimum: Int, maximum: Int?)? {
        guard let minimum = number() else { return nil }
        if take("}") { return (minimum, minimum) }
        guard take(",") else { return nil }
        if take("}") { return (minimum, nil) }
        guard let maximum = number(), take("}") else { return nil }
        return (minimum, maximum)
    }

    /// Decimal digits, without a leading zero as Go wants it; far beyond the limit it is one more than the limit.
    private mutating func number() -> Int? {
        let start = position
        var value = 0
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = min(value * 10 + Int(scalar.value - 0x30), Pattern.maximumRepeat + 1)
            position += 1
        }
        let digits = position - start
        return digits == 0 || (digits > 1 && scalars[start] == "0") ? nil : value
    }
}
