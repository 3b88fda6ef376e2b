import LLB
import Starlark

/// What a process sees besides its root file system, to be given to `State.run`.
final class MountValue: HostValue {
    let content: Content

    enum Content {
        case mount(MountSpecification)
        case secret(ProcessOptions.Secret)
        case ssh(ProcessOptions.SSHSocket)
    }

    /// About how many bytes one takes.
    static let size = 1_024

    init(_ content: Content) {
        self.content = content
    }

    var typeName: String { "Mount" }

    var printed: String {
        switch content {
        case .mount(let mount): "<Mount \(mount.destination)>"
        case .secret(let secret): "<Mount \(secret.path ?? secret.variable ?? secret.file.id)>"
        case .ssh(let socket): "<Mount \(socket.path.isEmpty ? "ssh" : socket.path)>"
        }
    }
}

/// `llb.cache_mount(…)` and the other kinds of mounts.
enum MountFunctions {
    static let all = [bind, cache, tmpfs, secret, ssh]

    private static let contentCaches: [(name: String, value: Operation.ContentCache)] = [
        ("default", .default), ("on", .on), ("off", .off),
    ]

    private static let sharings: [(name: String, value: Operation.CacheSharing)] = [
        ("shared", .shared), ("private", .private), ("locked", .locked),
    ]

    private static let bind = GraphFunction(
        "bind_mount", "target", "source", "*", "selector?", "readonly?", "output?", "content_cache?"
    ) { binding, call, arguments in
        var mount = MountSpecification(
            destination: try arguments.filledString("target"), source: try arguments.state("source"))
        mount.selector = try arguments.string("selector")
        mount.isReadonly = try arguments.bool("readonly")
        mount.discardsOutput = try !arguments.bool("output", default: true)
        mount.contentCache = try arguments.choice("content_cache", contentCaches, default: .default)
        return try binding.value(.mount(mount), call.heap)
    }

    private static let cache = GraphFunction(
        "cache_mount", "target", "*", "id", "source??", "selector?", "sharing?"
    ) { binding, call, arguments in
        let source = try arguments.optionalHost("source", as: StateValue.self, wanted: "State")?.state
        var mount = MountSpecification(
            destination: try arguments.filledString("target"), source: source ?? binding.graph.scratch)
        mount.selector = try arguments.string("selector")
        mount.kind = .cache(
            id: try arguments.filledString("id"),
            sharing: try arguments.choice("sharing", sharings, default: .shared))
        return try binding.value(.mount(mount), call.heap)
    }

    private static let tmpfs = GraphFunction("tmpfs_mount", "target", "*", "size?") { binding, call, arguments in
        var mount = MountSpecification(
            destination: try arguments.filledString("target"), source: binding.graph.scratch)
        mount.kind = .tmpfs(size: try arguments.int("size", 0...Int.max))
        return try binding.value(.mount(mount), call.heap)
    }

    private static let secret = GraphFunction(
        "secret_mount", "id", "*", "target?", "env?", "uid?", "gid?", "mode?", "optional?"
    ) { binding, call, arguments in
        let id = try arguments.filledString("id")
        let (target, variable) = try (arguments.string("target"), arguments.string("env"))
        guard !target.isEmpty || !variable.isEmpty else {
            throw EvaluationError("needs a target, the path of a file, or env, the name of a variable")
        }
        let file = Operation.Agent(
            id: id, userID: try arguments.accountID("uid"), groupID: try arguments.accountID("gid"),
            mode: UInt32(try arguments.permissions("mode", default: 0o400)), isOptional: try arguments.bool("optional"))
        let secret = ProcessOptions.Secret(
            file, path: target.isEmpty ? nil : target, variable: variable.isEmpty ? nil : variable)
        return try binding.value(.secret(secret), call.heap)
    }

    private static let ssh = GraphFunction(
        "ssh_mount", "id?", "*", "target?", "uid?", "gid?", "mode?", "optional?"
    ) { binding, call, arguments in
        let agent = Operation.Agent(
            id: try arguments.string("id"), userID: try arguments.accountID("uid"),
            groupID: try arguments.accountID("gid"),
            mode: UInt32(try arguments.permissions("mode", default: 0o600)), isOptional: try arguments.bool("optional"))
        return try binding.value(
            .ssh(ProcessOptions.SSHSocket(agent, path: arguments.string("target"))), call.heap)
    }
}
