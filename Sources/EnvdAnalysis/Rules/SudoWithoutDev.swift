import EnvdSyntax

extension Rule {
    /// `sudo` in an image that does not have it, where commands run as root anyway.
    static let sudoWithoutDev = Rule(
        "sudo-without-dev", .shell, .error, page: PackageResources.sudo_without_dev_md,
        .program(.runningShell) { context, reporter in
            guard let base = context.base, !base.isDev,
                rootImages.contains(where: { isImage(base.image?.text ?? "ubuntu", $0) }), !installsSudo(context)
            else { return }
            for (program, command) in context.calls.flatMap(context.buildCommands) {
                guard let sudo = command.sudo, let first = command.words.first else { continue }
                let between = sudo.range.lowerBound..<first.range.lowerBound
                // With options it may mean another user.
                let isPlain = between.count == "sudo ".utf8.count
                let fixes =
                    isPlain
                    ? [Fix("Remove sudo", replace: program.source(between), with: "", isSafe: true)] : []
                reporter.report(
                    Violation(
                        range: program.source(sudo.range),
                        message: "the image has no sudo, and without dev=True the commands run as root anyway",
                        fixes: fixes))
            }
        })
}

/// Official images that run as root and have no sudo.
private let rootImages = ["ubuntu", "debian", "python", "node", "golang", "rust", "nvidia/cuda"]

private func isImage(_ text: String, _ name: String) -> Bool {
    [name, "docker.io/\(name)", "docker.io/library/\(name)", "library/\(name)"].contains { prefix in
        text == prefix || text.hasPrefix(prefix + ":") || text.hasPrefix(prefix + "@")
    }
}

private func installsSudo(_ context: ProgramContext) -> Bool {
    context.calls.contains { call in
        switch call.name {
        case "install.apt_packages":
            // A list that is not known may hold it.
            guard !call.isOpen, let names = context.constant("name", of: call)?.elements else { return true }
            return names.contains { $0.text == nil || $0.text?.hasPrefix("sudo") == true }
        case "run":
            return context.buildCommands(of: call).contains { _, command in
                ["apt-get", "apt"].contains(command.name) && command.operands.contains { $0.text == "sudo" }
            }
        default: return false
        }
    }
}
