import EnvdSyntax

extension Rule {
    /// An extension of the editor without a publisher, or with a dash at its end.
    static let extensionName = Rule(
        "extension-name", .api, .error, page: PackageResources.extension_name_md,
        .calls(of: "install.vscode_extensions") { call, context, reporter in
            for (text, range) in context.constant("name", of: call)?.texts ?? [] {
                if !text.contains(".") || text.hasPrefix(".") || text.hasSuffix(".") {
                    reporter.report(range, "'\(text)' is no extension: write publisher.name, such as ms-python.python")
                } else if text.hasSuffix("-") {
                    reporter.report(range, "'\(text)' ends with a dash, at which envd crashes; write publisher.name")
                }
            }
        })
}
