/// Hashes of values: equal values have equal hashes, and what can change has none.
enum Hashing {
    /// - Throws: for a list, dict, set or other value that cannot be the key of a dict, at any depth.
    static func hash(_ value: Value, _ meter: Meter) throws(EvaluationError) -> Int {
        // Strings and small integers are nearly all keys.
        switch value.storage {
        case .string(let content):
            try meter.step(content.count >> 8)
            return hash(content)
        case .int(let number):
            var hasher = Hasher()
            hasher.combine(number)
            return hasher.finalize()
        default:
            var hasher = Hasher()
            try combine(value, into: &hasher, depth: 0, meter)
            return hasher.finalize()
        }
    }

    static func hash(_ content: ByteString) -> Int {
        var hasher = Hasher()
        content.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    private static func combine(
        _ value: Value, into hasher: inout Hasher, depth: Int, _ meter: Meter
    ) throws(EvaluationError) {
        guard depth < Limits.nesting else {
            throw EvaluationError(
                "cannot hash a value nested more than \(Limits.nesting) levels deep", kind: .limit(.depth))
        }
        try meter.step()
        switch value.storage {
        case .none:
            hasher.combine(0 as UInt8)
        case .bool(let truth):
            hasher.combine(truth)
        case .int(let number):
            hasher.combine(number)
        case .bigInteger(let integer):
            hasher.combine(integer)
        case .float(let number):
            // A float equal to an integer must hash like it.
            if let exact = Int(exactly: number) {
                hasher.combine(exact)
            } else if number.isFinite, number == number.rounded() {
                hasher.combine(BigInteger(truncating: number))
            } else {
                // All NaNs are equal to each other in Starlark.
                hasher.combine(number.isNaN ? Double.nan.bitPattern : number.bitPattern)
            }
        case .string(let content), .bytes(let content):
            try meter.step(content.count >> 8)
            content.bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        case .tuple(let tuple):
            hasher.combine(tuple.elements.count)
            for element in tuple.elements {
                try combine(element, into: &hasher, depth: depth + 1, meter)
            }
        case .structure(let object):
            guard case .structure = object.kind else { throw unhashable(value) }
            for field in object.fields {
                hasher.combine(field.name)
                try combine(field.value, into: &hasher, depth: depth + 1, meter)
            }
        case .function(let function):
            hasher.combine(ObjectIdentifier(function))
        case .builtin(let builtin):
            hasher.combine(ObjectIdentifier(builtin))
        case .host(let box):
            guard box.value.hash(into: &hasher) else { throw unhashable(value) }
        case .list, .dict, .set, .range, .view, .cell, .unbound:
            throw unhashable(value)
        }
    }

    private static func unhashable(_ value: Value) -> EvaluationError {
        EvaluationError("unhashable type: \(value.typeName)")
    }
}
