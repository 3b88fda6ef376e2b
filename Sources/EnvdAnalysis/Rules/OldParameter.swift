import EnvdSyntax

extension Rule {
    /// A parameter that older envds had.
    static let oldParameter = Rule(
        "old-parameter", .deprecated, .error, page: PackageResources.old_parameter_md,
        .calls(.of(OldAPI.functionsWithOtherParameters)) { call, context, reporter in
            for argument in call.call.argumentList?.arguments.map({ $0 }) ?? [] {
                guard case .keywordArgument(let keyword) = argument, let name = keyword.name,
                    let old = OldAPI.parameter(name.text, of: call.name)
                else { continue }
                var fixes: [Fix] = []
                if let successor = old.successor, call.argument(successor) == nil {
                    fixes = [Fix("Replace with '\(successor)'", replace: name.range, with: successor, isSafe: true)]
                }
                reporter.report(Rule.Violation(range: keyword.range, message: old.advice, fixes: fixes))
            }
        })
}
