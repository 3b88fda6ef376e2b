import EnvdSyntax

extension Rule {
    /// RStudio Server in an image that does not have it.
    static let missingRstudio = Rule(
        "missing-rstudio", .api, .warning, page: PackageResources.missing_rstudio_md,
        .program(of: "config.rstudio_server") { context, reporter in
            let calls = context.calls(["config.rstudio_server"]) { run, _ in
                // Commands, copied files and other sources of packages may bring it.
                guard context.isDevelopment(run) == true, let image = context.image(run),
                    !["run", "io.copy", "config.apt_source"].contains(where: run.mayCall)
                else { return false }
                return ["", "ubuntu", "debian"].contains(image.split(separator: ":").first.map(String.init) ?? "")
            }
            for call in calls {
                reporter.report(
                    call.calleeRange,
                    "nothing installs RStudio Server, which this only starts; use an image that has it, such as rocker/rstudio"
                )
            }
        })
}
