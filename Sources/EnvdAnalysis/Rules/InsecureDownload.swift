import EnvdSyntax

extension Rule {
    /// A download whose server is not checked: `curl -k`, `wget --no-check-certificate`, `pip --trusted-host`.
    static let insecureDownload = Rule(
        "insecure-download", .security, .warning, page: PackageResources.insecure_download_md,
        .calls { call, context, reporter in
            for program in context.shellPrograms(of: call) {
                for command in program.commands {
                    guard let word = insecureOption(of: command) else { continue }
                    reporter.report(
                        program.source(word.range),
                        "with \(word.text) anybody on the way can change what \(command.name) downloads")
                }
            }
            for (name, range) in context.texts(of: "PipRequirement", in: call)
            where Array(name.utf8).contains("--trusted-host") {
                reporter.report(range, "with --trusted-host anybody on the way can change what pip downloads")
            }
        })
}

private func insecureOption(of command: ShellCommand) -> ShellWord? {
    switch command.name {
    case "curl":
        return command.arguments.first { word in
            if word.text == "--insecure" { return true }
            // `-k` alone or at the end of options without values, such as `-fsSLk`.
            return word.text.hasPrefix("-") && !word.text.hasPrefix("--") && word.text.contains("k")
                && word.text.dropFirst().allSatisfy { "fsSLOJkv#gi46".contains($0) }
        }
    case "wget": return command.arguments.first { $0.text == "--no-check-certificate" }
    case "git":
        return command.arguments.first { $0.text.lowercased().replacing("=", " ").hasPrefix("http.sslverify false") }
    case "apt-get", "apt":
        return command.arguments.first {
            ["--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"].contains($0.text)
        }
    default: return pipArguments(of: command)?.first { $0.text.hasPrefix("--trusted-host") }
    }
}

extension String {
    fileprivate func replacing(_ old: Character, _ new: Character) -> String { String(map { $0 == old ? new : $0 }) }
}
