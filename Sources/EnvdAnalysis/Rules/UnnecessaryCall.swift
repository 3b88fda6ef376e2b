import EnvdSyntax

extension Rule {
    /// A conversion of what has the type already, or has it taken away at once.
    static let unnecessaryCall = Rule(
        "unnecessary-call", .starlark, .advice, page: PackageResources.unnecessary_call_md,
        .callees(["list", "tuple", "dict", "str", "sorted"]) { outer, context, reporter in
            guard let name = outer.callee?.nameToken, let target = Conversion(name),
                case .expr(let value)? = outer.argumentList?.arguments.first, context.isUnbound(name)
            else { return }
            let isSole = outer.soleArgument != nil
            if case .call(let inner) = value, let innerName = inner.callee?.nameToken,
                let argument = inner.soleArgument,
                innerName.isText("list") || innerName.isText("tuple"), context.isUnbound(innerName),
                target == .sorted || isSole && target == .list && innerName.isText("tuple")
                    || isSole && target == .tuple && innerName.isText("list")
            {
                let text = context.file.text(in: argument.range)
                let message = "'\(innerName.text)' is not needed: '\(name.text)' takes what it takes"
                return reporter.report(
                    inner.range, message, Fix("Remove it", replace: inner.range, with: text, isSafe: true))
            }
            guard isSole, let type = target.type, context.staticType(value) == type, isNew(value) else { return }
            let text = context.file.text(in: value.range)
            reporter.report(
                outer.range, "this is \(type.described) without '\(name.text)'",
                Fix("Remove it", replace: outer.range, with: text, isSafe: true))
        })
}

private enum Conversion {
    case list
    case tuple
    case dict
    case string
    case sorted

    init?(_ name: SyntaxToken) {
        if name.isText("list") {
            self = .list
        } else if name.isText("tuple") {
            self = .tuple
        } else if name.isText("dict") {
            self = .dict
        } else if name.isText("str") {
            self = .string
        } else if name.isText("sorted") {
            self = .sorted
        } else {
            return nil
        }
    }

    var type: StaticType? {
        switch self {
        case .list: .list
        case .tuple: .tuple
        case .dict: .dict
        case .string: .string
        case .sorted: nil
        }
    }
}

/// A value that nobody else has, so that it need not be copied, and which keeps its meaning anywhere without parentheses.
private func isNew(_ value: Expr) -> Bool {
    switch value {
    case .literal, .list, .listComp, .dict, .dictComp, .call: true
    // With its own parentheses.
    case .paren(let paren): if case .tuple? = paren.inner { true } else { false }
    default: false
    }
}
