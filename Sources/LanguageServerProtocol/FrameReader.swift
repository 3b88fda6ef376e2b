/// Cuts the bytes that come from a client into message bodies (the protocol's "base protocol": header lines, a blank
/// line, `Content-Length` bytes).
///
/// It forgives what is harmless (lines ended by a bare line feed, any case and order of headers, blank lines before
/// them, headers it does not know) and reports everything else as one `malformed` event, after which it goes on at the
/// next thing that looks like a `Content-Length` header. It keeps no more than one message and one header in memory.
package struct FrameReader: Sendable {
    package enum Event: Sendable, Equatable {
        case message([UInt8])
        case malformed(FrameError)
    }

    /// What a frame may measure, in bytes.
    package struct Limits: Sendable {
        package var header = 16 * 1024
        /// Room for a document of 50 MB, every byte of it escaped.
        package var body = 320 * 1024 * 1024

        package init() {}
    }

    private enum State {
        case header(contentLength: Int?, isEmpty: Bool)
        case body(length: Int)
        /// After a malformed frame: everything up to the next `Content-Length:` is dropped.
        case resynchronizing
    }

    private let limits: Limits
    private var state = State.header(contentLength: nil, isEmpty: true)
    private var buffer: [UInt8] = []
    /// Where the part of the buffer begins that is still to be read.
    private var start = 0
    /// How far a line end has been looked for, so that a slow sender costs no second look.
    private var searched = 0
    /// Bytes of the header block that have been taken out of the buffer. Meaningful in the header state only.
    private var headerLength = 0

    package init(limits: Limits = Limits()) { self.limits = limits }

    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        if start > 0, start == buffer.count || start > 64 * 1024 && start > buffer.count / 2 {
            buffer.removeFirst(start)
            searched = max(0, searched - start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next event that the bytes so far give, or nil if more are needed.
    package mutating func next() -> Event? {
        while true {
            switch state {
            case .header(let contentLength, let isEmpty):
                guard let line = nextLine() else {
                    let length = headerLength + buffer.count - start
                    return length > limits.header ? malformed(.headerTooLong, at: start) : nil
                }
                if let event = read(line: line, contentLength: contentLength, isEmpty: isEmpty) { return event }
            case .body(let length):
                guard buffer.count - start >= length else { return nil }
                let body = Array(buffer[start..<start + length])
                beginHeader(at: start + length)
                return .message(body)
            case .resynchronizing:
                guard let found = Self.findContentLength(in: buffer, from: start) else {
                    // The name may be cut by the end of what has come.
                    start = max(start, buffer.count - Self.contentLengthName.count)
                    return nil
                }
                beginHeader(at: found)
            }
        }
    }

    /// What is wrong if the input ends here; nil between two messages.
    package var truncation: FrameError? {
        switch state {
        case .header(_, let isEmpty): isEmpty && start == buffer.count ? nil : .truncated
        case .body: .truncated
        case .resynchronizing: nil
        }
    }

    // MARK: - Header

    /// The bytes of the next line without its end. The line is taken out of the buffer.
    private mutating func nextLine() -> Swift.Range<Int>? {
        searched = max(searched, start)
        guard let lineFeed = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = buffer.count
            return nil
        }
        var end = lineFeed
        if end > start, buffer[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        defer { start = lineFeed + 1 }
        return start..<end
    }

    private mutating func read(line: Swift.Range<Int>, contentLength: Int?, isEmpty: Bool) -> Event? {
        headerLength += start - line.lowerBound
        guard headerLength <= limits.header else { return malformed(.headerTooLong, at: line.lowerBound) }
        if line.isEmpty {
            if isEmpty {
                beginHeader(at: start)
                return nil
            }
            guard let contentLength else { return malformed(.missingContentLength, at: start) }
            guard contentLength <= limits.body else { return malformed(.messageTooLong(contentLength), at: start) }
            state = .body(length: contentLength)
            return nil
        }
        guard let colon = buffer[line].firstIndex(of: UInt8(ascii: ":")), colon > line.lowerBound,
            buffer[line.lowerBound..<colon].allSatisfy(Self.isNameByte)
        else { return malformed(.malformedHeader, at: line.lowerBound) }

        guard Self.isContentLength(buffer[line.lowerBound..<colon]) else {
            state = .header(contentLength: contentLength, isEmpty: false)
            return nil
        }
        let value = buffer[colon + 1..<line.upperBound].split(whereSeparator: Self.isBlank)
        guard value.count == 1, let digits = value.first, digits.allSatisfy(Self.isDigit),
            let length = Int(String(decoding: digits, as: UTF8.self)),
            contentLength == nil || contentLength == length
        else { return malformed(.invalidContentLength, at: colon) }
        state = .header(contentLength: length, isEmpty: false)
        return nil
    }

    private mutating func beginHeader(at offset: Int) {
        start = offset
        headerLength = 0
        state = .header(contentLength: nil, isEmpty: true)
    }

    private mutating func malformed(_ error: FrameError, at offset: Int) -> Event {
        start = offset
        state = .resynchronizing
        return .malformed(error)
    }

    // MARK: - Bytes

    private static let contentLengthName = Array("content-length".utf8)

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// A header's name is a token of HTTP (RFC 9110, 5.6.2); JSON, for one, is none.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func isContentLength(_ name: ArraySlice<UInt8>) -> Bool {
        // Bit 5 makes an ASCII letter small and leaves the hyphen alone.
        name.count == contentLengthName.count && zip(name, contentLengthName).allSatisfy { $0 | 0x20 == $1 }
    }

    private static func findContentLength(in buffer: [UInt8], from start: Int) -> Int? {
        var offset = start
        let length = contentLengthName.count
        while offset + length < buffer.count {
            guard let colon = buffer[(offset + length)...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
            if isContentLength(buffer[colon - length..<colon]) { return colon - length }
            offset = colon + 1 - length
        }
        return nil
    }
}

/// Why bytes are no frame.
package enum FrameError: Error, Sendable, Equatable {
    case malformedHeader
    case headerTooLong
    case missingContentLength
    case invalidContentLength
    case messageTooLong(Int)
    case truncated

    package var message: String {
        switch self {
        case .malformedHeader: "malformed header line"
        case .headerTooLong: "the header is too long"
        case .missingContentLength: "the header has no Content-Length"
        case .invalidContentLength: "the Content-Length is not one number"
        case .messageTooLong(let length): "a message of \(length) bytes is too long"
        case .truncated: "the input ends within a message"
        }
    }
}

/// The bytes of a message with its header.
package func frame(_ body: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
}
