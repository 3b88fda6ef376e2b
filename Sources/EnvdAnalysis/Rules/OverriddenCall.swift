import EnvdSyntax

extension Rule {
    /// A call whose settings a later call of the same function replaces.
    static let overriddenCall = Rule(
        "overridden-call", .api, .warning, page: PackageResources.overridden_call_md,
        .file { context, reporter in
            for call in context.calls(
                lastCallWins,
                inEveryRun: { run, index in
                    let call = run.steps[index].call
                    return run.steps[(index + 1)...].contains { later in
                        later.name == call.name && !later.isConditional && later.call.range != call.range
                            && later.call.call.node.text != call.call.node.text && !keepsPart(of: call, later.call)
                    }
                })
            {
                let problem =
                    call.name == "install.python"
                    ? "the version of a later 'install.python' counts for both calls"
                    : "a later call of '\(call.name)' replaces this one"
                reporter.report(call.calleeRange, problem)
            }
        })
}

/// Functions that keep one set of settings.
private let lastCallWins: Set<String> = [
    "config.apt_source", "config.cran_mirror", "config.gpu", "config.jupyter", "config.owner", "config.pip_index",
    "config.repo", "config.shm_size", "git_config", "install.cuda", "install.pixi", "install.python", "install.uv",
    "shell",
]

/// A version of cuDNN stays until another one is given.
private func keepsPart(of call: APICall, _ later: APICall) -> Bool {
    call.name == "install.cuda" && call.argument("cudnn") != nil && later.argument("cudnn") == nil
}
