import EnvdSyntax

extension Rule {
    /// `cd`, `export` and the like at the end of a `run`, which end with it.
    static let lostChange = Rule(
        "lost-change", .shell, .warning, page: PackageResources.lost_change_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) where program.moment == .build {
                guard program.quotation?.outcome == .whole else { continue }
                for command in program.commands.reversed() {
                    guard command.depth == 0, command.before?.text != "|", command.before?.text != "||",
                        command.after?.text != "|", command.redirections.isEmpty, let problem = problem(of: command)
                    else { break }
                    reporter.report(program.source(command.range), problem)
                }
            }
        })
}

/// What is lost when the shell ends; nil if the command does more than to change the shell.
private func problem(of command: ShellCommand) -> String? {
    switch command.name {
    case "cd", "pushd", "popd":
        return
            "the next run starts in the working directory again; put this \(command.name) into the call that needs it"
    case "export", "declare", "unset":
        return "the variable is gone when this run ends; runtime.environ sets it for good"
    case "" where !command.assignments.isEmpty:
        guard command.assignments.allSatisfy({ $0.value != nil }) else { return nil }
        return "the variable is gone when this run ends; runtime.environ sets it for good"
    case "alias", "umask", "ulimit", "shopt":
        return "what \(command.name) changes is gone when this run ends"
    case "source", ".":
        let file = command.operands.first?.text ?? ""
        let ends = ["/activate", ".bashrc", ".profile", ".bash_profile", ".zshrc", "/env", "setup.bash", ".sh"]
        guard ends.contains(where: { file.hasSuffix($0) }), !file.hasSuffix(".sh") || file.contains("profile.d") else {
            return nil
        }
        return "what \(file) sets is gone when this run ends; put it into the call that needs it"
    case "conda", "mamba", "micromamba":
        guard command.operands.first?.value == "activate" else { return nil }
        return "the activation is gone when this run ends; put it into the call that needs it"
    default: return nil
    }
}
