/// The bytes that a bracket expression of a `.gitignore` pattern stands for, such as `[a-z_]`, `[!0-9]`, `[[:alpha:]]`.
struct ByteSet: Equatable {
    private var members = [Bool](repeating: false, count: 256)

    func contains(_ byte: UInt8) -> Bool {
        members[Int(byte)]
    }

    /// Reads the expression from behind its opening bracket to its closing one.
    ///
    /// - Returns: nil if it is not closed or names an unknown class, in which case git's pattern matches nothing.
    init?(afterBracket rest: inout ArraySlice<UInt8>) {
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        // The byte that a following "-" would make the start of a range.
        var rangeStart: UInt8?
        var isFirst = true
        while true {
            guard let byte = rest.popFirst() else { return nil }
            if byte == UInt8(ascii: "]") && !isFirst { break }
            isFirst = false
            if byte == UInt8(ascii: "-"), let start = rangeStart, let next = rest.first, next != UInt8(ascii: "]") {
                guard let end = Self.popEscaped(&rest) else { return nil }
                if start <= end { insert(start...end) }
                rangeStart = nil
            } else if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":"), let close = Self.classEnd(in: rest) {
                let name = rest[(rest.startIndex + 1)..<(close - 1)]
                guard let isMember = Self.classes[String(decoding: name, as: UTF8.self)] else { return nil }
                for candidate in UInt8.min...0x7F where isMember(candidate) { insert(candidate...candidate) }
                rest = rest[(close + 1)...]
                rangeStart = nil
            } else if byte == UInt8(ascii: "[") && rest.first == UInt8(ascii: ":") && !rest.contains(UInt8(ascii: "]"))
            {
                return nil
            } else {
                var member = byte
                if byte == UInt8(ascii: "\\") {
                    guard let escaped = rest.popFirst() else { return nil }
                    member = escaped
                }
                insert(member...member)
                rangeStart = member
            }
        }
        if isNegated { for index in members.indices { members[index].toggle() } }
        // A path's separator is matched by a slash alone.
        members[Int(UInt8(ascii: "/"))] = false
    }

    private mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range { members[Int(byte)] = true }
    }

    private static func popEscaped(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
        let byte = rest.popFirst()
        return byte == UInt8(ascii: "\\") ? rest.popFirst() : byte
    }

    /// The index of the bracket that closes `[:name:]`; `rest` begins at the first colon.
    private static func classEnd(in rest: ArraySlice<UInt8>) -> Int? {
        guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        return close - rest.startIndex >= 2 && rest[close - 1] == UInt8(ascii: ":") ? close : nil
    }

    private static let classes: [String: @Sendable (UInt8) -> Bool] = [
        "alnum": { isLetter($0) || isDigit($0) },
        "alpha": { isLetter($0) },
        "blank": { $0 == 0x20 || $0 == 0x09 },
        "cntrl": { $0 < 0x20 || $0 == 0x7F },
        "digit": { isDigit($0) },
        "graph": { $0 > 0x20 && $0 < 0x7F },
        "lower": { (0x61...0x7A).contains($0) },
        "print": { $0 >= 0x20 && $0 < 0x7F },
        "punct": { $0 > 0x20 && $0 < 0x7F && !isLetter($0) && !isDigit($0) },
        "space": { $0 == 0x20 || (0x09...0x0D).contains($0) },
        "upper": { (0x41...0x5A).contains($0) },
        "xdigit": { isDigit($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) },
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
