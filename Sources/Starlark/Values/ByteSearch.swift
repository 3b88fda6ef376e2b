#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Bytes of a string, valid as long as the string's heap.
typealias ByteView = UnsafeBufferPointer<UInt8>

extension ByteView {
    /// The first place of `part` at or after `start`, in time linear in both lengths.
    func firstRange(of part: ByteView, from start: Int = 0) -> Range<Int>? {
        guard start + part.count <= count else { return nil }
        if part.isEmpty { return start..<start }
        if part.count == 1, let base = baseAddress {
            guard let place = memchr(base + start, Int32(part[0]), count - start) else { return nil }
            let offset = UnsafeRawPointer(place) - UnsafeRawPointer(base)
            return offset..<offset + 1
        }
        return Search.first(part, in: self, from: start).map { $0..<$0 + part.count }
    }

    /// The last place of `part`, in time linear in both lengths.
    func lastRange(of part: ByteView) -> Range<Int>? {
        guard part.count <= count else { return nil }
        if part.count <= Search.shortPattern {
            var offset = count - part.count
            while offset >= 0 {
                if matches(part, at: offset) { return offset..<offset + part.count }
                offset -= 1
            }
            return nil
        }
        return Array(reversed()).withUnsafeBufferPointer { text in
            Array(part.reversed()).withUnsafeBufferPointer { pattern in
                text.firstRange(of: pattern).map { count - $0.upperBound..<count - $0.lowerBound }
            }
        }
    }

    /// Whether `part`, which must not reach beyond the end, stands at `offset`.
    func matches(_ part: ByteView, at offset: Int) -> Bool {
        guard let start = baseAddress, let other = part.baseAddress else { return part.isEmpty }
        return memcmp(start + offset, other, part.count) == 0
    }

    @inline(__always)
    func isEqual(to other: ByteView) -> Bool {
        count == other.count && matches(other, at: 0)
    }

    /// Less than, equal to or greater than zero, as the bytes of `self` sort before, with or after those of `other`.
    func compared(to other: ByteView) -> Int {
        if let start = baseAddress, let otherStart = other.baseAddress {
            let order = memcmp(start, otherStart, Swift.min(count, other.count))
            if order != 0 { return Int(order) }
        }
        return count - other.count
    }

    func hasPrefix(_ prefix: ByteView) -> Bool {
        prefix.count <= count && matches(prefix, at: 0)
    }

    func hasSuffix(_ suffix: ByteView) -> Bool {
        suffix.count <= count && matches(suffix, at: count - suffix.count)
    }
}

private enum Search {
    /// Up to this length, comparing at every place costs little enough even in the worst case.
    static let shortPattern = 16

    static func first(
        _ pattern: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        if pattern.count > shortPattern { return knuthMorrisPratt(pattern, text, start) }
        let lead = pattern[0]
        var offset = start
        let last = text.count - pattern.count
        while offset <= last {
            if text[offset] == lead {
                var index = 1
                while index < pattern.count, text[offset + index] == pattern[index] { index += 1 }
                if index == pattern.count { return offset }
            }
            offset += 1
        }
        return nil
    }

    private static func knuthMorrisPratt(
        _ pattern: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>, _ start: Int
    ) -> Int? {
        // borders[i]: the length of the longest proper prefix of the pattern that ends at i.
        var borders = [Int](repeating: 0, count: pattern.count)
        var length = 0
        for index in 1..<pattern.count {
            while length > 0, pattern[index] != pattern[length] { length = borders[length - 1] }
            if pattern[index] == pattern[length] { length += 1 }
            borders[index] = length
        }
        var matched = 0
        for offset in start..<text.count {
            while matched > 0, text[offset] != pattern[matched] { matched = borders[matched - 1] }
            if text[offset] == pattern[matched] { matched += 1 }
            if matched == pattern.count { return offset - pattern.count + 1 }
        }
        return nil
    }
}
