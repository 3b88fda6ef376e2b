import EnvdSyntax

extension Rule {
    /// A shell that envd neither installs nor sets up.
    static let unknownShell = Rule(
        "unknown-shell", .api, .warning, page: PackageResources.unknown_shell_md,
        .calls(of: "shell") { call, context, reporter in
            guard let argument = call.argument("name"),
                let name = context.constant("name", of: call)?.text,
                !shells.contains(name.lowercased())
            else { return }
            let fixes = nearestName(to: name, among: shells).map {
                [Fix("Replace with \"\($0)\"", replace: argument.value.range, with: "\"\($0)\"")]
            }
            reporter.report(
                Rule.Violation(
                    range: argument.value.range,
                    message:
                        "envd sets up bash, zsh and fish only; the SSH server would start '\(name)', which must be in the image",
                    fixes: fixes ?? []))
        })
}

private let shells = ["bash", "zsh", "fish"]
