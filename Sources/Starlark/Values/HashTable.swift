/// The entries of a dict or set in the order of insertion.
///
/// Entries lie in one array, a deleted one as a gap; an open-addressed index of positions finds them by hash. Looking
/// up compares keys, which may be deep, so it draws on the evaluation's meter and can fail.
struct HashTable {
    struct Entry {
        var key: Value
        var value: Value
        var hash: Int
        var isLive: Bool
    }

    private(set) var slots: [Entry] = []
    /// Positions in `slots`, or `empty`. Gaps keep their place until the table is rebuilt, so a probe goes past them.
    private var index: [Int32] = []
    private(set) var count = 0
    /// All slots before this one are gaps, so that emptying a table from the front takes linear time.
    private var head = 0

    private static let empty: Int32 = -1
    /// Below this many slots a scan beats the index.
    private static let indexThreshold = 8

    init() {}

    /// Live entries in order.
    var pairs: [(key: Value, value: Value)] {
        var result: [(key: Value, value: Value)] = []
        result.reserveCapacity(count)
        for slot in slots where slot.isLive {
            result.append((slot.key, slot.value))
        }
        return result
    }

    var keys: [Value] {
        var result: [Value] = []
        result.reserveCapacity(count)
        for slot in slots where slot.isLive {
            result.append(slot.key)
        }
        return result
    }

    var values: [Value] {
        var result: [Value] = []
        result.reserveCapacity(count)
        for slot in slots where slot.isLive {
            result.append(slot.value)
        }
        return result
    }

    var first: (key: Value, value: Value)? {
        count > 0 ? (slots[head].key, slots[head].value) : nil
    }

    // MARK: - Access

    func lookup(_ key: Value, _ meter: Meter) throws(EvaluationError) -> Value? {
        let hash = try Hashing.hash(key, meter)
        guard let position = try find(key, hash, meter) else { return nil }
        return slots[position].value
    }

    func contains(_ key: Value, _ meter: Meter) throws(EvaluationError) -> Bool {
        let hash = try Hashing.hash(key, meter)
        return try find(key, hash, meter) != nil
    }

    /// Sets the value for a key; a key that is there already keeps its place.
    mutating func insert(_ key: Value, _ value: Value, _ meter: Meter) throws(EvaluationError) {
        let hash = try Hashing.hash(key, meter)
        if let position = try find(key, hash, meter) {
            slots[position].value = value
            return
        }
        guard slots.count < Limits.length else {
            throw EvaluationError("value too large: more than \(Limits.length) entries", kind: .limit(.memory))
        }
        try meter.allocate(64)
        append(Entry(key: key, value: value, hash: hash, isLive: true))
    }

    /// Sets the value for a string key, for tables that the application makes.
    mutating func insert(name: ByteString, value: Value) {
        let hash = Hashing.hash(name)
        let existing = slots.firstIndex { slot in
            guard slot.isLive, slot.hash == hash, case .string(let other) = slot.key.storage else { return false }
            return other == name
        }
        if let existing {
            slots[existing].value = value
        } else {
            append(Entry(key: .string(name), value: value, hash: hash, isLive: true))
        }
    }

    mutating func remove(_ key: Value, _ meter: Meter) throws(EvaluationError) -> Value? {
        let hash = try Hashing.hash(key, meter)
        guard let position = try find(key, hash, meter) else { return nil }
        let value = slots[position].value
        slots[position] = Entry(key: .none, value: .none, hash: 0, isLive: false)
        count -= 1
        if count == 0 {
            slots.removeAll(keepingCapacity: true)
            index.removeAll(keepingCapacity: true)
            head = 0
        } else if slots.count > 32, count < slots.count / 2 {
            rebuild()
        } else {
            while !slots[head].isLive { head += 1 }
        }
        return value
    }

    mutating func removeAll() {
        release()
        slots = []
        index = []
        count = 0
        head = 0
    }

    /// Hands the content over for freeing.
    mutating func release() {
        if slots.isEmpty { return }
        var content = keys + values
        slots = []
        Teardown.release(&content)
    }

    // MARK: - The index

    private func find(_ key: Value, _ hash: Int, _ meter: Meter) throws(EvaluationError) -> Int? {
        if index.isEmpty {
            for position in slots.indices {
                guard slots[position].isLive, slots[position].hash == hash else { continue }
                if try Comparison.areEqual(slots[position].key, key, meter) { return position }
            }
            return nil
        }
        let mask = index.count - 1
        var probe = hash & mask
        while index[probe] != HashTable.empty {
            let position = Int(index[probe])
            if slots[position].isLive, slots[position].hash == hash,
                try Comparison.areEqual(slots[position].key, key, meter)
            {
                return position
            }
            probe = (probe + 1) & mask
        }
        return nil
    }

    private mutating func append(_ entry: Entry) {
        slots.append(entry)
        count += 1
        if slots.count * 4 > index.count * 3 {
            if slots.count > HashTable.indexThreshold { rebuild() }
        } else {
            place(slots.count - 1)
        }
    }

    /// Closes the gaps and makes an index with room to grow.
    private mutating func rebuild() {
        if count < slots.count { slots.removeAll { !$0.isLive } }
        head = 0
        guard slots.count > HashTable.indexThreshold else {
            index = []
            return
        }
        var capacity = 32
        while capacity * 3 < slots.count * 8 { capacity *= 2 }
        index = [Int32](repeating: HashTable.empty, count: capacity)
        for position in slots.indices { place(position) }
    }

    private mutating func place(_ position: Int) {
        let mask = index.count - 1
        var probe = slots[position].hash & mask
        while index[probe] != HashTable.empty { probe = (probe + 1) & mask }
        index[probe] = Int32(position)
    }
}
