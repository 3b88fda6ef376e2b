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
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: ":")) || bytes.contains(UInt8(ascii: "-")) else { return }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix(2000).map(
            Line.init)
        readSphinx(lines)
        readNumPy(lines)
        readGoogle(lines)
    }

    /// A line in bytes: most say nothing of types, and to see that as characters was a quarter of what checking a file took.
    private struct Line {
        let bytes: ArraySlice<UInt8>
        let indentation: Int
        /// Without blanks around it.
        let content: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
            var (start, end) = (bytes.startIndex, bytes.endIndex)
            while start < end, isBlank(bytes[start]) { start += 1 }
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            content = bytes[start..<end]
            indentation = bytes.prefix { $0 == 0x20 }.count
        }

        var trimmed: String { String(decoding: content, as: UTF8.self) }
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var isUnderline: Bool { content.count >= 3 && content.allSatisfy { $0 == UInt8(ascii: "-") } }
    }

    func isOptional(_ name: String) -> Bool { optional.contains(name) }

    private mutating func add(_ name: String, _ type: String, _ description: String) {
        let name = String(name.drop { $0 == "*" })
        var parts = type.split(separator: ",").map { $0.trimmed }
        if parts.contains("optional") { optional.insert(name) }
        parts.removeAll { $0 == "optional" || $0.hasPrefix("default") }
        let type = parts.joined(separator: ", ")
        if !type.isEmpty, types[name] == nil { types[name] = type.asAnnotation }
        if !description.isEmpty, descriptions[name] == nil { descriptions[name] = description }
    }

    // MARK: - Styles

    /// `:param str name: what`, `:type name: str`, `:rtype: str`.
    private mutating func readSphinx(_ lines: [Line]) {
        for line in lines where line.content.first == UInt8(ascii: ":") {
            let line = line.trimmed
            guard let end = line.dropFirst().firstIndex(of: ":") else { continue }
            let field = line[line.index(after: line.startIndex)..<end].split(separator: " ").map(String.init)
            let text = line[line.index(after: end)...].trimmed
            switch field.first {
            case "param", "parameter", "arg", "argument":
                if let name = field.last, field.count > 1 {
                    add(name, field.dropFirst().dropLast().joined(separator: " "), text)
                }
            case "type": if field.count == 2 { add(field[1], text, "") }
            case "rtype": result = result ?? text.asAnnotation
            default: continue
            }
        }
    }

    /// A section "Args:" with lines "name (str): what"; "Returns:" with a line "str: what".
    private mutating func readGoogle(_ lines: [Line]) {
        var section = Section.none
        var base = 0
        for line in lines where section != .none || line.content.last == UInt8(ascii: ":") {
            let content = line.trimmed
            let indentation = line.indentation
            switch content {
            case "Args:", "Arguments:", "Parameters:", "Keyword Args:", "Keyword Arguments:":
                (section, base) = (.parameters, indentation)
                continue
            case "Returns:", "Return:":
                (section, base) = (.result, indentation)
                continue
            default: break
            }
            if content.isEmpty { continue }
            if indentation <= base { section = .none }
            guard section != .none, let colon = content.firstIndex(of: ":") else { continue }
            let head = content[..<colon]
            let text = content[content.index(after: colon)...].trimmed
            if section == .result {
                if result == nil, head.isTypeLike { result = head.trimmed.asAnnotation }
                section = .none
            } else if let open = head.firstIndex(of: "("), head.hasSuffix(")") {
                let type = head[head.index(after: open)...].dropLast()
                add(head[..<open].trimmed, String(type), text)
            } else if !head.contains(" ") {
                add(String(head), "", text)
            }
        }
    }

    /// A heading "Parameters" underlined with hyphens, and lines "name : str" with what is said of it below.
    private mutating func readNumPy(_ lines: [Line]) {
        var section = Section.none
        for (index, line) in lines.enumerated() {
            if index + 1 < lines.count, lines[index + 1].isUnderline {
                switch line.trimmed {
                case "Parameters", "Other Parameters": section = .parameters
                case "Returns": section = .result
                default: section = .none
                }
                continue
            }
            guard section != .none, line.indentation == 0, !line.bytes.isEmpty,
                !line.bytes.allSatisfy({ $0 == UInt8(ascii: "-") })
            else { continue }
            let description = index + 1 < lines.count ? lines[index + 1].trimmed : ""
            let line = line.text
            guard let colon = line.firstIndex(of: ":") else {
                if section == .result, result == nil, line[...].isTypeLike { result = line.trimmed.asAnnotation }
                continue
            }
            let type = line[line.index(after: colon)...].trimmed
            if section == .result {
                result = result ?? type.asAnnotation
            } else {
                for name in line[..<colon].split(separator: ",") { add(name.trimmed, type, description) }
            }
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let bytes = self.utf8
        guard let first = bytes.firstIndex(where: { !isBlank($0) }) else { return "" }
        var (place, end) = (first, first)
        while place < bytes.endIndex {
            let isEnd = isBlank(bytes[place])
            bytes.formIndex(after: &place)
            if !isEnd { end = place }
        }
        return String(self[first..<end])
    }

    /// Whether it may be a type rather than a sentence.
    fileprivate var isTypeLike: Bool {
        let text = trimmed
        return !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "_[], |.\"'".contains($0) }
            && (!text.contains(" ") || text.contains("[") || text.contains("|") || text.contains(" or "))
    }

    /// The words of people as an annotation: "list of str" is `list[str]`, "str or None" is `str | None`.
    fileprivate var asAnnotation: String {
        // Most are one word.
        guard utf8.contains(0x20) else { return String(self) }
        let alternatives = String(self).components(separatedBy: " or ").map { part -> String in
            let words = part.split(separator: " ").map(String.init)
            if words.count == 3, words[1] == "of" {
                let element = words[2].hasSuffix("s") && words[2] != "str" ? String(words[2].dropLast()) : words[2]
                return "\(words[0])[\(element)]"
            }
            return part
        }
        return alternatives.joined(separator: " | ")
    }

    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = String(self)
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = String(rest[range.upperBound...])
        }
        return parts + [rest]
    }
}

extension Docstring {
    /// What a docstring says of each parameter, in the prelude's style or one of the above.
    package static func descriptions(in text: String) -> [String: String] { DocstringTypes(text).descriptions }
}
