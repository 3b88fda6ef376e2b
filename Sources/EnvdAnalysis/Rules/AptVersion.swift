import EnvdSyntax

extension Rule {
    /// A Debian package with pip's or conda's way to name versions.
    static let aptVersion = Rule(
        "apt-version", .packages, .error, page: PackageResources.apt_version_md,
        .calls(.taking("AptPackage")) { call, context, reporter in
            for name in context.texts(of: "AptPackage", in: call) {
                guard name.text.utf8.contains(where: { "=<>~!".utf8.contains($0) }) else { continue }
                let packageName = name.text.prefix { !"=<>~!".contains($0) }
                let rest = name.text.dropFirst(packageName.count)
                let op = rest.prefix { "=<>~!".contains($0) }
                guard !packageName.isEmpty, AptPackage(packageName.trimmed) != nil, !op.isEmpty, op != "=" else {
                    continue
                }
                if op == "==" {
                    let literal = LiteralText(name, in: context.file)
                    let at = packageName.utf8.count
                    let fixes =
                        literal.isExact
                        ? [Fix("Write '='", replace: literal.source(at..<(at + 2)), with: "=", isSafe: true)] : []
                    reporter.report(
                        Violation(range: name.range, message: "apt writes a version with a single '='", fixes: fixes))
                } else {
                    reporter.report(
                        name.range,
                        "apt takes no range of versions, and the shell reads '\(op)' itself; write 'name=version' or only the name"
                    )
                }
            }
        })
}

extension Substring {
    fileprivate var trimmed: String { String(self).trimmed }
}
