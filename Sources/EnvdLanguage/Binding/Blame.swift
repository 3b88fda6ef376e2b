import LLB
import Starlark

/// Which call of the user's to point at when the prelude fails after the user's program has ended.
///
/// Such an error has no frame of the user's in its stack. A class because whoever raises the error and whoever
/// describes it are far apart.
final class Blame {
    private(set) var location: SourceLocation?

    func forget() {
        location = nil
    }

    /// Runs an operation on a state; its failure is the fault of whoever caused the state.
    func attribute<Result>(to location: SourceLocation?, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            self.location = location ?? self.location
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
