import EnvdSyntax

extension Rule {
    /// A setting of a development environment in an image that is none.
    static let ignoredWithoutDev = Rule(
        "ignored-without-dev", .api, .warning, page: PackageResources.ignored_without_dev_md,
        .program(.of(Array(developmentSettings.keys))) { context, reporter in
            let ignored = context.calls(Array(developmentSettings.keys)) { run, index in
                // An entrypoint may well start what was installed.
                let isStarted = run.steps[index].name == "config.jupyter" && run.mayCall("config.entrypoint")
                return !isStarted && context.isDevelopment(run) == false
            }
            for call in ignored {
                reporter.report(call.calleeRange, "without base(dev=True) \(developmentSettings[call.name] ?? "")")
            }
        })
}

/// What an image that is no development environment makes of a call.
private let developmentSettings = [
    "shell": "there is no login shell to choose: 'shell' does nothing",
    "git_config": "no .gitconfig is written: 'git_config' does nothing",
    "config.jupyter": "Jupyter is installed but never started",
    "config.rstudio_server": "RStudio Server is not started: 'config.rstudio_server' does nothing",
    "runtime.daemon": "nothing starts daemons: 'runtime.daemon' does nothing",
    "runtime.init": "nothing runs commands at the start: 'runtime.init' does nothing",
    "install.vscode_extensions": "no extensions are installed: 'install.vscode_extensions' does nothing",
]
