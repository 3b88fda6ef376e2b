import EnvdSyntax

/// What a comment says to silence: `# envd: ignore[rule, rule] reason`, or `# envd: ignore-file[rule]`.
struct SuppressionComment: Sendable {
    /// From its `#` to where the comment or another `#` of the same comment begins; UTF-8 bytes in the file.
    let range: Range<Int>
    let isForFile: Bool
    /// The names in the brackets, each with its place. Empty if the comment is not well-formed.
    let codes: [(name: String, range: Range<Int>)]
    /// The comment stands on a line of its own.
    let isAlone: Bool

    /// Those of one comment: pragmas of several tools may share it, each behind a `#` of its own.
    ///
    /// - Parameters:
    ///   - text: the comment, from `#` on.
    ///   - offset: where it begins in the file, in UTF-8 bytes.
    static func all(in text: [UInt8], at offset: Int, isAlone: Bool) -> [SuppressionComment] {
        let starts = text.indices.filter { text[$0] == UInt8(ascii: "#") }
        return zip(starts, starts.dropFirst() + [text.count]).compactMap { start, end in
            SuppressionComment(text[start..<end], at: offset, isAlone: isAlone)
        }
    }

    /// Nil unless the word `ignore` or `ignore-file` follows `envd:`.
    private init?(_ text: ArraySlice<UInt8>, at offset: Int, isAlone: Bool) {
        var rest = text.drop { $0 == UInt8(ascii: "#") }.drop(while: Self.isBlank)
        guard rest.starts(with: "envd:".utf8) else { return nil }
        rest = rest.dropFirst("envd:".utf8.count).drop(while: Self.isBlank)
        let word = rest.prefix { Self.isWord($0) }
        isForFile = word.elementsEqual("ignore-file".utf8)
        guard isForFile || word.elementsEqual("ignore".utf8) else { return nil }
        range = (offset + text.startIndex)..<(offset + text.endIndex)
        self.isAlone = isAlone
        rest = rest.dropFirst(word.count).drop(while: Self.isBlank)
        guard rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) else {
            codes = []
            return
        }
        let names = rest[rest.startIndex..<close].dropFirst()
        codes = names.split(separator: UInt8(ascii: ",")).compactMap { piece in
            var name = piece.drop(while: Self.isBlank)
            while let last = name.last, Self.isBlank(last) { name.removeLast() }
            guard !name.isEmpty else { return nil }
            return (String(decoding: name, as: UTF8.self), (offset + name.startIndex)..<(offset + name.endIndex))
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
