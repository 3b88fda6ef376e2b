import EnvdSyntax

extension Rule {
    /// A variable of the commands of `runtime.init`, which the supervisor looks up before the shell has set it.
    static let serviceVariable = Rule(
        "service-variable", .shell, .error, page: PackageResources.service_variable_md,
        .program(.runningShell) { context, reporter in
            guard !context.usesOtherFiles else { return }
            let known = Set(
                context.calls(of: "runtime.environ").flatMap { context.constant("env", of: $0)?.entries ?? [] }
                    .compactMap(\.key.text))
            for program in context.calls.flatMap(context.shellPrograms) where program.moment == .start {
                let own = Set(program.commands.flatMap(variables))
                for expansion in program.expansions
                where own.contains(expansion.name) && !known.contains(expansion.name) && !expansion.hasDefault {
                    let range = program.source(expansion.range)
                    var fixes: [Fix] = []
                    if let (literal, _) = program.literal(at: expansion.range.lowerBound), literal.isExact {
                        fixes.append(
                            Fix(
                                "Double the dollar", replace: range.lowerBound..<range.lowerBound, with: "$",
                                isSafe: true))
                    }
                    reporter.report(
                        Violation(
                            range: range,
                            message:
                                "the supervisor looks for \(expansion.name) before the commands have set it, and does not "
                                + "start them; write $$ for the shell's dollar",
                            fixes: fixes))
                }
            }
        })
}

/// The names that a command gives values to.
private func variables(_ command: ShellCommand) -> [String] {
    var words = command.words.isEmpty ? command.assignments : []
    if ["export", "declare", "local"].contains(command.name) { words += command.operands }
    return words.compactMap { word in
        let name = word.raw.prefix { $0 != "=" && $0 != "+" }
        return name.count < word.raw.count && !name.isEmpty && name != "PATH" ? String(name) : nil
    }
}
