import EnvdSyntax

extension Rule {
    /// What cannot be the name of a Debian package.
    static let invalidAptPackage = Rule(
        "invalid-apt-package", .packages, .error, page: PackageResources.invalid_apt_package_md,
        .calls(.taking("AptPackage")) { call, context, reporter in
            for name in context.texts(of: "AptPackage", in: call) {
                // Several names in one string work, and so do options.
                for word in name.text.split(whereSeparator: \.isWhitespace) {
                    let text = String(word)
                    guard AptPackage(text) == nil, !text.hasPrefix("-"), !text.contains("=="),
                        !text.contains(where: { "<>~!'\"/*?^[$`(".contains($0) })
                    else { continue }
                    let lower = text.lowercased()
                    if lower != text, AptPackage(lower) != nil {
                        let literal = LiteralText(name, in: context.file)
                        let fixes =
                            literal.isExact && text == name.text
                            ? [Fix("Write '\(lower)'", replace: literal.source(0..<literal.bytes.count), with: lower)]
                            : []
                        reporter.report(
                            Violation(
                                range: name.range,
                                message: "names of Debian packages are lower-case: '\(lower)'", fixes: fixes))
                    } else {
                        reporter.report(name.range, "'\(text)' cannot be the name of a Debian package")
                    }
                }
            }
        })
}
