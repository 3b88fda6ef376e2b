#if canImport(Glibc)
import CMalloc
#endif

/// A thread with a large stack, which has to be joined.
///
/// What walks a syntax tree recurses as deep as the tree, which is at most 1,000 nodes; a debug build takes more than the
/// 8 MiB of an ordinary stack for that (and musl's threads have 128 KiB). The pages are reserved, not used.
struct LargeStackThread {
    private let thread: pthread_t

    /// Nil if there is no address space for such a stack.
    init?(_ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(Job(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 256 << 20)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { context in
                if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return nil
        }
        self.thread = thread
    }

    func join() {
        pthread_join(thread, nil)
    }

    /// Carries the work to the thread.
    private final class Job {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}

/// Runs `body` on a thread with a large stack and waits for its result.
func runWithLargeStack(_ body: @escaping @Sendable () -> ExitStatus) -> ExitStatus {
    let result = Result()
    // Without the address space the ordinary stack serves all but the deepest trees.
    guard let thread = LargeStackThread({ result.status = body() }) else { return body() }
    thread.join()
    return result.status
}

/// Written by the thread, read after it has ended.
private final class Result: @unchecked Sendable {
    var status = ExitStatus.failure
}

/// Lets the thread with the large stack allocate from the heap that the process begins with.
///
/// glibc would give the thread a heap of its own, which grows by a system call every few pages: a twentieth of the time of a
/// short command. Where several threads work side by side each has to have a heap, as they would wait for each other all the time. This
/// cannot be put right later: glibc reads the limit once, when a second thread first allocates.
func useOneHeap() {
    #if canImport(Glibc)
    _ = mallopt(M_ARENA_MAX, 1)
    #endif
}
