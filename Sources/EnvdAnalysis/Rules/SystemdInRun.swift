import EnvdSyntax

extension Rule {
    /// `systemctl`, though no systemd runs in a container.
    static let systemdInRun = Rule(
        "systemd-in-run", .shell, .warning, page: PackageResources.systemd_in_run_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                for command in program.commands where command.name == "systemctl" {
                    let verb = command.operands.first?.value ?? ""
                    guard ["start", "restart", "stop", "reload", "status", "daemon-reload"].contains(verb),
                        command.after?.text != "||"
                    else { continue }
                    reporter.report(
                        program.source(command.range),
                        "no systemd runs in the environment; runtime.daemon starts programs with it")
                }
            }
        })
}
