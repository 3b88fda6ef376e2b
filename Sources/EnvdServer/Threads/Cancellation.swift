import Synchronization

/// Whether the answer to a request is still wanted. Set by the thread that reads, asked by the one that works.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() { flag.store(true, ordering: .relaxed) }
}
