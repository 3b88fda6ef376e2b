import EnvdSyntax

/// One run of Starlark code: its environment, its limits and its active calls.
///
/// An evaluation may run several files one after another or, from within `load`, one inside another; all draw on the
/// same limits. It is used by one thread at a time; only its `CancellationFlag` may be touched from elsewhere.
///
/// Calls within a program take none of the host's stack. Values are nested, and built-in functions call back, to bounded
/// depths only: 512 KiB of stack are enough.
package final class Evaluation {
    let meter: Meter
    /// Where the values of the evaluation live, and where the host makes its own. Modules that the evaluation returns
    /// keep it alive.
    package let heap: Heap
    private let storage = HeapStorage()
    let calls: UnsafeMutablePointer<CallState>
    /// Names that every file sees besides those of the language itself.
    package var predeclared: [String: Value]
    /// Called by `print` with the text and the place of the call; by default nothing is printed anywhere.
    package var onPrint: (ByteString, StackFrame?) throws -> Void = { _, _ in }
    /// Called by `load` with the module's name; nil means that `load` is an error. A loader that runs the file through
    /// the same evaluation shares the limits; it must itself refuse to load a file that is still being loaded.
    package var onLoad: ((String, Evaluation) throws -> Module)?

    package init(
        limits: Limits = Limits(), cancellation: CancellationFlag = CancellationFlag(),
        predeclared: [String: Value] = [:]
    ) {
        heap = storage.heap
        meter = Meter(limits: limits, cancellation: cancellation, heap: heap)
        calls = .allocate(capacity: 1)
        calls.initialize(to: CallState(limits: limits))
        self.predeclared = predeclared
    }

    deinit {
        calls.pointee.stack.deallocate()
        calls.pointee.frames.deallocate()
        calls.deallocate()
        meter.deallocate()
    }

    /// Runs the statements of a program and freezes what they assigned.
    ///
    /// - Parameters:
    ///   - predeclared: what this file and its functions see instead of the names of the evaluation.
    ///   - freezing: false leaves the file's values mutable, for a session that goes on with them; they must not reach
    ///     another thread then. The file's variables begin with the predeclared values of their names.
    /// - Throws: an error with its traceback, also for names that are neither defined in the file nor predeclared.
    package func execute(
        _ program: Program, predeclared: [String: Value]? = nil, freezing: Bool = true
    ) throws(EvaluationError) -> Module {
        try enter { () throws(EvaluationError) in
            try run(program, predeclared ?? self.predeclared, freezing: freezing)
        }
    }

    /// Parses, resolves and runs a file. To run the same source several times, keep its `Program`.
    package func execute(
        _ source: SourceFile, named file: String, dialect: Dialect = .everything,
        predeclared: [String: Value]? = nil
    ) throws(EvaluationError) -> Module {
        try execute(Program(source, named: file, dialect: dialect), predeclared: predeclared)
    }

    /// Calls a function or other callable value.
    package func call(
        _ callee: Value, _ positional: [Value] = [], named: [(name: String, value: Value)] = []
    ) throws(EvaluationError) -> Value {
        var values = positional + named.map(\.value) + named.map { heap.string($0.name) }
        return try values.withUnsafeMutableBufferPointer { (buffer) throws(EvaluationError) in
            // Even an empty array has an address that nothing reads from.
            let start = buffer.baseAddress ?? calls.pointee.top
            return try invoke(
                callee,
                Arguments(
                    positional: start, positional.count, names: start + positional.count + named.count,
                    values: start + positional.count, named.count))
        }
    }

    /// Calls a function with one argument.
    func call(_ callee: Value, _ argument: Value) throws(EvaluationError) -> Value {
        let place = calls.pointee.top
        guard place < calls.pointee.stackEnd else {
            throw EvaluationError("call stack too deep", kind: .limit(.depth))
        }
        place.pointee = argument
        calls.pointee.top = place + 1
        defer { calls.pointee.top = place }
        return try invoke(callee, Arguments(positional: place, 1))
    }

    /// Gives the next run limits of its own, except for the depth of calls. Not to be called during a run.
    package func renew(limits: Limits, cancellation: CancellationFlag = CancellationFlag()) {
        meter.renew(limits, cancellation)
    }

    /// Keeps the values of a module usable as long as this evaluation's own.
    package func retain(_ module: Module) {
        heap.depend(on: module.storage)
    }

    /// The active calls of functions in files, outermost first.
    package var callStack: [StackFrame] { callStack { _ in true } }

    /// Some of the active calls of functions in files, outermost first.
    ///
    /// - Parameters:
    ///   - count: so many of the outermost calls are left out.
    ///   - isWanted: whether calls in the file with that name count. To find the lines of the others takes time.
    package func callStack(droppingFirst count: Int = 0, in isWanted: (String) -> Bool) -> [StackFrame] {
        var stack: [StackFrame] = []
        for index in min(count, calls.pointee.frameCount)..<calls.pointee.frameCount {
            let frame = calls.pointee.frames[index]
            if isWanted(frame.code.pointee.owner.file.name) { stack.append(frame.stackFrame) }
        }
        return stack
    }

    /// How many calls of functions in files are active.
    package var callDepth: Int { calls.pointee.frameCount }

    /// The name of the file whose code is being run.
    package var callingFile: String? {
        let count = calls.pointee.frameCount
        return count > 0 ? calls.pointee.frames[count - 1].code.pointee.owner.file.name : nil
    }

    /// The expression under evaluation in the innermost function.
    package var callSite: StackFrame? {
        let count = calls.pointee.frameCount
        return count > 0 ? calls.pointee.frames[count - 1].stackFrame : nil
    }

    /// Steps used so far.
    package var steps: Int { meter.steps }
}

// MARK: - Running

extension Evaluation {
    private func run(
        _ program: Program, _ predeclared: [String: Value], freezing: Bool
    ) throws(EvaluationError) -> Module {
        let environment = try environment(of: program, predeclared)
        heap.depend(on: program.storage)
        let globals = heap.globals(of: program, environment)
        if !freezing {
            for (index, name) in program.globalNames.enumerated() {
                if let value = predeclared[name] { globals.pointee.values[index] = value }
            }
        }
        let code = UnsafePointer(program.toplevel.layout)
        let registers = calls.pointee.top
        guard registers + program.toplevel.registerCount <= calls.pointee.stackEnd,
            calls.pointee.frameCount < calls.pointee.frameLimit
        else {
            throw EvaluationError(
                "call stack too deep: \(calls.pointee.frameCount) nested calls", kind: .limit(.depth))
        }
        (calls.pointee.frames + calls.pointee.frameCount).initialize(
            to: CallFrame(
                code: code, pc: code.pointee.instructions, registers: registers, captures: registers,
                globals: globals, destination: 0, isEntry: true))
        calls.pointee.frameCount += 1
        _ = try dispatch()
        let module = Module(program, globals, heap)
        if freezing { module.freeze() }
        return module
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

    /// Carries out a `load` statement.
    func load(
        _ description: FunctionCode.LoadDescription, _ frame: UnsafeMutablePointer<CallFrame>
    ) throws(EvaluationError) {
        let loaded = try module(description.module, frame)
        heap.depend(on: loaded.storage)
        let owner = frame.pointee.code.pointee.owner
        for item in description.items {
            guard let value = loaded.loadable(item.name) else {
                let hint = Spelling.hint(for: item.name, among: loaded.exported.map(\.name))
                let error = EvaluationError(
                    "load: name \(item.name) not found in module \(description.module)\(hint)")
                error.point(to: owner.file.stackFrame(function: owner.name, range: item.range))
                throw error
            }
            frame.pointee.globals.pointee.values[item.global] = value
        }
    }

    private func module(
        _ name: String, _ frame: UnsafeMutablePointer<CallFrame>
    ) throws(EvaluationError) -> Module {
        guard let onLoad else { throw EvaluationError("load is not available here") }
        let outerTop = calls.pointee.top
        calls.pointee.top = frame.pointee.registers + Int(frame.pointee.code.pointee.registerCount)
        defer { calls.pointee.top = outerTop }
        do {
            return try onLoad(name, self)
        } catch let error as EvaluationError {
            // An error within the module's own file comes with its place there.
            throw error.isFresh ? error.prefixed("cannot load \(name)") : error
        } catch {
            throw EvaluationError("cannot load \(name): \(error)")
        }
    }
}

extension Heap {
    /// The variables of a file about to run, all unbound.
    fileprivate func globals(of program: Program, _ predeclared: [Value]) -> UnsafeMutablePointer<GlobalsLayout> {
        let reference = ProgramReference(program)
        retain(reference)
        let values = allocateStorage(of: Value.self, count: program.globalNames.count)
        values.initialize(repeating: .unbound, count: program.globalNames.count)
        let environment = allocateStorage(of: Value.self, count: predeclared.count)
        for (index, value) in predeclared.enumerated() { (environment + index).initialize(to: value) }
        let globals = allocate(GlobalsLayout.self)
        globals.initialize(
            to: GlobalsLayout(
                values: values, predeclared: environment, program: Unmanaged.passUnretained(reference)))
        return globals
    }
}
