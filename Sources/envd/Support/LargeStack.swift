#if canImport(Glibc)
import CMalloc
#endif

/// Runs `body` on a thread with a large stack and waits for its result.
///
/// What walks a syntax tree recurses as deep as the tree, which is at most 1,000 nodes; a debug build takes more than the
/// 8 MiB of an ordinary stack for that (and musl's threads have 128 KiB). The pages are reserved, not used.
func runWithLargeStack(_ body: @escaping @Sendable () -> ExitStatus) -> ExitStatus {
    let job = Job(body)
    let context = Unmanaged.passRetained(job)
    defer { context.release() }

    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 256 << 20)
    var thread = pthread_t()
    let code = pthread_create(
        &thread, &attributes,
        { context in
            if let context { Unmanaged<Job>.fromOpaque(context).takeUnretainedValue().run() }
            return nil
        }, context.toOpaque())
    guard code == 0 else {
        // No address space for such a stack: the ordinary one serves all but the deepest trees.
        return body()
    }
    pthread_join(thread, nil)
    return job.result
}

/// Lets the thread with the large stack allocate from the heap that the process begins with.
///
/// glibc would give the thread a heap of its own, which grows by a system call every few pages: a twentieth of the time of a
/// short command. A server keeps a heap for each thread.
func useOneHeap(unless isServer: Bool) {
    #if canImport(Glibc)
    if !isServer { _ = mallopt(M_ARENA_MAX, 1) }
    #endif
}

/// Carries the work to the thread and its result back: written by the thread, read after it has ended.
private final class Job {
    private let body: () -> ExitStatus
    private(set) var result = ExitStatus.failure

    init(_ body: @escaping () -> ExitStatus) {
        self.body = body
    }

    func run() {
        result = body()
    }
}
