import EnvdSyntax

/// A place that changes the list or dict which a name stands for: `x.append(…)`, `x[i] = …`.
struct Mutation {
    /// The call or the assigned element, in UTF-8 bytes of the file.
    let range: Range<Int>
    /// The method; nil for an assignment.
    let method: SyntaxToken?

    /// - Parameter name: a `NameExpr` that is read.
    init?(of name: SyntaxNode) {
        guard let parent = name.parent else { return nil }
        switch parent.kind {
        case .dotExpr:
            guard let call = parent.parent.flatMap(CallExpr.init), call.callee?.node == parent,
                let method = DotExpr(parent)?.name, Mutation.always(method, call)
            else { return nil }
            range = call.range
            self.method = method
        case .indexExpr:
            guard IndexExpr(parent)?.base?.node == name, let assignment = parent.parent.flatMap(AssignStmt.init),
                assignment.target?.node == parent
            else { return nil }
            range = parent.range
            method = nil
        default: return nil
        }
    }

    /// Whether a method changes its list or dict whatever it finds there. `setdefault` does not if the key is there, nor do
    /// `update` and `extend` do it if nothing is added, but a frozen list refuses `extend` all the same.
    private static func always(_ method: SyntaxToken, _ call: CallExpr) -> Bool {
        switch method.firstByte {
        case UInt8(ascii: "a"): method.isText("append")
        case UInt8(ascii: "c"): method.isText("clear")
        case UInt8(ascii: "e"): method.isText("extend")
        case UInt8(ascii: "i"): method.isText("insert")
        case UInt8(ascii: "p"): method.isText("pop") || method.isText("popitem")
        case UInt8(ascii: "r"): method.isText("remove")
        case UInt8(ascii: "u"): method.isText("update") && givesSomething(call)
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
