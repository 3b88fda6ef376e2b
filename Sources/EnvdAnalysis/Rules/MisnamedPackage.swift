import EnvdSyntax

extension Rule {
    /// A Python package by the name of its module, which is another package or none.
    static let misnamedPackage = Rule(
        "misnamed-package", .packages, .warning, page: PackageResources.misnamed_package_md,
        .calls(.taking("PipRequirement")) { call, context, reporter in
            for name in context.texts(of: "PipRequirement", in: call) {
                guard let requirement = Requirement(name.text), requirement.url == nil,
                    let (meant, why) = misnamedPythonPackages[requirement.normalizedName]
                else { continue }
                let literal = LiteralText(name, in: context.file)
                var fixes: [Fix] = []
                if literal.isExact {
                    let place = literal.source(0..<requirement.name.utf8.count)
                    fixes.append(Fix("Write '\(meant)'", replace: place, with: meant))
                }
                reporter.report(
                    Violation(
                        range: name.range,
                        message: "the package is called '\(meant)' on PyPI: "
                            + (why ?? "'\(requirement.name)' is the name of the module"), fixes: fixes))
            }
        })
}
