import EnvdSyntax

extension Rule {
    /// Python packages in an image that has no Python.
    static let pipWithoutPython = Rule(
        "pip-without-python", .api, .error, page: PackageResources.pip_without_python_md,
        .program(of: "install.python_packages", "config.jupyter") { context, reporter in
            let calls = context.calls(["install.python_packages", "config.jupyter"]) { run, index in
                needsPip(run.steps[index].call) && !run.steps[..<index].contains { needsPip($0.call) }
                    && !hasPython(run, context)
            }
            for call in calls {
                let uv = context.runs.contains { $0.mayCall("install.uv") }
                let hint = uv ? "; the Python of uv comes later and is not on the search path" : ""
                reporter.report(
                    call.calleeRange, "there is no Python to install packages with: call install.python()\(hint)",
                    context.insertion(of: "install.python()", before: call))
            }
        })
}

private func needsPip(_ call: APICall) -> Bool {
    call.name == "config.jupyter" || call.name == "install.python_packages" && !call.arguments.isEmpty
}

/// Whether Python may be there when pip runs. Of the images only those are known that certainly have none.
private func hasPython(_ run: ProgramRun, _ context: ProgramContext) -> Bool {
    if run.mayCall("install.python") { return true }
    guard let image = context.image(run) else { return true }
    let name = image.split(separator: ":").first.map(String.init) ?? "ubuntu"
    guard ["ubuntu", "debian"].contains(name) else { return true }
    return run.steps("install.apt_packages").contains { step in
        guard let names = context.constant("name", of: step.call)?.elements else { return true }
        return names.contains { $0.text?.hasPrefix("python") ?? true }
    }
}
