import CTimer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

// The method below has the same name as the system call, which hides it.
private let systemRead = read as @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int

/// Wakes the thread that waits for it, at a time that others set. Setting it wakes nobody, and takes far less time than waking a thread.
final class Alarm: Sendable {
    /// Negative if the system has none to give.
    private let descriptor: Int32

    init() {
        descriptor = ctimer_create()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// - Returns: whether it will go off.
    @discardableResult
    func set(toGoOffIn microseconds: Int) -> Bool {
        ctimer_set(descriptor, Int64(microseconds) * 1_000) == 0
    }

    func stop() {
        _ = ctimer_set(descriptor, 0)
    }

    /// Blocks until it goes off.
    ///
    /// - Returns: false if it never will.
    func wait() -> Bool {
        var count: UInt64 = 0
        while true {
            if systemRead(descriptor, &count, MemoryLayout<UInt64>.size) > 0 { return true }
            if errno != EINTR { return false }
        }
    }
}
