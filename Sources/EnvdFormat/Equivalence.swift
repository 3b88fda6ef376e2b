import EnvdSyntax

/// Whether two files are the same program: the formatter's own check of what it did.
///
/// The trees must have the same nodes but for parentheses around a single expression, and the tokens must have the same
/// values but for commas and `;`, which the nodes make up for. Strings that stand alone as statements are documentation:
/// of these, blanks at the ends of lines may differ. Comments must be the same but for blanks, in the same order.
enum Equivalence {
    /// What differs first, in words; nil where nothing does.
    static func difference(between old: SourceFile, and new: SourceFile) -> String? {
        if let finding = new.diagnostics.first {
            return "the result has a syntax finding at byte \(finding.range.lowerBound): \(finding.message)"
        }
        let before = Summary(old)
        let after = Summary(new)
        if before.nodes != after.nodes {
            let place = zip(before.nodes, after.nodes).prefix { $0 == $1 }.count
            return "the trees differ at node \(place)"
        }
        if before.tokens != after.tokens {
            let place = zip(before.tokens, after.tokens).prefix { $0 == $1 }.count
            return "the tokens differ at token \(place)"
        }
        if before.comments != after.comments {
            let place = zip(before.comments, after.comments).prefix { $0 == $1 }.count
            return "the comments differ at their character \(place)"
        }
        return nil
    }

    private struct Summary {
        /// Kinds with how deep they stand, in preorder.
        var nodes: [UInt32] = []
        var tokens: [Value] = []
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
                    let bytes = Array(text[Int(token.start)..<end])
                    tokens.append(Value(token.kind, bytes, isDocumentation: isDocumentation[index]))
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

    /// A token by what it means.
    private struct Value: Equatable {
        let kind: SyntaxKind
        let content: [UInt8]

        init(_ kind: SyntaxKind, _ bytes: [UInt8], isDocumentation: Bool) {
            self.kind = kind
            switch kind {
            case .string, .bytes:
                let value = StringLiteral.value(of: bytes) ?? bytes
                content = isDocumentation ? Self.withoutLineEnds(value) : value
            case .integer:
                let text = String(decoding: bytes, as: UTF8.self)
                content =
                    NumberLiteral.integer(text).map { Array("\($0.base):\($0.digits.lowercased())".utf8) } ?? bytes
            case .float:
                let text = String(decoding: bytes, as: UTF8.self)
                content = NumberLiteral.float(text).map { Array("\($0.bitPattern)".utf8) } ?? bytes
            default: content = bytes
            }
        }

        /// The lines without the blanks around them, and without empty lines at the beginning and the end.
        private static func withoutLineEnds(_ value: [UInt8]) -> [UInt8] {
            let lines = value.split(separator: 0x0A, omittingEmptySubsequences: false).map { Blanks.trimmed($0) }
            let body = lines.drop { $0.isEmpty }.reversed().drop { $0.isEmpty }.reversed()
            return Array(body.joined(separator: [0x0A]))
        }
    }
}
