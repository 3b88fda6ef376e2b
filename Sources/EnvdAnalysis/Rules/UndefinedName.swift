extension Rule {
    /// A name that nothing defines: not the file, not the language, not the API.
    static let undefinedName = Rule(
        "undefined-name", .names, .error, page: PackageResources.undefined_name_md,
        .chunk { context, reporter in
            for use in context.names.uses {
                // What recovery left over is no code; its own finding says so.
                guard use.binding == nil, !use.isInBrokenCode, !context.isInEnvironment(use.symbol) else { continue }
                guard let nearest = context.nearestName(to: use) else {
                    reporter.report(use.range, "undefined name '\(use.name)'")
                    continue
                }
                reporter.report(
                    use.range, "undefined name '\(use.name)'; did you mean '\(nearest)'?",
                    Fix("Replace with '\(nearest)'", replace: use.range, with: nearest))
            }
        })
}
