/// A `list`.
struct ListObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        var count: Int
        var capacity: Int
        var start: UnsafeMutablePointer<Value>
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    @inline(__always)
    var count: Int { layout.pointee.count }

    /// Valid until the list changes.
    @inline(__always)
    var elements: UnsafeMutableBufferPointer<Value> {
        UnsafeMutableBufferPointer(start: layout.pointee.start, count: layout.pointee.count)
    }

    @inline(__always)
    func append(_ value: Value, _ heap: Heap) {
        if layout.pointee.count == layout.pointee.capacity { reserve(layout.pointee.count + 1, heap) }
        layout.pointee.start[layout.pointee.count] = value
        layout.pointee.count &+= 1
    }

    func append(_ values: UnsafeBufferPointer<Value>, _ heap: Heap) {
        guard let source = values.baseAddress, !values.isEmpty else { return }
        let count = layout.pointee.count
        // The values may be the list's own elements: growing leaves those where they were in small storage only.
        if source == UnsafePointer(layout.pointee.start) {
            reserve(count + values.count, heap)
            (layout.pointee.start + count).update(from: layout.pointee.start, count: values.count)
        } else {
            reserve(count + values.count, heap)
            (layout.pointee.start + count).update(from: source, count: values.count)
        }
        layout.pointee.count = count + values.count
    }

    func insert(_ value: Value, at index: Int, _ heap: Heap) {
        append(value, heap)
        let start = layout.pointee.start
        (start + index + 1).update(from: start + index, count: layout.pointee.count - 1 - index)
        start[index] = value
    }

    func remove(at index: Int) -> Value {
        let start = layout.pointee.start
        let value = start[index]
        (start + index).update(from: start + index + 1, count: layout.pointee.count - 1 - index)
        layout.pointee.count -= 1
        return value
    }

    func removeAll() {
        layout.pointee.count = 0
    }

    @inline(never)
    private func reserve(_ minimum: Int, _ heap: Heap) {
        guard minimum > layout.pointee.capacity else { return }
        let capacity = max(minimum, 4, layout.pointee.capacity * 2)
        let storage = heap.allocateStorage(of: Value.self, count: capacity)
        storage.update(from: layout.pointee.start, count: layout.pointee.count)
        if layout.pointee.capacity > 0 {
            heap.releaseStorage(layout.pointee.start, count: layout.pointee.capacity)
        }
        layout.pointee.start = storage
        layout.pointee.capacity = capacity
    }
}

/// A `tuple`: the elements follow the object.
struct TupleObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        let count: Int
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    @inline(__always)
    var count: Int { layout.pointee.count }

    @inline(__always)
    var start: UnsafeMutablePointer<Value> {
        UnsafeMutableRawPointer(layout + 1).assumingMemoryBound(to: Value.self)
    }

    @inline(__always)
    var elements: UnsafeMutableBufferPointer<Value> { UnsafeMutableBufferPointer(start: start, count: count) }
}

/// The integers of `range(start, stop, step)`.
struct RangeObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        let start: Int
        let stop: Int
        let step: Int
        let count: Int
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var start: Int { layout.pointee.start }
    var stop: Int { layout.pointee.stop }
    var step: Int { layout.pointee.step }
    var count: Int { layout.pointee.count }

    subscript(index: Int) -> Int { start &+ index &* step }

    func contains(_ value: Int) -> Bool {
        guard count > 0 else { return false }
        let (low, high) = step > 0 ? (start, value) : (value, start)
        guard low <= high else { return false }
        let distance = high.distanceAsMagnitude(from: low)
        let (steps, rest) = distance.quotientAndRemainder(dividingBy: step.magnitude)
        return rest == 0 && steps < count.magnitude
    }

    func isEqual(to other: RangeObject) -> Bool {
        guard count == other.count else { return false }
        return count == 0 || (start == other.start && (count == 1 || step == other.step))
    }
}

extension Int {
    /// `self - other` for a smaller `other`, without overflow.
    fileprivate func distanceAsMagnitude(from other: Int) -> UInt {
        UInt(bitPattern: self) &- UInt(bitPattern: other)
    }
}

// MARK: - Making sequences

extension Heap {
    package func list(_ elements: [Value]) -> Value {
        elements.withUnsafeBufferPointer { list($0) }
    }

    package func tuple(_ elements: [Value]) -> Value {
        elements.withUnsafeBufferPointer { tuple($0) }
    }

    func list(_ elements: UnsafeBufferPointer<Value>) -> Value {
        let list = newList(capacity: elements.count)
        if let source = elements.baseAddress {
            list.layout.pointee.start.update(from: source, count: elements.count)
            list.layout.pointee.count = elements.count
        }
        return list.value
    }

    func newList(capacity: Int) -> ListObject {
        let layout = allocate(ListObject.Layout.self)
        // Without capacity any address will do: nothing is read from it.
        let start =
            capacity > 0
            ? allocateStorage(of: Value.self, count: capacity)
            : UnsafeMutableRawPointer(layout).assumingMemoryBound(to: Value.self)
        layout.initialize(
            to: ListObject.Layout(header: ObjectHeader(.list), count: 0, capacity: capacity, start: start))
        return ListObject(layout: layout)
    }

    func tuple(_ elements: UnsafeBufferPointer<Value>) -> Value {
        let tuple = newTuple(count: elements.count)
        if let source = elements.baseAddress { tuple.start.update(from: source, count: elements.count) }
        return tuple.value
    }

    /// A tuple of `count` elements, which the caller must set before anybody sees it.
    @inline(__always)
    func newTuple(count: Int) -> TupleObject {
        let layout = allocate(TupleObject.Layout.self, extra: count * MemoryLayout<Value>.stride)
        layout.initialize(to: TupleObject.Layout(header: ObjectHeader(.tuple), count: count))
        return TupleObject(layout: layout)
    }

    /// - Precondition: the step is not zero. Every element and `stop` itself fit an `Int`.
    func range(start: Int, stop: Int, step: Int) -> Value {
        let count: Int
        if step > 0, stop > start {
            count = Int(clamping: (stop.distanceAsMagnitude(from: start) - 1) / step.magnitude + 1)
        } else if step < 0, start > stop {
            count = Int(clamping: (start.distanceAsMagnitude(from: stop) - 1) / step.magnitude + 1)
        } else {
            count = 0
        }
        let layout = allocate(RangeObject.Layout.self)
        layout.initialize(
            to: RangeObject.Layout(header: ObjectHeader(.range), start: start, stop: stop, step: step, count: count))
        return Value(address: layout)
    }
}
