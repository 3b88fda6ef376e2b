#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// State that threads share: changed under a lock, and waited on without spinning.
///
/// `@unchecked`, because the compiler cannot see that `state` is touched with the mutex held only; nothing but this
/// class touches it.
final class Monitor<State: Sendable>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        // Deadlines are measured on the clock that nobody can set.
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the state and wakes those who wait for a change.
    func update<Result: Sendable>(_ change: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        let result = change(&state)
        // First this: who is woken while the mutex is held has to wait once more.
        pthread_mutex_unlock(mutex)
        pthread_cond_broadcast(condition)
        return result
    }

    /// Changes the state and wakes those who wait only if that is returned: waking a thread takes time from all others.
    func updateWaking(_ change: (inout State) -> Bool) {
        pthread_mutex_lock(mutex)
        let wakes = change(&state)
        pthread_mutex_unlock(mutex)
        if wakes { pthread_cond_broadcast(condition) }
    }

    /// Looks at the state without waking anybody.
    func read<Result: Sendable>(_ look: (State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return look(state)
    }

    /// Blocks until `take` gives something, which it is asked for after every change.
    func wait<Result: Sendable>(for take: (inout State) -> Result?) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = take(&state) { return result }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// The same, but gives up after a while.
    func wait<Result: Sendable>(milliseconds: Int, for take: (inout State) -> Result?) -> Result? {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let nanoseconds = deadline.tv_nsec + milliseconds % 1_000 * 1_000_000
        deadline.tv_sec += milliseconds / 1_000 + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = take(&state) { return result }
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return take(&state) }
        }
    }
}
