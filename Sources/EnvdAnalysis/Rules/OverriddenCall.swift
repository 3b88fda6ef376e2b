import EnvdSyntax

extension Rule {
    /// A call whose settings a later call of the same function replaces.
    static let overriddenCall = Rule(
        "overridden-call", .api, .warning, page: PackageResources.overridden_call_md,
        .program(.of(lastCallWins)) { context, reporter in
            for call in lastCallWins.flatMap({ context.calls($0, overriddenBy: settings) }) {
                let problem =
                    call.name == "install.python"
                    ? "the version of a later 'install.python' counts for both calls"
                    : "a later call of '\(call.name)' replaces this one"
                reporter.report(call.calleeRange, problem)
            }
        })
}

/// What a call sets. A version of cuDNN stays until another one is given, so it is kept apart.
private func settings(of call: APICall) -> (key: String, value: String)? {
    (call.argument("cudnn") == nil ? "" : "cudnn", call.call.node.text)
}

/// Functions that keep one set of settings.
private let lastCallWins = [
    "config.apt_source", "config.cran_mirror", "config.gpu", "config.jupyter", "config.owner", "config.pip_index",
    "config.repo", "config.shm_size", "git_config", "install.cuda", "install.pixi", "install.python", "install.uv",
    "shell",
]
