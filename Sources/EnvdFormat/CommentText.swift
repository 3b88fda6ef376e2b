/// Comments as black writes them: one blank between `#` and the text, none at the end.
enum CommentText {
    private static let hash = UInt8(ascii: "#")

    /// Whether a comment is surely as black writes it, and no type comment: true of nearly all of them.
    static func isNormalized(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count > 1, let last = text.last else { return true }
        if last <= 0x20 || last >= 0x7F { return false }
        switch text[1] {
        case 0x20:
            var at = 2
            while at < text.count, text[at] == 0x20 { at += 1 }
            if text[at] <= 0x20 || text[at] >= 0x7F { return false }
            return text[at] != UInt8(ascii: "t")
                || !UnsafeBufferPointer(rebasing: text[at...]).starts(with: "type:".utf8)
        case UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: "#"), UInt8(ascii: "'"): return true
        default: return false
        }
    }

    /// - Parameter text: from the `#` to the end of the line.
    static func normalized(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let content = Blanks.trimmedAtEnd(text)
        if Directive.contains(any: Directive.all, in: content) { return content }
        var body = content.dropFirst()
        guard let first = body.first else { return [hash] }
        if first == 0xC2, body.dropFirst().first == 0xA0 {
            // A no-break space in the blank's place.
            let rest = body.dropFirst(2)
            let unindented = rest.dropFirst(Blanks.leadingLength(rest).bytes)
            if !isType(in: [hash, 0x20] + unindented) { body = [0x20] + rest }
        }
        if isType(in: [hash] + body), !containsNoBreakSpace(body), let colon = body.firstIndex(of: UInt8(ascii: ":")) {
            body =
                (Blanks.trimmed(body[..<colon]) + [UInt8(ascii: ":"), 0x20] + Blanks.trimmed(body[(colon + 1)...]))[...]
        }
        if let first = body.first, !" !:#'".utf8.contains(first) { body = [0x20] + body }
        return [hash] + body
    }

    /// `# type: …`
    static func isType(in text: [UInt8]) -> Bool {
        guard text.first == hash else { return false }
        let body = text.dropFirst()
        return body.dropFirst(Blanks.leadingLength(body).bytes).starts(with: "type:".utf8)
    }

    /// `# type: ignore…`
    static func isTypeIgnore(in text: [UInt8]) -> Bool {
        guard isType(in: text), let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let rest = text[(colon + 1)...]
        return rest.dropFirst(Blanks.leadingLength(rest).bytes).starts(with: "ignore".utf8)
    }

    private static func containsNoBreakSpace(_ text: ArraySlice<UInt8>) -> Bool {
        zip(text, text.dropFirst()).contains { $0 == 0xC2 && $1 == 0xA0 }
    }
}

/// Comments that speak to the formatter.
enum Directive {
    static let off = ["# fmt: off", "# fmt:off", "# yapf: disable"].map { Array($0.utf8) }
    static let on = ["# fmt: on", "# fmt:on", "# yapf: enable"].map { Array($0.utf8) }
    static let skip = ["# fmt: skip", "# fmt:skip"].map { Array($0.utf8) }
    static let all = off + on + skip

    /// False for what is surely none: nearly all comments.
    static func mayBe(_ comment: UnsafeBufferPointer<UInt8>) -> Bool {
        // Every directive holds `fmt:` or `yapf:`.
        var at = 3
        while at < comment.count {
            if comment[at] == UInt8(ascii: ":") {
                if comment[at - 1] == UInt8(ascii: "t"), comment[at - 2] == UInt8(ascii: "m"),
                    comment[at - 3] == UInt8(ascii: "f")
                {
                    return true
                }
                if comment[at - 1] == UInt8(ascii: "f"), comment[at - 2] == UInt8(ascii: "p"),
                    comment[at - 3] == UInt8(ascii: "a")
                {
                    return true
                }
            }
            at += 1
        }
        return false
    }

    /// Whether a comment is a directive, alone or among others: `# noqa # fmt: skip`, `# noqa; fmt: skip`.
    static func contains(any directives: [[UInt8]], in comment: [UInt8]) -> Bool {
        // Every directive holds one of these words.
        guard comment.contains(UInt8(ascii: "f")) || comment.contains(UInt8(ascii: "y")) else { return false }
        if directives.contains(comment) { return true }
        let prefix = Array("# ".utf8)
        var pieces: [[UInt8]] = []
        var start: Int?
        var at = 0
        while at < comment.count {
            if comment[at...].starts(with: prefix) {
                if let start { pieces.append(Array(comment[start..<at])) }
                at += 2
                start = at
            } else {
                at += 1
            }
        }
        if let start { pieces.append(Array(comment[start...])) }
        func isFrame(_ byte: UInt8) -> Bool { byte == prefix[0] || byte == prefix[1] }
        let end = comment.lastIndex { !isFrame($0) }.map { $0 + 1 } ?? 0
        let bare = comment[..<end].drop(while: isFrame)
        pieces += bare.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(Array.init)
        return pieces.contains { directives.contains(prefix + Blanks.trimmed($0[...])) }
    }
}
