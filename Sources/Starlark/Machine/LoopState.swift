/// Where a loop stands, in four registers: what it walks over; a cursor; where it ends; its step.
///
/// The last three are raw words and no values, which nothing but the loop reads. A container cannot change while
/// loops over it are under way, so its storage stays where it is.
enum LoopState {
    private static let elements: UInt64 = 0
    private static let entries: UInt64 = 1 << 63

    /// Begins to walk over the value in the first register.
    static func begin(_ state: UnsafeMutablePointer<Value>, _ meter: Meter) throws(EvaluationError) {
        let value = state[0]
        switch value.storage {
        case .list(let list):
            Iteration.lock(value)
            set(state, list.elements)
        case .tuple(let tuple):
            set(state, tuple.elements)
        case .dict(let table), .set(let table):
            Iteration.lock(value)
            let slots = table.slots
            state[1] = word(slots.baseAddress)
            state[2] = word(slots.baseAddress.map { $0 + slots.count })
            state[3] = Value(bits: entries)
        case .range(let range):
            state[1] = Value(bits: UInt64(bitPattern: Int64(range.start)))
            state[2] = Value(bits: UInt64(range.count))
            state[3] = Value(bits: UInt64(bitPattern: Int64(range.step)))
            // The smallest integer is taken; such a range has at most two elements.
            if range.step == .min { set(state, try Iteration.elements(value, meter), meter.heap) }
        default:
            set(state, try Iteration.elements(value, meter), meter.heap)
        }
    }

    /// The next element, if there is one.
    @inline(__always)
    static func next(
        _ state: UnsafeMutablePointer<Value>, into target: UnsafeMutablePointer<Value>, _ heap: Heap
    ) -> Bool {
        let step = state[3].bits
        if step == elements {
            let cursor = state[1].bits
            if cursor == state[2].bits { return false }
            target.pointee = pointer(cursor, to: Value.self).pointee
            state[1] = Value(bits: cursor &+ UInt64(MemoryLayout<Value>.stride))
            return true
        }
        if step == entries { return nextEntry(state, into: target) }
        let rest = state[2].bits
        if rest == 0 { return false }
        let number = Int(Int64(bitPattern: state[1].bits))
        state[2] = Value(bits: rest &- 1)
        state[1] = Value(bits: UInt64(bitPattern: Int64(number)) &+ step)
        target.pointee = heap.int(number)
        return true
    }

    private static func nextEntry(
        _ state: UnsafeMutablePointer<Value>, into target: UnsafeMutablePointer<Value>
    ) -> Bool {
        var cursor = state[1].bits
        while cursor != state[2].bits {
            let entry = pointer(cursor, to: TableObject.Entry.self)
            cursor &+= UInt64(MemoryLayout<TableObject.Entry>.stride)
            if entry.pointee.isLive {
                target.pointee = entry.pointee.key
                state[1] = Value(bits: cursor)
                return true
            }
        }
        state[1] = Value(bits: cursor)
        return false
    }

    private static func set(_ state: UnsafeMutablePointer<Value>, _ values: [Value], _ heap: Heap) {
        set(state, TupleObject(heap.tuple(values)).elements)
    }

    private static func set(_ state: UnsafeMutablePointer<Value>, _ values: UnsafeMutableBufferPointer<Value>) {
        state[1] = word(values.baseAddress)
        state[2] = word(values.baseAddress.map { $0 + values.count })
        state[3] = Value(bits: elements)
    }

    private static func word(_ address: UnsafeMutableRawPointer?) -> Value {
        Value(bits: UInt64(UInt(bitPattern: address)))
    }

    @inline(__always)
    private static func pointer<Pointee>(_ word: UInt64, to type: Pointee.Type) -> UnsafeMutablePointer<Pointee> {
        UnsafeMutablePointer(bitPattern: UInt(word)).unsafelyUnwrapped
    }
}
