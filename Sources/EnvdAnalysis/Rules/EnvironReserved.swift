import EnvdSyntax

extension Rule {
    /// An environment variable that envd sets itself.
    static let environReserved = Rule(
        "environ-reserved", .api, .warning, page: PackageResources.environ_reserved_md,
        .program(of: "runtime.environ") { context, reporter in
            for name in ["PATH", "LANG", "LC_ALL", "USER", "SHELL", "ENVD_WORKDIR"] {
                let isAlways = ["PATH", "LANG", "LC_ALL"].contains(name)
                let calls = context.calls(["runtime.environ"]) { run, index in
                    (isAlways || context.isDevelopment(run) == true)
                        && key(name, of: run.steps[index].call, context) != nil
                }
                for call in calls {
                    guard let range = key(name, of: call, context) else { continue }
                    let hint = name == "PATH" ? "; use extra_path" : ""
                    reporter.report(
                        range, "envd sets \(name) of the running environment itself, so this is lost there\(hint)")
                }
            }
        })
}

private func key(_ name: String, of call: APICall, _ context: ProgramContext) -> Range<Int>? {
    context.constant("env", of: call)?.entries?.first { $0.key.text == name }?.key.range
}
