/// A shell pattern over a whole text: `*` any characters, `?` one, `[a-z]` one of a set, `[!a]` one of all others.
/// Works on bytes; slashes are nothing special.
struct ShellPattern {
    private enum Element {
        case byte(UInt8)
        case anyByte
        case anyBytes
        case set([ClosedRange<UInt8>], isNegated: Bool)
    }

    private let elements: [Element]

    init(_ pattern: String) {
        var elements: [Element] = []
        var rest = Array(pattern.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): elements.append(.anyBytes)
            case UInt8(ascii: "?"): elements.append(.anyByte)
            case UInt8(ascii: "["):
                if let (set, remainder) = ShellPattern.set(rest) {
                    elements.append(set)
                    rest = remainder
                } else {
                    elements.append(.byte(byte))
                }
            default: elements.append(.byte(byte))
            }
        }
        self.elements = elements
    }

    /// Reads a set after its opening bracket; nil if it is never closed.
    private static func set(_ bytes: ArraySlice<UInt8>) -> (Element, ArraySlice<UInt8>)? {
        var rest = bytes
        let isNegated = rest.first == UInt8(ascii: "!")
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<UInt8>] = []
        var isFirst = true
        while let low = rest.popFirst() {
            // A closing bracket in the first place stands for itself.
            if low == UInt8(ascii: "]"), !isFirst { return (.set(ranges, isNegated: isNegated), rest) }
            isFirst = false
            if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first, high != UInt8(ascii: "]") {
                rest.removeFirst(2)
                if low <= high { ranges.append(low...high) }
            } else {
                ranges.append(low...low)
            }
        }
        return nil
    }

    /// Never slower than the product of both lengths: only the last `*` is ever tried again.
    func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var (element, byte) = (0, 0)
        var retry: (element: Int, byte: Int)?
        while byte < bytes.count {
            if element < elements.count {
                if case .anyBytes = elements[element] {
                    retry = (element, byte)
                    element += 1
                    continue
                }
                if matches(elements[element], bytes[byte]) {
                    element += 1
                    byte += 1
                    continue
                }
            }
            guard let (star, start) = retry else { return false }
            retry = (star, start + 1)
            element = star + 1
            byte = start + 1
        }
        return elements[element...].allSatisfy { if case .anyBytes = $0 { true } else { false } }
    }

    private func matches(_ element: Element, _ byte: UInt8) -> Bool {
        switch element {
        case .byte(let wanted): wanted == byte
        case .anyByte, .anyBytes: true
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        }
    }
}
