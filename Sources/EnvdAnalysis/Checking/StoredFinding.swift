import EnvdSyntax

/// A finding that stays right when its chunk moves.
struct StoredFinding {
    /// A place in a chunk.
    struct Anchor {
        /// Nil in a file without chunks.
        let record: ChunkRecord?
        /// UTF-8 bytes from the beginning of the chunk.
        let range: Range<Int>
    }

    /// Its places are counted from the beginning of the chunk, unless there are anchors.
    private var finding: Finding
    private let related: Anchor?
    /// What stands in the message before and behind the number of the related place's line; nil if it does not name that.
    private let aroundLine: (before: String, after: String)?
    /// Where the finding and the edits of its fixes stand, if that is not all in one chunk.
    private let anchors: [Anchor]
    let needsCleanSyntax: Bool
    /// Whether it is about types.
    let isOfTypes: Bool

    /// - Parameter record: the chunk where the finding was made; nil for one of the file as a whole.
    init(_ violation: Rule.Violation, of rule: Rule, from record: ChunkRecord?, in file: CheckedFile) {
        let finding = rule.finding(violation)
        related = violation.related.map { file.anchor($0.range, near: record) }
        aroundLine = violation.related.flatMap { _ in finding.message.parts(around: Rule.Violation.linePlaceholder) }
        needsCleanSyntax = rule.needsCleanSyntax
        isOfTypes = rule.group == .types
        var ranges = [finding.range]
        for fix in finding.fixes { for edit in fix.edits { ranges.append(edit.range) } }
        if let record {
            let start = file.start(of: record)
            let own = start...(start + Int(record.chunk.utf8Count))
            if ranges.allSatisfy({ own.contains($0.lowerBound) && own.contains($0.upperBound) }) {
                self.finding = finding
                self.finding.shift(by: -start)
                anchors = []
                return
            }
        }
        self.finding = finding
        anchors = ranges.map { file.anchor($0, near: record) }
    }

    init(_ diagnostic: SyntaxDiagnostic) {
        finding = Finding(
            code: diagnostic.code.name, severity: .error, range: diagnostic.range, message: diagnostic.message)
        related = nil
        aroundLine = nil
        anchors = []
        needsCleanSyntax = false
        isOfTypes = false
    }

    /// Whether it stands before another of its chunk, as far as that is known without looking at other chunks: an order in which nearly
    /// all findings keep standing wherever the chunk moves.
    func precedes(_ other: StoredFinding) -> Bool { finding.precedes(other.finding) }

    /// The finding with its places in the file as it is now.
    ///
    /// - Parameter start: where the chunk begins that it was made in.
    func finding(at start: Int, in file: CheckedFile) -> Finding {
        var finding = finding
        if anchors.isEmpty {
            finding.shift(by: start)
        } else {
            var places = anchors.map(file.place).makeIterator()
            finding.range = places.next() ?? finding.range
            finding.fixes = finding.fixes.map { fix in
                Fix(
                    title: fix.title,
                    edits: fix.edits.map { SourceEdit(range: places.next() ?? $0.range, replacement: $0.replacement) },
                    isSafe: fix.isSafe)
            }
        }
        if let related {
            let place = file.place(of: related)
            finding.related?.range = place
            if let aroundLine {
                let line = file.file.position(at: place.lowerBound).line + 1
                finding.message = "\(aroundLine.before)\(line)\(aroundLine.after)"
            }
        }
        return finding
    }
}

extension Finding {
    /// Moves it with its fixes. The related place is not moved.
    fileprivate mutating func shift(by distance: Int) {
        range = range.shifted(by: distance)
        if fixes.isEmpty { return }
        fixes = fixes.map { fix in
            Fix(
                title: fix.title,
                edits: fix.edits.map {
                    SourceEdit(range: $0.range.shifted(by: distance), replacement: $0.replacement)
                }, isSafe: fix.isSafe)
        }
    }
}

extension String {
    /// What stands before and behind a character where it first occurs; nil if it does not.
    fileprivate func parts(around part: Character) -> (before: String, after: String)? {
        guard let place = firstIndex(of: part) else { return nil }
        return (String(self[..<place]), String(self[index(after: place)...]))
    }
}
