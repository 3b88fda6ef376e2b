import EnvdSyntax

extension Rule {
    /// A program that `run` starts in the background, where it ends with the step.
    static let backgroundInRun = Rule(
        "background-in-run", .shell, .warning, page: PackageResources.background_in_run_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) where program.moment == .build {
                // A script that goes on with the program that it started knows what it does.
                for (index, command) in program.commands.enumerated() {
                    let isService =
                        command.name == "service"
                        && ["start", "restart"].contains(command.operands.dropFirst().first?.value ?? "")
                    guard command.depth == 0, isService || command.after?.text == "&",
                        index == program.commands.count - 1, !command.words.isEmpty
                    else { continue }
                    reporter.report(
                        program.source(command.range),
                        "the program is stopped when this run ends; runtime.daemon starts it with the environment")
                }
            }
        })
}
