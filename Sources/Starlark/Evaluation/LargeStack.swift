#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Runs an evaluation on a thread of its own whose stack is large enough for the nesting that the limits allow.
///
/// The evaluator recurses: a Starlark call takes a few of the host's frames, and the default stacks (8 MB for the main
/// thread, 512 KB for others on macOS) hold fewer of them than `Limits.callDepth`. Pages never touched cost nothing.
enum LargeStack {
    /// Sizes to try, in bytes: an address space limit may refuse the first.
    private static let sizes = [256 << 20, 64 << 20, 16 << 20]
    /// Kept free for the functions of the host and of the system that a call may reach.
    private static let reserve = 2 << 20

    /// Runs `body` and returns its result; at once on the present thread if the evaluation is already on a large stack.
    static func run<Result>(
        _ evaluation: Evaluation, _ body: () throws(EvaluationError) -> Result
    ) throws(EvaluationError) -> Result {
        if evaluation.stackFloor != nil { return try body() }
        return try withoutActuallyEscaping(body) { (escapable) throws(EvaluationError) -> Result in
            let work = Work(evaluation: evaluation, body: escapable)
            for size in sizes {
                if start(work, stackSize: size) { return try work.outcome.get() }
            }
            throw EvaluationError("cannot start a thread for the evaluation", kind: .limit(.memory))
        }
    }

    private final class Work<Result>: Runnable {
        let evaluation: Evaluation
        let body: () throws(EvaluationError) -> Result
        var outcome: Swift.Result<Result, EvaluationError>

        init(evaluation: Evaluation, body: @escaping () throws(EvaluationError) -> Result) {
            self.evaluation = evaluation
            self.body = body
            outcome = .failure(EvaluationError("evaluation did not run"))
        }

        override func run(stackSize: Int) {
            evaluation.stackFloor = StackPointer.current - UInt(stackSize - LargeStack.reserve)
            defer { evaluation.stackFloor = nil }
            do {
                outcome = .success(try body())
            } catch {
                outcome = .failure(error)
            }
        }
    }

    /// Lets the thread's entry, which cannot be generic, call `Work`.
    private class Runnable {
        var stackSize = 0
        func run(stackSize: Int) {}
    }

    /// Starts the thread and waits for its end.
    ///
    /// - Returns: false if there is no thread of that stack size to be had.
    private static func start(_ work: Runnable, stackSize: Int) -> Bool {
        work.stackSize = stackSize
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return false }

        let context = Unmanaged.passUnretained(work).toOpaque()
        func entry(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            if let context {
                let work = Unmanaged<Runnable>.fromOpaque(context).takeUnretainedValue()
                work.run(stackSize: work.stackSize)
            }
            return nil
        }
        #if canImport(Darwin)
        var thread: pthread_t?
        guard pthread_create(&thread, &attributes, { entry($0) }, context) == 0, let thread else { return false }
        #else
        var thread = pthread_t()
        guard pthread_create(&thread, &attributes, { entry($0) }, context) == 0 else { return false }
        #endif
        pthread_join(thread, nil)
        return true
    }
}

enum StackPointer {
    /// An address within the present frame of the host's stack, which grows downwards.
    @inline(__always)
    static var current: UInt {
        var marker: UInt8 = 0
        return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    }
}
