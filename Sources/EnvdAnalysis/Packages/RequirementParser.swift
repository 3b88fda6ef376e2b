/// Reads a requirement. Every method leaves the place behind what it has read, and gives nil where the text cannot go on so.
struct RequirementParser {
    private let bytes: [UInt8]
    private var at = 0

    /// Parentheses of markers nest no deeper.
    private static let maximumDepth = 64

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func requirement() -> Requirement? {
        space()
        guard let name = identifier() else { return nil }
        space()
        guard let extras = extras() else { return nil }
        space()
        if take("@") {
            space()
            let start = at
            while let byte = peek(), byte != " ", byte != "\t" { at += 1 }
            guard at > start else { return nil }
            let url = text(start..<at)
            let isSpaced = peek() != nil
            space()
            guard let marker = marker(isAllowed: isSpaced) else { return nil }
            return Requirement(
                name: name, extras: extras, clauses: [], url: url, marker: marker.isEmpty ? nil : marker)
        }
        let isEnclosed = take("(")
        space()
        guard let clauses = clauses() else { return nil }
        space()
        if isEnclosed, !take(")") { return nil }
        space()
        guard let marker = marker(isAllowed: true) else { return nil }
        return Requirement(
            name: name, extras: extras, clauses: clauses, url: nil, marker: marker.isEmpty ? nil : marker)
    }

    // MARK: - Names

    /// Letters and digits, joined by `-`, `_` and `.`. A `_` at the end is tolerated.
    private mutating func identifier() -> String? {
        let start = at
        guard let first = peek(), first.isLetter || first.isDigit else { return nil }
        while let byte = peek(), byte.isLetter || byte.isDigit || byte == "." || byte == "_" || byte == "-" { at += 1 }
        while at > start, bytes[at - 1] == "." || bytes[at - 1] == "-" { at -= 1 }
        return text(start..<at)
    }

    /// Empty if there are none.
    private mutating func extras() -> [String]? {
        guard take("[") else { return [] }
        var extras: [String] = []
        space()
        if let first = identifier() {
            extras.append(first)
            space()
            while take(",") {
                space()
                guard let next = identifier() else { return nil }
                extras.append(next)
                space()
            }
        }
        return take("]") ? extras : nil
    }

    // MARK: - Versions

    private mutating func clauses() -> [Requirement.Clause]? {
        var clauses: [Requirement.Clause] = []
        // `packaging` reads all up to the next space as the version behind `===`, commas included, and splits it later.
        var isArbitrary = false
        while let op = comparison() {
            isArbitrary = isArbitrary || op == "==="
            space()
            let start = at
            guard version(after: op) else { return nil }
            clauses.append(Requirement.Clause(op: op, version: text(start..<at)))
            if isSpace { isArbitrary = false }
            space()
            guard take(",") else { break }
            let isRefused = isArbitrary && isSpace
            space()
            if isRefused, let byte = peek(), byte != ";", byte != ")" { return nil }
        }
        return clauses
    }

    private mutating func comparison() -> String? {
        for op in ["===", "==", "~=", "!=", "<=", ">=", "<", ">"] where starts(with: op) {
            at += op.utf8.count
            return op
        }
        return nil
    }

    private mutating func version(after op: String) -> Bool {
        if op == "===" {
            while let byte = peek(), byte != " ", byte != "\t", byte != ";", byte != ")", byte != "," { at += 1 }
            return true
        }
        if peek().map({ $0 | 0x20 == "v" }) ?? false { at += 1 }
        guard number() else { return false }
        if take("!"), !number() { return false }
        var count = 1
        while peek() == ".", peek(1)?.isDigit ?? false {
            at += 1
            _ = number()
            count += 1
        }
        if op == "~=", count < 2 { return false }
        let isEquality = op == "==" || op == "!="
        if starts(with: ".*") {
            guard isEquality else { return false }
            at += 2
            return true
        }
        suffix(["alpha", "beta", "preview", "pre", "a", "b", "c", "rc"])
        if peek() == "-", peek(1)?.isDigit ?? false {
            at += 1
            _ = number()
        } else {
            suffix(["post", "rev", "r"])
        }
        suffix(["dev"])
        if peek() == "+" {
            guard isEquality else { return false }
            at += 1
            repeat {
                let start = at
                while let byte = peek(), byte.isLetter || byte.isDigit { at += 1 }
                guard at > start else { return false }
                guard let separator = peek(), separator == "-" || separator == "_" || separator == "." else { break }
                at += 1
            } while true
        }
        return true
    }

    private mutating func number() -> Bool {
        let start = at
        while peek()?.isDigit ?? false { at += 1 }
        return at > start
    }

    /// `-rc.1`: one of the words, with a separator before it and before the number behind it, all of which may be missing.
    private mutating func suffix(_ words: [String]) {
        let start = at
        separator()
        guard let word = words.first(where: { isWord($0) }) else {
            at = start
            return
        }
        at += word.utf8.count
        separator()
        _ = number()
    }

    private mutating func separator() {
        if let byte = peek(), byte == "-" || byte == "_" || byte == "." { at += 1 }
    }

    private func isWord(_ word: String) -> Bool {
        let letters = word.utf8
        guard at + letters.count <= bytes.count else { return false }
        return zip(bytes[at...], letters).allSatisfy { $0.isLetter && $0 | 0x20 == $1 }
    }

    // MARK: - Markers

    /// Reads to the end of the text. Empty if there is none; nil if something else stands there.
    private mutating func marker(isAllowed: Bool) -> String? {
        if peek() == nil { return "" }
        guard isAllowed, take(";") else { return nil }
        let start = at
        space()
        guard conditions(depth: 0) else { return nil }
        space()
        return peek() == nil ? text(start..<bytes.count) : nil
    }

    private mutating func conditions(depth: Int) -> Bool {
        guard depth < RequirementParser.maximumDepth else { return false }
        repeat {
            space()
            if take("(") {
                guard conditions(depth: depth + 1) else { return false }
                space()
                guard take(")") else { return false }
            } else {
                guard operand() else { return false }
                space()
                guard comparisonOfMarkers() else { return false }
                space()
                guard operand() else { return false }
            }
            space()
        } while keyword("and") || keyword("or")
        return true
    }

    private mutating func comparisonOfMarkers() -> Bool {
        if keyword("in") { return true }
        if keyword("not") {
            guard peek() == " " || peek() == "\t" else { return false }
            space()
            return keyword("in")
        }
        return comparison() != nil
    }

    private mutating func keyword(_ word: String) -> Bool {
        guard starts(with: word) else { return false }
        let end = at + word.utf8.count
        if end < bytes.count, bytes[end].isShellNamePart { return false }
        if at > 0, bytes[at - 1].isShellNamePart { return false }
        at = end
        return true
    }

    private static let variables: Set<String> = [
        "python_version", "python_full_version", "os_name", "os.name", "sys_platform", "sys.platform",
        "platform_release", "platform_system", "platform_version", "platform.version", "platform_machine",
        "platform.machine", "platform_python_implementation", "platform.python_implementation",
        "python_implementation", "implementation_name", "implementation_version", "extra", "extras",
        "dependency_groups",
    ]

    private mutating func operand() -> Bool {
        if let quote = peek(), quote == "'" || quote == "\"" {
            guard let end = bytes[(at + 1)...].firstIndex(of: quote) else { return false }
            at = end + 1
            return true
        }
        let start = at
        while let byte = peek(), byte.isShellNamePart || byte == "." { at += 1 }
        return RequirementParser.variables.contains(text(start..<at))
    }

    // MARK: - Bytes

    private mutating func space() {
        while let byte = peek(), byte == " " || byte == "\t" { at += 1 }
    }

    private var isSpace: Bool { peek() == " " || peek() == "\t" }

    private func peek(_ distance: Int = 0) -> UInt8? {
        at + distance < bytes.count ? bytes[at + distance] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == character else { return false }
        at += 1
        return true
    }

    private func starts(with text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
