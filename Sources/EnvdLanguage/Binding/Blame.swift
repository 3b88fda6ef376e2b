import LLB
import Starlark

/// Which call of the user's to point at when the prelude fails after the user's program has ended.
///
/// Such an error has no frame of the user's in its stack. A class because whoever raises the error and whoever
/// describes it are far apart.
final class Blame {
    private(set) var location: SourceLocation?
    /// The call of the program that asked for the step whose function runs now.
    private var step: SourceLocation?
    /// How many calls were active when the plan began: those of a test that asked for it, which are no part of the program.
    var outerCalls = 0

    func forget() {
        location = nil
        step = nil
    }

    /// After a failure that did not end the program.
    func forgetFailure() {
        location = nil
    }

    // MARK: - Causes

    /// What the user wrote that led to this call; nil if only the prelude did.
    func userCall(in call: HostCall) -> SourceLocation? {
        SourceLocation(
            userCallIn: call.callStack(droppingFirst: outerCalls) { !PreludeFile.isPreludeName($0) })
    }

    /// The place of an operation that a call adds, if the program's own code asks for it: what led to the step comes
    /// before what led to the operation within it.
    func cause(of call: HostCall) -> SourceLocation? {
        guard step != nil || call.evaluation.callingFile.map({ !PreludeFile.isPreludeName($0) }) == true else {
            return nil
        }
        guard let place = userCall(in: call) else { return nil }
        return step.map { place.called(from: $0) } ?? place
    }

    /// Runs a function of the program for a step. A failure that happens in no line of the program is the fault of
    /// whoever asked for the step.
    func run(_ function: Value, _ arguments: [Value], for step: SourceLocation?, in evaluation: Evaluation) throws
        -> Value
    {
        self.step = step
        defer { self.step = nil }
        do {
            return try evaluation.call(function, arguments)
        } catch {
            if location == nil, !error.stack.contains(where: { !PreludeFile.isPreludeName($0.file) && $0.range != nil })
            {
                location = step
            }
            throw error
        }
    }

    // MARK: - Failures

    /// Adds an operation. Its failure is the fault of the program's code that calls for it, or else of whoever caused
    /// it or the state that it is done to.
    func attribute<Result>(
        to location: SourceLocation?, in call: HostCall, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch {
            self.location = cause(of: call) ?? location ?? self.location
            throw error
        }
    }

    /// An error about a place that no active call leads to.
    func raise(_ message: String, at location: SourceLocation) -> EvaluationError {
        self.location = location
        return EvaluationError(message, kind: .invalidProgram)
    }

    /// `fail_at(site, message)`: `fail`, but about a call that the program made earlier.
    var failAt: HostFunction {
        HostFunction("fail_at", "site", "message") { [self] call in
            let arguments = try call.bind()
            location = try arguments.location("site")
            throw EvaluationError(try arguments.string("message"))
        }
    }
}
