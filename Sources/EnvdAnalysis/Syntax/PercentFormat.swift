/// A format string of the operator `%`, read as Starlark reads it: no flags, widths or precisions.
struct PercentFormat {
    /// One conversion after another; `%%` is none.
    var conversions: [Conversion] = []
    /// Why no values could make it work.
    var problem: String?

    struct Conversion {
        /// `a` of `%(a)s`.
        let key: String?
        let letter: Character

        var wantsInteger: Bool { "dioxX".contains(letter) }
        var wantsNumber: Bool { "eEfFgG".contains(letter) }
    }

    var keys: [String] { conversions.compactMap(\.key) }
    /// How many values are taken in order.
    var positionalCount: Int { conversions.reduce(0) { $0 + ($1.key == nil ? 1 : 0) } }

    init(_ text: String) {
        let bytes = text.utf8
        var rest = bytes[...]
        while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
            rest = rest[bytes.index(after: percent)...]
            if rest.first == UInt8(ascii: "%") {
                rest = rest.dropFirst()
                continue
            }
            var key: String?
            if rest.first == UInt8(ascii: "(") {
                guard let close = rest.firstIndex(of: UInt8(ascii: ")")) else {
                    problem = "'%(' has no ')'"
                    return
                }
                key = String(text[rest.startIndex..<close].dropFirst())
                rest = rest[bytes.index(after: close)...]
            }
            guard let byte = rest.first else {
                problem = "nothing follows its last '%'; '%%' is a percent sign"
                return
            }
            let letter = byte < 0x80 ? Character(Unicode.Scalar(byte)) : text[rest.startIndex]
            guard "srdioxXeEfFgGc".utf8.contains(byte) else {
                let isLayout = letter.isNumber || "-+#.".contains(letter)
                problem =
                    isLayout
                    ? "Starlark has no widths, precisions and flags as in '%\(letter)'"
                    : "there is no conversion '%\(letter)'; '%%' is a percent sign"
                return
            }
            conversions.append(Conversion(key: key, letter: letter))
            rest = rest.dropFirst()
        }
        // One in order is allowed, at the beginning: it takes the dict itself.
        if !keys.isEmpty, conversions.dropFirst().contains(where: { $0.key == nil }) {
            problem = "values by name and values in order do not mix"
        }
    }
}
