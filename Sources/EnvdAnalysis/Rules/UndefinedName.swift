extension Rule {
    /// A name that nothing defines: not the file, not the language, not the API.
    static let undefinedName = Rule(
        "undefined-name", .names, .error, page: PackageResources.undefined_name_md,
        .file { context, reporter in
            for violation in violations(in: context) { reporter.report(violation) }
        })
}

/// Looking for the nearest name takes time in proportion to all the names there are. A file with more different mistakes than
/// this is not misspelt, but something else.
private let maximumGuesses = 100

private func violations(in context: RuleContext) -> [Rule.Violation] {
    struct Place: Hashable {
        let name: String
        let scope: Scope.ID
    }
    var guesses: [Place: String?] = [:]
    func nearest(_ use: NameUse) -> String? {
        let place = Place(name: use.name, scope: use.scope)
        if let known = guesses[place] { return known }
        guard guesses.count < maximumGuesses else { return nil }
        let candidates = context.names.names(visibleFrom: use.scope) + context.environment.names
        let nearest = nearestName(to: use.name, among: candidates)
        guesses[place] = .some(nearest)
        return nearest
    }
    return context.names.uses.compactMap { use in
        // What recovery left over is no code; its own finding says so.
        guard use.binding == nil, !use.isInBrokenCode, !context.environment.contains(use.name) else { return nil }
        guard let nearest = nearest(use) else {
            return Rule.Violation(range: use.range, message: "undefined name '\(use.name)'")
        }
        let fix = Fix("Replace with '\(nearest)'", replace: use.range, with: nearest)
        return Rule.Violation(
            range: use.range, message: "undefined name '\(use.name)'; did you mean '\(nearest)'?", fixes: [fix])
    }
}
