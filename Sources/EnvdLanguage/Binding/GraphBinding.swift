import LLB
import Starlark

/// The build graph of an evaluation as its programs use it.
///
/// A class because the values that it makes share it: it counts what they take.
final class GraphBinding {
    let graph: Graph
    let blame: Blame
    private var size = 0

    /// Bytes. The engine does not see what host values hold, so what programs make of them is counted here.
    private static let maximumSize = 256 << 20

    init(_ graph: Graph, _ blame: Blame) {
        self.graph = graph
        self.blame = blame
    }

    /// Begins to count anew.
    func forget() {
        size = 0
    }

    /// Notes that a program keeps so many bytes more.
    func charge(_ bytes: Int) throws(EvaluationError) {
        size += bytes
        guard size <= GraphBinding.maximumSize else {
            throw EvaluationError(
                "the states and mounts of the program take too much memory: the limit is "
                    + "\(GraphBinding.maximumSize >> 20) MiB", kind: .limit(.memory))
        }
    }

    func value(
        _ state: State, _ heap: Heap, mounts: [(target: String, state: State)] = []
    ) throws(EvaluationError) -> Value {
        try charge(state.size * (1 + mounts.count))
        return heap.host(StateValue(state, self, mounts: mounts))
    }

    func value(_ mount: MountValue.Content, _ heap: Heap) throws(EvaluationError) -> Value {
        try charge(MountValue.size)
        return heap.host(MountValue(mount))
    }
}

extension State {
    /// About how many bytes it takes.
    fileprivate var size: Int {
        var size = 512 + directory.utf8.count + user.utf8.count + hostname.utf8.count + cgroupParent.utf8.count
        for variable in environment { size += 48 + variable.name.utf8.count + variable.value.utf8.count }
        for host in extraHosts { size += 48 + host.name.utf8.count }
        for limit in ulimits { size += 48 + limit.name.utf8.count }
        return size
    }
}

/// A function of the build graph as `llb.envd` or `state.envd` declares it.
struct GraphFunction: Sendable {
    let name: String
    /// As `Signature` takes them.
    let parameters: [String]
    let body: @Sendable (GraphBinding, HostCall, BoundArguments) throws -> Value

    init(
        _ name: String, _ parameters: String...,
        body: @escaping @Sendable (GraphBinding, HostCall, BoundArguments) throws -> Value
    ) {
        self.init(name, parameters, body: body)
    }

    init(
        _ name: String, _ parameters: [String],
        body: @escaping @Sendable (GraphBinding, HostCall, BoundArguments) throws -> Value
    ) {
        self.name = name
        self.parameters = parameters
        self.body = body
    }

    func function(of binding: GraphBinding) -> HostFunction {
        HostFunction("llb.\(name)", parameters) { call in try body(binding, call, call.bind()) }
    }
}

/// A method of states as `state.envd` declares it.
struct StateMethod: Sendable {
    let name: String
    /// As `Signature` takes them, without the state itself.
    let parameters: [String]
    let body: @Sendable (StateValue, HostCall, BoundArguments) throws -> Value

    init(
        _ name: String, _ parameters: String...,
        body: @escaping @Sendable (StateValue, HostCall, BoundArguments) throws -> Value
    ) {
        self.init(name, parameters, body: body)
    }

    init(
        _ name: String, _ parameters: [String],
        body: @escaping @Sendable (StateValue, HostCall, BoundArguments) throws -> Value
    ) {
        self.name = name
        self.parameters = parameters
        self.body = body
    }

    /// A method that gives a state.
    init(
        state name: String, _ parameters: String...,
        body: @escaping @Sendable (State, HostCall, BoundArguments) throws -> State
    ) {
        self.name = name
        self.parameters = parameters
        self.body = { receiver, call, arguments in
            try receiver.binding.value(body(receiver.state, call, arguments), call.heap)
        }
    }

    var function: HostFunction {
        HostFunction("State.\(name)", parameters) { [body] call in
            guard let receiver = call.receiver?.asHost(StateValue.self) else {
                throw EvaluationError("is a method of states")
            }
            return try receiver.binding.blame.attribute(to: receiver.state.location, in: call) {
                try body(receiver, call, call.bind())
            }
        }
    }
}
