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

    /// Its places are those of the file while the chunk begins at `origin`, but for what is said elsewhere.
    private let finding: Finding
    /// UTF-8 bytes.
    private let origin: Int
    let needsCleanSyntax: Bool
    /// Whether it is about types.
    let isOfTypes: Bool
    /// Nil for nearly all findings, of which there may be thousands.
    private let elsewhere: Elsewhere?

    /// What of a finding is not to be found by where its chunk begins.
    private final class Elsewhere {
        let related: Anchor?
        /// What stands in the message before and behind the number of the related place's line; nil if it does not name that.
        let aroundLine: (before: String, after: String)?
        /// Where the finding and the edits of its fixes stand, if that is not all in one chunk.
        let anchors: [Anchor]

        init(related: Anchor?, aroundLine: (before: String, after: String)?, anchors: [Anchor]) {
            self.related = related
            self.aroundLine = aroundLine
            self.anchors = anchors
        }
    }

    /// - Parameter record: the chunk where the finding was made; nil for one of the file as a whole.
    init(_ violation: Rule.Violation, of rule: Rule, from record: ChunkRecord?, in file: CheckedFile) {
        let finding = rule.finding(violation)
        self.finding = finding
        needsCleanSyntax = rule.needsCleanSyntax
        isOfTypes = rule.group == .types
        let chunk = record.map { file.start(of: $0)...(file.start(of: $0) + Int($0.chunk.utf8Count)) }
        origin = chunk?.lowerBound ?? 0
        let isInOneChunk = chunk.map(finding.isWithin) ?? false
        if isInOneChunk, violation.related == nil {
            elsewhere = nil
        } else {
            elsewhere = Elsewhere(
                related: violation.related.map { file.anchor($0.range, near: record) },
                aroundLine: violation.related.flatMap { _ in
                    finding.message.parts(around: Rule.Violation.linePlaceholder)
                },
                anchors: isInOneChunk ? [] : finding.ranges.map { file.anchor($0, near: record) })
        }
    }

    /// - Parameter diagnostic: its places are counted from the beginning of its chunk.
    init(_ diagnostic: SyntaxDiagnostic) {
        finding = Finding(
            code: diagnostic.code.name, severity: .error, range: diagnostic.range, message: diagnostic.message)
        origin = 0
        needsCleanSyntax = false
        isOfTypes = false
        elsewhere = nil
    }

    /// Whether it says where something stands in a chunk other than the one that it was made in.
    func isPlaced(in record: ChunkRecord) -> Bool {
        guard let elsewhere else { return false }
        return elsewhere.related?.record === record || elsewhere.anchors.contains { $0.record === record }
    }

    /// Whether it stands before another of its chunk, as far as that is known without looking at other chunks: an order in which nearly
    /// all findings keep standing wherever the chunk moves.
    func precedes(_ other: StoredFinding) -> Bool {
        if origin == other.origin { return finding.precedes(other.finding) }
        var moved = finding
        moved.shift(by: other.origin - origin)
        return moved.precedes(other.finding)
    }

    /// The finding with its places in the file as it is now.
    ///
    /// - Parameter start: where the chunk begins that it was made in.
    func finding(at start: Int, in file: CheckedFile) -> Finding {
        var finding = finding
        if start != origin { finding.shift(by: start - origin) }
        guard let elsewhere else { return finding }
        if !elsewhere.anchors.isEmpty {
            var places = elsewhere.anchors.map(file.place).makeIterator()
            finding.range = places.next() ?? finding.range
            finding = finding.with(
                fixes: finding.fixes.map { fix in
                    Fix(
                        title: fix.title,
                        edits: fix.edits.map {
                            SourceEdit(range: places.next() ?? $0.range, replacement: $0.replacement)
                        }, isSafe: fix.isSafe)
                })
        }
        if let anchor = elsewhere.related, let related = finding.related {
            let place = file.place(of: anchor)
            let message = elsewhere.aroundLine.map { before, after in
                "\(before)\(file.file.position(at: place.lowerBound).line + 1)\(after)"
            }
            finding = finding.with(message: message, related: RelatedPlace(place, related.note))
        }
        return finding
    }
}

extension Finding {
    /// Its own range, then those of the edits of its fixes.
    fileprivate var ranges: [Range<Int>] { [range] + fixes.flatMap { $0.edits.map(\.range) } }

    /// Whether all these are in a stretch of the file.
    fileprivate func isWithin(_ stretch: ClosedRange<Int>) -> Bool {
        func holds(_ range: Range<Int>) -> Bool {
            stretch.lowerBound <= range.lowerBound && range.upperBound <= stretch.upperBound
        }
        guard holds(range) else { return false }
        for fix in fixes { for edit in fix.edits where !holds(edit.range) { return false } }
        return true
    }

    /// Moves it with its fixes. The related place is not moved.
    fileprivate mutating func shift(by distance: Int) {
        range = range.shifted(by: distance)
        if fixes.isEmpty { return }
        self = with(
            fixes: fixes.map { fix in
                Fix(
                    title: fix.title,
                    edits: fix.edits.map {
                        SourceEdit(range: $0.range.shifted(by: distance), replacement: $0.replacement)
                    }, isSafe: fix.isSafe)
            })
    }
}

extension String {
    /// What stands before and behind a character where it first occurs; nil if it does not.
    fileprivate func parts(around part: Character) -> (before: String, after: String)? {
        // Byte by byte: where a character ends takes far longer to find out, and this one is no part of another.
        let bytes = Array(part.utf8)
        guard let place = utf8.indices.first(where: { utf8[$0] == bytes[0] && utf8[$0...].starts(with: bytes) }) else {
            return nil
        }
        return (String(self[..<place]), String(self[utf8.index(place, offsetBy: bytes.count)...]))
    }
}
