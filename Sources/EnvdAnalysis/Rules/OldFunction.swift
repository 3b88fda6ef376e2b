import EnvdSyntax

extension Rule {
    /// A function that older envds had.
    static let oldFunction = Rule(
        "old-function", .deprecated, .error, page: PackageResources.old_function_md,
        .nodes([.dotExpr]) { node, context, reporter in
            guard let (module, name) = context.moduleAttribute(node) else { return }
            let old = "\(context.names.name(of: module)).\(name.text)"
            guard let successor = OldAPI.functions[old], let dot = DotExpr(node) else { return }
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
