import EnvdSyntax

/// One run of Starlark code: its environment, its limits and its active calls.
///
/// An evaluation may run several files one after another or, from within `load`, one inside another; all draw on the
/// same limits. It is used by one thread at a time; only its `CancellationFlag` may be touched from elsewhere.
package final class Evaluation {
    let meter: Meter
    /// Names that every file sees besides those of the language itself.
    package let predeclared: [String: Value]
    /// Called by `print` with the text and the place of the call; by default nothing is printed anywhere.
    package var onPrint: (String, StackFrame?) throws -> Void = { _, _ in }
    /// Called by `load` with the module's name; nil means that `load` is an error. A loader that runs the file through
    /// the same evaluation shares the limits; it must itself refuse to load a file that is still being loaded.
    package var onLoad: ((String, Evaluation) throws -> Module)?

    /// The innermost active frame.
    var frame: Frame?
    var depth = 0
    /// The lowest address that a call may use of the present thread's stack; nil outside of any run.
    var stackFloor: UInt?

    package init(
        limits: Limits = Limits(), cancellation: CancellationFlag = CancellationFlag(),
        predeclared: [String: Value] = [:]
    ) {
        meter = Meter(limits: limits, cancellation: cancellation)
        self.predeclared = predeclared
    }

    /// Runs the statements of a program and freezes what they assigned.
    ///
    /// - Parameter predeclared: what this file and its functions see instead of the names of the evaluation.
    /// - Throws: an error with its traceback, also for names that are neither defined in the file nor predeclared.
    package func execute(
        _ program: Program, predeclared: [String: Value]? = nil
    ) throws(EvaluationError) -> Module {
        try LargeStack.run(self) { () throws(EvaluationError) -> Module in
            try self.run(program, predeclared ?? self.predeclared)
        }
    }

    /// Parses, resolves and runs a file. To run the same source several times, keep its `Program`.
    package func execute(
        _ source: SourceFile, named file: String, dialect: Dialect = [.starlark, .typeAnnotations],
        predeclared: [String: Value]? = nil
    ) throws(EvaluationError) -> Module {
        try execute(Program(source, named: file, dialect: dialect), predeclared: predeclared)
    }

    /// Calls a function or other callable value.
    package func call(
        _ callee: Value, _ positional: [Value] = [], named: [(name: String, value: Value)] = []
    ) throws(EvaluationError) -> Value {
        try LargeStack.run(self) { () throws(EvaluationError) -> Value in
            try self.invoke(callee, positional, named)
        }
    }

    /// The active calls of functions in files, outermost first.
    package var callStack: [StackFrame] {
        var frames: [StackFrame] = []
        var next = frame
        while let current = next {
            frames.append(current.stackFrame)
            next = current.caller
        }
        return frames.reversed()
    }

    /// The expression under evaluation in the innermost function.
    package var callSite: StackFrame? { frame?.stackFrame }

    /// Steps used so far.
    package var steps: Int { meter.steps }
}

// MARK: - Running

extension Evaluation {
    func run(_ program: Program, _ predeclared: [String: Value]) throws(EvaluationError) -> Module {
        let globals = Globals(names: program.globalNames, firstLoaded: program.firstLoadedGlobal)
        globals.predeclared = try environment(of: program, predeclared)
        let frame = Frame(program.toplevel, globals: globals, captured: [], evaluation: self, caller: frame)
        frame.makeCells()
        do {
            _ = try run(frame)
        } catch {
            globals.close()
            throw error
        }
        for value in globals.values { value.freeze() }
        return Module(file: program.file.name, globals: globals)
    }

    /// The values of the names that a program uses but does not define.
    private func environment(
        of program: Program, _ predeclared: [String: Value]
    ) throws(EvaluationError) -> [Value] {
        var values: [Value] = []
        for (name, range) in program.predeclaredNames {
            guard let value = predeclared[name] ?? Universe.names[name] else {
                let known = program.globalNames + predeclared.keys.sorted() + Universe.names.keys.sorted()
                let error = EvaluationError(
                    "undefined name: \(name)\(Spelling.hint(for: name, among: known))", kind: .invalidProgram)
                error.leave(program.file.stackFrame(function: program.toplevel.name, range: range))
                throw error
            }
            values.append(value)
        }
        return values
    }

    /// The module for a `load` statement.
    func load(_ name: String, into globals: Globals) throws(EvaluationError) -> Module {
        guard let onLoad else { throw EvaluationError("load is not available here") }
        do {
            let module = try onLoad(name, self)
            globals.loaded.append(module)
            return module
        } catch let error as EvaluationError {
            // An error within the module's own file comes with its place there.
            throw error.isFresh ? error.prefixed("cannot load \(name)") : error
        } catch {
            throw EvaluationError("cannot load \(name): \(error)")
        }
    }
}
