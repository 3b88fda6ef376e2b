import EnvdSyntax

extension Rule {
    /// An inner loop that takes the variable of the loop around it.
    static let reusedLoopVariable = Rule(
        "reused-loop-variable", .starlark, .warning, page: PackageResources.reused_loop_variable_md,
        .nodes([.forStmt]) { node, context, reporter in
            guard let target = ForStmt(node)?.target?.node else { return }
            for ancestor in node.ancestors {
                if ancestor.kind == .defStmt { return }
                guard ancestor.kind == .forStmt, let outer = ForStmt(ancestor)?.target?.node else { continue }
                for token in outer.tokens where token.kind == .identifier && token.firstByte != UInt8(ascii: "_") {
                    guard let same = target.tokens.first(where: { $0.isSpelledLike(token) }) else { continue }
                    reporter.report(same.range, lineOf: RelatedPlace(token.range, "the variable of the outer loop")) {
                        line in
                        "the loop of line \(line) has the variable '\(token.text)' too"
                    }
                    return
                }
            }
        })
}
