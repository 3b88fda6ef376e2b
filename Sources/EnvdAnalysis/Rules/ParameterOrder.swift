import EnvdSyntax

extension Rule {
    /// Parameters that cannot stand in this order, or twice.
    static let parameterOrder = Rule(
        "parameter-order", .names, .error, page: PackageResources.parameter_order_md,
        .nodes([.parameterList]) { node, _, reporter in
            guard let list = ParameterList(node) else { return }
            for violation in violations(in: list) { reporter.report(violation) }
        })
}

private func violations(in list: ParameterList) -> [Rule.Violation] {
    var violations: [Rule.Violation] = []
    var names = ListedNames()
    var optional: SyntaxToken?
    var star: SyntaxToken?
    var hasKeywordOnly = false
    var starStar: SyntaxToken?
    for parameter in list.parameters {
        func report(_ message: String) {
            violations.append(Rule.Violation(range: parameter.range, message: message))
        }
        let name = parameter.name
        var shown: String { name.map { "'\($0.text)'" } ?? "a parameter" }
        switch parameter.prefix?.kind {
        case .star:
            if starStar != nil {
                report("a parameter with '*' cannot follow one with '**'")
            } else if star != nil {
                report("there can be only one parameter with '*'")
            } else {
                star = parameter.prefix
                hasKeywordOnly = name != nil
            }
        case .starStar:
            if starStar != nil { report("there can be only one parameter with '**'") }
            starStar = parameter.prefix
        case nil:
            if starStar != nil {
                report("\(shown) cannot follow a parameter with '**'")
            } else if star != nil {
                hasKeywordOnly = true
            } else if parameter.defaultValue != nil {
                optional = name
            } else if let optional {
                report("\(shown) has no default, but follows '\(optional.text)', which has one")
            }
        default: break  // Python's "/", which has its own finding
        }
        if let name, !names.insert(name) {
            violations.append(Rule.Violation(range: name.range, message: "there are two parameters \(shown)"))
        }
    }
    if let star, !hasKeywordOnly {
        violations.append(Rule.Violation(range: star.range, message: "a bare '*' needs parameters after it"))
    }
    return violations
}
