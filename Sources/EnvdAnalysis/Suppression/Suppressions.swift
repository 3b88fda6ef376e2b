import EnvdSyntax

/// The comments of a file that silence findings, and which findings each of them is for.
///
/// A finding is looked up by where it begins, so that many comments and many findings do not cost their product.
struct Suppressions {
    /// What one name in a comment is for.
    struct Entry {
        let code: String
        /// UTF-8 bytes; of the name in the comment.
        let range: Range<Int>
        /// Nil if there is nothing that the comment could be for.
        let target: Target?
    }

    /// The findings that begin in one place.
    enum Target: Hashable {
        case file
        /// By where the line begins, in UTF-8 bytes.
        case logicalLine(Int)
        /// By its number from 0; within brackets.
        case physicalLine(Int)
    }

    /// A rule in a place.
    struct Key: Hashable {
        let code: String
        let target: Target
    }

    let comments: [SuppressionComment]
    /// Of each comment, in the order of the source.
    let entries: [[Entry]]
    private let keys: Set<Key>
    private let lines: LogicalLines
    private let table: LineTable

    /// Nil if there are no such comments.
    init?(in file: SourceFile) {
        let bytes = file.bytes
        var comments: [SuppressionComment] = []
        for range in file.commentRanges {
            let text = Array(bytes[range])
            guard text.contains(UInt8(ascii: ":")) else { continue }
            comments += SuppressionComment.all(
                in: text, at: range.lowerBound, isAlone: Self.isAlone(range.lowerBound, in: bytes))
        }
        guard !comments.isEmpty else { return nil }
        self.comments = comments
        let lines = LogicalLines(file)
        let table = LineTable(bytes)
        entries = comments.map { comment in
            let start = comment.range.lowerBound
            let target: Target?
            if comment.isForFile {
                target = start < lines.start ?? .max ? .file : nil
            } else if comment.isAlone, lines.line(at: start) != nil {
                target = Self.nextLine(after: start, in: bytes).map { .physicalLine(table.position(at: $0).line) }
            } else {
                let line = comment.isAlone ? lines.line(behind: start) : lines.line(at: start)
                target = line.map { .logicalLine($0.lowerBound) }
            }
            return comment.codes.map { Entry(code: $0.name, range: $0.range, target: target) }
        }
        self.lines = lines
        self.table = table
        keys = Set(entries.joined().compactMap(\.key))
    }

    /// What there is in the comments that silences a finding.
    func keys(for finding: Finding) -> [Key] {
        let offset = finding.range.lowerBound
        var targets: [Target] = [.file, .physicalLine(table.position(at: offset).line)]
        if let line = lines.line(at: offset) { targets.append(.logicalLine(line.lowerBound)) }
        return targets.map { Key(code: finding.code, target: $0) }.filter(keys.contains)
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

    /// Where the next line inside brackets that holds more than a comment has its first token; UTF-8 bytes.
    private static func nextLine(after offset: Int, in bytes: [UInt8]) -> Int? {
        var index = offset
        while true {
            while index < bytes.count, !isLineBreak(bytes[index]) { index += 1 }
            while index < bytes.count, isLineBreak(bytes[index]) || bytes[index] == 0x20 || bytes[index] == 0x09 {
                index += 1
            }
            guard index < bytes.count else { return nil }
            if bytes[index] != UInt8(ascii: "#") { return index }
        }
    }

    private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}

extension Suppressions.Entry {
    var key: Suppressions.Key? { target.map { Suppressions.Key(code: code, target: $0) } }
}
