import EnvdSyntax

extension Rule {
    /// A format with `%` that does not fit its values.
    static let percentFormat = Rule(
        "percent-format", .starlark, .error, page: PackageResources.percent_format_md,
        .nodes([.binaryExpr]) { node, context, reporter in
            guard let binary = BinaryExpr(node), binary.op?.kind == .percent, let left = binary.left,
                let right = binary.right, context.staticType(left) == .string || left.nameToken != nil,
                let text = context.constant(left)?.text
            else { return }
            let format = PercentFormat(text)
            if let problem = format.problem { return reporter.report(left.range, "the format cannot work: \(problem)") }
            if let problem = problem(of: format, with: right.unwrapped, in: context) {
                reporter.report(node.range, problem)
            }
        })
}

private func problem(of format: PercentFormat, with values: Expr, in context: RuleContext) -> String? {
    let type = context.staticType(values)
    if !format.keys.isEmpty {
        if let type, type != .dict {
            return "the format takes its values by name, from a dict, and gets \(type.described)"
        }
        if type == .dict, format.conversions[0].key == nil,
            let problem = mismatch(format.conversions[0], values, in: context)
        {
            return problem
        }
        guard case .dict(let dict) = values, let given = keys(of: dict, in: context) else { return nil }
        guard let missing = format.keys.first(where: { !given.contains($0) }) else { return nil }
        return "the format wants '\(missing)', which the dict does not have"
    }
    let count = format.positionalCount
    if case .tuple(let tuple) = values {
        var given = 0
        for element in tuple.elements {
            if given < count, let problem = mismatch(format.conversions[given], element, in: context) { return problem }
            given += 1
        }
        guard given != count else { return nil }
        return "the format takes \(count) \(count == 1 ? "value" : "values") and gets \(given)"
    }
    // A tuple gives as many values as it has elements, a dict none to a format that asks for none.
    guard let type, type != .tuple else { return nil }
    if count == 1 { return mismatch(format.conversions[0], values, in: context) }
    if count == 0, type == .dict { return nil }
    return "the format takes \(count == 0 ? "no value" : "\(count) values") and gets 1"
}

private func mismatch(_ conversion: PercentFormat.Conversion, _ value: Expr, in context: RuleContext) -> String? {
    guard let type = context.staticType(value) else { return nil }
    if conversion.wantsInteger, !type.isNumber {
        return "'%\(conversion.letter)' takes an int and gets \(type.described)"
    }
    if conversion.wantsNumber, !type.isNumber {
        return "'%\(conversion.letter)' takes a number and gets \(type.described)"
    }
    return nil
}

/// Nil if some key is not known.
private func keys(of dict: DictExpr, in context: RuleContext) -> Set<String>? {
    var found: Set<String> = []
    for item in dict.entries {
        guard case .dictEntry(let entry) = item, let key = context.constant(entry.key)?.text else { return nil }
        found.insert(key)
    }
    return found
}
