/// The `in` operator.
enum Containment {
    /// `element in container`.
    static func contains(
        _ container: Value, _ element: Value, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        if container.isObject(of: .string), element.isObject(of: .string) {
            let (text, part) = (StringObject(container), StringObject(element))
            try meter.step(text.count >> 6)
            return text.firstRange(of: part) != nil
        }
        switch container.storage {
        case .list(let list):
            return try contains(list.elements, element, meter)
        case .tuple(let tuple):
            return try contains(tuple.elements, element, meter)
        case .dict(let dict):
            // As in starlark-go, what could not be a key is simply not in the dict.
            do {
                return try dict.contains(element, meter)
            } catch  where error.kind == .failure {
                return false
            }
        case .set(let set):
            return try set.contains(element, meter)
        case .string(let content):
            guard case .string(let part) = element.storage else {
                throw EvaluationError("'in <string>' needs a string as left operand, not \(element.typeName)")
            }
            try meter.step(content.count >> 6)
            return content.firstRange(of: part) != nil
        case .bytes(let content):
            switch element.storage {
            case .bytes(let part):
                try meter.step(content.count >> 6)
                return content.firstRange(of: part) != nil
            case .int(let number):
                guard let byte = UInt8(exactly: number) else {
                    throw EvaluationError("'in <bytes>' needs an int from 0 to 255, not \(number)")
                }
                return content.bytes.contains(byte)
            default:
                throw EvaluationError("'in <bytes>' needs bytes or an int as left operand, not \(element.typeName)")
            }
        case .range(let range):
            switch element.storage {
            case .int(let number): return range.contains(number)
            case .bigInteger: return false
            case .float(let number) where number.isFinite:
                return Int(exactly: number.rounded(.towardZero)).map(range.contains) ?? false
            default:
                throw EvaluationError("'in <range>' needs an integer as left operand, not \(element.typeName)")
            }
        case .host(let box):
            if let result = try box.value.binary(.isIn, element, isRight: true, in: meter.heap) { return result.isTrue }
            throw unsupported(container, element)
        default:
            throw unsupported(container, element)
        }
    }

    private static func unsupported(_ container: Value, _ element: Value) -> EvaluationError {
        EvaluationError("unsupported operation: \(element.typeName) in \(container.typeName)")
    }

    private static func contains(
        _ elements: UnsafeMutableBufferPointer<Value>, _ element: Value, _ meter: Meter
    ) throws(EvaluationError) -> Bool {
        try meter.step(elements.count >> 4)
        for (index, candidate) in elements.enumerated() {
            if index & 0xFFFF == 0xFFFF { try meter.check() }
            if try Comparison.areEqual(candidate, element, meter) { return true }
        }
        return false
    }
}

/// The algebra of sets, on elements already collected. The results are new sets.
enum SetAlgebra {
    static func union(_ base: TableObject, _ others: [Value], _ meter: Meter) throws(EvaluationError) -> TableObject {
        try meter.allocate(count: base.count, of: 32)
        let result = meter.heap.copy(base)
        for element in others { try result.insert(element, .none, meter) }
        return result
    }

    static func intersection(
        _ base: TableObject, _ others: [Value], _ meter: Meter
    ) throws(EvaluationError) -> TableObject {
        let result = meter.heap.newSet()
        try meter.step(others.count >> 2)
        for element in others where try base.contains(element, meter) {
            try result.insert(element, .none, meter)
        }
        return result
    }

    static func difference(
        _ base: TableObject, _ others: [Value], _ meter: Meter
    ) throws(EvaluationError) -> TableObject {
        try meter.allocate(count: base.count, of: 32)
        let result = meter.heap.copy(base)
        for element in others {
            try meter.step()
            _ = try result.remove(element, meter)
        }
        return result
    }

    static func symmetricDifference(
        _ base: TableObject, _ others: [Value], _ meter: Meter
    ) throws(EvaluationError) -> TableObject {
        try meter.allocate(count: base.count, of: 32)
        let result = meter.heap.copy(base)
        for element in others where try result.remove(element, meter) == nil {
            try result.insert(element, .none, meter)
        }
        return result
    }
}
