import EnvdAnalysis
import EnvdSyntax

// Where lines and statements begin and end, for edits that keep the shape of the text.

extension SourceFile {
    /// Where the line of an offset begins, in UTF-8 bytes.
    func lineStart(of offset: Int) -> Int {
        offset - position(at: offset, encoding: .utf8).column
    }

    /// Where the line of an offset ends, before its line break.
    func lineEnd(of offset: Int) -> Int {
        var position = position(at: offset, encoding: .utf8)
        position.column = Int(Int32.max)
        return self.offset(of: position, encoding: .utf8)
    }

    /// Where the line behind that of an offset begins; the end of the file on the last line.
    func nextLineStart(of offset: Int) -> Int {
        let end = lineEnd(of: offset)
        let rest = bytes(in: end..<min(end + 2, utf8Count))
        if rest.first == 0x0D, rest.count > 1, rest[1] == 0x0A { return end + 2 }
        return rest.isEmpty ? end : end + 1
    }

    /// The blanks before an offset on its line; nil if something else stands there.
    func indentation(before offset: Int) -> String? {
        let blanks = bytes(in: lineStart(of: offset)..<offset)
        guard blanks.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
        return String(decoding: blanks, as: UTF8.self)
    }

    /// How the line of an offset ends, or those above it if it is the last.
    func lineBreak(near offset: Int) -> String {
        let end = lineEnd(of: offset)
        if end < utf8Count { return text(in: end..<nextLineStart(of: offset)) }
        let start = lineStart(of: offset)
        if start >= 2, bytes(in: (start - 2)..<start) == [0x0D, 0x0A] { return "\r\n" }
        return start >= 1 && bytes(in: (start - 1)..<start) == [0x0D] ? "\r" : "\n"
    }

    /// Whether comments stand in a range.
    func hasComment(in range: Range<Int>) -> Bool {
        var token = token(at: range.lowerBound)
        while let current = token, current.leadingTriviaRange.lowerBound < range.upperBound {
            for piece in current.leadingTrivia where piece.kind == .comment && piece.range.overlaps(range) {
                return true
            }
            token = current.next
        }
        return false
    }

    /// Whether a byte could be part of a word, so that no word may touch it.
    func isWordByte(at offset: Int) -> Bool {
        guard let byte = bytes(in: offset..<(offset + 1)).first, offset >= 0 else { return false }
        return byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte & ~0x20)
    }

    /// A replacement of a range by a word or another atom, kept apart from words beside it.
    func replacing(_ range: Range<Int>, withAtom text: String) -> SourceEdit {
        func isWord(_ byte: UInt8?) -> Bool {
            guard let byte else { return false }
            return byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte & ~0x20)
        }
        let startsAsWord =
            isWord(text.utf8.first) || text.utf8.first == UInt8(ascii: "\"") || text.utf8.first == UInt8(ascii: "'")
        let before = range.lowerBound > 0 && isWordByte(at: range.lowerBound - 1) && startsAsWord
        let after = isWordByte(at: range.upperBound) && isWord(text.utf8.last)
        return SourceEdit(range: range, replacement: (before ? " " : "") + text + (after ? " " : ""))
    }
}

extension SyntaxNode {
    /// The innermost statement around the node, the node itself if it is one.
    var statement: SyntaxNode? {
        if Stmt.accepts(kind) { return self }
        return ancestors.first { Stmt.accepts($0.kind) }
    }

    /// The innermost function or lambda around the node.
    var enclosingFunction: SyntaxNode? { ancestors.first { $0.kind == .defStmt || $0.kind == .lambdaExpr } }

    /// The statement of the file's top level that the node is in.
    var topLevelStatement: SyntaxNode {
        var node = self
        while let parent = node.parent { node = parent }
        return node
    }

    /// Whether the parser had trouble with it.
    var isBroken: Bool {
        content.hasDiagnostics || descendants.contains { $0.kind == .errorExpr || $0.kind == .errorStmt }
    }
}

extension FileAnalysis {
    /// All names that something may be bound to; in code that the parser does not understand every word.
    private var writtenNames: Set<String> {
        var names: Set<String> = []
        for statement in file.statements {
            var knownEnd = -1
            for node in statement.descendants where node.range.lowerBound >= knownEnd {
                switch node.kind {
                case .nameExpr, .defStmt, .parameter:
                    if let name = node.firstToken(of: .identifier) { names.insert(name.text) }
                case .loadItem:
                    if let name = LoadItem(node)?.alias?.text ?? LoadItem(node)?.loadedName { names.insert(name) }
                case let kind where kind == .errorExpr || kind == .errorStmt || ForeignStmt.accepts(kind):
                    for token in node.tokens where token.kind == .identifier { names.insert(token.text) }
                    knownEnd = node.range.upperBound
                default: continue
                }
            }
        }
        return names
    }

    /// A name that means nothing anywhere in the file, in envd or in the language.
    ///
    /// - Parameter wish: what the name shall be, with a number behind it if that is taken.
    func freshName(_ wish: String) -> String {
        let taken = writtenNames
        func isFree(_ name: String) -> Bool {
            guard !taken.contains(name) else { return false }
            do throws(RenameRefusal) {
                try checkNewName(name, checked.nameEnvironment)
                return true
            } catch {
                return false
            }
        }
        var number = 1
        while true {
            let name = number == 1 ? wish : "\(wish)_\(number)"
            if isFree(name) { return name }
            number += 1
            // A wish that is no name at all never becomes free.
            if number > taken.count + 2 { return "value_\(number)" }
        }
    }
}
