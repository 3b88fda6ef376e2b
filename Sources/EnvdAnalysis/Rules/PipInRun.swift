import EnvdSyntax

extension Rule {
    /// `pip install` in `run`, where `install.python_packages` does it.
    static let pipInRun = Rule(
        "pip-in-run", .shell, .advice, page: PackageResources.pip_in_run_md,
        .program(.runningShell) { context, reporter in
            let hasPython = !context.calls(of: "install.python").isEmpty
            for (program, command) in context.calls.flatMap(context.buildCommands) {
                guard let rest = pipArguments(of: command), rest.first?.value == "install" else { continue }
                // With uv, pip need not be there.
                guard command.name != "uv" || hasPython else { continue }
                let words = rest.dropFirst().map(\.text)
                let plainOptions: Set = ["-U", "--upgrade", "--no-cache-dir", "-q", "--quiet", "--no-input"]
                let names = words.filter { !plainOptions.contains($0) }
                guard !names.isEmpty, rest.allSatisfy({ $0.value != nil }) else { continue }
                if names.count == 2, names[0] == "-r" || names[0] == "--requirement" {
                    reporter.report(
                        program.source(command.range),
                        "install.python_packages(requirements=\"\(names[1])\") does this earlier, and again only if the "
                            + "file changes")
                } else if names.allSatisfy({ Requirement($0) != nil }) {
                    reporter.report(
                        program.source(command.range),
                        "install.python_packages installs \(joined(names)) earlier and keeps what it has downloaded")
                }
            }
        })
}

/// What follows `pip` in `pip …`, `python -m pip …` and `uv pip …`; nil for other commands.
func pipArguments(of command: ShellCommand) -> ArraySlice<ShellWord>? {
    let arguments = command.arguments
    switch command.name {
    case "pip", "pip3": return arguments
    case "python", "python3":
        guard arguments.count > 2, arguments.first?.value == "-m", arguments.dropFirst().first?.value == "pip" else {
            return nil
        }
        return arguments.dropFirst(2)
    case "uv": return arguments.first?.value == "pip" ? arguments.dropFirst() : nil
    default: return nil
    }
}
