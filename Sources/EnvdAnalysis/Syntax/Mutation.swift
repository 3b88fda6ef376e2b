import EnvdSyntax

/// A place that changes the list or dict which a name stands for: `x.append(…)`, `x[i] = …`.
struct Mutation {
    /// The name.
    let name: SyntaxToken
    /// The call or the assigned element, in UTF-8 bytes of the file.
    let range: Range<Int>

    /// Where there may be one.
    static let kinds: [SyntaxKind] = [.dotExpr, .indexExpr]

    init?(_ node: SyntaxNode) {
        guard let parent = node.parent else { return nil }
        switch parent.kind {
        case .callExpr:
            // Most calls of methods end here, so their last token is asked before anything else is looked for.
            guard node.kind == .dotExpr, let method = node.lastToken, method.kind == .identifier,
                Mutation.isMutator(method), let call = CallExpr(parent), call.callee?.node == node,
                !method.isText("update") || Mutation.givesSomething(call),
                let name = DotExpr(node)?.base?.nameToken
            else { return nil }
            self.name = name
            range = call.range
        case .assignStmt:
            guard let element = IndexExpr(node), AssignStmt(parent)?.target?.node == node,
                let name = element.base?.nameToken
            else { return nil }
            self.name = name
            range = node.range
        default: return nil
        }
    }

    /// Whether a method changes its list or dict whatever it finds there; `update` does if it is given anything, and
    /// `setdefault` does not if the key is there.
    private static func isMutator(_ method: SyntaxToken) -> Bool {
        switch method.firstByte {
        case UInt8(ascii: "a"): method.isText("append")
        case UInt8(ascii: "c"): method.isText("clear")
        case UInt8(ascii: "e"): method.isText("extend")
        case UInt8(ascii: "i"): method.isText("insert")
        case UInt8(ascii: "p"): method.isText("pop") || method.isText("popitem")
        case UInt8(ascii: "r"): method.isText("remove")
        case UInt8(ascii: "u"): method.isText("update")
        default: false
        }
    }

    private static func givesSomething(_ call: CallExpr) -> Bool {
        call.argumentList?.arguments.contains { argument in
            switch argument {
            case .keywordArgument: true
            case .expr(.dict(let dict)): dict.entries.first != nil
            case .expr(.list(let list)): list.elements.first != nil
            default: false
            }
        } ?? false
    }
}
