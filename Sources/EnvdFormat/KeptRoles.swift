import EnvdSyntax

// What text that a directive keeps changes for the tokens beside it: black has a single leaf there, and no longer what the
// text was made of.

extension TokenRoles {
    mutating func heed(_ kept: KeptText) {
        let runs = kept.runs.filter { !$0.isCommentsAlone }
        guard !runs.isEmpty else { return }
        for node in 0..<chunk.nodeCount {
            switch chunk.kind(node) {
            case .sliceExpr: heed(runs, inSlice: node)
            case .defaultValue:
                // Blanks around `=` come from the type before it, which is gone.
                let equal = chunk.first(node)
                let parameter = chunk.parent(node)
                guard parameter >= 0 else { continue }
                if runs.contains(where: { $0.first <= chunk.first(parameter) && $0.last + 1 == equal }) {
                    flags[equal].formUnion([.noSpaceBefore, .noSpaceAfter])
                }
            case .parameter:
                // A blank stands behind a comma, which is gone.
                let first = chunk.first(node)
                if runs.contains(where: { $0.last + 1 == first }) { flags[first].insert(.noSpaceBefore) }
            default: break
            }
        }
    }

    /// Colons of a slice get blanks where a bound is more than a name; what is kept is none.
    private mutating func heed(_ runs: [KeptText.Run], inSlice node: Int) {
        guard let base = chunk.firstChild(of: node) else { return }
        let content = (chunk.last(base) + 2)..<max(chunk.last(base) + 2, chunk.last(node))
        let inner = runs.filter { content.contains($0.first) && content.contains($0.last) }
        guard !inner.isEmpty else { return }
        let isComplex = (chunk.end(base)..<chunk.end(node)).contains { part in
            isComplexBound(part)
                && !inner.contains { $0.first <= chunk.first(part) && chunk.last(part) <= $0.last }
        }
        if isComplex { return }
        let bounds = chunk.children(of: node).dropFirst().map { chunk.first($0)...chunk.last($0) }
        for token in content
        where chunk.kind(ofToken: token) == .colon && !bounds.contains(where: { $0.contains(token) }) {
            flags[token].formUnion([.noSpaceBefore, .noSpaceAfter])
        }
    }
}
