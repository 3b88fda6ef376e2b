import EnvdSyntax

extension Rule {
    /// A command that was copied from a Dockerfile, a notebook or a terminal with what stood before it.
    static let foreignSyntax = Rule(
        "foreign-syntax", .shell, .error, page: PackageResources.foreign_syntax_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                for command in program.commands {
                    guard let word = command.words.first, !word.isQuoted, command.assignments.isEmpty,
                        let problem = problem(of: word, command)
                    else { continue }
                    var fixes: [Fix] = []
                    if let length = problem.length, let (literal, _) = program.literal(at: word.range.lowerBound),
                        literal.isExact
                    {
                        let range = word.range.lowerBound..<(word.range.lowerBound + length)
                        fixes.append(Fix("Remove it", replace: program.source(range), with: "", isSafe: true))
                    }
                    reporter.report(
                        Violation(range: program.source(word.range), message: problem.message, fixes: fixes))
                }
            }
        })
}

/// What the word is, and how many bytes to remove so that the rest is a command.
private func problem(of word: ShellWord, _ command: ShellCommand) -> (message: String, length: Int?)? {
    guard let second = command.words.dropFirst().first else {
        guard word.raw.hasPrefix("!") || word.raw.hasPrefix("%"), word.raw.count > 1, word.raw.last?.isLetter ?? false
        else { return nil }
        return ("'\(word.raw.prefix(1))' belongs to notebooks; the shell has no such command", 1)
    }
    switch word.raw {
    case "RUN":
        return (
            "RUN belongs to Dockerfiles; the shell has no such command", second.range.lowerBound - word.range.lowerBound
        )
    case "ENV", "ARG": return ("\(word.raw) belongs to Dockerfiles; use runtime.environ", nil)
    case "WORKDIR": return ("WORKDIR belongs to Dockerfiles; use cd within the call", nil)
    case "COPY", "ADD": return ("\(word.raw) belongs to Dockerfiles; use io.copy", nil)
    case "ENTRYPOINT", "CMD": return ("\(word.raw) belongs to Dockerfiles; use config.entrypoint", nil)
    case "EXPOSE": return ("EXPOSE belongs to Dockerfiles; use runtime.expose", nil)
    case "$", "%", ">>>":
        return ("'\(word.raw)' is a prompt and no command", second.range.lowerBound - word.range.lowerBound)
    default:
        guard let first = word.raw.first, first == "!" || first == "%", word.raw.dropFirst().first?.isLetter ?? false
        else { return nil }
        return ("'\(first)' belongs to notebooks; the shell has no such command", 1)
    }
}
