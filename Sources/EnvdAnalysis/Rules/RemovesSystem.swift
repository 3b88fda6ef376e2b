import EnvdSyntax

extension Rule {
    /// `rm -rf /` and what comes close to it.
    static let removesSystem = Rule(
        "removes-system", .shell, .error, page: PackageResources.removes_system_md,
        .calls(.runningShell) { call, context, reporter in
            for (program, command) in context.buildCommands(of: call)
            where command.name == "rm" && command.has("-r", "-R", "--recursive") {
                for word in command.operands where folders.contains(path(of: word)) {
                    reporter.report(
                        program.source(word.range), "this removes '\(word.raw)', without which nothing else can run")
                }
            }
        })
}

private let folders: Set<String> = [
    "/", "/bin", "/sbin", "/lib", "/lib64", "/usr", "/usr/bin", "/usr/lib", "/etc", "/var", "/proc", "/dev",
    "/sys",
]

/// Without a slash or a star at the end.
private func path(of word: ShellWord) -> String {
    var text = word.raw.filter { $0 != "\"" }[...]
    guard !text.isEmpty else { return "" }
    if text.hasSuffix("/*") { text = text.dropLast(2) }
    while text.count > 1, text.hasSuffix("/") { text = text.dropLast() }
    return text.isEmpty ? "/" : String(text)
}
