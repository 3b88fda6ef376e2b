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
    /// The related place. Its line is what stands for `Rule.Violation.linePlaceholder` in the message.
    private let related: Anchor?
    /// Where the finding and the edits of its fixes stand, if that is not all in one chunk.
    private let anchors: [Anchor]
    let needsCleanSyntax: Bool

    /// - Parameter record: the chunk where the finding was made; nil for one of the file as a whole.
    init(_ violation: Rule.Violation, of rule: Rule, from record: ChunkRecord?, in file: CheckedFile) {
        let finding = rule.finding(violation)
        related = violation.related.map { file.anchor($0.range, near: record) }
        needsCleanSyntax = rule.needsCleanSyntax
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
        anchors = []
        needsCleanSyntax = false
    }

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
            if finding.message.contains(Rule.Violation.linePlaceholder) {
                let line = file.file.position(at: place.lowerBound).line + 1
                finding.message = finding.message.replacingFirst(Rule.Violation.linePlaceholder, with: String(line))
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
    fileprivate func replacingFirst(_ part: Character, with replacement: String) -> String {
        guard let place = firstIndex(of: part) else { return self }
        return self[..<place] + replacement + self[index(after: place)...]
    }
}
