#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A program run to its end, without input, with a bound on its time and on what it may print.
///
/// Written on `posix_spawn` because all that is wanted is a short list of bytes from a program that is done in
/// milliseconds: a library for processes brings an event loop and doubles the time to start.
struct ChildProcess {
    var status: Int32
    var output: [UInt8]
    /// The first lines of what it said on standard error.
    var complaint: String

    enum Failure: Error {
        case notFound
        case cannotStart(Int32)
        case timedOut
        case tooMuchOutput
    }

    /// - Parameters:
    ///   - arguments: the first one is the program, looked for on the PATH.
    ///   - environment: all of it, as `NAME=value`.
    ///   - seconds: after which the process is killed.
    ///   - limit: of bytes on standard output, beyond which the process is killed.
    init(_ arguments: [String], environment: [String], seconds: Int, limit: Int) throws(Failure) {
        var output: [Int32] = [-1, -1]
        var errors: [Int32] = [-1, -1]
        guard pipe(&output) == 0 else { throw .cannotStart(errno) }
        defer { for descriptor in output where descriptor >= 0 { close(descriptor) } }
        guard pipe(&errors) == 0 else { throw .cannotStart(errno) }
        defer { for descriptor in errors where descriptor >= 0 { close(descriptor) } }
        for descriptor in output + errors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

        let process = try ChildProcess.spawn(arguments, environment, output: output[1], errors: errors[1])
        var isReaped = false
        defer {
            if !isReaped {
                kill(process, SIGKILL)
                ChildProcess.wait(for: process)
            }
        }
        close(output[1])
        close(errors[1])
        (output[1], errors[1]) = (-1, -1)

        let texts = try ChildProcess.read(output[0], errors[0], seconds: seconds, limit: limit)
        status = ChildProcess.wait(for: process)
        isReaped = true
        self.output = texts.output
        complaint = String(decoding: texts.errors, as: UTF8.self)
    }

    private static func spawn(
        _ arguments: [String], _ environment: [String], output: Int32, errors: Int32
    ) throws(Failure) -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process ignores or blocks is no business of the other.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGPIPE, SIGINT, SIGTERM] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var argumentPointers = arguments.map { strdup($0) } + [nil]
        var environmentPointers = environment.map { strdup($0) } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var process: pid_t = 0
        let code = posix_spawnp(
            &process, arguments[0], &actions, &attributes, &argumentPointers, &environmentPointers)
        switch code {
        case 0: return process
        case ENOENT: throw .notFound
        default: throw .cannotStart(code)
        }
    }

    private static func read(
        _ output: Int32, _ errors: Int32, seconds: Int, limit: Int
    ) throws(Failure) -> (output: [UInt8], errors: [UInt8]) {
        let deadline = now() + seconds * 1_000
        var texts: (output: [UInt8], errors: [UInt8]) = ([], [])
        var open = [output, errors]
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { chunk.deallocate() }
        while !open.isEmpty {
            var waiting = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let remaining = deadline - now()
            guard remaining > 0 else { throw .timedOut }
            let ready = poll(&waiting, nfds_t(waiting.count), Int32(clamping: remaining))
            if ready < 0, errno != EINTR { throw .cannotStart(errno) }
            guard ready > 0 else { continue }
            for descriptor in waiting where descriptor.revents != 0 {
                let count = readSome(descriptor.fd, chunk)
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                if count <= 0 {
                    open.removeAll { $0 == descriptor.fd }
                } else if descriptor.fd == output {
                    texts.output.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
                    if texts.output.count > limit { throw .tooMuchOutput }
                } else if texts.errors.count < 1 << 12 {
                    texts.errors.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
                }
            }
        }
        return texts
    }

    private static func readSome(_ descriptor: Int32, _ chunk: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Darwin)
        Darwin.read(descriptor, chunk.baseAddress, chunk.count)
        #elseif canImport(Musl)
        Musl.read(descriptor, chunk.baseAddress, chunk.count)
        #else
        Glibc.read(descriptor, chunk.baseAddress, chunk.count)
        #endif
    }

    /// Milliseconds of a clock that never goes back.
    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int(time.tv_sec) * 1_000 + Int(time.tv_nsec) / 1_000_000
    }

    /// - Returns: the exit status; 128 and the signal's number if a signal ended it.
    @discardableResult
    private static func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return -1 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
