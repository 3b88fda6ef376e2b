import EnvdSyntax

/// Type comments of PEP 484: `# type: list[str]` behind an assignment, `# type: (str, int) -> None` behind a function's header.
enum TypeComment {
    /// The type that a comment at the end of a statement's line gives; nil if there is none.
    static func type(after node: SyntaxNode, _ expressions: TypeExpression) -> Type? {
        guard let text = text(at: node.range.upperBound - node.chunkOffset, in: node.content), !text.hasPrefix("(")
        else {
            return nil
        }
        let type = expressions.type(of: text)
        return type == .unknown ? nil : type
    }

    /// The types that a comment behind the colon of a header gives.
    static func signature(
        of definition: DefStmt, _ expressions: TypeExpression
    ) -> (parameters: [Type], result: Type)? {
        guard let colon = definition.colon,
            let text = text(at: colon.range.upperBound - definition.node.chunkOffset, in: definition.node.content),
            text.hasPrefix("(")
        else { return nil }
        let file = SourceFile("_: Callable[" + text.replacingArrow + "]\n")
        guard let statement = file.statements.first,
            case .index(let index)? = AssignStmt(statement)?.typeAnnotation?.type,
            case .tuple(let pair)? = index.index
        else { return nil }
        let parts = pair.elements.map { $0 }
        guard parts.count == 2 else { return nil }
        var types: [Type] = []
        switch parts[0] {
        case .tuple(let tuple): types = tuple.elements.map { expressions.type(of: $0) }
        case .paren(let paren):
            if case .tuple(let tuple)? = paren.inner {
                types = tuple.elements.map { expressions.type(of: $0) }
            } else if let inner = paren.inner {
                types = [expressions.type(of: inner)]
            }
        default: return nil
        }
        return (types, expressions.type(of: parts[1]))
    }

    /// What follows `# type:` on the rest of the line at an offset of a chunk.
    private static func text(at offset: Int, in content: ChunkContent) -> String? {
        let end = content.utf8Count
        guard offset >= 0, offset < end else { return nil }
        return content.withBytes { bytes -> String? in
            var at = offset
            while at < end, bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\t") { at += 1 }
            guard at < end, bytes[at] == UInt8(ascii: "#") else { return nil }
            var stop = at
            while stop < end, bytes[stop] != UInt8(ascii: "\n"), bytes[stop] != UInt8(ascii: "\r"), stop - at < 400 {
                stop += 1
            }
            let comment = String(decoding: bytes[at..<stop], as: UTF8.self).drop { $0 == "#" || $0 == " " }
            guard comment.hasPrefix("type:") else { return nil }
            let text = comment.dropFirst("type:".count).drop { $0 == " " }
            // What follows another number sign is for people.
            return text.hasPrefix("ignore") ? nil : String(text.prefix { $0 != "#" })
        }
    }
}

extension String {
    /// `(str) -> int` as what an index can hold: `(str), int`.
    fileprivate var replacingArrow: String {
        var text = self
        if let arrow = text.utf8.indices.first(where: { text.utf8[$0...].starts(with: "->".utf8) }) {
            text.replaceSubrange(arrow..<text.utf8.index(arrow, offsetBy: 2), with: ",")
        }
        return text
    }
}
