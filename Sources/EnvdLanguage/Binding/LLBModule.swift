import LLB
import Starlark

/// `llb.…`: where states come from, and how they are put together. What a state can do is in `StateValue`; what each
/// function is for is said in `Prelude/v1/llb.envd`.
enum LLBModule {
    static func make(_ binding: GraphBinding, in heap: Heap) -> Value {
        heap.module("llb", functions.map { ($0.name, heap.function($0.function(of: binding))) })
    }

    static let functionNames = functions.map { "llb.\($0.name)" }

    /// Not one array literal, whose type would be looked for too long.
    static var functions: [GraphFunction] {
        var functions = SourceFunctions.all
        functions += [merge, diff, shlex, ConstraintsValue.function]
        functions += MountFunctions.all
        functions += FileAction.all.map { $0.function }
        functions.append(ChangedStateValue.function)
        return functions
    }

    private static let merge = GraphFunction(
        "merge", "states", "*", "name?", "constraints??"
    ) { binding, call, arguments in
        let states = try arguments.sequence("states").map { value throws(EvaluationError) in
            guard let state = value.asHost(StateValue.self) else {
                throw arguments.mismatch("states", value, "list of states")
            }
            return state.state
        }
        let options = try arguments.options(call, binding.blame)
        return try binding.value(State.merge(states, in: binding.graph, options: options), call.heap)
    }

    private static let diff = GraphFunction(
        "diff", "lower", "upper", "*", "name?", "constraints??"
    ) { binding, call, arguments in
        let (lower, upper) = try (arguments.state("lower"), arguments.state("upper"))
        let options = try arguments.options(call, binding.blame)
        return try binding.value(lower.difference(to: upper, options: options), call.heap)
    }

    private static let shlex = GraphFunction("shlex", "command") { _, call, arguments in
        let (words, isComplete) = ShellWords.split(try arguments.string("command"))
        guard isComplete else { throw arguments.wrong("command", "ends within quotes or after a backslash") }
        return call.heap.list(words.map { call.heap.string($0) })
    }
}
