import EnvdSyntax

extension Rule {
    /// A daemon written as if a shell read it: its words are joined by spaces and split again, and run as they are.
    static let daemonWithoutShell = Rule(
        "daemon-without-shell", .shell, .error, page: PackageResources.daemon_without_shell_md,
        .calls(of: "runtime.daemon") { call, context, reporter in
            guard let lists = context.constant("commands", of: call)?.elements else {
                return
            }
            for list in lists {
                guard let words = list.elements else { continue }
                report(words, &reporter)
            }
        })
}

private let operators: Set<String> = ["&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1", "2>", "&>"]
private let builtins: Set<String> = ["cd", "export", "source", "alias", "ulimit", "set"]
private let shells: Set<String> = ["sh", "bash", "zsh", "/bin/sh", "/bin/bash", "/usr/bin/bash"]

private func report(_ words: [Constant], _ reporter: inout Rule.Reporter) {
    guard let first = words.first?.text else { return }
    if let second = words.dropFirst().first?.text, shells.contains(first), second.hasPrefix("-"), second.hasSuffix("c")
    {
        guard words.count > 2, let script = words[2].text?.trimmed, script.contains(where: \.isWhitespace),
            let quote = script.first, quote != "'", quote != "\""
        else { return }
        reporter.report(
            words[2].range,
            "the words are joined by spaces, so that \(first) runs only '\(script.prefix { !$0.isWhitespace })'; put single quotes "
                + "around the script")
        return
    }
    let parts = ShellLexer(words.map { $0.text ?? "x" }.joined(separator: " "))
    for token in parts.tokens {
        if case .operator(let op) = token, op.text != "\n", op.text != "(", op.text != ")" {
            let owner = words.first { $0.text.map { $0.contains(op.text) } ?? false }
            reporter.report(
                (owner ?? words[0]).range,
                "no shell reads '\(op.text)' here: it becomes an argument; use [\"bash\", \"-c\", \"'…'\"]")
            return
        }
    }
    if builtins.contains(String(first.trimmed.prefix { !$0.isWhitespace })) {
        reporter.report(
            words[0].range,
            "'\(first)' is a command of the shell, and there is none here; use [\"bash\", \"-c\", \"'…'\"]")
    }
}
