import EnvdMarkdown

/// One example of a specification: sources and what is expected of them.
package struct SpecCase: Sendable {
    /// The headings above it, such as "Recovery / An unclosed bracket", with a number if there are several.
    package let title: String
    /// Where its first block begins in the document. The first line is 1.
    package let line: Int
    package let blocks: [CodeBlock]

    /// The code that the example is about; most have one.
    package var sources: [CodeBlock] { blocks.filter(\.isSource) }
    package var expectations: [CodeBlock] { blocks.filter { !$0.isSource } }
    /// The first source. A case always has one.
    package var source: CodeBlock { blocks[0] }

    /// A case begins at a source block that follows a heading or an expectation, and ends where the next one begins.
    /// Blocks without an info string belong to the prose, as do all before the first source under a heading.
    static func cases(in document: MarkdownDocument) -> [SpecCase] {
        var cases: [SpecCase] = []
        var headings: [(level: Int, text: String)] = []
        var blocks: [CodeBlock] = []
        var countUnderHeading = 0

        func finish() {
            guard let first = blocks.first else { return }
            countUnderHeading += 1
            let heading = headings.map(\.text).joined(separator: " / ")
            let title = countUnderHeading == 1 ? heading : "\(heading) (\(countUnderHeading))"
            cases.append(SpecCase(title: title, line: first.line, blocks: blocks))
            blocks = []
        }

        for block in document.blocks {
            switch block.content {
            case .heading(let level, let text):
                finish()
                headings.removeAll { $0.level >= level }
                headings.append((level, text))
                countUnderHeading = 0
            case .code(let info, let text) where !info.isEmpty:
                let code = CodeBlock(info: info, text: text, lines: block.lines)
                if code.isSource, blocks.last?.isSource == false { finish() }
                if code.isSource || !blocks.isEmpty { blocks.append(code) }
            default:
                break
            }
        }
        finish()
        return cases
    }
}

/// A fenced code block of a specification.
///
/// Words after the kind change how its text is read: `escaped` resolves `\r`, `\n`, `\t`, `\0`, `\xHH` and `\\`, for bytes that
/// Markdown or an editor would not keep; `unterminated` takes the last newline away.
package struct CodeBlock: Sendable, Equatable {
    /// The whole info string, such as "envd escaped".
    package let info: String
    /// Its lines, each ended by a newline.
    package let text: String
    /// The lines of the document that it takes, fences included.
    package let lines: ClosedRange<Int>

    /// Where it begins in the document. The first line is 1.
    package var line: Int { lines.lowerBound }
    /// The first word of the info string.
    package var kind: String { words.first ?? "" }
    /// All words of the info string.
    package var words: [String] { info.split(separator: " ").map(String.init) }

    var isSource: Bool { kind == "envd" || kind == "starlark" }

    /// The text as the bytes that it stands for.
    package var bytes: [UInt8] {
        var bytes = Array(text.utf8)
        if words.contains("unterminated"), bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return words.contains("escaped") ? resolvingEscapes(bytes) : bytes
    }

    /// A fence that is longer than every run of its character at the beginning of a line of `content`.
    func fence(enclosing content: String) -> String {
        let lines: [Substring] = content.split(separator: "\n")
        let longest = lines.map { $0.drop { $0 == " " }.prefix { $0 == "`" }.count }.max() ?? 0
        return String(repeating: "`", count: max(3, longest + 1))
    }
}

private func resolvingEscapes(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
        guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
            result.append(bytes[index])
            index += 1
            continue
        }
        let escape = bytes[index + 1]
        index += 2
        switch escape {
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "0"): result.append(0x00)
        case UInt8(ascii: "\\"): result.append(escape)
        case UInt8(ascii: "x"):
            let digits = String(decoding: bytes[index...].prefix(2), as: UTF8.self)
            if let value = UInt8(digits, radix: 16), digits.utf8.count == 2 {
                result.append(value)
                index += 2
            } else {
                result += [UInt8(ascii: "\\"), escape]
            }
        default: result += [UInt8(ascii: "\\"), escape]
        }
    }
    return result
}
