import EnvdLanguage
import EnvdSyntax

/// The functions that a program calls without loading anything, as the prelude declares them.
package struct APIReference: Sendable {
    /// By the name that a program calls them by: `base`, `install.python`.
    package let functions: [String: APIFunction]

    /// The same, each at its ordinal.
    let ordered: [APIFunction]

    /// Version 1 of the API.
    package static let v1 = APIReference()

    private init() {
        var ordered: [APIFunction] = []
        for file in PreludeFile.all {
            let part = String(file.name.split(separator: "/").last?.dropLast(".envd".count) ?? "")
            let isModule = PreludeFile.modules.contains(part)
            guard isModule || part == "universe" else { continue }
            for statement in file.source.statements {
                guard let definition = DefStmt(statement), let name = definition.name?.text, !name.hasPrefix("_") else {
                    continue
                }
                let qualified = isModule ? "\(part).\(name)" : name
                ordered.append(APIFunction(qualified, ordinal: ordered.count, definition))
            }
        }
        self.ordered = ordered
        functions = Dictionary(ordered.map { ($0.name, $0) }) { _, last in last }
    }
}

/// A function of the API. An object, as its parameters are: every rule gets them with every call.
package final class APIFunction: Sendable {
    /// As a program calls it, such as `install.python`.
    package let name: String
    /// Its place among all functions.
    let ordinal: Int
    package let parameters: [APIParameter]

    fileprivate init(_ name: String, ordinal: Int, _ definition: DefStmt) {
        self.name = name
        self.ordinal = ordinal
        parameters = (definition.parameterList?.parameters.map { $0 } ?? []).compactMap { parameter in
            guard let name = parameter.name?.text else { return nil }
            // By convention two underscores begin a parameter that is given by position only.
            let shown = name.hasPrefix("__") ? String(name.dropFirst(2)) : name
            let type = parameter.typeAnnotation?.type?.node.text ?? ""
            let isList = type.hasPrefix("list[") && type.hasSuffix("]")
            return APIParameter(
                name: shown, isPositionalOnly: shown != name, isRequired: parameter.defaultValue == nil,
                type: type, elementType: isList ? String(type.dropFirst(5).dropLast()) : "")
        }
    }

    /// What the prelude says of a parameter.
    package func parameter(_ name: String) -> APIParameter? {
        parameters.first { $0.name == name }
    }
}

/// A parameter of a function of the API.
package final class APIParameter: Sendable {
    package let name: String
    package let isPositionalOnly: Bool
    package let isRequired: Bool
    /// Its annotation as it is written: `list[PipRequirement]`.
    package let type: String
    /// What a list of it holds: the `PipRequirement` above; empty if it takes no list.
    private let elementType: String
    /// Whether it takes scripts of the shell.
    let takesScripts: Bool

    /// Whether it takes values of a type, alone or in a list.
    func takes(_ type: String) -> Bool { self.type == type || elementType == type }

    fileprivate init(name: String, isPositionalOnly: Bool, isRequired: Bool, type: String, elementType: String) {
        self.name = name
        self.isPositionalOnly = isPositionalOnly
        self.isRequired = isRequired
        self.type = type
        self.elementType = elementType
        takesScripts = type.contains("ShellCommand")
    }
}

/// Reading docstrings of the prelude's own style.
package enum Docstring {
    /// The content of the docstring of a function, without common indentation; nil if it has none.
    package static func text(of definition: DefStmt) -> String? {
        guard let first = definition.suite?.statements.first(where: { _ in true }),
            let statement = ExprStmt(first.node), case .literal(let literal)? = statement.value,
            let token = literal.token, token.kind == .string, let bytes = StringLiteral.value(of: token)
        else { return nil }
        return bytes.withUnsafeBufferPointer(withoutIndentation)
    }

    /// What a list item such as "- `name`, `email`: who makes the commits." says, by parameter.
    static func parameters(in text: String) -> [String: String] {
        // Few docstrings of programs have such a list.
        guard text.utf8.contains(UInt8(ascii: "`")) else { return [:] }
        var text = text
        return text.withUTF8(parameters)
    }

    /// Works on bytes: with characters this was half of what the first check of a process took.
    private static func parameters(in text: UnsafeBufferPointer<UInt8>) -> [String: String] {
        var found: [String: String] = [:]
        var current: [String] = []
        forEachLine(of: text) { range, _ in
            let line = text[range]
            if line.starts(with: "- `".utf8), let colon = firstPlace(of: "`: ", in: line) {
                current = line[..<colon].split(separator: UInt8(ascii: "`")).filter(isName)
                    .map { String(decoding: $0, as: UTF8.self) }
                let meaning = String(decoding: line[(colon + 3)...], as: UTF8.self)
                for name in current { found[name] = meaning }
            } else if line.starts(with: "  ".utf8), !current.isEmpty {
                let more = String(decoding: line.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
                for name in current { found[name, default: ""] += " " + more }
            } else {
                current = []
            }
        }
        return found
    }

    /// Whether some bytes can be a parameter's name: letters and digits of any language, and underscores.
    private static func isName(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.allSatisfy(\.isShellNamePart) }
        return String(decoding: bytes, as: UTF8.self).allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    private static func firstPlace(of text: StaticString, in line: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        UnsafeBufferPointer(rebasing: line).firstPlace(of: text).map { line.startIndex + $0 }
    }

    /// Works on bytes: with characters this was most of what the type checker did with documented functions.
    private static func withoutIndentation(_ text: UnsafeBufferPointer<UInt8>) -> String {
        var common: Int?
        forEachLine(of: text) { line, indentation in
            if line.lowerBound > 0, indentation < line.count { common = min(common ?? indentation, indentation) }
        }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        forEachLine(of: text) { line, indentation in
            let isFirst = line.lowerBound == 0
            if !isFirst { result.append(UInt8(ascii: "\n")) }
            result +=
                text[(line.lowerBound + (isFirst ? indentation : min(common ?? 0, indentation)))..<line.upperBound]
        }
        func isBlank(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
        }
        let count = result.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
        return String(decoding: result.prefix(count).drop(while: isBlank), as: UTF8.self)
    }

    /// - Parameter body: gets the line without its end, and how many blanks it begins with.
    static func forEachLine(of text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>, Int) -> Void) {
        var start = 0
        while start <= text.count {
            var end = start
            while end < text.count, text[end] == UInt8(ascii: " ") { end += 1 }
            let indentation = end - start
            while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
            body(start..<end, indentation)
            start = end + 1
        }
    }
}
