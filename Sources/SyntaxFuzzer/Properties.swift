import EnvdSyntax

/// A property of the syntax layer that an input breaks.
struct Violation: Error, CustomStringConvertible {
    var description: String
}

/// Checks everything that must hold for every input.
func checkProperties(of input: FuzzInput) throws(Violation) {
    var text = input.program
    var file = SourceFile(bytes: text)
    try checkTree(of: file, text: text)
    for (number, edit) in input.edits.enumerated() {
        let range = edit.range(inTextOf: text.count)
        let before = text
        text.replaceSubrange(range, with: edit.insertion)
        file = file.replacing(range, with: edit.insertion)
        let whole = SourceFile(bytes: text)
        guard file.hasSameContent(as: whole) else {
            throw Violation(
                description:
                    "edit \(number), \(range) replaced by \(shown(edit.insertion)): the tree is not that of a full"
                    + " parse; before it \(shown(before))")
        }
        try checkTree(of: file, text: text)
    }
    do { try checkPositions(in: file, count: text.count) } catch {
        throw Violation(description: "\(error) in \(shown(text))")
    }
}

private func checkTree(of file: SourceFile, text: [UInt8]) throws(Violation) {
    if let problem = file.validate(against: text) { throw Violation(description: "\(problem) in \(shown(text))") }
    for finding in file.diagnostics {
        guard finding.range.lowerBound >= 0, finding.range.upperBound <= text.count, !finding.message.isEmpty else {
            throw Violation(description: "finding \(finding.code) at \(finding.range) of \(text.count) bytes")
        }
    }
}

/// The bytes as a bytes literal of Starlark, every one of them to be seen.
private func shown(_ bytes: [UInt8]) -> String {
    var out = "b\""
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "\n"): out += "\\n"
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): out += "\\" + String(Character(Unicode.Scalar(byte)))
        case 0x20..<0x7F: out.append(Character(Unicode.Scalar(byte)))
        default:
            let digits = String(byte, radix: 16)
            out += (digits.count == 1 ? "\\x0" : "\\x") + digits
        }
    }
    return out + "\""
}

/// A place converted to a line and column and back is the same place, or the beginning of the character or line break
/// that it is inside of. A token covers every place.
private func checkPositions(in file: SourceFile, count: Int) throws(Violation) {
    for offset in stride(from: 0, through: count, by: max(1, (count + 4) / 5)) {
        for encoding in PositionEncoding.allCases {
            let position = file.position(at: offset, encoding: encoding)
            let back = file.offset(of: position, encoding: encoding)
            guard back <= offset, offset - back < 4, file.position(at: back, encoding: encoding) == position else {
                throw Violation(
                    description: "offset \(offset) is \(position) in \(encoding), and that is offset \(back)")
            }
        }
        guard file.token(at: offset) != nil else {
            throw Violation(description: "no token covers offset \(offset)")
        }
    }
}
