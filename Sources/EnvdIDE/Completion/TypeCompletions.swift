import EnvdAnalysis
import EnvdSyntax

extension CompletionCollector {
    /// The names of types, and words that make types of others.
    mutating func addTypes() {
        // What is needed most comes first; once something has been typed, what begins so does.
        func rank(_ place: Int) -> Completion.Rank { Completion.Rank(.expected, prefix.isEmpty ? place : 0) }
        for (index, name) in TypeExpression.plainNames.enumerated() {
            add(Completion(name, .type, rank: rank(index)))
        }
        for (index, name) in TypeExpression.genericNames.enumerated() {
            var item = Completion(name, .type, rank: rank(100 + index), detail: "[…]")
            if options.takesSnippets, !isIndexed {
                item.insertion = "\(name)[$1]$0"
                item.format = .snippet
            }
            add(item)
        }
        for name in TypeExpression.refinedNames {
            add(Completion(name, .type, rank: rank(200), origin: "envd"))
        }
    }

    private var isIndexed: Bool {
        let end = place.word.upperBound
        return file.bytes(in: end..<min(end + 1, file.utf8Count)).first == UInt8(ascii: "[")
    }

    /// The names of types in a comment that gives them, `# type: (str) -> None`; nil in any other.
    mutating func addTypesOfComment() -> CompletionList? {
        guard case .comment = place.kind, let typed = analysis.typeComment(at: place.offset) else { return nil }
        var inner = CompletionCollector(analysis, options, place, prefix: file.bytes(in: typed), wanted: nil)
        inner.addTypes()
        return inner.list(replacing: typed)
    }
}

extension FileAnalysis {
    /// The word at an offset in a comment that gives types, as far as it has been typed; nil if it is none.
    fileprivate func typeComment(at offset: Int) -> Range<Int>? {
        guard let comment = file.comment(at: offset) else { return nil }
        let before = file.bytes(in: comment.lowerBound..<offset)
        var rest = before.drop { $0 == UInt8(ascii: "#") }.drop { $0 == UInt8(ascii: " ") }
        guard rest.starts(with: "type:".utf8) else { return nil }
        rest = rest.dropFirst(5)
        let word = rest.reversed().prefix { isWordByte($0) }.count
        // Within the quotes of a `Literal` there are no types.
        guard rest.dropLast(word).allSatisfy({ !isQuote($0) }) else { return nil }
        return (offset - word)..<offset
    }
}

private func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
        true
    default: false
    }
}
