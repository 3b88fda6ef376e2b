import EnvdSyntax

extension Rule {
    /// An owner that envd refuses.
    static let ownerRange = Rule(
        "owner-range", .api, .error, page: PackageResources.owner_range_md,
        .calls(of: "config.owner") { call, context, reporter in
            for argument in call.arguments {
                guard let id = context.constant(argument.value)?.integer, !(0...65535).contains(id) else { continue }
                reporter.report(
                    argument.value.range, "\(argument.parameter.name) is from 0 to 65535; envd refuses \(id)")
            }
        })
}
