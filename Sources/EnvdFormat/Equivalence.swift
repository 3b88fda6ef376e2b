import EnvdSyntax

/// Whether two files are the same program: the formatter's own check of what it did.
///
/// The trees must have the same nodes but for parentheses around a single expression, and the tokens must have the same
/// values but for commas and `;`, which the nodes make up for. Strings that stand alone as statements are documentation:
/// of these, blanks at the ends of lines may differ. Comments must be the same but for blanks, in the same order.
enum Equivalence {
    /// What differs first, in words; nil where nothing does.
    static func difference(between old: SourceFile, and new: SourceFile) -> String? {
        if let finding = new.diagnostics.first { return describe(finding) }
        let before = Summary(old)
        let after = Summary(new)
        if before.nodes != after.nodes {
            let place = zip(before.nodes, after.nodes).prefix { $0 == $1 }.count
            return "the trees differ at node \(place); please report this"
        }
        if before.tokens != after.tokens {
            let place = zip(before.tokens, after.tokens).prefix { $0 == $1 }.count
            return "the tokens differ at byte \(place) of their values; please report this"
        }
        if before.comments != after.comments {
            let place = zip(before.comments, after.comments).prefix { $0 == $1 }.count
            return "the comments differ at their character \(place); please report this"
        }
        return nil
    }

    /// A finding that the result has and the file has not.
    static func describe(_ finding: SyntaxDiagnostic) -> String {
        if finding.code == .tooDeep {
            return "with the parentheses that it needs on several lines, it is \(finding.message)"
        }
        return
            "the result has a syntax finding at byte \(finding.range.lowerBound), \(finding.message); please report this"
    }

    private struct Summary {
        /// Kinds with how deep they stand, in preorder.
        var nodes: [UInt32] = []
        /// Kind, length and meaning of every token in a row: nearly all of the check's time would go into an array each.
        var tokens: [UInt8] = []
        /// All comments in a row without blanks: two that come to stand on one line are one comment then.
        var comments: [UInt8] = []

        init(_ file: SourceFile) {
            for (_, chunk) in file.chunks { append(chunk) }
        }

        private mutating func append(_ chunk: Chunk) {
            let flat = FlatChunk(chunk)
            var isLayout = Array(repeating: false, count: flat.tokens.count)
            var isDocumentation = Array(repeating: false, count: flat.tokens.count)
            var depths = Array(repeating: UInt32(0), count: flat.nodes.count)
            for (index, node) in flat.nodes.enumerated() {
                let parent = Int(node.parent)
                depths[index] = parent >= 0 ? depths[parent] + (flat.nodes[parent].kind == .parenExpr ? 0 : 1) : 0
                if node.kind == .parenExpr {
                    isLayout[Int(node.firstToken)] = true
                    isLayout[Int(node.tokenEnd) - 1] = true
                    continue
                }
                if node.kind == .literalExpr, flat.parentKind(of: index) == .exprStmt {
                    isDocumentation[Int(node.firstToken)] = true
                }
                nodes.append(depths[index] << 8 | UInt32(node.kind.rawValue))
            }
            chunk.withBytes { text in
                var end = 0
                for (index, token) in flat.tokens.enumerated() {
                    appendComments(text, end..<Int(token.start))
                    end = Int(token.end)
                    switch token.kind {
                    case .newline, .indent, .dedent, .eof, .comma, .semicolon: continue
                    default: break
                    }
                    if isLayout[index] { continue }
                    tokens.append(token.kind.rawValue)
                    let place = tokens.count
                    for _ in 0..<4 { tokens.append(0) }
                    appendMeaning(
                        of: token.kind, UnsafeBufferPointer(rebasing: text[Int(token.start)..<end]),
                        isDocumentation: isDocumentation[index], to: &tokens)
                    let length = UInt32(truncatingIfNeeded: tokens.count - place - 4)
                    for byte in 0..<4 { tokens[place + byte] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(byte))) }
                }
                appendComments(text, end..<text.count)
            }
        }

        private mutating func appendComments(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
            var at = range.lowerBound
            while at < range.upperBound {
                guard text[at] == UInt8(ascii: "#") else {
                    at += 1
                    continue
                }
                let start = at
                while at < range.upperBound, text[at] != 0x0A, text[at] != 0x0D { at += 1 }
                comments.append(
                    contentsOf: text[start..<at].lazy.filter { !Blanks.isASCIIBlank($0) && $0 != 0xC2 && $0 != 0xA0 })
            }
        }
    }

    /// The bytes of a token's meaning: the same for the same value, however it is written.
    private static func appendMeaning(
        of kind: SyntaxKind, _ text: UnsafeBufferPointer<UInt8>, isDocumentation: Bool, to out: inout [UInt8]
    ) {
        switch kind {
        case .string, .bytes:
            let value = StringLiteral.value(of: Array(text)) ?? Array(text)
            out.append(contentsOf: isDocumentation ? withoutLineEnds(value) : value)
        case .integer:
            let text = String(decoding: text, as: UTF8.self)
            let number = NumberLiteral.integer(text).map { "\($0.base):\($0.digits.lowercased())" }
            out.append(contentsOf: (number ?? text).utf8)
        case .float:
            let text = String(decoding: text, as: UTF8.self)
            out.append(contentsOf: (NumberLiteral.float(text).map { "\($0.bitPattern)" } ?? text).utf8)
        default: out.append(contentsOf: text)
        }
    }

    /// The lines without the blanks around them, and without empty lines at the beginning and the end.
    private static func withoutLineEnds(_ value: [UInt8]) -> [UInt8] {
        let lines = value.split(separator: 0x0A, omittingEmptySubsequences: false).map { Blanks.trimmed($0) }
        let body = lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed()
        return Array(body.joined(separator: [0x0A]))
    }
}
