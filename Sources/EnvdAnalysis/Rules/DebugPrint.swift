import EnvdSyntax

extension Rule {
    /// `print` in a program that is done.
    static let debugPrint = Rule(
        "debug-print", .starlark, .advice, isOptIn: true, page: PackageResources.debug_print_md,
        .nodes([.callExpr]) { node, context, reporter in
            guard let callee = CallExpr(node)?.callee, context.isBuiltin(callee, "print") else { return }
            reporter.report(callee.range, "is this 'print' left over from debugging?")
        })
}
