import EnvdSyntax

extension Rule {
    /// `apt-get install` in `run`, where `install.apt_packages` does it.
    static let aptInRun = Rule(
        "apt-in-run", .shell, .advice, page: PackageResources.apt_in_run_md,
        .calls(.runningShell) { call, context, reporter in
            for program in context.shellPrograms(of: call) where program.moment == .build {
                // Packages of another repository have to wait until it is set up.
                let setsUpRepository = program.literals.contains { literal in
                    let bytes = literal.bytes
                    return bytes.contains("add-apt-repository") || bytes.contains("sources.list")
                        || bytes.contains("apt-key") || bytes.contains("/etc/apt") || bytes.contains("dpkg ")
                }
                guard !setsUpRepository else { continue }
                for command in program.commands {
                    guard ["apt-get", "apt"].contains(command.name), command.operands.first?.value == "install" else {
                        continue
                    }
                    let names = command.operands.dropFirst()
                    guard !names.isEmpty, names.allSatisfy({ AptPackage($0.text) != nil && $0.value != nil }) else {
                        continue
                    }
                    reporter.report(
                        program.source(command.range),
                        "install.apt_packages installs \(joined(names.map(\.text))) before all else and keeps what it has "
                            + "downloaded")
                }
            }
        })
}
