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
        state.platform = platform
        return state
    }

    package func settingLocation(_ location: SourceLocation?) -> State {
        var state = self
        state.location = location
        return state
    }

    func replacing(output: Graph.Output?) -> State {
        var state = State(graph: graph, output: output)
        state.environment = environment
        state.directory = directory
        state.user = user
        state.network = network
        state.security = security
        state.platform = platform
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
