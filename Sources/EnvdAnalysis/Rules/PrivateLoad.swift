import EnvdSyntax

extension Rule {
    /// `load` of a name that belongs to its file alone.
    static let privateLoad = Rule(
        "private-load", .starlark, .error, page: PackageResources.private_load_md,
        .nodes([.loadItem]) { node, _, reporter in
            guard let name = LoadItem(node)?.name, let text = StringLiteral.text(of: name),
                text.utf8.first == UInt8(ascii: "_")
            else { return }
            reporter.report(name.range, "'\(text)' begins with '_', so other files cannot load it")
        })
}
