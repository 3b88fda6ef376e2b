import LanguageServerProtocol
import Testing

@Suite struct LifecycleTests {
    private let initialize = #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}}"#
    private let initialized = #"{"jsonrpc":"2.0","method":"initialized","params":{}}"#
    private let shutdown = #"{"jsonrpc":"2.0","id":9,"method":"shutdown"}"#
    private let exit = #"{"jsonrpc":"2.0","method":"exit"}"#

    @Test func orderlyConversation() throws {
        let (messages, status) = try TestClient.converse([initialize, initialized, shutdown, exit])
        #expect(messages.map(\.["id"]) == [.integer(0), .integer(9)])
        #expect(messages[0]["result.serverInfo.version"] == .string("test"))
        #expect(messages[0]["result.capabilities.positionEncoding"] == .string("utf-16"))
        #expect(messages[1]["result"] == .null)
        #expect(status == 0)
    }

    @Test func exitStatusTellsWhetherShutdownCameFirst() throws {
        #expect(try TestClient.converse([exit]).status == 1)
        #expect(try TestClient.converse([initialize, exit]).status == 1)
        #expect(try TestClient.converse([initialize]).status == 1)
        #expect(try TestClient.converse([initialize, shutdown]).status == 0)
        #expect(try TestClient.converse([]).status == 1)
    }

    @Test func requestsOutsideOfTheConversationAreRefused() throws {
        let request = #"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}"#
        let (messages, _) = try TestClient.converse([
            request, shutdown, initialized, initialize, initialize, shutdown, request, shutdown, initialize, exit,
        ])
        #expect(
            messages.map(\.["error.code"]) == [
                .integer(-32002), .integer(-32002), nil, .integer(-32600), nil, .integer(-32600), .integer(-32600),
                .integer(-32600),
            ])
    }

    @Test func failedInitializeMayBeRepeated() throws {
        let (messages, status) = try TestClient.converse([
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":[]}}"#, initialize, shutdown, exit,
        ])
        #expect(messages.map(\.["error.code"]) == [.integer(-32602), nil, nil])
        #expect(status == 0)
    }

    @Test func unknownMessages() throws {
        let (messages, status) = try TestClient.converse([
            initialize, initialized,
            #"{"jsonrpc":"2.0","id":1,"method":"$/unknown"}"#,
            #"{"jsonrpc":"2.0","method":"$/unknown","params":{}}"#,
            #"{"jsonrpc":"2.0","id":2,"method":"textDocument/unknown","params":{}}"#,
            #"{"jsonrpc":"2.0","method":"textDocument/unknown","params":{}}"#,
            #"{"jsonrpc":"2.0","id":77,"result":{}}"#,
            shutdown, exit,
        ])
        #expect(messages.map(\.["id"]) == [.integer(0), .integer(1), .integer(2), .integer(9)])
        #expect(messages.map(\.["error.code"]) == [nil, .integer(-32601), .integer(-32601), nil])
        #expect(status == 0)
    }

    @Test func whatIsNoMessageIsAnsweredAndSurvived() throws {
        let client = try TestClient()
        client.send(raw: "garbage\r\n\r\n")
        client.send("{")
        client.send("[]")
        client.send(#"{"jsonrpc":"2.0","id":3}"#)
        client.send(initialize)
        client.send(shutdown)
        client.send(exit)
        let (messages, status) = try client.finish()
        #expect(
            messages.map(\.["error.code"]) == [
                .integer(-32700), .integer(-32700), .integer(-32600), .integer(-32600), nil, nil,
            ])
        #expect(messages.map(\.["id"]).prefix(4) == [.null, .null, .null, .integer(3)])
        #expect(status == 0)
    }

    @Test func inputThatEndsWithinAMessage() throws {
        let client = try TestClient()
        client.send(initialize)
        client.send(raw: "Content-Length: 100\r\n\r\n{")
        let (messages, status) = try client.finish()
        #expect(messages.map(\.["error.code"]) == [nil, .integer(-32700)])
        #expect(status == 1)
    }

    @Test(arguments: [
        ("[]", "utf-16"), (#"["utf-16"]"#, "utf-16"), (#"["utf-8","utf-16"]"#, "utf-8"),
        (#"["utf-32","utf-16"]"#, "utf-32"), (#"["utf-7","utf-32"]"#, "utf-32"), (#"["utf-7"]"#, "utf-16"),
    ])
    func positionEncodingIsTheFirstThatIsKnown(offered: String, agreed: String) throws {
        let (messages, _) = try TestClient.converse([
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":null,"capabilities":"#
                + #"{"general":{"positionEncodings":\#(offered)}}}}"#
        ])
        #expect(messages[0]["result.capabilities.positionEncoding"] == .string(agreed))
    }

    @Test func deadClientEndsTheServer() throws {
        // A process that is no more when the server looks again.
        let client = try TestClient()
        let child = try startSleepingProcess()
        client.send(
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"processId":\#(child),"capabilities":{}}}"#)
        #expect(try client.receive()?["id"] == .integer(0))
        endProcess(child)
        // The input stays open; the end of the output shows that the server has left.
        #expect(try client.receive() == nil)
        #expect(try client.finish().status == 1)
    }
}
