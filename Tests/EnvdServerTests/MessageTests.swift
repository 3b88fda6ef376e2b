import LanguageServerProtocol
import Testing

@Suite struct MessageTests {
    private func message(_ text: String) throws(IncomingMessage.Malformed) -> IncomingMessage {
        try IncomingMessage(parsing: Array(text.utf8))
    }

    @Test func kindsAreToldApart() throws {
        #expect(
            try message(#"{"jsonrpc":"2.0","id":1,"method":"m"}"#)
                == .request(id: .integer(1), method: "m", params: nil))
        #expect(
            try message(#"{"jsonrpc":"2.0","id":"1","method":"m","params":null}"#)
                == .request(id: .string("1"), method: "m", params: nil))
        #expect(
            try message(#"{"jsonrpc":"2.0","method":"m","params":[1]}"#)
                == .notification(method: "m", params: try JSONDocument(parsing: Array("[1]".utf8)).root))
        #expect(try message(#"{"jsonrpc":"2.0","id":1,"result":null}"#) == .response(id: .integer(1)))
        #expect(
            try message(#"{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":""}}"#) == .response(id: nil))
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0""#, nil, ResponseError.Code.parseError),
        ("", nil, .parseError),
        ("[]", nil, .invalidRequest),
        (#"[{"jsonrpc":"2.0","id":1,"method":"m"}]"#, nil, .invalidRequest),
        ("5", nil, .invalidRequest),
        ("{}", nil, .invalidRequest),
        (#"{"id":1,"method":"m"}"#, RequestID.integer(1), .invalidRequest),
        (#"{"jsonrpc":"1.0","id":1,"method":"m"}"#, .integer(1), .invalidRequest),
        (#"{"jsonrpc":"2.0","id":7}"#, .integer(7), .invalidRequest),
        (#"{"jsonrpc":"2.0","id":"a","method":5}"#, .string("a"), .invalidRequest),
        (#"{"jsonrpc":"2.0","id":null,"method":"m"}"#, nil, .invalidRequest),
        (#"{"jsonrpc":"2.0","id":{},"method":"m"}"#, nil, .invalidRequest),
        (#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#, nil, .invalidRequest),
    ])
    func malformedMessagesNameTheirID(text: String, id: RequestID?, code: ResponseError.Code) throws {
        let error = try #require(throws: IncomingMessage.Malformed.self) { try message(text) }
        #expect(error.id == id)
        #expect(error.error.code == code)
    }
}
