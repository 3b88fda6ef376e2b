import EnvdAnalysis
import EnvdSyntax

/// Gathers what can be typed at a place. Each kind of place adds its own in a file of its own.
struct CompletionCollector {
    let analysis: FileAnalysis
    let options: CompletionAbilities
    let place: CursorPlace
    let semantics: ChunkSemantics?
    /// What has been typed already, in lower case.
    let prefix: [UInt8]
    /// The type of a value that the place takes; nil if that is not known.
    let wanted: Type?
    private(set) var items: [Completion] = []
    private var names = Set<String>(minimumCapacity: 160)

    init(_ analysis: FileAnalysis, _ options: CompletionAbilities, _ place: CursorPlace, prefix: [UInt8], wanted: Type?)
    {
        self.analysis = analysis
        self.options = options
        self.place = place
        self.prefix = prefix.map(CompletionCollector.lowercased)
        self.wanted = wanted
        semantics = analysis.checked.semantics(at: place.scopeNode?.range.lowerBound ?? place.offset)
    }

    var file: SourceFile { analysis.file }
    var checked: CheckedFile { analysis.checked }

    // MARK: - Adding

    /// Whether what has been typed occurs in a text, letter by letter in its order.
    func matches(_ text: String) -> Bool {
        guard !prefix.isEmpty else { return true }
        return text.utf8.withContiguousStorageIfAvailable { matches($0) } ?? matches(Array(text.utf8))
    }

    @inline(__always)
    private func matches(_ text: some RandomAccessCollection<UInt8>) -> Bool {
        var next = 0
        for byte in text where CompletionCollector.lowercased(byte) == prefix[next] {
            next += 1
            if next == prefix.count { return true }
        }
        return false
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Adds an entry if it matches; of several with the same label the first counts.
    mutating func add(_ item: Completion) {
        guard matches(item.filter ?? item.label), names.insert(item.label).inserted else { return }
        items.append(item)
    }

    /// Keeps a label from being added.
    mutating func exclude(_ label: String) { names.insert(label) }

    func isKnown(_ label: String) -> Bool { names.contains(label) }

    /// The entries in their order, as many as a list may have.
    mutating func list(replacing range: Range<Int>) -> CompletionList {
        var list = CompletionList(replaced: range)
        // By their places, since entries are large.
        let starts = items.map(startsAsTyped)
        let sorted = items.withUnsafeBufferPointer { items in
            items.indices.sorted { first, second in
                let (one, other) = (items[first].rank, items[second].rank)
                if one != other { return one < other }
                if starts[first] != starts[second] { return starts[first] }
                return items[first].label < items[second].label
            }
        }
        let insertsCalls = insertsCalls
        list.items.reserveCapacity(min(sorted.count, CompletionList.maximumCount))
        for index in sorted.prefix(CompletionList.maximumCount) {
            write(index, insertsCalls)
            list.items.append(items[index])
        }
        list.isIncomplete = sorted.count > CompletionList.maximumCount
        return list
    }

    /// Writes what an entry says of its name, in its place: a copy would take as long as all the rest.
    private mutating func write(_ index: Int, _ insertsCalls: Bool) {
        guard let (type, isCall, state) = items[index].unwritten else { return }
        let label = items[index].label
        let written = analysis.written(label, state) {
            guard case .function(let function) = type else { return WrittenName(detail: detail(of: type), call: nil) }
            return WrittenName(detail: detail(of: type), call: CallInsertion.snippet(label, function))
        }
        items[index].unwritten = nil
        items[index].detail = written.detail
        guard isCall, insertsCalls, let call = written.call else { return }
        items[index].insertion = call
        items[index].format = .snippet
    }

    private func startsAsTyped(_ item: Completion) -> Bool { startsAsTyped(item.filter ?? item.label) }

    private func startsAsTyped(_ text: String) -> Bool {
        prefix.isEmpty || text.utf8.lazy.map(CompletionCollector.lowercased).starts(with: prefix)
    }

    /// Of names that rank alike those that can have a place in the list, and one more, which shows that there are others. In any order.
    func first(_ names: [String]) -> [String] {
        // Those that are in the list already take no place.
        let count = CompletionList.maximumCount + 1 + self.names.count
        guard names.count > count else { return names }
        let isEarlier = { (a: (starts: Bool, name: String), b: (starts: Bool, name: String)) -> Bool in
            a.starts == b.starts ? a.name < b.name : a.starts
        }
        let candidates = names.map { (starts: startsAsTyped($0), name: $0) }
        // Most are behind the last of those that were kept so far, and are let go by one comparison.
        var kept: [(starts: Bool, name: String)] = []
        var limit: (starts: Bool, name: String)?
        for candidate in candidates {
            if let limit, !isEarlier(candidate, limit) { continue }
            kept.append(candidate)
            guard kept.count >= 2 * count else { continue }
            kept.sort(by: isEarlier)
            kept.removeSubrange(count...)
            limit = kept.last
        }
        return kept.sorted(by: isEarlier).prefix(count).map(\.name)
    }

    // MARK: - What places ask

    /// Whether a value of a type is what the place asks for.
    func isWanted(_ type: Type) -> Bool {
        guard let wanted, type != .unknown, type != .never else { return false }
        return type.mayBe(wanted)
    }

    /// Whether a bracket follows the word, so that a name needs none of its own.
    var isCalled: Bool {
        let end = place.word.upperBound
        return file.bytes(in: end..<min(end + 1, file.utf8Count)).first == UInt8(ascii: "(")
    }
}
