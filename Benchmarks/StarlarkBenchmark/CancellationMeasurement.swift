import EnvdSyntax
import Starlark
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How long a program goes on after another thread has cancelled it, in each round at another moment.
func measureCancellation(of source: [UInt8], named file: String, rounds: Int) throws(BenchmarkError) -> Measurement {
    var round = 0
    return try Measurement(rounds: rounds) { () throws(BenchmarkError) in
        round += 1
        return try cancel(source, named: file, after: .microseconds(20_000 + 3_700 * round))
    }
}

private func cancel(
    _ source: [UInt8], named file: String, after delay: Duration
) throws(BenchmarkError) -> Measurement.Round {
    let flag = CancellationFlag()
    let canceller = Canceller(flag, delay)
    guard canceller.start() else { throw .failed("cannot start a thread") }
    var limits = Limits()
    limits.steps = .max
    let evaluation = Evaluation(limits: limits, cancellation: flag)
    evaluation.predeclared = ["json": StandardModules.json(in: evaluation.heap)]
    var outcome = "ended by itself"
    do throws(EvaluationError) {
        _ = try evaluation.execute(SourceFile(bytes: source), named: file)
    } catch {
        outcome = error.kind == .cancelled ? "cancelled" : error.message
    }
    let ended = ContinuousClock.now
    canceller.join()
    guard outcome == "cancelled", let cancelled = canceller.moment else { throw .failed(outcome) }
    return Measurement.Round(duration: max(.zero, cancelled.duration(to: ended)), result: outcome)
}

/// A thread that raises a flag after a while, and notes when.
private final class Canceller: @unchecked Sendable {
    private let flag: CancellationFlag
    private let delay: Duration
    private var thread = pthread_t()
    /// To be read after `join`.
    private(set) var moment: ContinuousClock.Instant?

    init(_ flag: CancellationFlag, _ delay: Duration) {
        self.flag = flag
        self.delay = delay
    }

    func start() -> Bool {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Canceller>.fromOpaque(context).takeUnretainedValue().run() }
                return nil
            }, context) == 0
    }

    private func run() {
        usleep(UInt32(delay.components.attoseconds / 1_000_000_000_000))
        moment = ContinuousClock.now
        flag.cancel()
    }

    func join() {
        pthread_join(thread, nil)
    }
}
