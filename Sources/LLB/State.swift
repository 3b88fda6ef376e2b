/// A file system as the result of operations, and the settings for the operations to come: environment, working
/// directory, user.
///
/// States are values: every method returns a new one, and the one it was called on stays what it was. The settings and
/// their meaning are those of BuildKit's `client/llb`.
package struct State {
    package let graph: Graph
    /// Nil is scratch, the empty file system.
    let output: Graph.Output?
    /// In the order in which the variables were last set.
    package private(set) var environment: [(name: String, value: String)] = []
    package private(set) var directory = "/"
    package private(set) var user = ""
    package private(set) var hostname = ""
    package private(set) var cgroupParent = ""
    package private(set) var extraHosts: [Operation.ExtraHost] = []
    package private(set) var ulimits: [Operation.Ulimit] = []
    package private(set) var network = Operation.NetworkMode.sandbox
    package private(set) var security = Operation.SecurityMode.sandbox
    /// Nil is the graph's.
    package private(set) var platform: Platform?
    /// The cause of operations that do not name another one.
    package private(set) var location: SourceLocation?

    package init(scratchIn graph: Graph) {
        self.init(graph: graph, output: nil)
    }

    init(graph: Graph, output: Graph.Output?) {
        self.graph = graph
        self.output = output
    }

    package var isScratch: Bool { output == nil }

    /// The digest of the operation whose result this is; nil for scratch.
    package var digest: Digest? { output.map { graph.vertices[$0.vertex].digest } }

    // MARK: - Settings

    /// Setting a variable again moves it to the end.
    package func settingEnvironment(_ name: String, to value: String) -> State {
        var state = self
        state.environment.removeAll { $0.name == name }
        state.environment.append((name, value))
        return state
    }

    /// A relative path is relative to the working directory so far.
    package func settingDirectory(_ path: String) -> State {
        var state = self
        state.directory = ImagePath.isAbsolute(path) ? path : ImagePath.join(directory.isEmpty ? "/" : directory, path)
        return state
    }

    package func settingUser(_ name: String) -> State {
        var state = self
        state.user = name
        return state
    }

    package func settingHostname(_ name: String) -> State {
        var state = self
        state.hostname = name
        return state
    }

    package func settingCgroupParent(_ path: String) -> State {
        var state = self
        state.cgroupParent = path
        return state
    }

    /// - Parameter address: an IPv4 or IPv6 address, which is written in its shortest form.
    package func addingExtraHost(_ name: String, at address: String) throws(LLBError) -> State {
        guard let address = IPAddress(address) else { throw .invalidAddress(address) }
        var state = self
        state.extraHosts.append(Operation.ExtraHost(name: name, address: address.description))
        return state
    }

    package func addingUlimit(_ name: String, soft: Int, hard: Int) -> State {
        var state = self
        state.ulimits.append(Operation.Ulimit(name: name, soft: soft, hard: hard))
        return state
    }

    package func settingNetwork(_ mode: Operation.NetworkMode) -> State {
        var state = self
        state.network = mode
        return state
    }

    package func settingSecurity(_ mode: Operation.SecurityMode) -> State {
        var state = self
        state.security = mode
        return state
    }

    package func settingPlatform(_ platform: Platform) -> State {
        var state = self
        state.platform = platform.normalized
        return state
    }

    /// This file system with the settings of another state; the working directory becomes `/`, unless the operation
    /// behind it was given a platform, which then stays: so does BuildKit's client.
    package func resettingSettings(to other: State) throws(LLBError) -> State {
        guard other.graph === graph else { throw .foreignState }
        let platform = output.flatMap { graph.vertices[$0.vertex].platform }
        var state = other.replacing(output: output)
        if platform == nil { state.directory = "/" }
        state.location = location
        return state
    }

    package func settingLocation(_ location: SourceLocation?) -> State {
        var state = self
        state.location = location
        return state
    }

    /// This file system with the settings of another state of the same graph.
    package func takingSettings(of other: State) -> State {
        other.graph === graph ? other.replacing(output: output) : self
    }

    /// The result of an operation with the settings of this state.
    func replacing(output: Graph.Output?) -> State {
        var state = State(graph: graph, output: output)
        state.environment = environment
        state.directory = directory
        state.user = user
        state.hostname = hostname
        state.cgroupParent = cgroupParent
        state.extraHosts = extraHosts
        state.ulimits = ulimits
        state.network = network
        state.security = security
        state.platform = output.flatMap { graph.vertices[$0.vertex].platform } ?? platform
        state.location = location
        return state
    }

    /// The options with what the state says where they say nothing.
    func completing(_ options: OperationOptions) -> OperationOptions {
        var complete = options
        complete.platform = options.platform ?? platform
        complete.location = options.location ?? location
        return complete
    }
}
