import EnvdSyntax
import Testing

@Suite struct LineIndexTests {
    /// Counts by walking over the whole text; what the tree answers from its chunks must be the same.
    private func expected(_ bytes: [UInt8], at offset: Int, _ encoding: PositionEncoding) -> SourcePosition {
        var line = 0
        var start = 0
        var at = 0
        while at < offset {
            if bytes[at] == 0x0A || (bytes[at] == 0x0D && !(at + 1 < bytes.count && bytes[at + 1] == 0x0A)) {
                line += 1
                start = at + 1
            }
            at += 1
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        let column =
            switch encoding {
            case .utf8: text.utf8.count
            case .utf16: text.utf16.count
            case .utf32: text.unicodeScalars.count
            }
        return SourcePosition(line: line, column: column)
    }

    @Test(arguments: PositionEncoding.allCases)
    func positionsOfEveryScalar(_ encoding: PositionEncoding) {
        let text = "x = \"größe 😀\"\r\n# 日本\n\ndef f():\n    return '''a\n😀b\r\nc'''\rend()"
        let bytes = Array(text.utf8)
        let file = SourceFile(text)
        var offset = 0
        for scalar in text.unicodeScalars {
            // Between CR and LF there is no position of its own.
            if !(scalar == "\n" && offset > 0 && bytes[offset - 1] == 0x0D) {
                let position = file.position(at: offset, encoding: encoding)
                #expect(position == expected(bytes, at: offset, encoding), "offset \(offset)")
                #expect(file.offset(of: position, encoding: encoding) == offset)
                #expect(PositionTable(file, encoding: encoding).position(at: offset) == position)
            }
            offset += String(scalar).utf8.count
        }
        #expect(file.position(at: bytes.count, encoding: encoding) == expected(bytes, at: bytes.count, encoding))
    }

    @Test func positionsBeyondTheTextAreClamped() {
        let file = SourceFile("ab\ncd\r\n")
        #expect(file.offset(of: SourcePosition(line: 0, column: 99)) == 2)
        #expect(file.offset(of: SourcePosition(line: 1, column: 99)) == 5)
        #expect(file.offset(of: SourcePosition(line: 2, column: 0)) == 7)
        #expect(file.offset(of: SourcePosition(line: 9, column: 9)) == 7)
        #expect(file.offset(of: SourcePosition(line: -1, column: 3)) == 0)
        #expect(file.position(at: 99) == SourcePosition(line: 2, column: 0))
        // Between CR and LF: the end of the line.
        #expect(file.position(at: 6) == SourcePosition(line: 1, column: 2))
    }

    @Test func anOffsetInsideAScalarCountsAsItsBeginning() {
        let file = SourceFile("😀x")
        for inside in 1...3 { #expect(file.position(at: inside, encoding: .utf16).column == 0) }
        #expect(file.position(at: 4, encoding: .utf16).column == 2)
        #expect(file.offset(of: SourcePosition(line: 0, column: 1), encoding: .utf16) == 0)
    }
}
