import Dispatch
import EnvdServer
import Foundation
import LanguageServerProtocol
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Talks to a server that runs in this process, over two real pipes.
final class TestClient {
    private let input: Int32
    private let output: Int32
    private let exitStatus = ExitStatus()
    private var frames = FrameReader()

    init() throws {
        let toServer = try Self.makePipe()
        let fromServer = try Self.makePipe()
        input = toServer.write
        output = fromServer.read
        // A thread of its own, as the tests' thread pool is small and its threads wait for the server.
        Thread.detachNewThread { [exitStatus] in
            let status = LanguageServer(version: "test").run(input: toServer.read, output: fromServer.write)
            close(toServer.read)
            close(fromServer.write)
            exitStatus.set(status)
        }
    }

    deinit { close(output) }

    private static func makePipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    func send(raw text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ message: String) { send(raw: "Content-Length: \(message.utf8.count)\r\n\r\n\(message)") }

    /// Ends the server's input and gives everything that it still says, and its exit status.
    func finish() throws -> (messages: [JSONValue], status: Int32) {
        close(input)
        var messages: [JSONValue] = []
        while let message = try receive() { messages.append(message) }
        return (messages, exitStatus.wait())
    }

    /// The next message; nil after the last.
    func receive() throws -> JSONValue? {
        while true {
            switch frames.next() {
            case .message(let body): return try JSONValue(parsing: body)
            case .malformed(let error): throw error
            case nil: break
            }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { return nil }
            frames.append(buffer[..<count])
        }
    }

    /// A whole conversation: what the server says to these messages, and its exit status.
    static func converse(_ messages: [String]) throws -> (messages: [JSONValue], status: Int32) {
        let client = try TestClient()
        for message in messages { client.send(message) }
        return try client.finish()
    }
}

/// The server's exit status, once there is one.
private final class ExitStatus: Sendable {
    private let status = Atomic<Int32>(0)
    private let isSet = DispatchSemaphore(value: 0)

    func set(_ value: Int32) {
        status.store(value, ordering: .releasing)
        isSet.signal()
    }

    func wait() -> Int32 {
        isSet.wait()
        return status.load(ordering: .acquiring)
    }
}

extension JSONValue {
    /// The member at a path such as `error.code`; numbers count the elements of an array.
    subscript(path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self) { value, key in
            switch value {
            case .object(let object): object[String(key)]
            case .array(let elements):
                Int(key).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            default: nil
            }
        }
    }
}
