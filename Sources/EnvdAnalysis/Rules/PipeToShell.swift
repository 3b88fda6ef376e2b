import EnvdSyntax

extension Rule {
    /// A script that is run as it comes from the web.
    static let pipeToShell = Rule(
        "pipe-to-shell", .security, .advice, page: PackageResources.pipe_to_shell_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                var source: ShellCommand?
                for command in program.commands {
                    if command.before?.text.hasPrefix("|") != true || command.before?.text == "||" { source = nil }
                    if ["curl", "wget"].contains(command.name) { source = command }
                    guard let download = source, shells.contains(command.name) else { continue }
                    reporter.report(
                        program.source(download.range.lowerBound..<command.range.upperBound),
                        "nobody checks what is run here; download the script with io.http and a checksum, and run it then"
                    )
                }
            }
        })
}

private let shells: Set<String> = ["sh", "bash", "zsh", "dash", "python", "python3", "perl"]
