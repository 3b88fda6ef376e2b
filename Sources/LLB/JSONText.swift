/// Writes JSON the way Go's `encoding/json` does, since that is what `envd debug llb` prints and scripts compare.
struct JSONText {
    private(set) var text = ""
    /// Whether the innermost object or array already has a member.
    private var hasMembers = [false]

    static func list(_ values: [String]) -> String {
        guard !values.isEmpty else { return "" }
        var json = JSONText()
        json.array { array in
            for value in values { array.value(string: value) }
        }
        return json.text
    }

    // MARK: - Values

    mutating func object(_ members: (inout JSONText) -> Void) {
        enclosed("{", members, "}")
    }

    mutating func array(_ elements: (inout JSONText) -> Void) {
        enclosed("[", elements, "]")
    }

    mutating func value(string: String) {
        separate()
        quote(string)
    }

    mutating func value(integer: Int) {
        separate()
        text += String(integer)
    }

    // MARK: - Members; `optional` ones are left out when zero

    mutating func member(_ name: String, string: String) {
        key(name)
        quote(string)
    }

    mutating func member(_ name: String, integer: Int) {
        key(name)
        text += String(integer)
    }

    mutating func member(_ name: String, _ object: (inout JSONText) -> Void) {
        key(name)
        hasMembers[hasMembers.count - 1] = false
        enclosed("{", object, "}")
    }

    mutating func optional(_ name: String, string: String) {
        if !string.isEmpty { member(name, string: string) }
    }

    mutating func optional(_ name: String, integer: Int) {
        if integer != 0 { member(name, integer: integer) }
    }

    mutating func optional(_ name: String, bool: Bool) {
        guard bool else { return }
        key(name)
        text += "true"
    }

    mutating func optional(_ name: String, strings: [String]) {
        guard !strings.isEmpty else { return }
        member(name, array: strings) { $0.value(string: $1) }
    }

    mutating func member<Element>(
        _ name: String, array elements: [Element], _ write: (inout JSONText, Element) -> Void
    ) {
        key(name)
        hasMembers[hasMembers.count - 1] = false
        array { json in
            for element in elements { write(&json, element) }
        }
    }

    /// A list of objects, left out when empty.
    mutating func optional<Element>(
        _ name: String, array elements: [Element], _ write: (inout JSONText, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        member(name, array: elements) { array, element in
            array.object { write(&$0, element) }
        }
    }

    /// Sorted by key.
    mutating func optional(_ name: String, map: [String: String]) {
        guard !map.isEmpty else { return }
        member(name) { object in
            for (key, value) in map.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                object.member(key, string: value)
            }
        }
    }

    // MARK: - The text

    private mutating func enclosed(_ open: String, _ content: (inout JSONText) -> Void, _ close: String) {
        separate()
        text += open
        hasMembers.append(false)
        content(&self)
        hasMembers.removeLast()
        hasMembers[hasMembers.count - 1] = true
        text += close
    }

    private mutating func separate() {
        if hasMembers[hasMembers.count - 1] { text += "," }
        hasMembers[hasMembers.count - 1] = true
    }

    private mutating func key(_ name: String) {
        separate()
        quote(name)
        text += ":"
    }

    /// Go escapes `<`, `>` and `&` so that JSON may stand within HTML, and the two line separators of Unicode.
    private mutating func quote(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{c}": text += "\\f"
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
