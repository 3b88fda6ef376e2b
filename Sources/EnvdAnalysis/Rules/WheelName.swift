import EnvdSyntax

extension Rule {
    /// A wheel whose file name says too little.
    static let wheelName = Rule(
        "wheel-name", .files, .error, page: PackageResources.wheel_name_md,
        .calls(.readingProject) { call, context, reporter in
            for path in context.projectPaths(of: call) where path.parameter == "local_wheels" {
                guard let name = path.text.split(separator: "/").last, name.hasSuffix(".whl") else { continue }
                let parts = name.dropLast(".whl".count).split(separator: "-", omittingEmptySubsequences: false)
                guard !(5...6).contains(parts.count) || parts.contains(where: \.isEmpty) else { continue }
                reporter.report(
                    path.range,
                    "pip refuses '\(name)': a wheel is named name-version-python-abi-platform.whl; do not rename it")
            }
        })
}
