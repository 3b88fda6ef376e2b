/// The methods of strings. Offsets and lengths count bytes, letter case follows Unicode.
enum StringMethods {
    static let table = methods(
        CaseMethods.all + SearchMethods.all + SplitMethods.all + [
            HostFunction("codepoint_ords") { call in try view(call, .codePointOrdinals) },
            HostFunction("codepoints") { call in try view(call, .codePoints) },
            HostFunction("elem_ords") { call in try view(call, .elementOrdinals) },
            HostFunction("elems") { call in try view(call, .elements) },
            HostFunction("format") { call in call.heap.string(try BraceFormat.format(try call.text(), call)) },
            HostFunction("join") { call in
                let separator = try call.text()
                let elements = try call.iterable(0, of: try call.positional(atLeast: 1, atMost: 1))
                var size = 0
                for element in elements {
                    guard case .string(let part) = element.storage else {
                        throw EvaluationError("want strings in the sequence, got \(element.typeName)")
                    }
                    size += part.count + separator.count
                }
                try call.meter.allocate(count: size, of: 1)
                let count = elements.isEmpty ? 0 : size - separator.count
                let output = call.heap.newString(.string, count: count)
                var end = output.layout.pointee.start
                for (index, element) in elements.enumerated() {
                    if index > 0 {
                        end.update(from: separator.layout.pointee.start, count: separator.count)
                        end += separator.count
                    }
                    let part = StringObject(element)
                    end.update(from: part.layout.pointee.start, count: part.count)
                    end += part.count
                }
                return output.value
            },
        ])

    private static func view(_ call: HostCall, _ kind: StringViewObject.Kind) throws(EvaluationError) -> Value {
        try call.none()
        return call.heap.view(kind, of: try call.text().value)
    }
}

extension HostCall {
    /// The string that a method is called on. Counts the work of going through it once: decoding four bytes takes about
    /// as long as a step.
    func text() throws(EvaluationError) -> StringObject {
        guard let receiver, receiver.isObject(of: .string) else {
            throw EvaluationError("is a method of strings")
        }
        let content = StringObject(receiver)
        try meter.step(content.count >> 2)
        return content
    }

    /// Goes through the code points of a string until `body` returns false, and looks at the limits on the way.
    func forEachCodePoint(
        of content: StringObject, _ body: (CodePoint) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) {
        var points = content.codePoints
        var untilCheck = HostCall.pointsBetweenChecks
        while let point = points.next() {
            guard try body(point) else { return }
            untilCheck -= 1
            if untilCheck == 0 {
                try meter.check()
                untilCheck = HostCall.pointsBetweenChecks
            }
        }
    }

    /// Some tens of microseconds of work.
    private static let pointsBetweenChecks = 4_096

    /// A new string as the result, counted.
    func result(_ content: ByteString) throws(EvaluationError) -> Value {
        try meter.allocate(count: content.count, of: 1)
        return heap.string(content)
    }

    /// A part of a string as the result.
    func part(_ string: StringObject, _ range: Range<Int>) -> Value {
        heap.substring(string, range)
    }
}
