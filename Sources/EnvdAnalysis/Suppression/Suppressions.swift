import EnvdSyntax

/// The comments of a file that silence findings, and which findings each of them is for.
struct Suppressions {
    /// What one name in a comment is for.
    struct Entry {
        let comment: Int
        let code: String
        /// UTF-8 bytes; of the name in the comment.
        let range: Range<Int>
        /// Where the findings begin that it silences, in UTF-8 bytes; nil if there is no such place.
        let target: Range<Int>?
    }

    let comments: [SuppressionComment]
    let entries: [Entry]
    /// Those for the file that stand too far down to be any.
    let misplaced: Set<Int>

    init(in file: SourceFile) {
        let bytes = file.bytes
        var comments: [SuppressionComment] = []
        for range in file.commentRanges {
            let text = Array(bytes[range])
            guard text.contains(UInt8(ascii: ":")) else { continue }
            comments += SuppressionComment.all(
                in: text, at: range.lowerBound, isAlone: Self.isAlone(range.lowerBound, in: bytes))
        }
        self.comments = comments
        guard !comments.isEmpty else {
            entries = []
            misplaced = []
            return
        }
        let lines = LogicalLines(file)
        var misplaced: Set<Int> = []
        var entries: [Entry] = []
        for (index, comment) in comments.enumerated() {
            let start = comment.range.lowerBound
            let target: Range<Int>?
            if comment.isForFile {
                let isAtTop = start < lines.start ?? .max
                if !isAtTop { misplaced.insert(index) }
                target = isAtTop ? 0..<Int.max : nil
            } else if !comment.isAlone {
                target = lines.line(at: start)
            } else if lines.line(at: start) != nil {
                target = Self.nextPhysicalLine(after: start, in: bytes)
            } else {
                target = lines.line(behind: start)
            }
            entries += comment.codes.map { Entry(comment: index, code: $0.name, range: $0.range, target: target) }
        }
        self.misplaced = misplaced
        self.entries = entries
    }

    var isEmpty: Bool { comments.isEmpty }

    /// The entries that silence a finding.
    func entries(for finding: Finding) -> [Int] {
        entries.indices.filter { index in
            entries[index].code == finding.code && entries[index].target?.contains(finding.range.lowerBound) == true
        }
    }

    // MARK: - Lines

    /// Whether nothing but blanks stands before an offset on its line.
    private static func isAlone(_ offset: Int, in bytes: [UInt8]) -> Bool {
        var index = offset
        while index > 0 {
            index -= 1
            if isLineBreak(bytes[index]) { return true }
            // A byte order mark is no code either.
            let isBlank = bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t")
            if !isBlank && !(index < 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF])) { return false }
        }
        return true
    }

    /// The next line inside brackets that holds more than a comment.
    private static func nextPhysicalLine(after offset: Int, in bytes: [UInt8]) -> Range<Int>? {
        var index = offset
        while true {
            while index < bytes.count, !isLineBreak(bytes[index]) { index += 1 }
            guard index < bytes.count else { return nil }
            while index < bytes.count, isLineBreak(bytes[index]) || bytes[index] == 0x20 || bytes[index] == 0x09 {
                index += 1
            }
            guard index < bytes.count else { return nil }
            if bytes[index] == UInt8(ascii: "#") { continue }
            let end = bytes[index...].firstIndex(where: isLineBreak) ?? bytes.count
            return index..<end
        }
    }

    private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
