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
            case .keywordArgument, .loadItem:
                // What stands behind `=` has no blank before it for that alone.
                let equal = chunk.first(node) + 1
                if runs.contains(where: { $0.last == equal }) { flags[equal].remove(.noSpaceAfter) }
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
        let opening = chunk.last(base) + 1
        let content = (opening + 1)..<max(opening + 1, chunk.last(node))
        let inner = runs.filter { content.contains($0.first) && content.contains($0.last) }
        // The bracket may be kept itself: black asks the one around it, then.
        let run = runs.first { $0.first <= opening && opening <= $0.last }
        if inner.isEmpty, run == nil { return }
        var isComplex = false
        if let run {
            if let outer = indexing(openBefore: run.first, runs) { isComplex = hasComplexBound(outer, without: runs) }
        } else {
            isComplex = hasComplexBound(node, without: inner)
            if isComplex { return }
        }
        let bounds = chunk.children(of: node).dropFirst().map { chunk.first($0)...chunk.last($0) }
        for token in content
        where chunk.kind(ofToken: token) == .colon && !bounds.contains(where: { $0.contains(token) }) {
            if isComplex {
                flags[token].subtract([.noSpaceBefore, .noSpaceAfter])
            } else {
                flags[token].formUnion([.noSpaceBefore, .noSpaceAfter])
            }
        }
    }

    private func hasComplexBound(_ node: Int, without runs: [KeptText.Run]) -> Bool {
        guard let base = chunk.firstChild(of: node) else { return false }
        return (chunk.end(base)..<chunk.end(node)).contains { part in
            isComplexBound(part) && !runs.contains { $0.first <= chunk.first(part) && chunk.last(part) <= $0.last }
        }
    }

    /// The index or slice whose bracket is the innermost one that is open before a token, of those that are not kept.
    private func indexing(openBefore end: Int, _ runs: [KeptText.Run]) -> Int? {
        var open: [Int] = []
        for token in 0..<end where !runs.contains(where: { $0.first <= token && token <= $0.last }) {
            switch chunk.kind(ofToken: token) {
            case .leftParen, .leftBracket, .leftBrace: open.append(token)
            case .rightParen, .rightBracket, .rightBrace: open.removeLast(min(1, open.count))
            default: break
            }
        }
        guard let bracket = open.last else { return nil }
        return (0..<chunk.nodeCount).first { node in
            guard chunk.kind(node) == .sliceExpr || chunk.kind(node) == .indexExpr else { return false }
            return chunk.firstChild(of: node).map { chunk.last($0) + 1 } == bracket
        }
    }
}
