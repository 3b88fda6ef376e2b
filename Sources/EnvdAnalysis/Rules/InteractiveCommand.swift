import EnvdSyntax

extension Rule {
    /// A command that asks questions, while nobody is there to answer.
    static let interactiveCommand = Rule(
        "interactive-command", .shell, .warning, page: PackageResources.interactive_command_md,
        .calls(.runningShell) { call, context, reporter in
            for (program, command) in context.buildCommands(of: call) {
                let hasInput =
                    command.before?.text == "|" || command.before?.text == "|&"
                    || command.redirections.contains { $0.op.text.hasPrefix("<") }
                guard !hasInput, let problem = problem(of: command) else { continue }
                var fixes: [Fix] = []
                if let option = problem.option, let word = command.operands.first,
                    let (literal, _) = program.literal(at: word.range.lowerBound), literal.isExact
                {
                    let end = program.source(word.range).upperBound
                    fixes.append(Fix("Add \(option)", replace: end..<end, with: " \(option)", isSafe: true))
                }
                reporter.report(
                    Violation(range: program.source(command.range), message: problem.message, fixes: fixes))
            }
        })
}

private func problem(of command: ShellCommand) -> (message: String, option: String?)? {
    func needs(_ option: String) -> (String, String?)? {
        ("\(command.name) asks before it goes on, and nobody answers; add \(option)", option)
    }
    let first = command.operands.first?.value ?? ""
    switch command.name {
    case "apt-get", "apt", "aptitude":
        let asking = ["install", "remove", "purge", "upgrade", "dist-upgrade", "full-upgrade", "autoremove"]
        let isAnswered = command.has("-y", "--yes", "--assume-yes", "--assume-no", "--dry-run", "--simulate", "-s")
        let words = command.arguments.map(\.text)
        guard asking.contains(first), !isAnswered, !words.contains(where: { $0 == "-qq" || $0.contains("Assume-Yes") })
        else { return nil }
        return needs("-y")
    case "conda", "mamba", "micromamba":
        guard ["install", "create", "remove", "update"].contains(first), !command.has("-y", "--yes", "--dry-run"),
            !command.assignments.contains(where: { $0.text.contains("ALWAYS_YES") })
        else { return nil }
        return needs("-y")
    case "add-apt-repository": return command.has("-y", "--yes") ? nil : needs("-y")
    case "ssh-keygen":
        let others = command.has("-R", "-l", "-y", "-F", "-A", "-i", "-e", "-H", "-D", "-Y", "-c", "-p", "-s", "-N")
        return others ? nil : ("ssh-keygen asks for a passphrase, and nobody answers; add -N \"\" and -f", nil)
    case "vim", "vi", "nano", "emacs", "htop", "visudo", "nvtop":
        guard command.arguments.allSatisfy({ !$0.text.hasPrefix("-") && !$0.text.hasPrefix("+") }) else { return nil }
        return ("\(command.name) needs a terminal, and there is none in a build", nil)
    case "passwd":
        guard !command.has("-d", "-l", "-u", "-e", "-S", "--delete", "--lock", "--stdin") else { return nil }
        return ("passwd asks for a password, and nobody answers; pipe the line 'user:password' to chpasswd", nil)
    case "read":
        guard command.depth == 0, command.sudo == nil else { return nil }
        return ("read waits for a line, and nobody types one in a build", nil)
    case "adduser":
        let isAnswered =
            command.has("--disabled-password", "--disabled-login", "--system", "--gecos", "--comment", "-D")
            || command.operands.count > 1
        return isAnswered ? nil : ("adduser asks for a password, and nobody answers; use useradd -m", nil)
    case "npm", "yarn": return first == "init" && !command.has("-y", "--yes") ? needs("-y") : nil
    case "huggingface-cli", "hf", "wandb":
        let words = command.operands.compactMap(\.value)
        guard words == ["login"] || words == ["auth", "login"], !command.has("--token") else { return nil }
        return ("\(command.name) asks for a token, and nobody answers", nil)
    default: return nil
    }
}
