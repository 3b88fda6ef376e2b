import Terminal

/// What the text before the cursor could go on with: names, keywords, and attributes behind a dot.
struct ReplCompletion {
    let names: [String]
    /// The attributes of what a chain of names leads to.
    let attributes: (String) -> [String]

    private static let keywords = [
        "and", "break", "continue", "def", "elif", "else", "for", "if", "in", "lambda", "load", "not", "or", "pass",
        "return", "while",
    ]

    func completion(before text: String) -> LineEditor.Completion {
        let word = Self.lastWord(of: text[...])
        let rest = text[..<word.startIndex]
        guard rest.last == "." else {
            // A number goes on with digits alone.
            guard let first = word.first, !first.isNumber else { return .init(length: 0, candidates: []) }
            return candidates(names + Self.keywords, word)
        }
        guard let chain = Self.chain(before: rest.dropLast()) else { return .init(length: 0, candidates: []) }
        return candidates(attributes(chain), word)
    }

    private func candidates(_ all: [String], _ word: Substring) -> LineEditor.Completion {
        let fitting = all.filter { name in
            // What is hidden is offered to those who ask for it.
            name.hasPrefix(word) && (word.hasPrefix("_") || !name.hasPrefix("_"))
        }
        return .init(length: word.count, candidates: Array(Set(fitting)).sorted())
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func lastWord(of text: Substring) -> Substring {
        var start = text.endIndex
        while start > text.startIndex, isWord(text[text.index(before: start)]) { start = text.index(before: start) }
        return text[start...]
    }

    /// `a.b` at the end of a text; nil if anything but plain names stands there, such as a call.
    private static func chain(before text: Substring) -> String? {
        var start = text.endIndex
        while true {
            let word = lastWord(of: text[..<start])
            guard let first = word.first, !first.isNumber else { return nil }
            start = word.startIndex
            guard start > text.startIndex, text[text.index(before: start)] == "." else { break }
            start = text.index(before: start)
        }
        return String(text[start...])
    }
}
