#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Bytes of stack for the threads that parse and walk trees. A tree may be 1,000 nodes deep and a walker may take
/// several frames a node; the memory is reserved, not used, until a program is that deep.
let deepStackSize = 64 * 1024 * 1024

/// The system has no thread left to give.
struct ThreadError: Error, Sendable {
    /// `errno`'s value.
    var code: Int32
}

/// Runs `body` on a thread of its own with a stack of `stackSize` bytes. Nobody joins it.
func startThread(stackSize: Int, _ body: @escaping @Sendable () -> Void) throws(ThreadError) {
    final class Start: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

    let start = Unmanaged.passRetained(Start(body))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, &attributes,
        { argument in
            if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, start.toOpaque())
    guard code == 0 else {
        start.release()
        throw ThreadError(code: code)
    }
}
