import LLB
import Starlark

/// `llb.…`: where states come from, and how they are put together. What a state can do is in `StateValue`.
enum LLBModule {
    static func make(_ graph: Graph, _ blame: Blame, in heap: Heap) -> Value {
        heap.module(
            "llb",
            (sources(graph, blame) + combinations(graph, blame) + mounts(graph)).map { ($0.name, heap.function($0)) })
    }

    private static func sources(_ graph: Graph, _ blame: Blame) -> [HostFunction] {
        [
            HostFunction("scratch") { call in
                _ = try call.bind()
                return call.heap.host(StateValue(graph.scratch, blame))
            },
            HostFunction("image", "reference", "*", "site?") { call in
                let arguments = try call.bind()
                let site = try arguments.location("site")
                let state = try blame.attribute(to: site) {
                    try graph.image(arguments.string("reference"), options: OperationOptions(location: site))
                }
                return call.heap.host(StateValue(state, blame))
            },
            HostFunction("local", "name", "*", "site?") { call in
                let arguments = try call.bind()
                let options = OperationOptions(location: try arguments.location("site"))
                return call.heap.host(StateValue(try graph.local(arguments.string("name"), options: options), blame))
            },
            HostFunction("http", "url", "*", "checksum?", "filename?", "mode?", "uid?", "gid?", "site?") { call in
                let arguments = try call.bind()
                var file = Graph.HTTPFile()
                file.checksum = try arguments.string("checksum")
                file.name = try arguments.string("filename")
                file.mode = try arguments.int("mode")
                file.userID = try arguments.int("uid")
                file.groupID = try arguments.int("gid")
                let options = OperationOptions(location: try arguments.location("site"))
                return call.heap.host(
                    StateValue(try graph.http(arguments.string("url"), file: file, options: options), blame))
            },
            HostFunction("git", "remote", "ref?", "*", "subdirectory?", "keep_git_dir?") { call in
                let arguments = try call.bind()
                let state = try graph.git(
                    arguments.string("remote"), ref: arguments.string("ref"),
                    subdirectory: arguments.string("subdirectory"),
                    keepsGitDirectory: arguments.bool("keep_git_dir"))
                return call.heap.host(StateValue(state, blame))
            },
        ]
    }

    private static func combinations(_ graph: Graph, _ blame: Blame) -> [HostFunction] {
        [
            HostFunction("merge", "states", "*", "name?") { call in
                let arguments = try call.bind()
                let states = try arguments.sequence("states").map { value throws(EvaluationError) in
                    guard let state = value.asHost(StateValue.self) else {
                        throw arguments.mismatch("states", value, "list of states")
                    }
                    return state.state
                }
                return call.heap.host(
                    StateValue(try State.merge(states, in: graph, options: arguments.options()), blame))
            },
            HostFunction("diff", "lower", "upper", "*", "name?") { call in
                let arguments = try call.bind()
                let lower = try arguments.host("lower", as: StateValue.self, wanted: "State").state
                let upper = try arguments.host("upper", as: StateValue.self, wanted: "State").state
                return call.heap.host(StateValue(try lower.difference(to: upper, options: arguments.options()), blame))
            },
        ]
    }

    private static func mounts(_ graph: Graph) -> [HostFunction] {
        [
            HostFunction("bind_mount", "target", "source", "*", "selector?", "readonly?") { call in
                let arguments = try call.bind()
                var mount = MountSpecification(
                    destination: try arguments.string("target"),
                    source: try arguments.host("source", as: StateValue.self, wanted: "State").state)
                mount.selector = try arguments.string("selector")
                mount.isReadonly = try arguments.bool("readonly")
                return call.heap.host(MountValue(mount))
            },
            HostFunction("cache_mount", "target", "*", "id", "source?", "selector?", "sharing?") { call in
                let arguments = try call.bind()
                var source = graph.scratch
                if arguments.optional("source") != nil {
                    source = try arguments.host("source", as: StateValue.self, wanted: "State").state
                }
                var mount = MountSpecification(destination: try arguments.string("target"), source: source)
                mount.selector = try arguments.string("selector")
                mount.kind = .cache(
                    id: try arguments.string("id"),
                    sharing: try sharing(arguments.string("sharing", default: "shared")))
                return call.heap.host(MountValue(mount))
            },
            HostFunction("tmpfs_mount", "target", "*", "size?") { call in
                let arguments = try call.bind()
                var mount = MountSpecification(
                    destination: try arguments.string("target"), source: graph.scratch)
                mount.kind = .tmpfs(size: try arguments.int("size"))
                return call.heap.host(MountValue(mount))
            },
        ]
    }

    private static func sharing(_ name: String) throws(EvaluationError) -> Operation.CacheSharing {
        switch name {
        case "shared": .shared
        case "private": .private
        case "locked": .locked
        default: throw EvaluationError("sharing must be shared, private or locked, not \(name)")
        }
    }
}
