import EnvdSyntax

extension Rule {
    /// `"~/x"`: between quotes the shell does not replace the tilde by the home directory.
    static let quotedTilde = Rule(
        "quoted-tilde", .shell, .warning, page: PackageResources.quoted_tilde_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                for command in program.commands {
                    let targets = command.redirections.filter { $0.op.text.hasPrefix(">") }.map(\.target)
                    let words = takesPaths.contains(command.name) ? command.operands + targets : targets
                    for word in words where word.raw.hasPrefix("\"~/") || word.raw.hasPrefix("'~/") {
                        reporter.report(
                            program.source(word.range),
                            "between quotes the shell takes ~ for a directory of that name; write $HOME")
                    }
                }
            }
        })
}

private let takesPaths: Set<String> = [
    "cd", "ls", "cp", "mv", "mkdir", "rm", "cat", "source", ".", "touch", "chmod", "chown", "tar", "ln", "unzip",
    "rsync",
    "tee", "find", "install",
]
