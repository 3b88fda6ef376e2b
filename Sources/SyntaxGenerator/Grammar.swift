/// The grammar as data: what `Grammar/tokens.txt` and `Grammar/envd.ungram` say.
struct Grammar {
    var tokens: [TokenKind] = []
    var rules: [Rule] = []

    struct TokenKind {
        var name: String
        /// The text that the token always has; nil for a class of tokens such as names.
        var text: String?
        /// What messages call the token.
        var description: String
    }

    struct Rule {
        var name: String
        var body: Body
    }

    enum Body {
        /// Every alternative is one node.
        case union([String])
        case node([Element])
    }

    struct Element {
        enum Shape { case tokens([String]), node(String) }
        enum Count { case one, optional, many }
        var label: String?
        var shape: Shape
        var count: Count
    }

    struct Mistake: Error, CustomStringConvertible {
        var description: String
    }

    func rule(_ name: String) -> Rule? { rules.first { $0.name == name } }

    var nodes: [(name: String, elements: [Element])] {
        rules.compactMap { rule in
            if case .node(let elements) = rule.body { (rule.name, elements) } else { nil }
        }
    }

    var unions: [(name: String, members: [String])] {
        rules.compactMap { rule in
            if case .union(let members) = rule.body { (rule.name, members) } else { nil }
        }
    }

    /// The node kinds that a node or union name stands for.
    func kinds(of name: String) -> [String] {
        guard case .union(let members)? = rule(name)?.body else { return [name] }
        return members.flatMap { kinds(of: $0) }
    }
}

// MARK: - Reading tokens.txt

extension Grammar {
    mutating func readTokens(_ text: String) throws(Mistake) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, let first = parts[1].first, let last = parts[1].last, parts[1].count > 2 else {
                throw Mistake(description: "tokens.txt:\(index + 1): expected KIND 'text' or KIND <class>")
            }
            let inner = String(parts[1].dropFirst().dropLast())
            switch (first, last) {
            case ("'", "'"): tokens.append(TokenKind(name: parts[0], text: inner, description: "'\(inner)'"))
            case ("<", ">"): tokens.append(TokenKind(name: parts[0], text: nil, description: inner))
            default: throw Mistake(description: "tokens.txt:\(index + 1): expected KIND 'text' or KIND <class>")
            }
        }
    }
}

// MARK: - Reading envd.ungram

extension Grammar {
    private enum Lexeme: Equatable {
        case name(String), text(String), kind(String)
        case equal, colon, bar, open, close, question, star
    }

    private static func lex(_ text: String) throws(Mistake) -> [Lexeme] {
        var lexemes: [Lexeme] = []
        var rest = Substring(text)
        while let c = rest.first {
            if c.isWhitespace {
                rest = rest.drop(while: \.isWhitespace)
            } else if rest.hasPrefix("//") {
                rest = rest.drop { !$0.isNewline }
            } else if c == "'" {
                rest = rest.dropFirst()
                lexemes.append(.text(String(rest.prefix { $0 != "'" })))
                rest = rest.drop { $0 != "'" }.dropFirst()
            } else if c == "<" {
                rest = rest.dropFirst()
                lexemes.append(.kind(String(rest.prefix { $0 != ">" })))
                rest = rest.drop { $0 != ">" }.dropFirst()
            } else if c.isLetter {
                lexemes.append(.name(String(rest.prefix(while: \.isLetter))))
                rest = rest.drop(while: \.isLetter)
            } else {
                let signs: [Character: Lexeme] = [
                    "=": .equal, ":": .colon, "|": .bar, "(": .open, ")": .close, "?": .question, "*": .star,
                ]
                guard let sign = signs[c] else { throw Mistake(description: "envd.ungram: unexpected '\(c)'") }
                lexemes.append(sign)
                rest = rest.dropFirst()
            }
        }
        return lexemes
    }

    mutating func readRules(_ text: String) throws(Mistake) {
        let lexemes = try Self.lex(text)
        var at = 0
        func startsRule(_ index: Int) -> Bool {
            guard index + 1 < lexemes.count, case .name = lexemes[index] else { return false }
            return lexemes[index + 1] == .equal
        }
        while at < lexemes.count {
            guard startsRule(at), case .name(let name) = lexemes[at] else {
                throw Mistake(description: "envd.ungram: expected NAME = … at lexeme \(at): \(lexemes[at])")
            }
            at += 2
            let start = at
            while at < lexemes.count, !startsRule(at) { at += 1 }
            rules.append(Rule(name: name, body: try body(Array(lexemes[start..<at]), of: name)))
        }
        for rule in rules {
            let used =
                switch rule.body {
                case .union(let members): members
                case .node(let elements):
                    elements.compactMap { if case .node(let name) = $0.shape { name } else { nil } }
                }
            for name in used where self.rule(name) == nil {
                throw Mistake(description: "envd.ungram: \(rule.name) uses \(name), which has no rule")
            }
        }
    }

    private func body(_ lexemes: [Lexeme], of rule: String) throws(Mistake) -> Body {
        let isUnion = lexemes.enumerated().allSatisfy { index, lexeme in
            if index % 2 == 1 { return lexeme == .bar }
            if case .name = lexeme { return true }
            return false
        }
        if isUnion, lexemes.count > 1 {
            return .union(lexemes.compactMap { if case .name(let name) = $0 { name } else { nil } })
        }
        var elements: [Element] = []
        var at = 0
        func peek(_ ahead: Int = 0) -> Lexeme? { at + ahead < lexemes.count ? lexemes[at + ahead] : nil }
        while at < lexemes.count {
            var label: String?
            if case .name(let name)? = peek(), peek(1) == .colon {
                label = name
                at += 2
            }
            var shape: Element.Shape
            switch peek() {
            case .name(let name)?:
                shape = .node(name)
                at += 1
            case .text(let text)?:
                shape = .tokens([try tokenName(text: text)])
                at += 1
            case .kind(let kind)?:
                shape = .tokens([try tokenName(kind: kind)])
                at += 1
            case .open?:
                var kinds: [String] = []
                at += 1
                while let lexeme = peek(), lexeme != .close {
                    switch lexeme {
                    case .text(let text): kinds.append(try tokenName(text: text))
                    case .kind(let kind): kinds.append(try tokenName(kind: kind))
                    case .bar: break
                    default: throw Mistake(description: "envd.ungram: \(rule): only tokens may stand in brackets")
                    }
                    at += 1
                }
                at += 1
                shape = .tokens(kinds)
            default:
                throw Mistake(description: "envd.ungram: \(rule): unexpected \(peek().map { "\($0)" } ?? "end")")
            }
            var count = Element.Count.one
            if peek() == .question {
                count = .optional
                at += 1
            } else if peek() == .star {
                count = .many
                at += 1
            }
            elements.append(Element(label: label, shape: shape, count: count))
        }
        return .node(elements)
    }

    private func tokenName(text: String) throws(Mistake) -> String {
        guard let token = tokens.first(where: { $0.text == text }) else {
            throw Mistake(description: "envd.ungram: no token '\(text)' in tokens.txt")
        }
        return token.name
    }

    private func tokenName(kind: String) throws(Mistake) -> String {
        guard tokens.contains(where: { $0.name == kind }) else {
            throw Mistake(description: "envd.ungram: no token <\(kind)> in tokens.txt")
        }
        return kind
    }
}
