/// Cuts a shell script into words and operators, as bash does before it runs anything.
///
/// What is between `$(` and `)` is part of the word around it: only its variables are looked at. Any bytes give tokens.
struct ShellLexer {
    private(set) var tokens: [ShellToken] = []
    private(set) var expansions: [ShellExpansion] = []
    private(set) var unclosed: ShellUnclosedQuotation?

    private let bytes: [UInt8]
    private var at = 0
    /// The ends of the here-documents that begin behind this line, and whether their text is literal.
    private var hereDocuments: [(end: [UInt8], isLiteral: Bool, stripsTabs: Bool)] = []

    /// Deeper substitutions are taken as text.
    private static let maximumDepth = 16

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        while at < bytes.count { token() }
    }

    init(_ text: String) { self.init(Array(text.utf8)) }

    // MARK: - Tokens

    private mutating func token() {
        let start = at
        switch bytes[at] {
        case " ", "\t", "\r": at += 1
        case "\\" where byte(1) == "\n": at += 2
        case "#": skipLine()
        case "\n":
            at += 1
            add("\n", from: start)
            skipHereDocuments()
        case "&", "|", ";", "(", ")": separator()
        case "<" where byte(1) == "(", ">" where byte(1) == "(": word()
        case "<", ">": redirection()
        default: word()
        }
    }

    private mutating func separator() {
        let start = at
        for text in [";;", "&&", "||", "|&"] where starts(with: text) {
            at += 2
            return add(text, from: start)
        }
        if starts(with: "&>") {
            at += starts(with: "&>>") ? 3 : 2
            return add("&>", from: start)
        }
        at += 1
        add(String(UnicodeScalar(bytes[start])), from: start)
    }

    private mutating func redirection() {
        let start = at
        for text in ["<<<", "<<-", "<<", "<>", "<&", ">>", ">&", ">|", "<", ">"] where starts(with: text) {
            at += text.utf8.count
            add(text, from: start)
            if text == "<<" || text == "<<-" { hereDocument(stripsTabs: text == "<<-") }
            return
        }
    }

    private mutating func add(_ text: String, from start: Int) {
        tokens.append(.operator(ShellOperator(range: start..<at, text: text)))
    }

    private mutating func skipLine() {
        while at < bytes.count, bytes[at] != "\n" { at += 1 }
    }

    // MARK: - Words

    private mutating func word() {
        let start = at
        var value: [UInt8]? = []
        var isQuoted = false
        loop: while at < bytes.count {
            switch bytes[at] {
            case "<" where byte(1) == "(", ">" where byte(1) == "(":
                value = nil
                at += 1
                substitution(opening: at - 1, depth: 0)
            case " ", "\t", "\r", "\n", "&", "|", ";", "(", ")", "<", ">": break loop
            case "\\":
                isQuoted = true
                if byte(1) != "\n" { value?.append(byte(1) ?? bytes[at]) }
                at = min(at + 2, bytes.count)
            case "'":
                isQuoted = true
                let inner = singleQuotes()
                value?.append(contentsOf: bytes[inner])
            case "\"":
                isQuoted = true
                doubleQuotes(&value, depth: 0)
            case "$", "`":
                if !expansion(depth: 0) {
                    value?.append(UInt8(ascii: "$"))
                } else {
                    value = nil
                }
            default:
                value?.append(bytes[at])
                at += 1
            }
        }
        // `2>file`: the number belongs to the redirection.
        if at < bytes.count, bytes[at] == "<" || bytes[at] == ">", byte(1) != "(",
            bytes[start..<at].allSatisfy(\.isDigit)
        {
            return redirection()
        }
        tokens.append(
            .word(
                ShellWord(
                    range: start..<at, raw: String(decoding: bytes[start..<at], as: UTF8.self),
                    value: value.map { String(decoding: $0, as: UTF8.self) }, isQuoted: isQuoted)))
    }

    /// Steps over a single-quoted text and returns what is between the quotes.
    private mutating func singleQuotes() -> Range<Int> {
        let start = at
        at += 1
        while at < bytes.count, bytes[at] != "'" { at += 1 }
        let inner = (start + 1)..<at
        close(from: start, "'")
        return inner
    }

    private mutating func doubleQuotes(_ value: inout [UInt8]?, depth: Int) {
        let start = at
        at += 1
        while at < bytes.count, bytes[at] != "\"" {
            switch bytes[at] {
            case "\\" where at + 1 < bytes.count:
                let next = bytes[at + 1]
                if next == "\n" {
                } else if next == "$" || next == "`" || next == "\"" || next == "\\" {
                    value?.append(next)
                } else {
                    value?.append(contentsOf: [bytes[at], next])
                }
                at += 2
            case "$", "`":
                if expansion(depth: depth, isQuoted: true) { value = nil } else { value?.append(UInt8(ascii: "$")) }
            default:
                value?.append(bytes[at])
                at += 1
            }
        }
        close(from: start, "\"")
    }

    /// Steps over the end of a quotation, or notes that there is none.
    private mutating func close(from start: Int, _ opening: String) {
        if at < bytes.count {
            at += 1
        } else if unclosed == nil {
            unclosed = ShellUnclosedQuotation(offset: start, opening: opening)
        }
    }

    // MARK: - Expansions

    /// Steps over a `$…` or a `` `…` ``; false if the dollar is only a dollar.
    private mutating func expansion(depth: Int, isQuoted: Bool = false) -> Bool {
        let start = at
        if bytes[at] == "`" {
            at += 1
            while at < bytes.count, bytes[at] != "`" { at += bytes[at] == "\\" ? 2 : 1 }
            at = min(at, bytes.count)
            close(from: start, "`")
            return true
        }
        guard at + 1 < bytes.count else {
            at += 1
            return false
        }
        switch bytes[at + 1] {
        case "(":
            at += 1
            substitution(opening: start, depth: depth + 1)
        case "{": parameter(depth: depth + 1)
        case "'" where !isQuoted:
            at += 1
            // `$'…'` has escapes, so that `\'` does not end it.
            let quote = at
            at += 1
            while at < bytes.count, bytes[at] != "'" { at += bytes[at] == "\\" ? 2 : 1 }
            at = min(at, bytes.count)
            close(from: quote, "'")
        case let next where next.isShellNameStart:
            at += 1
            while at < bytes.count, bytes[at].isShellNamePart { at += 1 }
            note(from: start, name: (start + 1)..<at)
        case let next where next.isDigit || "@*#?$!-".utf8.contains(next):
            at += 2
            note(from: start, name: (start + 1)..<at)
        default:
            at += 1
            return false
        }
        return true
    }

    private mutating func note(from start: Int, name: Range<Int>, hasDefault: Bool = false) {
        expansions.append(
            ShellExpansion(
                range: start..<at, name: String(decoding: bytes[name], as: UTF8.self), hasDefault: hasDefault))
    }

    /// `${…}`, from the dollar on.
    private mutating func parameter(depth: Int) {
        let start = at
        at += 2
        if at < bytes.count, bytes[at] == "#" || bytes[at] == "!" { at += 1 }
        let name = at
        while at < bytes.count, bytes[at].isShellNamePart { at += 1 }
        let nameRange = name..<at
        let hasDefault = at < bytes.count && (bytes[at] != "}")
        skip(until: UInt8(ascii: "}"), opening: start, text: "${", depth: depth)
        if !nameRange.isEmpty { note(from: start, name: nameRange, hasDefault: hasDefault) }
    }

    /// `(…)` of a substitution, from the parenthesis on.
    private mutating func substitution(opening: Int, depth: Int) {
        at += 1
        skip(until: UInt8(ascii: ")"), opening: opening, text: bytes[opening] == "$" ? "$(" : "<(", depth: depth)
    }

    private mutating func skip(until end: UInt8, opening: Int, text: String, depth: Int) {
        var open = 1
        while at < bytes.count {
            switch bytes[at] {
            case end:
                open -= 1
                if open == 0 {
                    at += 1
                    return
                }
                at += 1
            case "(" where end == ")":
                open += 1
                at += 1
            case "\\": at = min(at + 2, bytes.count)
            case "'" where end == ")": _ = singleQuotes()
            case "\"" where depth < ShellLexer.maximumDepth:
                var ignored: [UInt8]?
                doubleQuotes(&ignored, depth: depth + 1)
            case "$" where depth < ShellLexer.maximumDepth: _ = expansion(depth: depth)
            default: at += 1
            }
        }
        if unclosed == nil { unclosed = ShellUnclosedQuotation(offset: opening, opening: text) }
    }

    // MARK: - Here-documents

    private mutating func hereDocument(stripsTabs: Bool) {
        while at < bytes.count, bytes[at] == " " || bytes[at] == "\t" { at += 1 }
        guard at < bytes.count, bytes[at] != "\n" else { return }
        word()
        guard case .word(let word)? = tokens.last else { return }
        hereDocuments.append((Array(word.text.utf8), word.isQuoted, stripsTabs))
    }

    private mutating func skipHereDocuments() {
        for document in hereDocuments {
            while at < bytes.count {
                var line = at
                while line < bytes.count, bytes[line] != "\n" { line += 1 }
                var content = bytes[at..<line]
                if document.stripsTabs { content = content.drop { $0 == "\t" } }
                if content.elementsEqual(document.end) {
                    at = line
                    break
                }
                if document.isLiteral {
                    at = min(line + 1, bytes.count)
                    continue
                }
                while at < line {
                    if bytes[at] == "\\" {
                        at += 2
                    } else if bytes[at] == "$" {
                        _ = expansion(depth: 1, isQuoted: true)
                    } else {
                        at += 1
                    }
                }
                at = min(max(at, line) + 1, bytes.count)
            }
        }
        hereDocuments = []
    }

    // MARK: - Bytes

    private func byte(_ distance: Int) -> UInt8? {
        at + distance < bytes.count ? bytes[at + distance] : nil
    }

    private func starts(with text: String) -> Bool {
        bytes[at...].starts(with: text.utf8)
    }
}
