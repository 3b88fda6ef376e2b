import EnvdAnalysis
import EnvdSyntax
import Starlark

/// A conversation with the engine: every input sees the variables of those before it, and may change them.
final class ReplSession {
    private let run: ProgramRun
    private var variables: [String: Value] = [:]
    /// The modules of all inputs: functions of earlier ones see what later ones assign.
    private var modules: [Module] = []
    private var sources: [String: SourceFile] = [:]
    private var inputCount = 0

    /// Whoever sits before it ends what takes too long; what takes all memory ends by itself. Nothing that was made is
    /// given back before the session ends, so there is more of it than for a program.
    private static var limits: Limits {
        var limits = Limits()
        limits.memory = 4 << 30
        limits.steps = .max
        limits.output = .max
        limits.seconds = nil
        return limits
    }

    /// An error with what is needed to show it.
    struct Failure: Error {
        let error: EvaluationError
        let traceback: Traceback
    }

    init(dialect: Dialect) {
        // At the top level of a session one tries things out, and tries them again.
        run = ProgramRun(dialect: dialect.union([.topLevelControl, .globalReassign]))
        run.printsAtOnce = true
    }

    /// Runs an input, and prints the values of its expressions.
    func evaluate(_ input: ReplInput, cancellation: CancellationFlag) throws {
        inputCount += 1
        for (index, statement) in input.statements.enumerated() {
            let name = index == 0 ? "<input \(inputCount)>" : "<input \(inputCount).\(index + 1)>"
            sources[name] = statement.source
            do {
                try evaluate(statement, named: name, cancellation)
            } catch let error as EvaluationError {
                throw Failure(
                    error: error,
                    traceback: Traceback(error.stack.map { adjusted($0, name, statement) }, sources: sources))
            }
        }
    }

    /// A frame with the line that the user typed.
    private func adjusted(_ frame: StackFrame, _ name: String, _ statement: ReplInput.Statement) -> StackFrame {
        guard frame.file == name else { return frame }
        var frame = frame
        frame.line -= statement.extraLines
        return frame
    }

    private func evaluate(
        _ statement: ReplInput.Statement, named name: String, _ cancellation: CancellationFlag
    ) throws {
        run.evaluation.renew(limits: Self.limits, cancellation: cancellation)
        let module = try run.extend(statement.source, named: name, variables: variables)
        modules.append(module)
        let names = NameResolution(statement.source)
        for binding in names.bindings where binding.scope == 0 {
            let name = names.name(of: binding)
            guard let value = module[name] else { continue }
            variables[name] = value
            for module in modules { module.rebind(name, to: value) }
        }
        if statement.isExpression, let value = variables["_"], !value.isNone {
            try run.print(value.represented(in: run.evaluation).utf8)
        }
    }

    // MARK: - Completion

    /// All names that an input can use.
    var names: [String] {
        Array(
            Set(variables.keys).union(run.evaluation.predeclared.keys).union(NameEnvironment.envd.universal))
    }

    /// The attributes of what a chain of names leads to, `json` or `x.y`. Nothing is called.
    func attributes(of chain: String) -> [String] {
        var limits = Limits()
        limits.steps = 100_000
        run.evaluation.renew(limits: limits)
        let source = SourceFile("_ = dir(\(chain))\n")
        let module = try? run.extend(source, named: "<completion>", variables: variables)
        return module?["_"]?.asSequence?.compactMap(\.asString) ?? []
    }
}
