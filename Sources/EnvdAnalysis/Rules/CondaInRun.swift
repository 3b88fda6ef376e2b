import EnvdSyntax

extension Rule {
    /// `conda install` in `run`, where `install.conda_packages` does it.
    static let condaInRun = Rule(
        "conda-in-run", .shell, .advice, page: PackageResources.conda_in_run_md,
        .program(of: "install.conda") { context, reporter in
            guard !context.calls(of: "install.conda").isEmpty else { return }
            for (program, command) in context.calls.flatMap(context.buildCommands) {
                guard ["conda", "mamba", "micromamba"].contains(command.name),
                    command.operands.first?.value == "install"
                else { continue }
                let allowed: Set = ["-y", "--yes", "-q", "--quiet"]
                let names = command.arguments.dropFirst().filter { !allowed.contains($0.text) }
                guard !names.isEmpty, names.allSatisfy({ $0.value != nil && !$0.text.hasPrefix("-") }) else { continue }
                reporter.report(
                    program.source(command.range),
                    "install.conda_packages installs \(joined(names.map(\.text))) into the environment and keeps what it has "
                        + "downloaded")
            }
        })
}
