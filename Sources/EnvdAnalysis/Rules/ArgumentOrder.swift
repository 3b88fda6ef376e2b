import EnvdSyntax

extension Rule {
    /// Arguments of a call that cannot stand in this order, or twice.
    static let argumentOrder = Rule(
        "argument-order", .names, .error, page: PackageResources.argument_order_md,
        .nodes([.callExpr]) { node, _, reporter in
            guard let list = CallExpr(node)?.argumentList, !isPlain(list) else { return }
            for violation in violations(in: list) { reporter.report(violation) }
        })
}

/// starlark-go's compiler has one byte for each count.
private let maximumCount = 255

/// Whether nothing can be wrong, as with most calls: at most one keyword argument, behind the others, and nothing to unpack.
private func isPlain(_ list: ArgumentList) -> Bool {
    var count = 0
    var hasKeyword = false
    for argument in list.node.children {
        if hasKeyword || argument.kind == .unpackArgument { return false }
        hasKeyword = argument.kind == .keywordArgument
        count += 1
    }
    return count <= maximumCount
}

private func violations(in list: ArgumentList) -> [Rule.Violation] {
    var violations: [Rule.Violation] = []
    var names = ListedNames()
    var hasStar = false
    var hasStarStar = false
    var (positionalCount, keywordCount) = (0, 0)
    for argument in list.arguments {
        func report(_ message: String) {
            violations.append(Rule.Violation(range: argument.range, message: message))
        }
        func reportAfterUnpacking(_ kind: String) -> Bool {
            guard hasStar || hasStarStar else { return false }
            report("\(kind) argument cannot follow one with '\(hasStarStar ? "**" : "*")'")
            return true
        }
        switch argument {
        case .unpackArgument(let unpack) where unpack.op?.kind == .starStar:
            if hasStarStar { report("there can be only one argument with '**'") }
            hasStarStar = true
        case .unpackArgument:
            if hasStarStar {
                report("an argument with '*' cannot follow one with '**'")
            } else if hasStar {
                report("there can be only one argument with '*'")
            }
            hasStar = true
        case .keywordArgument(let keyword):
            keywordCount += 1
            _ = reportAfterUnpacking("a keyword")
            if let name = keyword.name, !names.insert(name) {
                violations.append(
                    Rule.Violation(range: name.range, message: "there are two arguments '\(name.text)'"))
            }
        case .expr(let value) where value.node.kind == .errorExpr: break  // which has its own finding
        case .expr:
            positionalCount += 1
            if !reportAfterUnpacking("a positional"), !names.isEmpty {
                report("a positional argument cannot follow a keyword argument")
            }
        }
    }
    for (count, kind) in [(positionalCount, "positional"), (keywordCount, "keyword")] where count > maximumCount {
        let message = "\(count) \(kind) arguments in one call; \(maximumCount) is the limit"
        violations.append(Rule.Violation(range: list.range, message: message))
    }
    return violations
}
