#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import Synchronization

/// How much one evaluation may use. A program may be hostile or just unfinished, so nothing is unlimited by default.
package struct Limits: Sendable {
    /// Statements, loop iterations, calls, and the elements that a built-in function visits.
    package var steps = 200_000_000
    /// Bytes that the evaluation's heap may take from the system at any one time.
    package var memory = 1 << 30
    /// Nested calls of functions.
    package var callDepth = 5_000
    /// Bytes that `print` may write.
    package var output = 16 << 20
    /// Seconds of wall time; nil for no bound.
    package var seconds: Double? = 60

    package init() {}

    /// For work on values outside any evaluation.
    package static var unlimited: Limits {
        var limits = Limits()
        limits.steps = .max
        limits.memory = .max
        limits.output = .max
        limits.seconds = nil
        return limits
    }

    /// How deep a value may be nested to be printed, compared, hashed or encoded.
    static let nesting = 1_000
    /// The longest string, in bytes. What a built-in function does with one must end, or look at the limits, within
    /// milliseconds.
    static let bytes = 1 << 22
    /// The longest list or tuple, in elements, for the same reason.
    static let elements = 1 << 22
    /// The largest dict or set, in entries, which take more time than elements.
    static let entries = 1 << 20
    /// The largest integer, in bits.
    static let integerBits = 1 << 17
}

/// A flag that any thread may raise to end an evaluation soon.
package final class CancellationFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    package init() {}

    package func cancel() {
        raised.store(true, ordering: .relaxed)
    }

    package var isCancelled: Bool {
        raised.load(ordering: .relaxed)
    }
}

/// Counts what an evaluation uses and ends it when a limit is reached; also where the values that it makes live.
struct Meter {
    struct State {
        let limits: Limits
        let cancellation: CancellationFlag
        var countedSteps = 0
        /// The fuel that was given last.
        var grant = 0
        var output = 0
        let deadline: UInt64?
    }

    let heap: Heap
    /// Belongs to the evaluation.
    let state: UnsafeMutablePointer<State>

    /// How many steps pass between two looks at the clock and the flag, both of which cost too much to read at every
    /// step: some microseconds of work, far below the time within which a cancelled evaluation must end.
    private static let checkInterval = 1_024

    init(limits: Limits, cancellation: CancellationFlag, heap: Heap) {
        self.heap = heap
        heap.state.pointee.limit = limits.memory
        heap.state.pointee.fuel = 0
        state = .allocate(capacity: 1)
        state.initialize(
            to: State(limits: limits, cancellation: cancellation, deadline: Meter.deadline(limits)))
    }

    /// Begins to count anew, up to other limits. What is in the heap still counts.
    func renew(_ limits: Limits, _ cancellation: CancellationFlag) {
        state.pointee = State(limits: limits, cancellation: cancellation, deadline: Meter.deadline(limits))
        heap.state.pointee.limit = limits.memory
        heap.state.pointee.fuel = 0
    }

    private static func deadline(_ limits: Limits) -> UInt64? {
        limits.seconds.map { seconds in
            let nanoseconds = min(max(seconds, 0), 1e9) * 1e9
            return Meter.now + UInt64(nanoseconds)
        }
    }

    func deallocate() {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    private var limits: Limits { state.pointee.limits }

    /// Steps used so far.
    var steps: Int { state.pointee.countedSteps + state.pointee.grant - heap.state.pointee.fuel }

    /// Counts `count` steps of work.
    @inline(__always)
    func step(_ count: Int = 1) throws(EvaluationError) {
        heap.state.pointee.fuel &-= count
        if heap.state.pointee.fuel < 0 { try check() }
    }

    /// Makes sure that `bytes` more may be allocated.
    func allocate(_ bytes: Int) throws(EvaluationError) {
        if heap.state.pointee.reserved + bytes > heap.state.pointee.limit { throw outOfMemory }
    }

    /// Checks a string, list or other sequence of `count` elements of `size` bytes before it is made.
    func allocate(count: Int, of size: Int) throws(EvaluationError) {
        let limit = size == 1 ? Limits.bytes : Limits.elements
        guard count <= limit else {
            throw EvaluationError(
                "value too large: \(count) \(size == 1 ? "bytes" : "elements"), the limit is \(limit)",
                kind: .limit(.memory))
        }
        try allocate(count * size)
        // Copying 256 bytes takes about as long as a step.
        try step((count * size) >> 8)
    }

    func write(_ bytes: Int) throws(EvaluationError) {
        state.pointee.output &+= bytes
        if state.pointee.output > limits.output {
            throw EvaluationError(
                "too much output: print wrote more than \(limits.output) bytes", kind: .limit(.output))
        }
    }

    private var outOfMemory: EvaluationError {
        EvaluationError("out of memory: the program needs more than \(limits.memory) bytes", kind: .limit(.memory))
    }

    /// Looks at all limits and gives fuel until the next look.
    @inline(never)
    func check() throws(EvaluationError) {
        let steps = steps
        state.pointee.countedSteps = steps
        state.pointee.grant = 0
        heap.state.pointee.fuel = 0
        if steps > limits.steps {
            throw EvaluationError("too many steps: the limit is \(limits.steps)", kind: .limit(.steps))
        }
        if heap.state.pointee.reserved > limits.memory { throw outOfMemory }
        if state.pointee.cancellation.isCancelled {
            throw EvaluationError("evaluation cancelled", kind: .cancelled)
        }
        if let deadline = state.pointee.deadline, Meter.now > deadline, let seconds = limits.seconds {
            throw EvaluationError("evaluation took longer than \(seconds) seconds", kind: .limit(.time))
        }
        // The step after the last one allowed must not slip through.
        state.pointee.grant = min(Meter.checkInterval, limits.steps - steps)
        heap.state.pointee.fuel = state.pointee.grant
    }

    /// Nanoseconds of a clock that never goes back.
    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
