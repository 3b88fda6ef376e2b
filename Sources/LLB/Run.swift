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
    package var kind = Operation.Mount.Kind.bind

    package init(destination: String, source: State) {
        self.destination = destination
        self.source = source
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
        _ arguments: [String], mounts: [MountSpecification] = [], isRootReadonly: Bool = false,
        options: OperationOptions = .init()
    ) throws(LLBError) -> Execution {
        guard !arguments.isEmpty else { throw .missingArguments }
        guard !directory.isEmpty else { throw .missingDirectory }

        var root = MountSpecification(destination: "/", source: self)
        root.isReadonly = isRootReadonly
        // The client sorts by destination before it numbers inputs and outputs; equal ones keep their order.
        let specifications = ([root] + mounts).enumerated().sorted { left, right in
            let (a, b) = (left.element.destination.utf8, right.element.destination.utf8)
            return a.elementsEqual(b) ? left.offset < right.offset : a.lexicographicallyPrecedes(b)
        }

        var table = InputTable()
        var capabilities: Set<Capability> = [.execMetaBase]
        var encodedMounts: [Operation.Mount] = []
        var outputIndices = [Int?](repeating: nil, count: mounts.count + 1)
        var outputCount = 0
        for (position, mount) in specifications {
            guard mount.source.graph === graph else { throw .foreignState }
            var keepsOutput = !mount.isReadonly && !mount.discardsOutput
            switch mount.kind {
            case .cache:
                capabilities.formUnion([.execMountCache, .execMountCacheSharing])
                keepsOutput = false
            case .tmpfs(let size):
                capabilities.insert(.execMountTmpfs)
                if size > 0 { capabilities.insert(.execMountTmpfsSize) }
                keepsOutput = false
            case .bind:
                if !mount.source.isScratch { capabilities.insert(.execMountBind) }
            }
            if !mount.selector.isEmpty { capabilities.insert(.execMountSelector) }
            if keepsOutput {
                outputIndices[position] = outputCount
                outputCount += 1
            }
            encodedMounts.append(
                Operation.Mount(
                    input: mount.source.output.map { table.index(of: $0, in: graph) } ?? Operation.none,
                    selector: mount.selector, destination: mount.destination,
                    output: outputIndices[position] ?? Operation.none, isReadonly: mount.isReadonly, kind: mount.kind))
        }
        if network != .sandbox { capabilities.insert(.execMetaNetwork) }
        if security != .sandbox { capabilities.insert(.execMetaSecurity) }

        let exec = Operation.Exec(
            arguments: arguments, environment: environment.map { "\($0.name)=\($0.value)" }, directory: directory,
            user: user, mounts: encodedMounts, network: network, security: security)
        let vertex = try graph.add(
            .exec(exec), inputs: table.inputs, dependencies: table.outputs, isPlatformSpecific: true,
            capabilities: capabilities, options: completing(options))
        let results = zip([self] + mounts.map(\.source), outputIndices).map { state, index in
            index.map { state.replacing(output: Graph.Output(vertex: vertex, index: $0)) }
        }
        // A read-only root is its own result.
        return Execution(root: results[0] ?? self, mounts: Array(results.dropFirst()))
    }
}
