import EnvdSyntax

extension UnsafeBufferPointer<UInt8> {
    /// Where a text first occurs from a place on; nil if it does not.
    func firstPlace(of wanted: StaticString, from start: Int = 0) -> Int? {
        firstPlace(of: UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount), from: start)
    }

    /// Where some bytes first occur from a place on; nil if they do not.
    ///
    /// Sixteen places at once: nearly all are told apart by the first and the last of the bytes.
    func firstPlace(of wanted: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
        let size = wanted.count
        guard size > 0 else { return start }
        guard let base = baseAddress, let sought = wanted.baseAddress else { return nil }
        let bytes = UnsafeRawPointer(base)
        func holds(_ place: Int) -> Bool {
            for index in 0..<size where base[place &+ index] != sought[index] { return false }
            return true
        }
        let first = SIMD16<UInt8>(repeating: sought[0])
        let last = SIMD16<UInt8>(repeating: sought[size - 1])
        var place = start
        while place &+ 15 &+ size <= count {
            let heads = bytes.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
            let tails = bytes.loadUnaligned(fromByteOffset: place &+ size &- 1, as: SIMD16<UInt8>.self)
            let found = (heads .== first) .& (tails .== last)
            if any(found) {
                for lane in 0..<16 where found[lane] && holds(place &+ lane) { return place &+ lane }
            }
            place &+= 16
        }
        while place &+ size <= count {
            if holds(place) { return place }
            place &+= 1
        }
        return nil
    }
}

extension SourceFile {
    /// Whether a text without line breaks stands anywhere in the file.
    package func holds(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { text in
            // No chunk ends within a line.
            chunks.contains { _, chunk in chunk.withBytes { $0.firstPlace(of: text) != nil } }
        }
    }
}
