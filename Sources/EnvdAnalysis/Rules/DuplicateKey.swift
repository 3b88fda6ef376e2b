import EnvdSyntax

extension Rule {
    /// Two equal keys in one dict.
    static let duplicateKey = Rule(
        "duplicate-key", .starlark, .error, page: PackageResources.duplicate_key_md,
        .nodes([.dictExpr]) { node, context, reporter in
            if node.hasDistinctTextsAsKeys { return }
            var seen: [Key: SyntaxNode] = [:]
            var isFirst = true
            var first: Expr?
            for entry in node.children where entry.kind == .dictEntry {
                guard let key = DictEntry(entry)?.key else { continue }
                // Most dicts have one entry or none that can be compared, so nothing is stored for the first.
                if isFirst {
                    first = key
                    isFirst = false
                    continue
                }
                if let kept = first, let value = Key(kept, context) { seen[value] = kept.node }
                first = nil
                guard let value = Key(key, context) else { continue }
                if let earlier = seen[value] {
                    let text = context.file.text(in: key.range)
                    reporter.report(key.range, lineOf: RelatedPlace(earlier.range, "the same key")) { line in
                        "the dict has the key \(text) already, on line \(line)"
                    }
                } else {
                    seen[value] = key.node
                }
            }
        })
}

extension SyntaxNode {
    /// Whether all keys of the dict are plain literals of different texts, as those of most dicts are: then no value need be made.
    fileprivate var hasDistinctTextsAsKeys: Bool {
        var few: [Int] = []
        var many: Set<Int> = []
        for entry in children where entry.kind == .dictEntry {
            guard case .literal(let literal)? = DictEntry(entry)?.key, let token = literal.token, token.kind == .string,
                let hash = token.withBytes(hashOfPlainText)
            else { return false }
            if few.count < 16 {
                if few.contains(hash) { return false }
                few.append(hash)
            } else {
                if few.contains(hash) || !many.insert(hash).inserted { return false }
            }
        }
        return true
    }
}

/// The same for all literals of one text; nil of a literal with prefixes, three quotes or escapes.
private func hashOfPlainText(_ literal: UnsafeBufferPointer<UInt8>) -> Int? {
    guard literal.count >= 2, let quote = literal.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        literal[literal.count - 1] == quote, literal.count == 2 || literal[1] != quote
    else { return nil }
    // FNV-1a.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in literal[1..<(literal.count - 1)] {
        if byte == UInt8(ascii: "\\") { return nil }
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return Int(truncatingIfNeeded: hash)
}

/// A key whose value, or at least whose equality with another one, is certain.
private enum Key: Hashable {
    case text(String)
    case integer(Int)
    case truth(Bool)
    case none
    /// A name, which means one value for as long as the dict is made.
    case name(String)

    init?(_ expression: Expr, _ context: RuleContext) {
        if let constant = context.constant(expression) {
            switch constant.value {
            case .text(let text): self = .text(text)
            case .integer(let integer): self = .integer(integer)
            case .truth(let truth): self = .truth(truth)
            case .none: self = .none
            default: return nil
            }
        } else if let name = expression.nameToken {
            self = .name(name.text)
        } else {
            return nil
        }
    }
}
