import LanguageServerProtocol
import Testing

@Suite struct FrameReaderTests {
    /// What a reader makes of a text that arrives in pieces of `size` bytes.
    private func events(
        _ text: String, pieces size: Int = .max, limits: FrameReader.Limits = .init()
    ) -> [FrameReader.Event] {
        var reader = FrameReader(limits: limits)
        var events: [FrameReader.Event] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            reader.append(rest.prefix(size))
            rest = rest.dropFirst(size)
            while let event = reader.next() { events.append(event) }
        }
        if let error = reader.truncation { events.append(.malformed(error)) }
        return events
    }

    private func message(_ text: String) -> FrameReader.Event { .message(Array(text.utf8)) }

    @Test(arguments: [1, 2, 3, 7, .max]) func messagesMayArriveInAnyPieces(size: Int) {
        let text = "Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\nnullContent-Length: 3\r\n\r\n\"é"
        #expect(events(text, pieces: size) == [message("{}"), message("null"), message("\"é")])
    }

    @Test(arguments: [
        "content-length:2\r\n\r\n{}",
        "CONTENT-LENGTH: \t2 \r\n\r\n{}",
        "Content-Length: 2\n\n{}",
        "\r\n\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\nX-Odd:\r\n\r\n{}",
        "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    ])
    func harmlessDeviationsAreAccepted(text: String) {
        #expect(events(text) == [message("{}")])
    }

    @Test(arguments: [
        ("Content-Length: two\r\n\r\n", FrameError.invalidContentLength),
        ("Content-Length: -2\r\n\r\n", .invalidContentLength),
        ("Content-Length: +2\r\n\r\n", .invalidContentLength),
        ("Content-Length: 2 2\r\n\r\n", .invalidContentLength),
        ("Content-Length:\r\n\r\n", .invalidContentLength),
        ("Content-Length: 99999999999999999999\r\n\r\n", .invalidContentLength),
        ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}", .invalidContentLength),
        ("Content-Length: 9223372036854775807\r\n\r\n{}", .messageTooLong(.max)),
        ("Content-Type: text\r\n\r\n{}", .missingContentLength),
        ("no header at all\r\n", .malformedHeader),
        (": 5\r\n", .malformedHeader),
        ("{\"id\": 1}", .malformedHeader),
        ("{\"id\": 1}\r\n\r\n", .malformedHeader),
    ])
    func malformedFrameIsReportedOnceAndTheNextIsRead(text: String, error: FrameError) {
        for size in [1, 5, .max] {
            #expect(
                events(text + "Content-Length: 4\r\n\r\nnull", pieces: size) == [.malformed(error), message("null")])
        }
    }

    @Test func bodyLongerThanItsLengthCostsThatMessageOnly() {
        // A client that counts characters instead of bytes.
        let text = "Content-Length: 5\r\n\r\n\"äöü\"Content-Length: 2\r\n\r\n{}"
        #expect(
            events(text) == [.message(Array("\"äöü\"".utf8.prefix(5))), .malformed(.malformedHeader), message("{}")])
    }

    @Test func limitsHold() {
        var limits = FrameReader.Limits()
        limits.header = 100
        limits.body = 10
        let good = "Content-Length: 2\r\n\r\n{}"
        let longLine = String(repeating: "x", count: 200)
        let manyLines = String(repeating: "X: y\r\n", count: 50)
        for size in [1, 64, .max] {
            #expect(
                events(longLine + good, pieces: size, limits: limits) == [.malformed(.headerTooLong), message("{}")])
            #expect(
                events(manyLines + good, pieces: size, limits: limits) == [.malformed(.headerTooLong), message("{}")])
            #expect(
                events("Content-Length: 11\r\n\r\n[1, 2, 3, ]" + good, pieces: size, limits: limits)
                    == [.malformed(.messageTooLong(11)), message("{}")])
        }
    }

    @Test func endWithinAFrameIsTruncation() {
        #expect(events("") == [])
        #expect(events("\r\n") == [])
        #expect(events("Content-Len") == [.malformed(.truncated)])
        #expect(events("Content-Length: 3\r\n") == [.malformed(.truncated)])
        #expect(events("Content-Length: 3\r\n\r\n{}") == [.malformed(.truncated)])
        #expect(events("Content-Length: 2\r\n\r\n{}") == [message("{}")])
    }

    @Test func manySmallMessagesInManyPieces() {
        let text = (0..<5_000).map { "Content-Length: \(String($0).utf8.count)\r\n\r\n\($0)" }.joined()
        #expect(events(text, pieces: 1_000) == (0..<5_000).map { message(String($0)) })
    }
}
