import EnvdSyntax

/// What of a whole file bears on how its chunks are formatted.
package struct FileTraits: Sendable, Hashable {
    /// Somewhere a comma stands behind `*args` or `**kwargs` at the end of a call, or of a definition's parameters; black
    /// takes that as a sign that the file is for interpreters that allow it.
    package private(set) var hasCommaAfterStarInCall = false
    package private(set) var hasCommaAfterStarInDef = false

    package init() {}

    package init(_ file: SourceFile) {
        for (_, chunk) in file.chunks { formUnion(FileTraits(chunk)) }
    }

    /// What a chunk adds to the traits of its file.
    package init(_ chunk: Chunk) {
        let flat = FlatChunk(chunk)
        // Nearly no chunk has such a comma at all.
        guard Self.mayHaveComma(flat) else { return }
        for node in 0..<flat.nodeCount {
            let kind = flat.kind(node)
            guard kind == .argumentList || kind == .parameterList, flat.last(node) > flat.first(node),
                flat.kind(ofToken: flat.last(node)) == .rightParen,
                flat.kind(ofToken: flat.last(node) - 1) == .comma
            else { continue }
            for child in flat.children(of: node) {
                if kind == .argumentList {
                    if flat.kind(child) == .unpackArgument { hasCommaAfterStarInCall = true }
                } else if flat.kind(ofToken: flat.first(child)) != .identifier {
                    // Python 3.6, which allows the one, allows the other too.
                    hasCommaAfterStarInCall = true
                    hasCommaAfterStarInDef = true
                }
            }
        }
    }

    private static func mayHaveComma(_ chunk: FlatChunk) -> Bool {
        var (hasStar, hasComma, followsComma) = (false, false, false)
        for token in 0..<chunk.tokenCount {
            switch chunk.kind(ofToken: token) {
            case .comma: followsComma = true
            case .rightParen:
                if followsComma { hasComma = true }
                followsComma = false
            case .star, .starStar:
                hasStar = true
                followsComma = false
            default: followsComma = false
            }
        }
        return hasStar && hasComma
    }

    package mutating func formUnion(_ other: FileTraits) {
        hasCommaAfterStarInCall = hasCommaAfterStarInCall || other.hasCommaAfterStarInCall
        hasCommaAfterStarInDef = hasCommaAfterStarInDef || other.hasCommaAfterStarInDef
    }
}
