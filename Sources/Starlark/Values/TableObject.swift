/// A `dict` or a `set`: entries in the order of insertion; the values of a set are all `None`.
///
/// Entries lie in one array, a deleted one as a gap; an open-addressed index of positions finds them by hash. Looking
/// up compares keys, which may be deep, so it draws on the evaluation's meter and can fail.
struct TableObject: ObjectHandle {
    struct Entry {
        /// `unbound` for a gap.
        var key: Value
        var value: Value
        var hash: Int

        @inline(__always)
        var isLive: Bool { !key.isUnbound }
    }

    struct Layout {
        var header: ObjectHeader
        /// Live entries.
        var count: Int
        /// Entries and gaps.
        var used: Int
        var capacity: Int
        /// All entries before this one are gaps, so that emptying a table from the front takes linear time.
        var head: Int
        var entries: UnsafeMutablePointer<Entry>
        /// Positions in `entries`, or `empty`; a power of two of them, none for a table of few entries. A gap keeps its
        /// place until the index is rebuilt, so a probe goes past it.
        var index: UnsafeMutablePointer<Int32>
        var indexCount: Int
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    private static let empty: Int32 = -1
    /// Up to this many entries a scan beats the index.
    private static let indexThreshold = 8

    @inline(__always)
    var count: Int { layout.pointee.count }

    /// Entries and gaps in order.
    @inline(__always)
    var slots: UnsafeMutableBufferPointer<Entry> {
        UnsafeMutableBufferPointer(start: layout.pointee.entries, count: layout.pointee.used)
    }

    var pairs: [(key: Value, value: Value)] {
        var result: [(key: Value, value: Value)] = []
        result.reserveCapacity(count)
        for slot in slots where slot.isLive { result.append((slot.key, slot.value)) }
        return result
    }

    var keys: [Value] {
        var result: [Value] = []
        result.reserveCapacity(count)
        for slot in slots where slot.isLive { result.append(slot.key) }
        return result
    }

    var values: [Value] {
        var result: [Value] = []
        result.reserveCapacity(count)
        for slot in slots where slot.isLive { result.append(slot.value) }
        return result
    }

    var first: (key: Value, value: Value)? {
        guard count > 0 else { return nil }
        let entry = layout.pointee.entries[layout.pointee.head]
        return (entry.key, entry.value)
    }
}

// MARK: - Access

extension TableObject {
    func lookup(_ key: Value, _ meter: Meter) throws(EvaluationError) -> Value? {
        let hash = try Hashing.hash(key, meter)
        let position = try find(key, hash, meter)
        return position < 0 ? nil : layout.pointee.entries[position].value
    }

    func contains(_ key: Value, _ meter: Meter) throws(EvaluationError) -> Bool {
        let hash = try Hashing.hash(key, meter)
        return try find(key, hash, meter) >= 0
    }

    /// Sets the value for a key; a key that is there already keeps its place.
    ///
    /// - Returns: whether the key is new.
    @discardableResult
    func insert(_ key: Value, _ value: Value, _ meter: Meter) throws(EvaluationError) -> Bool {
        try meter.step()
        let hash = try Hashing.hash(key, meter)
        return try insert(key, value, hash, meter)
    }

    @discardableResult
    func insert(_ key: Value, _ value: Value, _ hash: Int, _ meter: Meter) throws(EvaluationError) -> Bool {
        let position = try find(key, hash, meter)
        if position >= 0 {
            layout.pointee.entries[position].value = value
            return false
        }
        guard layout.pointee.used < Limits.entries else {
            throw EvaluationError("value too large: more than \(Limits.entries) entries", kind: .limit(.memory))
        }
        append(Entry(key: key, value: value, hash: hash), meter.heap)
        return true
    }

    /// Sets the value for a string key, for tables that the application makes.
    func insert(name: String, value: Value, _ heap: Heap) {
        let key = heap.string(name)
        let string = StringObject(key)
        let hash = string.hash
        let existing = slots.firstIndex { slot in
            slot.hash == hash && slot.key.isObject(of: .string) && StringObject(slot.key).hasSameContent(as: string)
        }
        if let existing {
            layout.pointee.entries[existing].value = value
        } else {
            append(Entry(key: key, value: value, hash: hash), heap)
        }
    }

    func remove(_ key: Value, _ meter: Meter) throws(EvaluationError) -> Value? {
        let hash = try Hashing.hash(key, meter)
        let position = try find(key, hash, meter)
        guard position >= 0 else { return nil }
        let value = layout.pointee.entries[position].value
        layout.pointee.entries[position] = Entry(key: .unbound, value: .unbound, hash: 0)
        layout.pointee.count -= 1
        // Clearing and closing take time proportional to the index, which as many insertions and removals must pay for.
        let mayTidy = layout.pointee.used * 8 >= layout.pointee.indexCount
        if layout.pointee.count == 0, mayTidy {
            removeAll()
        } else if layout.pointee.used > 32, layout.pointee.count < layout.pointee.used / 2, mayTidy {
            closeGaps()
        } else {
            while layout.pointee.head < layout.pointee.used, !layout.pointee.entries[layout.pointee.head].isLive {
                layout.pointee.head += 1
            }
        }
        return value
    }

    func removeAll() {
        layout.pointee.count = 0
        layout.pointee.used = 0
        layout.pointee.head = 0
        layout.pointee.index.update(repeating: TableObject.empty, count: layout.pointee.indexCount)
    }

    /// Adds an entry whose key is not there yet.
    func append(_ entry: Entry, _ heap: Heap) {
        if layout.pointee.used == layout.pointee.capacity { grow(heap) }
        layout.pointee.entries[layout.pointee.used] = entry
        layout.pointee.used &+= 1
        layout.pointee.count &+= 1
        if layout.pointee.indexCount > 0 { place(layout.pointee.used &- 1) }
    }
}

// MARK: - The index

extension TableObject {
    /// The position of a key; -1 if it is not there.
    @inline(__always)
    func find(_ key: Value, _ hash: Int, _ meter: Meter) throws(EvaluationError) -> Int {
        let layout = layout
        let entries = layout.pointee.entries
        if layout.pointee.indexCount == 0 {
            for position in 0..<layout.pointee.used where entries[position].hash == hash {
                if entries[position].key.bits == key.bits { return position }
                if try TableObject.isSame(entries[position].key, key, meter) { return position }
            }
            return -1
        }
        let mask = layout.pointee.indexCount &- 1
        var probe = hash & mask
        var probes = 0
        while layout.pointee.index[probe] != TableObject.empty {
            let position = Int(layout.pointee.index[probe])
            if entries[position].hash == hash {
                if entries[position].key.bits == key.bits { return position }
                if try TableObject.isSame(entries[position].key, key, meter) { return position }
            }
            probe = (probe &+ 1) & mask
            probes &+= 1
            // A program may have found keys that all share a hash.
            if probes & 63 == 0 { try meter.step(64) }
        }
        return -1
    }

    @inline(__always)
    private static func isSame(_ left: Value, _ right: Value, _ meter: Meter) throws(EvaluationError) -> Bool {
        if left.isUnbound { return false }
        if left.isObject(of: .string), right.isObject(of: .string) {
            return StringObject(left).hasSameContent(as: StringObject(right))
        }
        return try Comparison.areEqual(left, right, meter)
    }

    @inline(never)
    private func grow(_ heap: Heap) {
        let capacity = max(4, layout.pointee.capacity * 2)
        let entries = heap.allocateStorage(of: Entry.self, count: capacity)
        entries.update(from: layout.pointee.entries, count: layout.pointee.used)
        if layout.pointee.capacity > 0 {
            heap.releaseStorage(layout.pointee.entries, count: layout.pointee.capacity)
        }
        layout.pointee.entries = entries
        layout.pointee.capacity = capacity
        guard capacity > TableObject.indexThreshold else { return }
        // At most half full.
        let indexCount = capacity * 2
        let index = heap.allocateStorage(of: Int32.self, count: indexCount)
        if layout.pointee.indexCount > 0 {
            heap.releaseStorage(layout.pointee.index, count: layout.pointee.indexCount)
        }
        layout.pointee.index = index
        layout.pointee.indexCount = indexCount
        rebuildIndex()
    }

    private func closeGaps() {
        let entries = layout.pointee.entries
        var target = 0
        for position in 0..<layout.pointee.used where entries[position].isLive {
            entries[target] = entries[position]
            target += 1
        }
        layout.pointee.used = target
        layout.pointee.head = 0
        rebuildIndex()
    }

    private func rebuildIndex() {
        layout.pointee.index.update(repeating: TableObject.empty, count: layout.pointee.indexCount)
        guard layout.pointee.indexCount > 0 else { return }
        for position in 0..<layout.pointee.used where layout.pointee.entries[position].isLive { place(position) }
    }

    @inline(__always)
    private func place(_ position: Int) {
        let mask = layout.pointee.indexCount &- 1
        var probe = layout.pointee.entries[position].hash & mask
        while layout.pointee.index[probe] != TableObject.empty { probe = (probe &+ 1) & mask }
        layout.pointee.index[probe] = Int32(truncatingIfNeeded: position)
    }
}

// MARK: - Making tables

extension Heap {
    func newTable(_ kind: ObjectKind) -> TableObject {
        let layout = allocate(TableObject.Layout.self)
        // Without capacity any addresses will do: nothing is read from them.
        let nowhere = UnsafeMutableRawPointer(layout)
        layout.initialize(
            to: TableObject.Layout(
                header: ObjectHeader(kind), count: 0, used: 0, capacity: 0, head: 0,
                entries: nowhere.assumingMemoryBound(to: TableObject.Entry.self),
                index: nowhere.assumingMemoryBound(to: Int32.self), indexCount: 0))
        return TableObject(layout: layout)
    }

    func newDict() -> TableObject { newTable(.dict) }

    func newSet() -> TableObject { newTable(.set) }

    /// A table of the same kind with the same entries.
    func copy(_ table: TableObject) -> TableObject {
        let result = newTable(table.header.pointee.kind)
        guard table.count == table.slots.count, table.count > 0 else {
            for slot in table.slots where slot.isLive { result.append(slot, self) }
            return result
        }
        // Without gaps the copy is the same bytes.
        let source = table.layout.pointee
        let target = result.layout
        target.pointee.count = source.count
        target.pointee.used = source.used
        target.pointee.capacity = source.capacity
        target.pointee.entries = allocateStorage(of: TableObject.Entry.self, count: source.capacity)
        target.pointee.entries.update(from: source.entries, count: source.used)
        if source.indexCount > 0 {
            target.pointee.indexCount = source.indexCount
            target.pointee.index = allocateStorage(of: Int32.self, count: source.indexCount)
            target.pointee.index.update(from: source.index, count: source.indexCount)
        }
        return result
    }

    /// A dict with string keys, in the order given; the last of several equal keys wins.
    package func dict(_ entries: [(name: String, value: Value)]) -> Value {
        let table = newDict()
        for entry in entries { table.insert(name: entry.name, value: entry.value, self) }
        return table.value
    }
}
