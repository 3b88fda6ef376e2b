/// The types that a docstring gives to parameters and the result, in the styles of Google, NumPy and Sphinx.
struct DocstringTypes {
    private(set) var types: [String: String] = [:]
    private(set) var descriptions: [String: String] = [:]
    private(set) var result: String?
    private var optional: Set<String> = []

    private enum Section {
        case none, parameters, result
    }

    init(_ text: String) {
        descriptions = Docstring.parameters(in: text)
        var text = text
        text.withUTF8 { read($0) }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.contains(UInt8(ascii: ":")) || bytes.contains(UInt8(ascii: "-")) else { return }
        var lines: [Line] = []
        Docstring.forEachLine(of: bytes) { range, indentation in
            if lines.count < DocstringTypes.maximumLines { lines.append(Line(bytes[range], indentation)) }
        }
        readSphinx(lines)
        readNumPy(lines)
        readGoogle(lines)
    }

    private static let maximumLines = 2000

    /// Works on bytes, as all here does: most lines say nothing of types, and to see that as characters was a quarter of what checking
    /// a file took.
    private typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    private struct Line {
        let bytes: Text
        let indentation: Int
        /// Without blanks around it.
        let content: Text

        init(_ bytes: Text, _ indentation: Int) {
            self.bytes = bytes
            self.indentation = indentation
            content = bytes.trimmed
        }

        var isUnderline: Bool { content.count >= 3 && content.allSatisfy { $0 == UInt8(ascii: "-") } }
    }

    func isOptional(_ name: String) -> Bool { optional.contains(name) }

    private mutating func add(_ name: Text, _ type: Text, _ description: Text) {
        let name = name.drop { $0 == UInt8(ascii: "*") }.string
        if !description.isEmpty, descriptions[name] == nil { descriptions[name] = description.string }
        // Most are one type and nothing else.
        let word = type.trimmed
        if word.allSatisfy({ $0 != UInt8(ascii: ",") }), !word.equals("optional"), !word.starts(with: "default".utf8) {
            if !word.isEmpty, types[name] == nil { types[name] = DocstringTypes.annotation(word.string) }
            return
        }
        var parts = type.split(separator: UInt8(ascii: ",")).map(\.trimmed)
        if parts.contains(where: { $0.equals("optional") }) { optional.insert(name) }
        parts.removeAll { $0.equals("optional") || $0.starts(with: "default".utf8) }
        let type = parts.map(\.string).joined(separator: ", ")
        if !type.isEmpty, types[name] == nil { types[name] = DocstringTypes.annotation(type) }
    }

    // MARK: - Styles

    /// `:param str name: what`, `:type name: str`, `:rtype: str`.
    private mutating func readSphinx(_ lines: [Line]) {
        for line in lines where line.content.first == UInt8(ascii: ":") {
            let content = line.content.dropFirst()
            guard let end = content.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let field = content[..<end].split(separator: UInt8(ascii: " "))
            let text = content[(end + 1)...].trimmed
            guard let kind = field.first, let name = field.last else { continue }
            if ["param", "parameter", "arg", "argument"].contains(where: { kind.equals($0) }) {
                if field.count == 1 { continue }
                let types = field.dropFirst().dropLast()
                let start = types.first?.startIndex ?? name.startIndex
                add(name, content[start..<(types.last?.endIndex ?? start)], text)
            } else if kind.equals("type") {
                if field.count == 2 { add(name, text, text.prefix(0)) }
            } else if kind.equals("rtype") {
                result = result ?? DocstringTypes.annotation(text.string)
            }
        }
    }

    private static let parameterHeadings: [StaticString] = [
        "Args:", "Arguments:", "Parameters:", "Keyword Args:", "Keyword Arguments:",
    ]

    /// A section "Args:" with lines "name (str): what"; "Returns:" with a line "str: what".
    private mutating func readGoogle(_ lines: [Line]) {
        var section = Section.none
        var base = 0
        for line in lines where section != .none || line.content.last == UInt8(ascii: ":") {
            let (content, indentation) = (line.content, line.indentation)
            if content.last == UInt8(ascii: ":") {
                if DocstringTypes.parameterHeadings.contains(where: { content.equals($0) }) {
                    (section, base) = (.parameters, indentation)
                    continue
                }
                if content.equals("Returns:") || content.equals("Return:") {
                    (section, base) = (.result, indentation)
                    continue
                }
            }
            if content.isEmpty { continue }
            if indentation <= base { section = .none }
            guard section != .none, let colon = content.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let head = content[..<colon]
            let text = content[(colon + 1)...].trimmed
            if section == .result {
                if result == nil, head.isTypeLike { result = DocstringTypes.annotation(head.trimmed.string) }
                section = .none
            } else if let open = head.firstIndex(of: UInt8(ascii: "(")), head.last == UInt8(ascii: ")") {
                add(head[..<open].trimmed, head[(open + 1)...].dropLast(), text)
            } else if !head.contains(UInt8(ascii: " ")) {
                add(head, head.prefix(0), text)
            }
        }
    }

    /// A heading "Parameters" underlined with hyphens, and lines "name : str" with what is said of it below.
    private mutating func readNumPy(_ lines: [Line]) {
        var section = Section.none
        for (index, line) in lines.enumerated() {
            if index + 1 < lines.count, lines[index + 1].isUnderline {
                let heading = line.content
                section =
                    heading.equals("Parameters") || heading.equals("Other Parameters")
                    ? .parameters : heading.equals("Returns") ? .result : .none
                continue
            }
            guard section != .none, line.indentation == 0, !line.bytes.isEmpty,
                !line.bytes.allSatisfy({ $0 == UInt8(ascii: "-") })
            else { continue }
            let description = index + 1 < lines.count ? lines[index + 1].content : line.content.prefix(0)
            guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")) else {
                if section == .result, result == nil, line.bytes.isTypeLike {
                    result = DocstringTypes.annotation(line.content.string)
                }
                continue
            }
            let type = line.bytes[(colon + 1)...].trimmed
            if section == .result {
                result = result ?? DocstringTypes.annotation(type.string)
            } else {
                for name in line.bytes[..<colon].split(separator: UInt8(ascii: ",")) {
                    add(name.trimmed, type, description)
                }
            }
        }
    }

    /// The words of people as an annotation: "list of str" is `list[str]`, "str or None" is `str | None`.
    private static func annotation(_ text: String) -> String {
        // Most are one word.
        guard text.utf8.contains(UInt8(ascii: " ")) else { return text }
        let alternatives = components(of: text, separatedBy: " or ").map { part -> String in
            let words = part.split(separator: " ").map(String.init)
            if words.count == 3, words[1] == "of" {
                let element = words[2].hasSuffix("s") && words[2] != "str" ? String(words[2].dropLast()) : words[2]
                return "\(words[0])[\(element)]"
            }
            return part
        }
        return alternatives.joined(separator: " | ")
    }

    private static func components(of text: String, separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = text
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = String(rest[range.upperBound...])
        }
        return parts + [rest]
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate var string: String { String(decoding: self, as: UTF8.self) }

    fileprivate func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount
            && elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    fileprivate var trimmed: Self {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var (start, end) = (startIndex, endIndex)
        while start < end, isBlank(self[start]) { start += 1 }
        while end > start, isBlank(self[end - 1]) { end -= 1 }
        return self[start..<end]
    }

    /// Whether it may be a type rather than a sentence.
    fileprivate var isTypeLike: Bool {
        let text = trimmed
        if text.isEmpty { return false }
        let isOfParts =
            text.allSatisfy { $0 < 0x80 }
            ? text.allSatisfy { $0.isShellNamePart || "[], |.\"'".utf8.contains($0) }
            : text.string.allSatisfy { $0.isLetter || $0.isNumber || "_[], |.\"'".contains($0) }
        guard isOfParts, text.contains(UInt8(ascii: " ")) else { return isOfParts }
        return text.contains(UInt8(ascii: "[")) || text.contains(UInt8(ascii: "|"))
            || text.string.contains(" or ")
    }
}

extension Docstring {
    /// What a docstring says of each parameter, in the prelude's style or one of the above.
    package static func descriptions(in text: String) -> [String: String] { DocstringTypes(text).descriptions }
}
