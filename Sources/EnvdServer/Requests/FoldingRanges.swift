import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum FoldingRangeHandler: RequestHandler {
    typealias Request = FoldingRangeRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let client = context.client
        let positions = PositionTable(document.file, encoding: client.encoding)
        var ranges: [FoldingRange] = []
        for fold in foldingRanges(of: document.file) {
            let range = client.lineFoldingOnly ? wholeLines(fold, positions) : exact(fold, positions)
            guard range.startLine < range.endLine else { continue }
            // Of two folds that begin on the same line, whole lines can show the outer one only.
            if let last = ranges.last, last.startLine == range.startLine,
                client.lineFoldingOnly || last.endLine == range.endLine
            {
                continue
            }
            ranges.append(range)
        }
        return limited(ranges, to: client.foldingRangeLimit)
    }

    private static func exact(_ fold: Fold, _ positions: PositionTable) -> FoldingRange {
        let range = positions.range(of: fold.range)
        return FoldingRange(
            startLine: range.start.line, startCharacter: range.start.character, endLine: range.end.line,
            endCharacter: range.end.character, kind: FoldingRange.Kind(fold.kind))
    }

    private static func wholeLines(_ fold: Fold, _ positions: PositionTable) -> FoldingRange {
        let end = positions.line(of: fold.range.upperBound)
        return FoldingRange(
            startLine: positions.line(of: fold.range.lowerBound), startCharacter: nil,
            endLine: fold.keepsLastLine ? end - 1 : end, endCharacter: nil, kind: FoldingRange.Kind(fold.kind))
    }

    /// If the client wants no more than so many, it gets the largest, in their order.
    private static func limited(_ ranges: [FoldingRange], to limit: Int?) -> [FoldingRange] {
        guard let limit, limit >= 0, ranges.count > limit else { return ranges }
        let bySize = ranges.indices.sorted { first, second in
            let (one, other) = (ranges[first], ranges[second])
            return (other.endLine - other.startLine, first) < (one.endLine - one.startLine, second)
        }
        return bySize.prefix(limit).sorted().map { ranges[$0] }
    }
}

extension FoldingRange.Kind {
    fileprivate init?(_ kind: Fold.Kind) {
        switch kind {
        case .comment, .documentation: self = .comment
        case .loads: self = .imports
        case .block, .brackets, .string: return nil
        }
    }
}
