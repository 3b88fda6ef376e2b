/// What a fuzzer asks of every tree.
extension SourceFile {
    /// The first invariant that does not hold, in words; nil for a sound tree. Compares with the bytes it was made of.
    package func validate(against source: [UInt8]) -> String? {
        if bytes != source { return "the tree does not print back to its source" }
        guard let last = groups.last?.chunks.last, last.isEndOfFile else { return "the file does not end in its end" }
        var lines = 1
        for (offset, chunk) in chunks {
            if let problem = chunk.validate() { return "chunk at \(offset): \(problem)" }
            lines += Int(chunk.lineBreakCount)
        }
        let counted = source.withUnsafeBufferPointer { countLineBreaks($0) } + 1
        return lines == counted && lines == lineCount ? nil : "\(lines) lines counted, \(counted) there"
    }
}

extension Chunk {
    fileprivate func validate() -> String? {
        var end = 0
        for index in 0..<Int(tokenCount) {
            let start = tokens[index].start
            if start < end { return "token \(index) begins before its predecessor ends" }
            end = self.end(ofToken: index)
            if end > Int(utf8Count) { return "token \(index) ends behind the chunk" }
        }
        var indents = 0
        for index in 0..<Int(tokenCount) {
            if tokens[index].kind == .indent { indents += 1 }
            if tokens[index].kind == .dedent { indents -= 1 }
            if indents < 0 { return "more blocks close than open" }
        }
        if indents != 0 { return "\(indents) blocks stay open" }
        if let problem = validateTrivia() { return problem }
        return validateNodes()
    }

    /// Between tokens there is nothing but trivia.
    private func validateTrivia() -> String? {
        var previousEnd = 0
        for index in 0..<Int(tokenCount) {
            let gap = previousEnd..<tokens[index].start
            let isSound = withBytes { bytes in
                Trivia.pieces(of: bytes, in: gap).allSatisfy { piece in
                    piece.kind != .byteOrderMark || (hasByteOrderMark && piece.range.lowerBound == 0)
                }
            }
            if !isSound { return "text between tokens at \(gap)" }
            previousEnd = end(ofToken: index)
        }
        return previousEnd == Int(utf8Count) ? nil : "text behind the last token"
    }

    private func validateNodes() -> String? {
        var open: [(end: Int, tokenEnd: Int, index: Int)] = []
        var tokenFloor = 0
        for index in 0..<Int(nodeCount) {
            let node = nodes[index]
            guard SyntaxKind(rawValue: UInt8(truncatingIfNeeded: node.kind))?.isNode == true else {
                return "node \(index) has no node kind"
            }
            while let last = open.last, last.end <= index {
                tokenFloor = last.tokenEnd
                open.removeLast()
            }
            let (first, tokenEnd, size) = (Int(node.firstToken), Int(node.tokenEnd), Int(node.size))
            if node.parent != (open.last.map { UInt32($0.index) } ?? NodeRecord.none) { return "node \(index): parent" }
            if size < 1 || index + size > (open.last?.end ?? Int(nodeCount)) { return "node \(index): size" }
            if first > tokenEnd || first < tokenFloor || tokenEnd > (open.last?.tokenEnd ?? Int(tokenCount)) {
                return "node \(index): tokens \(first)..<\(tokenEnd)"
            }
            tokenFloor = first
            open.append((index + size, tokenEnd, index))
            if open.count > SyntaxLimits.depth { return "node \(index) is deeper than the limit" }
        }
        return validateCoverage()
    }

    /// Every token but the end of the file belongs to a top-level statement.
    private func validateCoverage() -> String? {
        var token = 0
        var place = 0
        while place < Int(nodeCount) {
            if Int(nodes[place].firstToken) != token { return "token \(token) belongs to no statement" }
            token = Int(nodes[place].tokenEnd)
            place += Int(nodes[place].size)
        }
        if token < Int(tokenCount), tokens[token].kind == .eof { token += 1 }
        return token == Int(tokenCount) ? nil : "tokens from \(token) on belong to no statement"
    }
}
