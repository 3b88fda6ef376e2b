import Starlark
import Synchronization

/// The compiled files of the prelude, each read from its archive when it is first asked for, and the bodies of functions when
/// they are first called.
package final class PreludePrograms: Sendable {
    /// Those of the process: a server makes plans all day, and reads them once.
    package static let shared = PreludePrograms()

    private let programs = Mutex<[String: Program]>([:])

    package init() {}

    func program(of file: PreludeFile) throws(EvaluationError) -> Program {
        if let known = programs.withLock({ $0[file.name] }) { return known }
        let program = try file.program()
        programs.withLock { $0[file.name] = program }
        return program
    }
}
