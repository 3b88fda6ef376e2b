extension UnsafeBufferPointer<UInt8> {
    /// Where some bytes first occur from a place on; nil if they do not.
    ///
    /// Sixteen places at once: nearly all are told apart by the first and the last of the bytes.
    func firstPlace(of wanted: StaticString, from start: Int = 0) -> Int? {
        let size = wanted.utf8CodeUnitCount
        guard size > 0 else { return start }
        guard let base = baseAddress else { return nil }
        let bytes = UnsafeRawPointer(base)
        func holds(_ place: Int) -> Bool {
            for index in 0..<size where base[place &+ index] != wanted.utf8Start[index] { return false }
            return true
        }
        let first = SIMD16<UInt8>(repeating: wanted.utf8Start[0])
        let last = SIMD16<UInt8>(repeating: wanted.utf8Start[size - 1])
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
