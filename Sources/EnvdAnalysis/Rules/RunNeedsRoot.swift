import EnvdSyntax

extension Rule {
    /// What only root may do, in a development environment, whose commands run as the user `envd`.
    static let runNeedsRoot = Rule(
        "run-needs-root", .shell, .warning, page: PackageResources.run_needs_root_md,
        .program(.runningShell) { context, reporter in
            guard let base = context.base, base.isDev, context.calls(of: "config.owner").isEmpty
            else {
                return
            }
            for (program, command) in context.calls.flatMap(context.buildCommands) {
                if let target = rootTarget(of: command) {
                    reporter.report(
                        program.source(target.range),
                        "the shell opens this file as the user envd, who is not root; use '| sudo tee \(target.text)'"
                    )
                } else if command.sudo == nil, needsRoot(command), let word = command.words.first {
                    let range = program.source(word.range)
                    var fixes: [Fix] = []
                    if let (literal, _) = program.literal(at: word.range.lowerBound), literal.isExact {
                        fixes.append(Fix("Add sudo", replace: range.lowerBound..<range.lowerBound, with: "sudo "))
                    }
                    reporter.report(
                        Violation(
                            range: range,
                            message:
                                "\(command.name) needs root, and in a development environment commands run as the "
                                + "user envd; use sudo",
                            fixes: fixes))
                }
            }
        })
}

private func needsRoot(_ command: ShellCommand) -> Bool {
    let first = command.operands.first?.value ?? ""
    switch command.name {
    case "apt-get", "apt":
        return ["install", "update", "remove", "purge", "upgrade", "autoremove", "dist-upgrade"].contains(first)
    case "dpkg": return command.has("-i", "--install")
    case "add-apt-repository", "apt-key", "useradd", "adduser", "usermod", "groupadd", "update-alternatives",
        "update-ca-certificates", "locale-gen", "dpkg-reconfigure", "chpasswd":
        return true
    default: return false
    }
}

/// A file of the system that the shell is to write.
private func rootTarget(of command: ShellCommand) -> ShellWord? {
    command.redirections.first { op, target in
        [">", ">>", ">|", "&>"].contains(op.text)
            && ["/etc/", "/usr/", "/opt/", "/root/", "/var/lib/"].contains { target.text.hasPrefix($0) }
    }?.target
}
