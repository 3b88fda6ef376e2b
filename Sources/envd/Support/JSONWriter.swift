/// Writes JSON, indented by two blanks, members in the order in which they are given.
struct JSONWriter {
    private(set) var text = ""
    private var depth = 0

    mutating func object(_ members: [(String, (inout JSONWriter) -> Void)]) {
        list("{", "}", members) { writer, member in
            writer.string(member.0)
            writer.text += ": "
            member.1(&writer)
        }
    }

    mutating func array<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) -> Void) {
        list("[", "]", elements, write)
    }

    mutating func number(_ value: Int) {
        text += String(value)
    }

    mutating func flag(_ value: Bool) {
        text += value ? "true" : "false"
    }

    mutating func string(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }

    private mutating func list<Element>(
        _ opening: String, _ closing: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
    ) {
        text += opening
        depth += 1
        for (index, element) in elements.enumerated() {
            text += index == 0 ? "\n" : ",\n"
            text += String(repeating: "  ", count: depth)
            write(&self, element)
        }
        depth -= 1
        if !elements.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
        text += closing
    }
}
