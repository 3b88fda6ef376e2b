/// An integer that fits 64 bits and not a word.
struct IntegerObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        let number: Int
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var number: Int { layout.pointee.number }
}

/// An integer that does not fit 64 bits: a sign, and a magnitude that follows the object.
struct BigIntegerObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        let isNegative: Bool
        /// Of 64 bits each, the least significant first.
        let limbCount: Int
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var isNegative: Bool { layout.pointee.isNegative }

    var limbs: UnsafeMutableBufferPointer<UInt> {
        UnsafeMutableBufferPointer(
            start: UnsafeMutableRawPointer(layout + 1).assumingMemoryBound(to: UInt.self),
            count: layout.pointee.limbCount)
    }

    var integer: BigInteger { BigInteger(magnitude: Array(limbs), isNegative: isNegative) }

    var decimal: String { integer.decimal }
}

extension Heap {
    @inline(__always)
    package func int(_ number: Int) -> Value {
        if Value.smallIntegers.contains(number) { return Value(payload: number) }
        return boxed(number)
    }

    @inline(never)
    private func boxed(_ number: Int) -> Value {
        let layout = allocate(IntegerObject.Layout.self)
        layout.initialize(to: IntegerObject.Layout(header: ObjectHeader(.integer), number: number))
        return Value(address: layout)
    }

    /// An integer in the one representation that it has.
    func integer(_ integer: BigInteger) -> Value {
        if let small = integer.small { return int(small) }
        let count = integer.magnitude.count
        let layout = allocate(BigIntegerObject.Layout.self, extra: count * MemoryLayout<UInt>.stride)
        layout.initialize(
            to: BigIntegerObject.Layout(
                header: ObjectHeader(.bigInteger), isNegative: integer.isNegative, limbCount: count))
        for (index, limb) in integer.magnitude.enumerated() { BigIntegerObject(layout: layout).limbs[index] = limb }
        return Value(address: layout)
    }
}

extension Value {
    /// The value of an integer of any representation.
    var asBigInteger: BigInteger? {
        switch storage {
        case .int(let number): BigInteger(number)
        case .bigInteger(let object): object.integer
        default: nil
        }
    }

    var isInteger: Bool {
        if isSmallInteger { return true }
        switch objectKind {
        case .integer, .bigInteger: return true
        default: return false
        }
    }

    var isNumber: Bool { isFloat || isInteger }

    /// A number as a float.
    func finiteDouble() throws(EvaluationError) -> Double {
        switch storage {
        case .int(let number): return Double(number)
        case .float(let number): return number
        case .bigInteger(let object):
            let number = object.integer.double
            guard number.isFinite else { throw EvaluationError("int too large to convert to float") }
            return number
        default: throw EvaluationError("got \(typeName), want int or float")
        }
    }
}
