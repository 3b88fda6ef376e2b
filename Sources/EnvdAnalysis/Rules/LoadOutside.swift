import EnvdSyntax

extension Rule {
    /// A `load` of a file outside of the project.
    static let loadOutside = Rule(
        "load-outside", .files, .warning, page: PackageResources.load_outside_md,
        .nodes([.loadStmt]) { node, context, reporter in
            guard let load = LoadStmt(node), let module = load.module, let path = load.path,
                context.modules.loads[path] == .outside
            else { return }
            reporter.report(
                module.range,
                "'\(path.onOneLine)' is outside of the project, so the program works only where that file is")
        })
}
