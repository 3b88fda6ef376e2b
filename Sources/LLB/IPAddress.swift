/// An IPv4 or IPv6 address; its description is the shortest form, as Go prints it.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four or sixteen bytes. An IPv4 address that was written as one of IPv6 is one of IPv4.
    package let bytes: [UInt8]

    package init?(_ text: String) {
        if let bytes = IPAddress.version4(text[...]) {
            self.bytes = bytes
            return
        }
        guard let bytes = IPAddress.version6(text) else { return nil }
        let isMapped = bytes.prefix(12).elementsEqual([UInt8](repeating: 0, count: 10) + [0xff, 0xff])
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    package var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        // The first of the longest runs of zeros, if it is longer than one.
        var zeros = 0..<0
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > max(zeros.count, 1) { zeros = start..<end }
            start = end + 1
        }
        let hex = { (range: Range<Int>) in range.map { String(groups[$0], radix: 16) }.joined(separator: ":") }
        return zeros.isEmpty ? hex(0..<8) : hex(0..<zeros.lowerBound) + "::" + hex(zeros.upperBound..<8)
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard
                (1...3).contains(part.count), part.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
                part.count == 1 || part.first != UInt8(ascii: "0"), let number = UInt8(Substring(part))
            else { return nil }
            bytes.append(number)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        var sides: [Substring] = [text[...]]
        if let gap = text.firstRange(of: "::") {
            sides = [text[..<gap.lowerBound], text[gap.upperBound...]]
            guard !sides[1].hasPrefix(":"), !sides[1].contains("::") else { return nil }
        }
        var parsed: [[UInt8]] = []
        for (index, side) in sides.enumerated() {
            guard let bytes = groups(side, mayEndInVersion4: index == sides.count - 1) else { return nil }
            parsed.append(bytes)
        }
        if parsed.count == 1 { return parsed[0].count == 16 ? parsed[0] : nil }
        let missing = 16 - parsed[0].count - parsed[1].count
        return missing >= 2 ? parsed[0] + [UInt8](repeating: 0, count: missing) + parsed[1] : nil
    }

    private static func groups(_ text: Substring, mayEndInVersion4: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndInVersion4, index == parts.count - 1, let last = version4(part) {
                bytes += last
                continue
            }
            guard
                (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
                let number = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(number >> 8), UInt8(number & 0xff)]
        }
        return bytes
    }
}
