import EnvdSyntax

/// The lines of a file as the language counts them: a statement in brackets is one line however many it takes, and the
/// header of a block is one of its own.
struct LogicalLines {
    /// From the first token of the line to behind its line break, in UTF-8 bytes, in source order.
    private var ranges: [Range<Int>] = []

    init(_ file: SourceFile) {
        for (offset, _) in file.chunks {
            var token = file.token(at: offset)
            while let previous = token?.previous { token = previous }
            var start: Int?
            while let current = token {
                switch current.kind {
                case .newline:
                    if let first = start { ranges.append(first..<current.range.upperBound) }
                    start = nil
                case .indent, .dedent, .eof: break
                default: start = start ?? current.range.lowerBound
                }
                token = current.next
            }
            // Broken code may end without a line break.
            if let first = start { ranges.append(first..<max(first, file.utf8Count)) }
        }
    }

    /// The line that holds an offset.
    func line(at offset: Int) -> Range<Int>? {
        let index = firstIndex { $0.upperBound > offset }
        return index < ranges.count && ranges[index].lowerBound <= offset ? ranges[index] : nil
    }

    /// The first line that begins behind an offset.
    func line(behind offset: Int) -> Range<Int>? {
        let index = firstIndex { $0.lowerBound > offset }
        return index < ranges.count ? ranges[index] : nil
    }

    /// Where the first line begins; nil in a file without code.
    var start: Int? { ranges.first?.lowerBound }

    private func firstIndex(where isBeyond: (Range<Int>) -> Bool) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(ranges[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
