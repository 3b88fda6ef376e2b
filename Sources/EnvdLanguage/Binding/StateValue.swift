import LLB
import Starlark

/// A state of the build graph as a Starlark value: settings and operations are its methods, each of which returns a new
/// state.
final class StateValue: HostValue {
    let state: State
    let binding: GraphBinding
    /// What the process left in its mounts, if the state is what a process left.
    let mounts: [(target: String, state: State)]

    init(_ state: State, _ binding: GraphBinding, mounts: [(target: String, state: State)] = []) {
        self.state = state
        self.binding = binding
        self.mounts = mounts
    }

    var typeName: String { "State" }

    var printed: String { state.digest.map { "<State \($0)>" } ?? "<State scratch>" }

    func isEqual(to other: any HostValue) -> Bool {
        guard let other = other as? StateValue else { return false }
        return self === other
    }

    static let methods: [StateMethod] = settings + getters + FileAction.all.map { $0.method } + operations

    static let methodNames: [String] = methods.map { $0.name }.sorted()

    var attributeNames: [String] { StateValue.methodNames }

    func method(named name: String) -> HostFunction? { StateValue.functions[name] }

    private static let functions: [String: HostFunction] = Dictionary(
        uniqueKeysWithValues: methods.map { ($0.name, $0.function) })

    // MARK: - Settings

    private static let settings: [StateMethod] = [
        StateMethod(state: "because", "site") { try $0.settingLocation($2.location("site")) },
        StateMethod(state: "env", "name", "value") { state, call, arguments in
            let name = try arguments.string("name")
            // Upstream lets every name pass, and so the prelude does.
            guard call.isFromPrelude || (!name.isEmpty && !name.utf8.contains(UInt8(ascii: "="))) else {
                throw arguments.wrong("name", "\"\(name)\" is no name of a variable")
            }
            return try state.settingEnvironment(name, to: arguments.string("value"))
        },
        StateMethod(state: "dir", "path") { try $0.settingDirectory($2.string("path")) },
        StateMethod(state: "user", "name") { try $0.settingUser($2.string("name")) },
        StateMethod(state: "hostname", "name") { try $0.settingHostname($2.string("name")) },
        StateMethod(state: "network", "mode") { try $0.settingNetwork($2.choice("mode", networks, default: .sandbox)) },
        StateMethod(state: "security", "mode") {
            try $0.settingSecurity($2.choice("mode", securities, default: .sandbox))
        },
        StateMethod(state: "platform", "platform") { state, _, arguments in
            try arguments.platform("platform").map(state.settingPlatform) ?? state
        },
        StateMethod(state: "extra_host", "name", "address") { state, _, arguments in
            let (name, address) = try (arguments.filledString("name"), arguments.string("address"))
            guard let state = try? state.addingExtraHost(name, at: address) else {
                throw arguments.wrong("address", "must be an IP address, not \"\(address)\"")
            }
            return state
        },
        StateMethod(state: "ulimit", "name", "soft", "hard") { state, _, arguments in
            let unlimited = -1
            return try state.addingUlimit(
                arguments.choice("name", ulimits, default: ""), soft: arguments.int("soft", unlimited...Int.max),
                hard: arguments.int("hard", unlimited...Int.max))
        },
        StateMethod(state: "cgroup_parent", "path") { try $0.settingCgroupParent($2.string("path")) },
        StateMethod(state: "reset", "other") { try $0.resettingSettings(to: $2.state("other")) },
    ]

    private static let networks: [(name: String, value: Operation.NetworkMode)] = [
        ("sandbox", .sandbox), ("host", .host), ("none", .none),
    ]

    private static let securities: [(name: String, value: Operation.SecurityMode)] = [
        ("sandbox", .sandbox), ("insecure", .insecure),
    ]

    /// What BuildKit's client has names for.
    private static let ulimits = [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio",
        "rttime", "sigpending", "stack",
    ].map { (name: $0, value: $0) }

    // MARK: - What it is

    private static let getters: [StateMethod] = [
        StateMethod("get_env", "name") { receiver, call, arguments in
            let name = try arguments.string("name")
            let variable = receiver.state.environment.first { $0.name == name }
            return variable.map { call.heap.string($0.value) } ?? .none
        },
        StateMethod("get_dir") { receiver, call, _ in call.heap.string(receiver.state.directory) },
        StateMethod("get_user") { receiver, call, _ in call.heap.string(receiver.state.user) },
        StateMethod("mount", "target") { receiver, call, arguments in
            let target = try arguments.string("target")
            guard let mount = receiver.mounts.first(where: { $0.target == target }) else {
                let known = receiver.mounts.map(\.target).joined(separator: ", ")
                throw arguments.wrong(
                    "target",
                    receiver.mounts.isEmpty
                        ? "the state is not what a run with writable mounts left"
                        : "the run left something at \(known), not at \(target)")
            }
            return try receiver.binding.value(mount.state, call.heap)
        },
    ]

    // MARK: - Operations

    private static let operations: [StateMethod] = [
        RunMethod.method,
        StateMethod("file", "changes", "*", "name?", "constraints??") { receiver, call, arguments in
            let options = try arguments.options(call, receiver.binding.blame)
            let state = try receiver.state.file(arguments.changes("changes").0, options: options)
            return try receiver.binding.value(state, call.heap)
        },
        StateMethod("build_definition", "filename?", "*", "name?", "constraints??") { receiver, call, arguments in
            let options = try arguments.options(call, receiver.binding.blame)
            let state = try receiver.state.buildingDefinition(in: arguments.string("filename"), options: options)
            return try receiver.binding.value(state, call.heap)
        },
    ]
}
