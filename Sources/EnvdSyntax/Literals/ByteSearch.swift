extension UnsafeBufferPointer<UInt8> {
    /// Where one of two bytes first occurs; nil if neither does. Eight places at once.
    package func firstPlace(of byte: UInt8, or other: UInt8) -> Int? {
        guard let base = baseAddress else { return nil }
        let bytes = UnsafeRawPointer(base)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (wanted, others) = (ones &* UInt64(byte), ones &* UInt64(other))
        /// Whether a byte is zero.
        func holdsZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
        var place = 0
        while place &+ 8 <= count {
            let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            if (holdsZero(word ^ wanted) | holdsZero(word ^ others)) & (ones &* 0x80) != 0 { break }
            place &+= 8
        }
        while place < count {
            if base[place] == byte || base[place] == other { return place }
            place &+= 1
        }
        return nil
    }
}
