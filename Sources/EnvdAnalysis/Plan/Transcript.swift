import EnvdLanguage
import EnvdSyntax

/// A program that makes the same calls as another one did when it was run, one after another: without loops, functions and
/// libraries, and with the values written out. What was made under a condition stays under one.
///
/// It lets the rules that look at calls as they are written look at calls as they happened. No rule has to know of it.
struct Transcript {
    let file: SourceFile
    /// In the order of their beginnings; those within others come behind these.
    private let parts: [Part]
    /// Where calls are written, by their place among all.
    private let ranges: [Int: Range<Int>]

    /// A piece of the transcript and what it stands for.
    struct Part {
        let range: Range<Int>
        /// An index into the calls that the transcript is of.
        let call: Int
        let role: Role
        /// The value of a string that is written there.
        let text: String?
    }

    enum Role {
        case call
        case callee
        /// A value, by the parameter's place or name and the way to it within that.
        case value(Parameter, [Step])
    }

    enum Parameter: Hashable {
        case position(Int)
        case name(String)
    }

    enum Step: Hashable {
        case element(Int)
        /// The value of the entry with that place in a dict.
        case entry(Int)
        case key(Int)
    }

    /// - Parameter calls: what is to be written; a part's `call` is an index into them.
    init(_ calls: [PlannedCall]) {
        var writer = Writer()
        // Values of which nothing is known.
        writer.write("_other = str(0)\n_condition = bool(0)\n\n\ndef build():\n    pass\n")
        for (index, call) in calls.enumerated() {
            // Where libraries come from is no matter here, and what `data` gives is written in the calls that use it.
            guard call.name != "include", !call.name.hasPrefix("data.") else { continue }
            writer.write(call, index)
        }
        file = SourceFile(bytes: writer.bytes)
        ranges = writer.ranges
        parts = writer.parts.sorted {
            ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
        }
    }

    /// The smallest part that holds a range.
    func part(holding range: Range<Int>) -> Part? {
        var (low, high) = (0, parts.count)
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].range.lowerBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        // Lists are long, and the call that holds all of a line stands at its beginning.
        var index = low
        while index > 0 {
            index -= 1
            let part = parts[index]
            if part.range.upperBound >= range.upperBound, !part.range.isEmpty { return part }
            if case .call = part.role { return nil }
        }
        return nil
    }

    /// Where a call is written.
    func range(ofCall call: Int) -> Range<Int>? { ranges[call] }

    /// How a call is written.
    func text(of call: PlannedCall) -> String {
        var writer = Writer()
        writer.write(call, 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Where in the value of a string a range of the file lies, if it lies within the quotes.
    func offsets(of range: Range<Int>, in part: Part) -> Range<Int>? {
        guard let text = part.text else { return nil }
        let inner = (part.range.lowerBound + 1)..<(part.range.upperBound - 1)
        guard inner.lowerBound <= range.lowerBound, range.upperBound <= inner.upperBound else { return nil }
        var place = inner.lowerBound
        var (start, end): (Int?, Int?) = (nil, nil)
        for (offset, byte) in text.utf8.enumerated() {
            if place == range.lowerBound { start = offset }
            if place == range.upperBound { end = offset }
            place += Writer.escaped(byte).count
        }
        if place == range.lowerBound { start = text.utf8.count }
        if place == range.upperBound { end = text.utf8.count }
        guard let start, let end, start <= end else { return nil }
        return start..<end
    }
}

extension Transcript {
    private struct Writer {
        var bytes: [UInt8] = []
        var parts: [Part] = []
        var ranges: [Int: Range<Int>] = [:]

        mutating func write(_ text: some StringProtocol) { bytes += text.utf8 }

        mutating func write(_ call: PlannedCall, _ index: Int) {
            write(call.conditions.isEmpty ? "    " : "    if _condition:\n        ")
            let start = bytes.count
            write(call.name)
            parts.append(Part(range: start..<bytes.count, call: index, role: .callee, text: nil))
            write("(")
            var isFirst = true
            for (position, value) in call.call.positional.enumerated() {
                if !isFirst { write(", ") }
                isFirst = false
                write(value, index, .position(position), [])
            }
            for (name, value) in call.call.named where Writer.isIdentifier(name) {
                if !isFirst { write(", ") }
                isFirst = false
                write("\(name)=")
                write(value, index, .name(name), [])
            }
            write(")")
            parts.append(Part(range: start..<bytes.count, call: index, role: .call, text: nil))
            ranges[index] = start..<bytes.count
            write("\n")
        }

        private mutating func write(_ value: RecordedValue, _ call: Int, _ parameter: Parameter, _ path: [Step]) {
            let start = bytes.count
            var text: String?
            switch value {
            case .none: write("None")
            case .truth(let truth): write(truth ? "True" : "False")
            case .integer(let number): write("\(number)")
            case .text(let content):
                text = content
                bytes.append(UInt8(ascii: "\""))
                for byte in content.utf8 { bytes += Writer.escaped(byte) }
                bytes.append(UInt8(ascii: "\""))
            case .list(let elements), .tuple(let elements):
                let isList = if case .list = value { true } else { false }
                write(isList ? "[" : "(")
                for (place, element) in elements.enumerated() {
                    if place > 0 { write(", ") }
                    write(element, call, parameter, path + [.element(place)])
                }
                write(isList ? "]" : elements.count == 1 ? ",)" : ")")
            case .dict(let entries):
                write("{")
                for (place, entry) in entries.enumerated() {
                    if place > 0 { write(", ") }
                    write(entry.key, call, parameter, path + [.key(place)])
                    write(": ")
                    write(entry.value, call, parameter, path + [.entry(place)])
                }
                write("}")
            case .other: write("_other")
            }
            parts.append(Part(range: start..<bytes.count, call: call, role: .value(parameter, path), text: text))
        }

        static func escaped(_ byte: UInt8) -> [UInt8] {
            switch byte {
            case UInt8(ascii: "\n"): Array("\\n".utf8)
            case UInt8(ascii: "\r"): Array("\\r".utf8)
            case UInt8(ascii: "\t"): Array("\\t".utf8)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case 0..<0x20, 0x7F: Array("\\x".utf8) + hexadecimal(byte)
            default: [byte]
            }
        }

        private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
            let digits = Array("0123456789abcdef".utf8)
            return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }

        static func isIdentifier(_ name: String) -> Bool {
            guard let first = name.utf8.first, first == UInt8(ascii: "_") || isLetter(first) else { return false }
            return name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isLetter($0) || (0x30...0x39).contains($0) }
        }

        private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    }
}
