import EnvdSyntax

extension Rule {
    /// Two `load` statements for one file.
    static let duplicateLoad = Rule(
        "duplicate-load", .starlark, .advice, page: PackageResources.duplicate_load_md,
        .program { context, reporter in
            var first: [[UInt8]: LoadStmt] = [:]
            for (load, _) in context.loads {
                guard let module = load.module, let name = StringLiteral.value(of: module)
                else { continue }
                guard let earlier = first[name] else {
                    first[name] = load
                    continue
                }
                var violation = Violation(
                    range: module.range,
                    message: "line \(Violation.linePlaceholder) loads the same file; name all that is loaded there",
                    related: RelatedPlace(earlier.range, "loaded here first"))
                if let fix = merge(load, into: earlier, in: context) { violation.fixes = [fix] }
                reporter.report(violation)
            }
        })
}

private func merge(_ load: LoadStmt, into earlier: LoadStmt, in context: ProgramContext) -> Fix? {
    guard let removal = context.removal(of: load.node), let last = lastItem(of: earlier),
        let first = load.loadItems.first,
        let end = lastItem(of: load)
    else { return nil }
    let items = first.range.lowerBound..<end.range.upperBound
    guard !context.file.bytes(in: items).contains(UInt8(ascii: "#")) else { return nil }
    let place = last.range.upperBound..<last.range.upperBound
    let addition = SourceEdit(range: place, replacement: ", " + context.file.text(in: items))
    return Fix(title: "Load all of it at once", edits: [addition, removal])
}

private func lastItem(of load: LoadStmt) -> LoadItem? {
    var last: LoadItem?
    for item in load.loadItems { last = item }
    return last
}
