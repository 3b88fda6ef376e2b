import EnvdSyntax

extension Rule {
    /// A command that reads a variable which `io.http` takes away from it.
    static let environmentLost = Rule(
        "environment-lost", .api, .warning, page: PackageResources.environment_lost_md,
        .program(of: "io.http") { context, reporter in
            var reported: Set<Range<Int>> = []
            for run in context.runs where context.isDevelopment(run) == false {
                guard run.steps("io.http").contains(where: { !$0.isConditional }) else { continue }
                let names = run.steps("runtime.environ").flatMap { step in
                    (context.constant("env", of: step.call)?.entries ?? []).compactMap(\.key.text)
                }
                guard !names.isEmpty else { continue }
                for step in run.steps("run") {
                    for (command, range) in context.constant("commands", of: step.call)?.texts ?? [] {
                        guard let name = variables(in: command).first(where: names.contains),
                            reported.insert(range).inserted
                        else {
                            continue
                        }
                        reporter.report(
                            range,
                            "a builder that merges layers (docker-container) loses $\(name) at io.http; set it in the command itself"
                        )
                    }
                }
            }
        })
}

/// The names behind `$` and `${` in a shell command.
private func variables(in command: String) -> [String] {
    command.split(separator: "$", omittingEmptySubsequences: false).dropFirst().map { part in
        String((part.first == "{" ? part.dropFirst() : part).prefix { $0 == "_" || $0.isLetter || $0.isNumber })
    }
}
