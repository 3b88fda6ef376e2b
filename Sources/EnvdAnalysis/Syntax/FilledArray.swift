extension Array {
    /// An element so many times, for short lists that are made for each chunk or call.
    ///
    /// The library's own initializer is compiled for its types (`Bool`, `Int32`) once, in the library, where it looks up the type of the
    /// list's storage each time: about 500 instructions.
    @inline(__always)
    init(filledWith element: Element, count: Int) {
        self = []
        reserveCapacity(count)
        for _ in 0..<count { append(element) }
    }
}
