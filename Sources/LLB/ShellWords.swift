/// Splits a command line into words the way BuildKit's client does (Go's `google/shlex`).
///
/// Not a shell: quotes, backslashes and `#` comments, nothing else. Outside of single quotes a backslash makes the next
/// character literal, whatever it is; within double quotes it does the same and then disappears, unlike in a shell.
package enum ShellWords {
    /// The words, and whether the text ended within quotes or after a backslash. The client keeps the complete words of
    /// such a text and drops the rest without a message, so both are needed.
    package static func split(_ text: String) -> (words: [String], isComplete: Bool) {
        enum Place { case between, word, escape, quotedEscape, doubleQuotes, singleQuotes, comment }
        var place = Place.between
        var words: [String] = []
        // Bytes, since all that matters is ASCII, and a string grows slowly by single scalars.
        var word: [UInt8] = []
        word.reserveCapacity(min(text.utf8.count, 256))

        var text = text
        text.withUTF8 { text in
            var next = 0
            while next < text.count {
                let first = next
                next += 1
                switch (place, Unicode.Scalar(text[first])) {
                case (.between, " "), (.between, "\t"), (.between, "\r"), (.between, "\n"): continue
                case (.between, "#"): place = .comment
                case (.word, " "), (.word, "\t"), (.word, "\r"), (.word, "\n"):
                    words.append(String(decoding: word, as: UTF8.self))
                    word.removeAll(keepingCapacity: true)
                    place = .between
                case (.between, "\""), (.word, "\""): place = .doubleQuotes
                case (.between, "'"), (.word, "'"): place = .singleQuotes
                case (.between, "\\"), (.word, "\\"): place = .escape
                case (.doubleQuotes, "\""), (.singleQuotes, "'"): place = .word
                case (.doubleQuotes, "\\"): place = .quotedEscape
                case (.comment, "\n"): place = .between
                case (.comment, _): continue
                default:
                    // What means nothing anywhere in a word comes along at once.
                    while next < text.count, !isSpecial(text[next]) { next += 1 }
                    word.append(contentsOf: text[first..<next])
                    switch place {
                    case .between, .escape: place = .word
                    case .quotedEscape: place = .doubleQuotes
                    case .word, .doubleQuotes, .singleQuotes, .comment: break
                    }
                }
            }
        }
        switch place {
        case .between, .comment: return (words, true)
        case .word:
            words.append(String(decoding: word, as: UTF8.self))
            return (words, true)
        case .escape, .quotedEscape, .doubleQuotes, .singleQuotes: return (words, false)
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case " ", "\t", "\r", "\n", "\"", "'", "\\": true
        default: false
        }
    }
}
