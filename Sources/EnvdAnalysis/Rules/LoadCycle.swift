import EnvdSyntax

extension Rule {
    /// A `load` of a file that loads this one.
    static let loadCycle = Rule(
        "load-cycle", .files, .error, page: PackageResources.load_cycle_md,
        .nodes([.loadStmt]) { node, context, reporter in
            guard let load = LoadStmt(node), let module = load.module, let path = load.path,
                case .cycle(let files)? = context.modules.loads[path]
            else { return }
            guard files.count > 2 else { return reporter.report(module.range, "a file cannot load itself") }
            let way = files.map(\.onOneLine).joined(separator: " → ")
            reporter.report(
                module.range, "the files load each other in a circle, \(way); move what they share to another file")
        })
}
