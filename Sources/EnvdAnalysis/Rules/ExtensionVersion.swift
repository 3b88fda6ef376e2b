import EnvdSyntax

extension Rule {
    /// A version of an extension, which envd ignores or takes for a part of the name.
    static let extensionVersion = Rule(
        "extension-version", .api, .warning, page: PackageResources.extension_version_md,
        .calls(of: "install.vscode_extensions") { call, context, reporter in
            for (text, range) in context.constant("name", of: call)?.texts ?? [] {
                guard let dot = text.firstIndex(of: "."), dot != text.startIndex else { continue }
                if let at = text.firstIndex(of: "@") {
                    reporter.report(
                        range, "envd takes '\(text[text.index(after: dot)...])' for the name; write \(text[..<at])")
                } else if let dash = text[dot...].lastIndex(of: "-"), let first = text[text.index(after: dash)...].first
                {
                    let version = text[text.index(after: dash)...]
                    if first.isNumber {
                        reporter.report(
                            range,
                            "the version \(version) is ignored: envd downloads the latest release of \(text[..<dash])")
                    } else if first == "v", let digit = version.dropFirst().first, digit.isNumber, version.contains(".")
                    {
                        reporter.report(
                            range,
                            "envd takes '\(text[text.index(after: dot)...])' for the name; write \(text[..<dash])")
                    }
                }
            }
        })
}
