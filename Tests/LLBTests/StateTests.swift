import Testing

@testable import LLB

/// Graphs made with states, held against what the real envd printed for `Golden/programs/python`.
@Suite struct StateTests {
    private static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    private static let condaPath = path + ":/opt/conda/envs/envd/bin:/opt/conda/bin:/home/envd/.local/bin"

    private static func named(_ name: String) -> OperationOptions { OperationOptions(customName: name) }

    private static func cache(_ path: String, _ source: State, selector: String = "") -> MountSpecification {
        var mount = MountSpecification(destination: path, source: source)
        mount.kind = .cache(id: "\(path)/python-cpu", sharing: .shared)
        mount.selector = selector
        return mount
    }

    private static func base(_ graph: Graph) throws -> State {
        try graph.image("ubuntu:22.04")
            .settingEnvironment("DEBIAN_FRONTEND", to: "noninteractive").settingEnvironment("PATH", to: "?")
            .settingEnvironment("LANG", to: "C.UTF-8").settingEnvironment("LC_ALL", to: "C.UTF-8")
            .settingEnvironment("PATH", to: path)
    }

    private static func packages(on state: State) throws -> State {
        try state.run(
            ShellWords.split(
                "bash -c \"apt-get update && apt-get install -y --no-install-recommends vim git\""
            ).words,
            mounts: [cache("/var/lib/apt", state.graph.scratch), cache("/var/cache/apt", state.graph.scratch)],
            options: named("apt-get install vim git")
        ).root
    }

    private static func python(on state: State) throws -> State {
        let mamba = "ghcr.io/mamba-org/micromamba:2.3.3-debian12-slim"
        let graph = state.graph
        let install = "/opt/conda/envs/envd/bin"
        let alternatives = ["python", "python3", "pip", "pip3"].map {
            "\t\t\tupdate-alternatives --install /usr/bin/\($0) \($0) \(install)/\($0) 1"
        }
        return try state.settingEnvironment("PATH", to: condaPath)
            .file(
                [.makeDirectory(.init(path: "/etc/ssl/certs", mode: 0o755, makesParents: true))],
                options: named("[internal] mkdir certs")
            ).file(
                [
                    .copy(
                        from: graph.image(mamba),
                        .init(source: "/etc/ssl/certs/ca-certificates.crt", destination: "/etc/ssl/certs"))
                ], options: named("[internal] copy cert from mamba")
            ).file(
                [.copy(from: graph.image(mamba), .init(source: "/bin/micromamba", destination: "/usr/local/bin"))],
                options: named("[internal] copy micromamba binary")
            ).run(
                [
                    "bash", "-c",
                    "/usr/local/bin/micromamba create -p /opt/conda/envs/envd -c defaults python=3.11",
                ], options: named("[internal] create envd python=3.11")
            ).root.run(
                ["rm", "/usr/local/bin/micromamba"], options: named("[internal] rm micromamba binary")
            ).root.run(
                ["sh", "-c", "\n" + alternatives.joined(separator: " &&\n") + "\n\t\t\t"],
                options: named("[internal] update alternative python/python3/pip/pip3 to envd")
            ).root
    }

    private static func finish(_ state: State, owner: UInt32, group: UInt32) throws -> State {
        let graph = state.graph
        let pip = try graph.scratch.file(
            [.makeDirectory(.init(path: "/cache/pip", mode: 0o755, makesParents: true))],
            options: named("[internal] setting pip cache mount permissions"))
        var copy = Operation.Copy(
            source: "src", destination: "/opt/app/", owner: .init(user: .id(owner), group: .id(group)))
        copy.createsDestinationPath = true
        let prepared = try state.run(
            ["mkdir", "-p", "/root/.cache/pip"], options: named("[internal] create cache dir")
        ).root.run(
            ["python", "-m", "pip", "install", "numpy", "torch"],
            mounts: [cache("/root/.cache/pip", pip, selector: "/cache/pip")],
            options: named("[internal] pip install numpy torch")
        ).root.file([.copy(from: graph.local("build-context"), copy)]).settingDirectory("/home/envd/python")
        return try prepared.run(
            ["bash", "-c", "set -euo pipefail\necho hi\nls -l\n"],
            mounts: [.init(destination: "/home/envd/python", source: graph.local("build-context"))]
        ).root
    }

    @Test func withoutMergeOperations() throws {
        let golden = try Golden("python-moby-worker")
        let graph = Graph(localUniqueID: try #require(try golden.localUniqueID()))
        let state = try Self.python(on: Self.packages(on: Self.base(graph)))
        let definition = try Self.finish(state, owner: 0, group: 0).definition()
        #expect(definition.entries.map(\.json) == golden.lines)
    }

    @Test func withMergeOperations() throws {
        let golden = try Golden("python-unix")
        let graph = Graph(localUniqueID: try #require(try golden.localUniqueID()))
        let base = try Self.base(graph)
        let state = try State.merge(
            [
                base,
                base.difference(
                    to: Self.packages(on: base), options: Self.named("[internal] install system packages")),
                base.difference(to: Self.python(on: base), options: Self.named("[internal] prepare language")),
            ], in: graph, options: Self.named("[internal] language environment and system packages"))
        let definition = try Self.finish(state, owner: 1000, group: 1001).definition()
        #expect(definition.entries.map(\.json) == golden.lines)
    }

    @Test func settingAVariableAgainMovesItToTheEnd() {
        let state = Graph(localUniqueID: "x").scratch
            .settingEnvironment("A", to: "1").settingEnvironment("B", to: "2").settingEnvironment("A", to: "3")
        #expect(state.environment.map(\.name) == ["B", "A"])
        #expect(state.environment.map(\.value) == ["2", "3"])
    }

    @Test func statesAreValues() throws {
        let base = try Self.base(Graph(localUniqueID: "x"))
        _ = base.settingDirectory("tmp").settingUser("nobody")
        #expect(base.directory == "/")
        #expect(base.user == "")
        #expect(base.settingDirectory("tmp").settingDirectory("../var/./log").directory == "/var/log")
    }

    @Test func theSameOperationFromTwoPlacesIsOneEntryWithBothPlaces() throws {
        let graph = Graph(localUniqueID: "x")
        let here = SourceLocation(file: "a", range: 0..<1, line: 1, column: 1)
        let there = SourceLocation(file: "a", range: 5..<6, line: 2, column: 1)
        let image = { try graph.image("alpine", options: OperationOptions(location: $0)) }
        let merged = try State.merge([try image(here), try image(there)], in: graph)
        let entries = try merged.definition().entries
        #expect(entries.count == 3)
        #expect(entries[0].locations == [here, there])
    }

    @Test func aChainOfAHundredThousandOperationsIsNoProblemAndOneMoreIsAnError() throws {
        let graph = Graph(localUniqueID: "x")
        var state = graph.scratch
        for _ in 0..<Graph.maximumOperations {
            state = try state.file([.remove(.init(path: "/x", allowsNotFound: true, allowsWildcard: false))])
        }
        #expect(try state.definition().entries.count == Graph.maximumOperations + 1)
        #expect(throws: LLBError.tooManyOperations(limit: Graph.maximumOperations)) {
            try graph.image("alpine")
        }
    }

    @Test func processesNeedArguments() throws {
        let state = Graph(localUniqueID: "x").scratch
        #expect(throws: LLBError.missingArguments) { try state.run([]) }
        #expect(throws: LLBError.scratchHasNoOutput) { try state.definition() }
    }

    @Test func actionsOfOneFileOperationBuildOnEachOther() throws {
        let graph = Graph(localUniqueID: "x")
        let (left, right) = (try graph.image("left"), try graph.image("right"))
        let state = try graph.scratch.settingDirectory("/srv").file([
            .copy(from: left, .init(source: "a", destination: "b/")),
            .makeFile(.init(path: "c", mode: 0o10644, data: [1])),
            .copy(from: right, .init(source: "/d", destination: ".")),
        ])
        let entries = try state.definition().entries
        guard case .file(let actions) = entries[2].operation.body else {
            Issue.record("no file operation")
            return
        }
        #expect(entries[0].operation.inputs.isEmpty)
        #expect(entries[2].operation.inputs.map(\.digest) == [left.digest, right.digest])
        // The client visits the source of the last action first.
        #expect(entries.prefix(2).map(\.digest) == [right.digest, left.digest])
        #expect(actions.map(\.input) == [-1, 2, 3])
        #expect(actions.map(\.secondaryInput) == [0, -1, 1])
        #expect(actions.map(\.output) == [-1, -1, 0])
        guard case .copy(let copy) = actions[0].kind, case .makeFile(let file) = actions[1].kind else {
            Issue.record("unexpected actions")
            return
        }
        #expect(copy.source == "/a" && copy.destination == "/srv/b/")
        #expect(file.path == "/srv/c" && file.mode == 0o644)
    }

    @Test func mountsAreSortedAndOnlyWritableOnesHaveOutputs() throws {
        let graph = Graph(localUniqueID: "x")
        let image = try graph.image("alpine")
        var readonly = MountSpecification(destination: "/b", source: image)
        readonly.isReadonly = true
        var temporary = MountSpecification(destination: "/c", source: graph.scratch)
        temporary.kind = .tmpfs(size: 1024)
        let writable = MountSpecification(destination: "/a", source: graph.scratch)
        let execution = try image.settingNetwork(.none).settingSecurity(.insecure)
            .run(["true"], mounts: [temporary, readonly, writable])
        #expect(execution.mounts.map { $0 == nil } == [true, false, false])
        #expect(execution.mounts[1]?.digest == image.digest)
        let left = try #require(execution.mounts[2])
        let entry = try #require(try left.definition().entries.dropLast().last)
        guard case .exec(let exec) = entry.operation.body else {
            Issue.record("no process")
            return
        }
        #expect(exec.mounts.map(\.destination) == ["/", "/a", "/b", "/c"])
        #expect(exec.mounts.map(\.input) == [0, -1, 0, -1])
        #expect(exec.mounts.map(\.output) == [0, 1, -1, -1])
        #expect(try left.definition().entries.last?.operation.inputs.first?.index == 1)
        #expect(entry.metadata.capabilities.isSuperset(of: [.execMetaNetwork, .execMetaSecurity, .execMountTmpfsSize]))
    }

    @Test func capabilitiesAreInOrderAndOnce() {
        var capabilities: Capabilities = [.platform, .constraints, .platform]
        #expect(capabilities.elements == [.constraints, .platform])
        capabilities.formUnion([.execMetaBase, .platform, .sourceLocal])
        #expect(capabilities.elements == [.constraints, .execMetaBase, .platform, .sourceLocal])
        #expect(capabilities.isSuperset(of: [.sourceLocal]) && !capabilities.isSuperset(of: [.merge]))
    }
}
