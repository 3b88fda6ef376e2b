import EnvdSyntax

extension Rule {
    /// conda without `install.python`, which is what installs conda.
    static let condaWithoutPython = Rule(
        "conda-without-python", .api, .error, page: PackageResources.conda_without_python_md,
        .program(of: "install.conda") { context, reporter in
            let calls = context.calls(["install.conda"]) { run, index in
                !run.mayCall("install.python")
                    && (context.isDevelopment(run) == true || run.mayCall("install.conda_packages"))
            }
            guard let call = calls.first else { return }
            reporter.report(
                call.calleeRange, "conda itself is installed by install.python(), which is never called",
                context.insertion(of: "install.python()", before: call))
        })
}
