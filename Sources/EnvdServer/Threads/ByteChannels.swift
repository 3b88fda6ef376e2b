#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

// The methods below have the same names as the system calls, which hides those.
private let systemRead = read as @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int
private let systemWrite = write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int

/// The end of a stream from which a client's bytes come.
struct InputChannel: Sendable {
    enum Outcome {
        case bytes(ArraySlice<UInt8>)
        case timeout
        case end
    }

    let descriptor: Int32

    /// What comes next, waiting for it no longer than `milliseconds`, or for ever if nil. An input that cannot be read
    /// has ended.
    func read(into buffer: inout [UInt8], waiting milliseconds: Int32?) -> Outcome {
        while true {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, milliseconds ?? -1)
            if ready == 0 { return .timeout }
            if ready < 0 {
                if errno == EINTR { continue }
                return .end
            }
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return .bytes(buffer[..<count]) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return .end
        }
    }
}

/// The end of a stream into which the client's messages go.
struct OutputChannel: Sendable {
    let descriptor: Int32

    /// Writes all of it and says whether that was possible; it is not when the client is gone.
    func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if count > 0 {
                    written += count
                } else if errno == EAGAIN {
                    // Somebody made the descriptor non-blocking; wait until it takes more.
                    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&request, 1, -1)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}

/// The process that started the server.
struct ClientProcess: Sendable {
    let id: pid_t

    /// Nil unless there is such a process now: a client in another process namespace names one that cannot be seen
    /// from here, and its absence means nothing.
    init?(id: Int32?) {
        guard let id, id > 0 else { return nil }
        self.id = id
        guard isAlive else { return nil }
    }

    var isAlive: Bool { kill(id, 0) == 0 || errno != ESRCH }
}
