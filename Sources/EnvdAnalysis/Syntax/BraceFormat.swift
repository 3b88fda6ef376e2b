/// A format string of `str.format`, read as Starlark reads it: no attributes, elements or specifications.
struct BraceFormat {
    /// How many values the fields `{}` take.
    private(set) var automaticCount = 0
    /// The highest number of a field such as `{0}`.
    private(set) var highestNumber: Int?
    private(set) var names: [String] = []
    private(set) var usedNumbers: Set<Int> = []
    /// Why no values could make it work.
    private(set) var problem: String?

    /// How many positional values are needed.
    var positionalCount: Int { max(automaticCount, (highestNumber ?? -1) + 1) }

    func uses(position: Int) -> Bool { position < automaticCount || usedNumbers.contains(position) }

    init(_ text: String) {
        problem = read(text)
    }

    private mutating func read(_ text: String) -> String? {
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let isOpening = rest[brace] == "{"
            rest = rest[brace...].dropFirst()
            if rest.first == (isOpening ? "{" : "}") {
                rest = rest.dropFirst()
                continue
            }
            guard isOpening else { return "'}' stands alone; '}}' is a brace" }
            guard let end = rest.firstIndex(of: "}") else { return "'{' has no '}'; '{{' is a brace" }
            if let problem = readField(rest[..<end]) { return problem }
            rest = rest[end...].dropFirst()
        }
        return nil
    }

    private mutating func readField(_ field: Substring) -> String? {
        let nameEnd = field.firstIndex { $0 == "!" || $0 == ":" } ?? field.endIndex
        let name = field[..<nameEnd]
        var rest = field[nameEnd...]
        if rest.first == "!" {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            let conversion = rest[..<end].dropFirst()
            guard conversion == "s" || conversion == "r" else { return "there is no conversion '!\(conversion)'" }
            rest = rest[end...]
        }
        if rest.first == ":", rest.count > 1 { return "Starlark has no specifications as in '{\(field)}'" }
        if name.isEmpty {
            automaticCount += 1
        } else if name.allSatisfy({ $0.isASCII && $0.isNumber }) {
            guard let number = Int(name), number < 1 << 20 else { return "there is no value \(name)" }
            highestNumber = max(highestNumber ?? 0, number)
            usedNumbers.insert(number)
        } else if name.contains(".") {
            return "Starlark has no attributes as in '{\(field)}'"
        } else if name.contains("[") {
            return "Starlark has no elements as in '{\(field)}'"
        } else if !name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) {
            // Shell code and JSON, as nearly always.
            return "'{\(field)}' is read as a field; braces are '{{' and '}}'"
        } else {
            names.append(String(name))
        }
        return automaticCount > 0 && highestNumber != nil ? "'{}' and numbered fields do not mix" : nil
    }
}
