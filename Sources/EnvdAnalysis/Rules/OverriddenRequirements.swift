import EnvdSyntax

extension Rule {
    /// A requirements file or conda packages that a later call replaces.
    static let overriddenRequirements = Rule(
        "overridden-requirements", .api, .warning, page: PackageResources.overridden_requirements_md,
        .program(of: "install.python_packages", "install.conda_packages") { context, reporter in
            let files = context.calls(
                "install.python_packages",
                overriddenBy: { call in
                    guard let file = context.constant("requirements", of: call)?.text, !file.isEmpty else { return nil }
                    return ("", file)
                })
            for call in files {
                guard let argument = call.argument("requirements") else { continue }
                reporter.report(
                    argument.value.range,
                    "only the requirements file of the last call is installed; include this one in it by a line '-r …'")
            }
            for call in context.calls(["install.conda_packages"], inEveryRun: { isReplaced($0, $1, context) }) {
                if let argument = call.argument("env_file") {
                    reporter.report(
                        argument.value.range,
                        "a later install.conda_packages replaces this environment file; name the packages in it")
                } else if let argument = call.argument("name") {
                    reporter.report(
                        argument.value.range,
                        "not installed: the last install.conda_packages names an environment file, and conda takes nothing else"
                    )
                }
            }
        })
}

/// Every call replaces the environment file, by none if it has none; with one in the end names and channels are not read.
private func isReplaced(_ run: ProgramRun, _ index: Int, _ context: ProgramContext) -> Bool {
    let call = run.steps[index].call
    let later = run.steps[(index + 1)...].filter { $0.name == call.name }
    guard let last = later.last, !last.isConditional, last.call.range != call.range, !last.call.isOpen, !call.isOpen
    else {
        return false
    }
    if later.contains(where: { $0.name == "install.conda" }) { return false }
    let file = context.constant("env_file", of: last.call)?.text
    if last.call.argument("env_file") != nil, file == nil { return false }
    if let own = context.constant("env_file", of: call)?.text, !own.isEmpty { return own != file }
    return call.argument("env_file") == nil && call.argument("name") != nil && !(file ?? "").isEmpty
}
