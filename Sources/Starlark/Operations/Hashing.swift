/// Hashes of values: equal values have equal hashes, and what can change has none.
enum Hashing {
    /// - Throws: for a list, dict, set or other value that cannot be the key of a dict, at any depth.
    @inline(__always)
    static func hash(_ value: Value, _ meter: Meter) throws(EvaluationError) -> Int {
        // Strings and small integers are nearly all keys.
        if value.isSmallInteger { return hash(value.smallInteger) }
        if value.isObject(of: .string) {
            let string = StringObject(value)
            if string.count > 256 { try meter.step(string.count >> 8) }
            return string.hash
        }
        return try deepHash(value, meter)
    }

    /// The same in every run. A program that knows keys with equal hashes only uses up its own steps.
    static func hash(_ bytes: ByteView) -> Int {
        var state = UInt64(truncatingIfNeeded: bytes.count) &+ 0x9E37_79B9_7F4A_7C15
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset &+ 8 <= raw.count {
            state = mix(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset &+= 8
        }
        var tail: UInt64 = 0
        while offset < raw.count {
            tail = tail << 8 | UInt64(raw[offset])
            offset &+= 1
        }
        let result = Int(truncatingIfNeeded: mix(state ^ tail) >> 1)
        return result == 0 ? 1 : result
    }

    @inline(__always)
    static func hash(_ number: Int) -> Int {
        Int(truncatingIfNeeded: mix(UInt64(bitPattern: Int64(number)) ^ 0x9E37_79B9_7F4A_7C15) >> 1)
    }

    /// Both halves of the product with a large odd number: every bit of the input reaches the low bits.
    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }

    @inline(never)
    private static func deepHash(_ value: Value, _ meter: Meter) throws(EvaluationError) -> Int {
        try deepHash(value, depth: 0, meter)
    }

    private static func deepHash(_ value: Value, depth: Int, _ meter: Meter) throws(EvaluationError) -> Int {
        guard depth < Limits.nesting else {
            throw EvaluationError(
                "cannot hash a value nested more than \(Limits.nesting) levels deep", kind: .limit(.depth))
        }
        try meter.step()
        switch value.storage {
        case .none: return 0
        case .bool(let truth): return truth ? 2 : 1
        case .int(let number): return hash(number)
        case .bigInteger(let object): return hash(object.integer)
        case .float(let number):
            // A float equal to an integer must hash like it.
            if let exact = Int(exactly: number) { return hash(exact) }
            if number.isFinite, number == number.rounded() { return hash(BigInteger(truncating: number)) }
            // All NaNs are equal to each other in Starlark.
            return hash(Int(bitPattern: UInt((number.isNaN ? Double.nan : number).bitPattern)))
        case .string(let content), .bytes(let content):
            try meter.step(content.count >> 8)
            return content.hash
        case .tuple(let tuple):
            var result = tuple.count
            for element in tuple.elements {
                result = combine(result, try deepHash(element, depth: depth + 1, meter))
            }
            return result
        case .structure(let object):
            guard !object.isModule else { throw unhashable(value) }
            var result = object.fields.count
            for field in object.fields {
                result = combine(result, StringObject(field.name).hash)
                result = combine(result, try deepHash(field.value, depth: depth + 1, meter))
            }
            return result
        case .function, .builtin:
            return hash(Int(truncatingIfNeeded: value.bits))
        case .host(let object):
            var hasher = Hasher()
            guard object.value.hash(into: &hasher) else { throw unhashable(value) }
            return hasher.finalize() & .max
        case .list, .dict, .set, .range, .view, .cell, .unbound:
            throw unhashable(value)
        }
    }

    private static func combine(_ first: Int, _ second: Int) -> Int {
        hash(first &* 31 &+ second)
    }

    private static func hash(_ integer: BigInteger) -> Int {
        integer.magnitude.reduce(integer.isNegative ? 1 : 0) { combine($0, Int(truncatingIfNeeded: $1)) }
    }

    private static func unhashable(_ value: Value) -> EvaluationError {
        EvaluationError("unhashable type: \(value.typeName)")
    }
}
