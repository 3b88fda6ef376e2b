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
        guard text.contains(":") || text.contains("---") else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(2000).map(String.init)
        readSphinx(lines)
        readNumPy(lines)
        readGoogle(lines)
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
    private mutating func readSphinx(_ lines: [String]) {
        for line in lines {
            let line = line.trimmed
            guard line.hasPrefix(":"), let end = line.dropFirst().firstIndex(of: ":") else { continue }
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
    private mutating func readGoogle(_ lines: [String]) {
        var section = Section.none
        var base = 0
        for line in lines {
            let content = line.trimmed
            let indentation = line.prefix { $0 == " " }.count
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
    private mutating func readNumPy(_ lines: [String]) {
        var section = Section.none
        for (index, line) in lines.enumerated() {
            let next = index + 1 < lines.count ? lines[index + 1].trimmed : ""
            if next.count >= 3, next.allSatisfy({ $0 == "-" }) {
                switch line.trimmed {
                case "Parameters", "Other Parameters": section = .parameters
                case "Returns": section = .result
                default: section = .none
                }
                continue
            }
            guard section != .none, !line.hasPrefix(" "), !line.isEmpty, !line.allSatisfy({ $0 == "-" }) else {
                continue
            }
            let description = next
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
        String(
            drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }
                .reversed())
    }

    /// Whether it may be a type rather than a sentence.
    fileprivate var isTypeLike: Bool {
        let text = trimmed
        return !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "_[], |.\"'".contains($0) }
            && (!text.contains(" ") || text.contains("[") || text.contains("|") || text.contains(" or "))
    }

    /// The words of people as an annotation: "list of str" is `list[str]`, "str or None" is `str | None`.
    fileprivate var asAnnotation: String {
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
