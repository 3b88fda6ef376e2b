import LLB
import Starlark

/// A state of the build graph as a Starlark value: settings and operations are its methods, each of which returns a new
/// state.
final class StateValue: HostValue {
    let state: State
    private let blame: Blame

    init(_ state: State, _ blame: Blame) {
        self.state = state
        self.blame = blame
    }

    var typeName: String { "State" }

    var printed: String { state.digest.map { "<State \($0)>" } ?? "<State scratch>" }

    func isEqual(to other: any HostValue) -> Bool {
        guard let other = other as? StateValue else { return false }
        return self === other
    }

    static let methodNames = methods.keys.sorted()

    var attributeNames: [String] { StateValue.methodNames }

    func method(named name: String) -> HostFunction? { StateValue.methods[name] }

    private static let methods: [String: HostFunction] = [
        "because": method("because", "site") { try $0.settingLocation($1.bind().location("site")) },
        "env": method("env", "name", "value") { state, call in
            let arguments = try call.bind()
            return try state.settingEnvironment(arguments.string("name"), to: arguments.string("value"))
        },
        "dir": method("dir", "path") { try $0.settingDirectory($1.bind().string("path")) },
        "user": method("user", "name") { try $0.settingUser($1.bind().string("name")) },
        "run": method("run", "command", "*", "mounts?", "name?", body: run),
        "copy": method(
            "copy", "source", "path", "target", "*", "owner?", "create_path?", "name?", body: copy),
        "mkdir": method("mkdir", "path", "*", "mode?", "parents?", "owner?", "name?", body: makeDirectory),
        "mkfile": method("mkfile", "path", "content", "*", "mode?", "owner?", "name?", body: makeFile),
        "rm": method("rm", "path", "*", "missing_ok?", "name?", body: remove),
    ]

    private static func method(
        _ name: String, _ parameters: String..., body: @escaping (State, HostCall) throws -> State
    ) -> HostFunction {
        HostFunction("State.\(name)", parameters) { call in
            guard let receiver = call.receiver?.asHost(StateValue.self) else {
                throw EvaluationError("is a method of states")
            }
            let result = try receiver.blame.attribute(to: receiver.state.location) { try body(receiver.state, call) }
            return call.heap.host(StateValue(result, receiver.blame))
        }
    }

    // MARK: - Operations

    /// `run(command, mounts=[], name="")`: a string is split into words as BuildKit's client does, a list is taken as
    /// it is.
    private static func run(_ state: State, _ call: HostCall) throws -> State {
        let arguments = try call.bind()
        let words: [String]
        if arguments.value("command").asString != nil {
            words = ShellWords.split(try arguments.string("command")).words
        } else {
            words = try arguments.strings("command")
        }
        let mounts = try arguments.sequence("mounts").map { value throws(EvaluationError) in
            guard let mount = value.asHost(MountValue.self) else {
                throw arguments.mismatch("mounts", value, "list of mounts")
            }
            return mount.specification
        }
        return try state.run(words, mounts: mounts, options: arguments.options()).root
    }

    private static func copy(_ state: State, _ call: HostCall) throws -> State {
        let arguments = try call.bind()
        let source = try arguments.host("source", as: StateValue.self, wanted: "State")
        var copy = Operation.Copy(
            source: try arguments.string("path"), destination: try arguments.string("target"),
            owner: try arguments.owner())
        copy.createsDestinationPath = try arguments.bool("create_path")
        return try state.file([.copy(from: source.state, copy)], options: arguments.options())
    }

    private static func makeDirectory(_ state: State, _ call: HostCall) throws -> State {
        let arguments = try call.bind()
        let directory = Operation.MakeDirectory(
            path: try arguments.string("path"), mode: try arguments.int("mode", default: 0o755),
            makesParents: try arguments.bool("parents"), owner: try arguments.owner())
        return try state.file([.makeDirectory(directory)], options: arguments.options())
    }

    private static func makeFile(_ state: State, _ call: HostCall) throws -> State {
        let arguments = try call.bind()
        let file = Operation.MakeFile(
            path: try arguments.string("path"), mode: try arguments.int("mode", default: 0o644),
            data: Array(try arguments.string("content").utf8), owner: try arguments.owner())
        return try state.file([.makeFile(file)], options: arguments.options())
    }

    private static func remove(_ state: State, _ call: HostCall) throws -> State {
        let arguments = try call.bind()
        let removal = Operation.Remove(
            path: try arguments.string("path"), allowsNotFound: try arguments.bool("missing_ok"),
            allowsWildcard: false)
        return try state.file([.remove(removal)], options: arguments.options())
    }
}

extension BoundArguments {
    /// `name` as the custom name of an operation, if it is not empty.
    func options() throws(EvaluationError) -> OperationOptions {
        let name = try string("name")
        return OperationOptions(customName: name.isEmpty ? nil : name)
    }

    /// `owner` as a pair of numbers, or None.
    fileprivate func owner() throws(EvaluationError) -> Operation.Owner? {
        let value = value("owner")
        if value.isNone { return nil }
        guard
            let pair = value.asSequence, pair.count == 2, let user = pair[0].asInt.flatMap({ UInt32(exactly: $0) }),
            let group = pair[1].asInt.flatMap({ UInt32(exactly: $0) })
        else { throw mismatch("owner", value, "pair of user and group numbers") }
        return Operation.Owner(user: .id(user), group: .id(group))
    }
}
