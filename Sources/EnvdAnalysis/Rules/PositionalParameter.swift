import EnvdSyntax

extension Rule {
    /// `$1` in commands of `run`, which have no arguments.
    static let positionalParameter = Rule(
        "positional-parameter", .shell, .error, page: PackageResources.positional_parameter_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) where program.moment == .build {
                guard !program.setsParameters, program.quotation?.outcome == .whole,
                    !program.commands.contains(where: { $0.name == "set" })
                else { continue }
                for expansion in program.expansions {
                    guard let number = Int(expansion.name), number > 0, !expansion.hasDefault else { continue }
                    let range = program.source(expansion.range)
                    var fixes: [Fix] = []
                    if let (literal, _) = program.literal(at: expansion.range.lowerBound), literal.isExact,
                        let text = literal.escaped("\\"), program.quotation?.firstQuote == nil
                    {
                        fixes.append(
                            Fix("Write \\$\(number)", replace: range.lowerBound..<range.lowerBound, with: text))
                    }
                    reporter.report(
                        Violation(
                            range: range,
                            message:
                                "the shell looks for an argument $\(number) of the commands, which have none, and stops "
                                + "there; a backslash before the dollar keeps it for the program",
                            fixes: fixes))
                }
            }
        })
}
