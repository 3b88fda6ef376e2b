import EnvdSyntax

extension Rule {
    /// A comprehension that only copies.
    static let unnecessaryComprehension = Rule(
        "unnecessary-comprehension", .starlark, .advice, page: PackageResources.unnecessary_comprehension_md,
        .nodes([.listComp, .dictComp]) { node, context, reporter in
            guard let clause = soleLoop(of: node), let iterable = clause.iterable else { return }
            let source: Expr
            let function: String
            if let list = ListComp(node) {
                guard let element = list.element?.nameToken, let target = clause.target?.nameToken,
                    element.isSpelledLike(target)
                else { return }
                (source, function) = (iterable, "list")
            } else {
                guard let entry = DictComp(node)?.entry, let key = entry.key?.nameToken,
                    let value = entry.value?.nameToken,
                    case .tuple(let pair)? = clause.target?.unwrapped,
                    pair.elements.map({ $0.nameToken?.text }) == [key.text, value.text],
                    key.text != value.text, let dict = receiver(ofItems: iterable)
                else { return }
                (source, function) = (dict, "dict")
            }
            let text = context.file.text(in: source.range)
            let message = "this only copies; \(function)() does the same"
            guard context.isFree(function), text.utf8.count < 200 else { return reporter.report(node.range, message) }
            let call = "\(function)(\(text))"
            reporter.report(
                node.range, message, Fix("Use \(function)()", replace: node.range, with: call, isSafe: true))
        })
}

/// The only clause of a comprehension.
private func soleLoop(of node: SyntaxNode) -> CompFor? {
    var found: CompFor?
    for child in node.children where child.kind == .compFor || child.kind == .compIf {
        guard found == nil, let loop = CompFor(child) else { return nil }
        found = loop
    }
    return found
}

/// `x` of `x.items()`.
private func receiver(ofItems expression: Expr) -> Expr? {
    guard case .call(let call) = expression, case .dot(let dot)? = call.callee, dot.name?.isText("items") == true,
        call.argumentList?.arguments.first == nil
    else { return nil }
    return dot.base
}
