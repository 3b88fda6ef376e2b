import EnvdSyntax

extension Rule {
    /// `yes | program` in `run`, which fails although the program succeeds.
    static let yesPipe = Rule(
        "yes-pipe", .shell, .error, page: PackageResources.yes_pipe_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) where program.moment == .build {
                guard !program.commands.contains(where: { $0.name == "set" }) else { continue }
                for (index, command) in program.commands.enumerated() {
                    guard command.name == "yes", command.after?.text == "|", command.depth == 0,
                        let reader = program.commands[index...].first(where: { $0.after?.text != "|" }),
                        reader.after?.text != "||"
                    else { continue }
                    reporter.report(
                        program.source(command.range),
                        "yes is ended by the program behind it, which fails the step: run stops at every failure in a pipeline; "
                            + "give the program -y")
                }
            }
        })
}
