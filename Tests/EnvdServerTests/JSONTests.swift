import LanguageServerProtocol
import Testing

@Suite struct JSONTests {
    private func parse(_ text: String) throws(JSONParseError) -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }

    private func view(_ text: String) throws(JSONParseError) -> JSONView {
        try JSONDocument(parsing: Array(text.utf8)).root
    }

    private func print(_ value: some JSONWritable) -> String {
        String(decoding: jsonText(of: value), as: UTF8.self)
    }

    // MARK: - Parsing and printing

    @Test(arguments: [
        "null", "true", "false", "0", "-1", "9007199254740993", "-9223372036854775808", "1.5", "1e+300",
        #""""#, #""plain""#, #""\"\\\n\r\t\u0000\u001f""#, #""é漢😀""#,
        "[]", "{}", "[[],{}]", #"{"a":[1,{"b":null}],"c":"d","":[]}"#,
    ])
    func printsWhatItRead(text: String) throws {
        #expect(print(try parse(text)) == text)
    }

    @Test func membersKeepTheirOrderAndTheLastOfTwoCounts() throws {
        let members = (0..<40).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
        #expect(print(try parse("{\(members)}")) == "{\(members)}")
        #expect(try parse(#"{"a":1,"b":2,"a":3}"#).object?["a"] == .integer(3))
        #expect(try parse("{\(members),\"k7\":0}").object?["k7"] == .integer(0))
    }

    @Test func membersAreFoundInPlace() throws {
        let view = try view(#"{"a":[1,{"b":2}],"\u0062":true,"a":{"c":[]},"":"é","d":null,"e":-0,"f":2.0,"g":1e2}"#)
        #expect(view["a"]?["c"]?.elements == [])
        #expect(view["a"]?["b"] == nil)
        #expect(view["b"]?.bool == true)
        #expect(view[""]?.string == "é")
        #expect(view["d"]?.isNull == true)
        #expect(view["c"] == nil && view["aa"] == nil)
        #expect(view["e"]?.int == 0 && view["f"]?.int == 2 && view["g"]?.int == 100 && view["g"]?.double == 100)
        #expect(view["b"]?["a"] == nil && view["b"]?.string == nil && view["b"]?.elements == nil)
        #expect(JSONView.emptyObject == (try self.view("{}")))
    }

    @Test func escapesAreRead() throws {
        #expect(try parse(#""\u00e9\u6F22\ud83d\ude00\/\b\f""#) == .string("é漢😀/\u{8}\u{C}"))
    }

    /// Each is one UTF-16 unit before and after, so columns stay right.
    @Test(arguments: [
        #""a\ud83d""#, #""a\ude00""#, #""a\ud83dx""#, #""a\ud83d\n""#, #""a\ud83d\u0041""#, #""a\ud83d\ud83d\ude00""#,
    ])
    func loneSurrogateBecomesTheReplacementCharacter(text: String) throws {
        let value = try #require(try parse(text).string)
        #expect(value.hasPrefix("a\u{FFFD}"))
    }

    @Test(arguments: [
        "", " ", "nul", "truex", "[1,]", "[1 2]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", "01", "-", "1.",
        ".5", "1e", "+1", "1e999", #"""#, #""\x""#, #""\u12g4""#, #""\u12"#, "\"\n\"", "[", "{", "[]]", "NaN", "'a'",
    ])
    func malformedTextIsRefused(text: String) {
        #expect(throws: JSONParseError.self) { try parse(text) }
    }

    @Test func invalidUTF8IsRefused() {
        #expect(throws: JSONParseError.self) {
            try JSONValue(parsing: [UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")])
        }
    }

    @Test func nestingIsBounded() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try parse(nested(JSONValue.maximumDepth))
        #expect(throws: JSONParseError.self) { try parse(nested(JSONValue.maximumDepth + 1)) }
        #expect(throws: JSONParseError.self) { try parse(String(repeating: "{\"a\":", count: 100_000)) }
    }

    // MARK: - Types

    @Test func wrongValuesAreNamedByTheirPath() throws {
        func failure(_ text: String) throws -> String? {
            do {
                _ = try view(text).decode(DidChangeTextDocument.Params.self)
                return nil
            } catch let error as JSONDecodingError {
                return error.message
            }
        }
        #expect(try failure("[]") == "expected an object, found an array")
        #expect(try failure("{}") == "textDocument: is missing")
        #expect(
            try failure(#"{"textDocument":{"uri":1,"version":1},"contentChanges":[]}"#)
                == "textDocument.uri: expected a string, found a number")
        #expect(
            try failure(#"{"textDocument":{"uri":"u","version":3000000000},"contentChanges":[]}"#)
                == "textDocument.version: the number 3000000000 is out of range")
        #expect(
            try failure(#"{"textDocument":{"uri":"u","version":1},"contentChanges":[{"text":"a"},{}]}"#)
                == "contentChanges[1].text: is missing")
        #expect(
            try failure(
                #"""
                {"textDocument":{"uri":"u","version":1.0},"contentChanges":[{"text":"","range":
                 {"start":{"line":0,"character":0},"end":{"line":0,"character":-1}}}]}
                """#) == "contentChanges[0].range.end.character: the number -1 is out of range")
        #expect(
            try failure(#"{"textDocument":{"uri":"u","version":1},"contentChanges":[{"range":null,"text":"a"}]}"#)
                == nil)
    }

    @Test func absentMembersAreLeftOutAndNullResultsWritten() throws {
        let symbol = DocumentSymbol(
            name: "f", detail: nil, kind: .function,
            range: TextRange(start: Position(line: 0, character: 0), end: Position(line: 1, character: 2)),
            selectionRange: TextRange(start: Position(line: 0, character: 4), end: Position(line: 0, character: 5)),
            children: [])
        #expect(
            print([symbol]) == """
                [{"name":"f","kind":12,"range":{"start":{"line":0,"character":0},"end":{"line":1,"character":2}},\
                "selectionRange":{"start":{"line":0,"character":4},"end":{"line":0,"character":5}},"children":[]}]
                """)
        #expect(
            print(ResponseMessage(id: .string("a"), result: [TextEdit]?.none))
                == #"{"jsonrpc":"2.0","id":"a","result":null}"#)
        #expect(
            print(ErrorResponseMessage(id: nil, error: ResponseError(.parseError, "no")))
                == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}"#)
    }

    @Test func selectionRangesAreLinkedOutwards() throws {
        let ranges = (0..<3).map { index in
            TextRange(
                start: Position(line: 0, character: 2 - index), end: Position(line: 0, character: 3 + index))
        }
        #expect(
            print([SelectionRange(ranges: ranges), SelectionRange(ranges: [ranges[0]])]) == """
                [{"range":{"start":{"line":0,"character":2},"end":{"line":0,"character":3}},\
                "parent":{"range":{"start":{"line":0,"character":1},"end":{"line":0,"character":4}},\
                "parent":{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":5}}}}},\
                {"range":{"start":{"line":0,"character":2},"end":{"line":0,"character":3}}}]
                """)
    }
}
