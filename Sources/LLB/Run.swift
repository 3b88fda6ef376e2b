/// Something that a process sees at a path besides its root file system.
package struct MountSpecification {
    package var destination: String
    /// Scratch for nothing, as for most caches and every tmpfs.
    package var source: State
    /// The path within the source.
    package var selector = ""
    package var isReadonly = false
    /// Whether what the process writes there is thrown away.
    package var discardsOutput = false
    package var contentCache = Operation.ContentCache.default
    package var kind = Kind.bind

    package enum Kind: Hashable, Sendable {
        case bind
        /// Bytes; 0 for no limit.
        case tmpfs(size: Int)
        case cache(id: String, sharing: Operation.CacheSharing)
    }

    package init(destination: String, source: State) {
        self.destination = destination
        self.source = source
    }

    /// Whether what the process leaves there is a file system of its own.
    var hasOutput: Bool { kind == .bind && !isReadonly && !discardsOutput }
}

/// What a process is given besides its command line and its mounts.
package struct ProcessOptions {
    package var isRootReadonly = false
    package var proxy: Operation.Proxy?
    package var secrets: [Secret] = []
    package var sshSockets: [SSHSocket] = []
    package var devices: [Operation.Device] = []
    package var validExitCodes: [Int] = []

    package init() {}

    /// A secret of the client as a file, an environment variable, or both.
    package struct Secret: Hashable, Sendable {
        package var file: Operation.Agent
        /// The path of the file; nil for none.
        package var path: String?
        /// The name of the environment variable; nil for none.
        package var variable: String?

        package init(_ file: Operation.Agent, path: String?, variable: String?) {
            self.file = file
            self.path = path
            self.variable = variable
        }
    }

    package struct SSHSocket: Hashable, Sendable {
        package var agent: Operation.Agent
        /// Empty for a path that is made up.
        package var path: String

        package init(_ agent: Operation.Agent, path: String = "") {
            self.agent = agent
            self.path = path
        }
    }
}

extension State {
    /// The result of a process: its root file system and what it left in its writable mounts.
    package struct Execution {
        package let root: State
        /// In the order in which the mounts were given; nil for those that keep nothing.
        package let mounts: [State?]
    }

    /// Runs a process on this file system, in its working directory, with its environment, as its user.
    package func run(
        _ arguments: [String], mounts: [MountSpecification] = [], process: ProcessOptions = .init(),
        options: OperationOptions = .init()
    ) throws(LLBError) -> Execution {
        guard !arguments.isEmpty else { throw .missingArguments }
        guard !directory.isEmpty else { throw .missingDirectory }

        var root = MountSpecification(destination: "/", source: self)
        root.isReadonly = process.isRootReadonly
        // The client sorts by destination before it numbers inputs and outputs; equal ones keep their order.
        let specifications = ([root] + mounts).enumerated().sorted { left, right in
            let (a, b) = (left.element.destination.utf8, right.element.destination.utf8)
            return a.elementsEqual(b) ? left.offset < right.offset : a.lexicographicallyPrecedes(b)
        }

        var table = InputTable()
        var encodedMounts: [Operation.Mount] = []
        var outputIndices = [Int?](repeating: nil, count: mounts.count + 1)
        var outputCount = 0
        for (position, mount) in specifications {
            try check(mount)
            if mount.hasOutput {
                outputIndices[position] = outputCount
                outputCount += 1
            }
            encodedMounts.append(
                mount.operation(
                    input: mount.source.output.map { table.index(of: $0, in: graph) } ?? Operation.none,
                    output: outputIndices[position] ?? Operation.none))
        }

        var exec = Operation.Exec(
            arguments: arguments, environment: environment(for: process), directory: directory,
            user: user, mounts: encodedMounts + process.agentMounts, network: network, security: security)
        exec.proxy = process.proxy
        exec.extraHosts = extraHosts
        exec.hostname = hostname
        exec.ulimits = ulimits
        exec.cgroupParent = cgroupParent
        exec.validExitCodes = process.validExitCodes
        exec.devices = process.devices
        exec.secretVariables = process.secrets.compactMap { secret in
            secret.variable.map { .init(id: secret.file.id, name: $0, isOptional: secret.file.isOptional) }
        }
        var capabilities = process.capabilities
        for (_, mount) in specifications { capabilities.formUnion(mount.capabilities) }
        if network != .sandbox { capabilities.insert(.execMetaNetwork) }
        if security != .sandbox { capabilities.insert(.execMetaSecurity) }
        if !ulimits.isEmpty { capabilities.insert(.execMetaUlimit) }

        let vertex = try graph.add(
            .exec(exec), inputs: table.inputs, dependencies: table.outputs, isPlatformSpecific: true,
            capabilities: capabilities, options: completing(options), resultPlatform: options.platform)
        let results = zip([self] + mounts.map(\.source), outputIndices).map { state, index in
            index.map { state.replacing(output: Graph.Output(vertex: vertex, index: $0)) }
        }
        // What is read-only is its own result.
        let states = zip(results.dropFirst(), mounts).map { result, mount in
            result ?? (mount.isReadonly ? mount.source : nil)
        }
        return Execution(root: results[0] ?? self, mounts: states)
    }

    private func check(_ mount: MountSpecification) throws(LLBError) {
        guard mount.source.graph === graph else { throw .foreignState }
        switch mount.kind {
        case .bind: break
        case .tmpfs: guard mount.source.isScratch else { throw .sourceOfTmpfs(mount.destination) }
        // BuildKit's client takes a cache without a name for a bind mount.
        case .cache(let id, _): guard !id.isEmpty else { throw .missingCacheID(mount.destination) }
        }
    }

    /// `NAME=value`. The first SSH agent is where programs look for it, unless the state says otherwise.
    private func environment(for process: ProcessOptions) -> [String] {
        var variables = environment
        if let socket = process.sshPaths.first, !variables.contains(where: { $0.name == "SSH_AUTH_SOCK" }) {
            variables.append(("SSH_AUTH_SOCK", socket))
        }
        return variables.map { "\($0.name)=\($0.value)" }
    }
}

extension MountSpecification {
    fileprivate func operation(input: Int, output: Int) -> Operation.Mount {
        let kind: Operation.Mount.Kind =
            switch self.kind {
            case .bind: .bind
            case .tmpfs(let size): .tmpfs(size: size)
            case .cache(let id, let sharing): .cache(id: id, sharing: sharing)
            }
        var mount = Operation.Mount(
            input: input, selector: selector, destination: destination, output: output, isReadonly: isReadonly,
            kind: kind)
        mount.contentCache = contentCache
        return mount
    }

    fileprivate var capabilities: Capabilities {
        var capabilities: Capabilities = []
        switch kind {
        case .cache: capabilities.formUnion([.execMountCache, .execMountCacheSharing])
        case .tmpfs(let size):
            capabilities.insert(.execMountTmpfs)
            if size > 0 { capabilities.insert(.execMountTmpfsSize) }
        case .bind:
            if !source.isScratch { capabilities.insert(.execMountBind) }
        }
        if !selector.isEmpty { capabilities.insert(.execMountSelector) }
        if contentCache != .default { capabilities.insert(.execMountContentCache) }
        return capabilities
    }
}

extension ProcessOptions {
    fileprivate var sshPaths: [String] {
        sshSockets.enumerated().map { index, socket in
            socket.path.isEmpty ? "/run/buildkit/ssh_agent.\(index)" : socket.path
        }
    }

    /// They come after all other mounts, and are not sorted.
    fileprivate var agentMounts: [Operation.Mount] {
        let files = secrets.compactMap { secret in
            secret.path.map { path in
                Operation.Mount(input: Operation.none, destination: path, output: 0, kind: .secret(secret.file))
            }
        }
        let sockets = zip(sshSockets, sshPaths).map { socket, path in
            Operation.Mount(input: Operation.none, destination: path, output: 0, kind: .ssh(socket.agent))
        }
        return files + sockets
    }

    fileprivate var capabilities: Capabilities {
        var capabilities: Capabilities = [.execMetaBase]
        if proxy != nil { capabilities.insert(.execMetaProxy) }
        if !secrets.isEmpty { capabilities.insert(.execMountSecret) }
        if secrets.contains(where: { $0.variable != nil }) { capabilities.insert(.execSecretEnvironment) }
        if !sshSockets.isEmpty { capabilities.insert(.execMountSSH) }
        if !devices.isEmpty { capabilities.insert(.execMetaDevices) }
        if !validExitCodes.isEmpty { capabilities.insert(.execValidExitCodes) }
        return capabilities
    }
}
