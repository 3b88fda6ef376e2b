import EnvdSyntax

extension Rule {
    /// `install.python` on an image that has Python, whose packages are then out of sight.
    static let secondPython = Rule(
        "second-python", .packages, .warning, page: PackageResources.second_python_md,
        .calls { call, context, reporter in
            guard call.name == "install.python", let image = context.base?.image?.text, ImageFamily.hasPython(image)
            else {
                return
            }
            reporter.report(
                call.calleeRange,
                "this installs another Python than that of '\(image)', which does not see the image's packages; use a plain image"
            )
        })
}
