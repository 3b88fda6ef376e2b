import EnvdSyntax

extension Rule {
    /// `install.python` on an image that has Python, whose packages are then out of sight.
    static let secondPython = Rule(
        "second-python", .packages, .warning, page: PackageResources.second_python_md,
        .program(of: "install.python") { context, reporter in
            guard let image = context.base?.image?.text, ImageFamily.hasPython(image) else { return }
            for call in context.calls(of: "install.python") {
                reporter.report(
                    call.calleeRange,
                    "this installs another Python than that of '\(image)', which does not see the image's packages; use a plain image"
                )
            }
        })
}
