import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Calls a function for each element on all cores, and returns the results in the order of the elements.
///
/// Each core has a thread with a large stack; the calling thread, which has one too, works as one of them.
func onAllCores<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) -> Result
) -> [Result] {
    // Those that this process may use, which in a container are not all that there are.
    let cores = ProcessInfo.processInfo.activeProcessorCount
    guard elements.count > 1, cores > 1 else { return elements.map(body) }
    let board = Board<Result>(count: elements.count)
    let work: @Sendable () -> Void = {
        while let index = board.take() { board.put(body(elements[index]), at: index) }
    }
    let threads = (1..<min(cores, elements.count)).compactMap { _ in LargeStackThread(work) }
    work()
    for thread in threads { thread.join() }
    return board.results
}

/// What is to be done, and what has been.
private final class Board<Result: Sendable>: Sendable {
    private struct State {
        var next = 0
        var results: [Result?]
    }

    private let state: Mutex<State>
    private let count: Int

    init(count: Int) {
        self.count = count
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    /// The index of an element that nobody works on; nil if there is none.
    func take() -> Int? {
        state.withLock { state in
            guard state.next < count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func put(_ result: Result, at index: Int) {
        state.withLock { $0.results[index] = result }
    }

    /// Complete once every worker has ended.
    var results: [Result] {
        state.withLock { $0.results.compactMap { $0 } }
    }
}
