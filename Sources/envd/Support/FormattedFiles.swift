/// The files that were found formatted, so that they need not be read again: a file in the user's cache.
///
/// A file is known by what the system says of it, not by its content: device, inode, size, and the times of its last change to
/// the nanosecond, that of its status among them, which no program can set back. A record holds for one style, and for one
/// build of this program. Any two processes may write at the same time: each puts a whole file in place, and one that loses
/// its records to the other's only formats again.
struct FormattedFiles: Sendable {
    /// What the system says of a file at one moment.
    struct State: Sendable, Equatable {
        fileprivate var device: UInt64
        fileprivate var inode: UInt64
        fileprivate var size: UInt64
        fileprivate var modified: UInt64
        fileprivate var changed: UInt64

        fileprivate init(_ information: stat) {
            device = UInt64(truncatingIfNeeded: information.st_dev)
            inode = UInt64(truncatingIfNeeded: information.st_ino)
            size = UInt64(truncatingIfNeeded: information.st_size)
            modified = nanoseconds(information.st_mtim)
            changed = nanoseconds(information.st_ctim)
        }

        fileprivate init(_ words: ArraySlice<UInt64>) {
            let start = words.startIndex
            device = words[start]
            inode = words[start + 1]
            size = words[start + 2]
            modified = words[start + 3]
            changed = words[start + 4]
        }
    }

    /// A file in one state is formatted in one style.
    struct Record: Sendable {
        fileprivate var state: State
        fileprivate var style: UInt64
        /// When it was last of use, in days.
        fileprivate var day: UInt64

        fileprivate static let words = 7

        fileprivate func append(to words: inout [UInt64]) {
            words += [state.device, state.inode, state.size, state.modified, state.changed, style, day]
        }

        /// Of two records about the same file and style only one can hold.
        fileprivate func isAboutSame(as other: Record) -> Bool {
            state.inode == other.state.inode && state.device == other.state.device && style == other.style
        }

        fileprivate func precedes(_ other: Record) -> Bool {
            (state.inode, state.device, style) < (other.state.inode, other.state.device, other.style)
        }
    }

    private let path: Path
    private let tool: [UInt64]
    private let today: UInt64
    /// In order.
    private let records: [Record]

    /// Reads what is known. Nil where there is no folder for it.
    init?(at path: Path?) {
        // Another build may format otherwise, whatever its version is.
        guard let path, let program = Path(bytes: "/proc/self/exe".utf8).status() else { return nil }
        self.path = path
        let own = State(program)
        tool = [own.size, own.modified, own.changed]
        today = nanoseconds(.now) / (86_400 * 1_000_000_000)
        records = Self.read(path, tool) ?? []
    }

    /// The state of a file, for `contains` and `record`. To be asked for before the file is read.
    static func state(of path: Path) -> State? {
        guard let information = path.status(), information.isRegularFile else { return nil }
        return State(information)
    }

    func contains(_ state: State, style: UInt64) -> Bool {
        find(state, style).map { records[$0].state == state } ?? false
    }

    /// A record for a file that was found formatted, and whose state was asked for before it was read.
    ///
    /// - Returns: nil where the file may have changed since, or may change and still have the same times.
    func record(_ state: State, of path: Path, style: UInt64) -> Record? {
        if let known = find(state, style), records[known].state == state {
            return records[known].day == today ? nil : Record(state: state, style: style, day: today)
        }
        // File systems know times to the tick of a clock: some to two seconds.
        let settling: UInt64 = 2_000_000_000
        guard Self.state(of: path) == state, max(state.modified, state.changed) + settling < nanoseconds(.now) else {
            return nil
        }
        return Record(state: state, style: style, day: today)
    }

    private func find(_ state: State, _ style: UInt64) -> Int? {
        let wanted = Record(state: state, style: style, day: 0)
        var (low, high) = (0, records.count)
        while low < high {
            let middle = (low + high) / 2
            if records[middle].precedes(wanted) { low = middle + 1 } else { high = middle }
        }
        return low < records.count && records[low].isAboutSame(as: wanted) ? low : nil
    }

    // MARK: - The file

    /// More would take longer to read than they save; the ones that were of use last are kept.
    private static let maximumCount = 1 << 16
    private static let headerWords = 6
    /// `envdfmt1` as a number.
    private static let mark: UInt64 = 0x656E_7664_666D_7431

    /// Adds records to what is known by now. It is no failure if that cannot be written.
    func save(_ new: [Record]) {
        guard !new.isEmpty, path.parent.makeFolders() else { return }
        // Stable, so that of records about the same file the new one comes last.
        var all = ((Self.read(path, tool) ?? []).map { (0, $0) } + new.map { (1, $0) }).sorted {
            $0.1.precedes($1.1) || (!$1.1.precedes($0.1) && $0.0 < $1.0)
        }.map(\.1)
        var count = 0
        for record in all {
            if count > 0, all[count - 1].isAboutSame(as: record) { count -= 1 }
            all[count] = record
            count += 1
        }
        all.removeSubrange(count...)
        if all.count > Self.maximumCount {
            all.sort { $0.day > $1.day }
            all.removeSubrange(Self.maximumCount...)
            all.sort { $0.precedes($1) }
        }
        var words: [UInt64] = []
        for record in all { record.append(to: &words) }
        words = [Self.mark] + tool + [UInt64(all.count), Self.checksum(words[...])] + words
        let bytes = words.map(\.littleEndian).withUnsafeBytes(Array.init)
        try? writeWhole(bytes, to: path, permissions: 0o600)
    }

    /// The records of a file of this build; nil if it has none, or is not whole.
    private static func read(_ path: Path, _ tool: [UInt64]) -> [Record]? {
        let limit = 8 * (headerWords + maximumCount * Record.words)
        guard let information = path.status(), information.isRegularFile, information.st_size <= limit,
            let bytes = try? path.read(), bytes.count % 8 == 0, bytes.count >= 8 * headerWords
        else { return nil }
        let words = bytes.withUnsafeBytes { bytes in
            (0..<(bytes.count / 8)).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
            }
        }
        let content = words[headerWords...]
        guard words[0] == mark, words[1...3].elementsEqual(tool), content.count % Record.words == 0,
            words[4] == UInt64(content.count / Record.words), words[5] == checksum(content)
        else { return nil }
        return stride(from: headerWords, to: words.count, by: Record.words).map {
            Record(state: State(words[$0..<($0 + 5)]), style: words[$0 + 5], day: words[$0 + 6])
        }
    }

    private static func checksum(_ words: ArraySlice<UInt64>) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for word in words {
            sum = (sum ^ word) &* 0x0000_0100_0000_01B3
            sum ^= sum >> 29
        }
        return sum
    }
}

private func nanoseconds(_ time: timespec) -> UInt64 {
    UInt64(bitPattern: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
}

extension timespec {
    fileprivate static var now: timespec {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time
    }
}
