import EnvdSyntax

extension Rule {
    /// A program that asks for the language of envd before version 1.
    static let oldSyntax = Rule(
        "old-syntax", .deprecated, .error, page: PackageResources.old_syntax_md,
        .chunk { context, reporter in
            guard context.beginsFile else { return }
            let line = context.file.bytes(in: 0..<min(32, context.file.utf8Count)).prefix { $0 != 10 && $0 != 13 }
            guard line.starts(with: "# syntax=v0".utf8) else { return }
            reporter.report(
                0..<line.count, "envd 1 refuses programs in the syntax v0; migrate it, and say v1 or nothing",
                Fix("Replace with '# syntax=v1'", replace: 0..<line.count, with: "# syntax=v1"))
        })
}
