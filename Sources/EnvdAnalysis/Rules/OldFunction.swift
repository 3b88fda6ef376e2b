import EnvdSyntax

extension Rule {
    /// A function that older envds had.
    static let oldFunction = Rule(
        "old-function", .deprecated, .error, page: PackageResources.old_function_md,
        .nodes([.dotExpr]) { node, context, reporter in
            guard let dot = DotExpr(node), let base = dot.base, case .name = base, let name = dot.name,
                let use = context.use(at: base.range), use.binding == nil, context.isModule(use.symbol),
                let successor = OldAPI.functions["\(context.names.name(of: use)).\(name.text)"]
            else { return }
            let old = "\(context.names.name(of: use)).\(name.text)"
            var edits = [SourceEdit(range: dot.range, replacement: successor.name)]
            if let call = dot.node.parent.flatMap(CallExpr.init), call.callee?.range == dot.range {
                for argument in call.argumentList?.arguments.map({ $0 }) ?? [] {
                    guard case .keywordArgument(let keyword) = argument, let name = keyword.name,
                        let renamed = successor.parameters[name.text]
                    else { continue }
                    edits.append(SourceEdit(range: name.range, replacement: renamed))
                }
            }
            reporter.report(
                dot.range, "'\(old)' was removed from envd; use \(successor.name)",
                Fix(title: "Replace with \(successor.name)", edits: edits, isSafe: true))
        })
}
