/// JSON outside of any program, read as `json.decode` reads it.
package enum JSON {
    /// Gives the value of a text to `body`, for the time of the call.
    ///
    /// - Throws: `EvaluationError` if the text is not JSON; whatever `body` throws.
    package static func decode<Result>(_ text: [UInt8], _ body: (Value) throws -> Result) throws -> Result {
        let storage = HeapStorage()
        return try withExtendedLifetime(storage) {
            let heap = Heap(state: storage.state)
            // A text is no program: what it takes is bounded by its length.
            let meter = Meter(limits: .unlimited, cancellation: CancellationFlag(), heap: heap)
            defer { meter.deallocate() }
            return try body(try JSONDecoder.decode(StringObject(heap.string(ByteString(text))), meter))
        }
    }
}
