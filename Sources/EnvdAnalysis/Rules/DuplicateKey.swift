import EnvdSyntax

extension Rule {
    /// Two equal keys in one dict.
    static let duplicateKey = Rule(
        "duplicate-key", .starlark, .error, page: PackageResources.duplicate_key_md,
        .nodes([.dictExpr]) { node, context, reporter in
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
