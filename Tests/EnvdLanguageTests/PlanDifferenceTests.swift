import Foundation
import LLB
import Testing

@testable import EnvdLanguage

/// What BuildKit's cache would say, for operations that the API of envd does not make by itself.
@Suite struct PlanDifferenceTests {
    private typealias Build = (Graph) throws -> State
    private typealias Operation = LLB.Operation

    private func snapshot(
        of files: [String: String] = ["a.txt": "a", "b/c.txt": "c"], limits: LocalContent.Limits = .init(),
        _ build: Build
    ) throws -> PlanSnapshot {
        let project = try TemporaryProject(files)
        return try snapshot(in: project, limits: limits, build)
    }

    private func snapshot(
        in project: TemporaryProject, limits: LocalContent.Limits = .init(), _ build: Build
    ) throws -> PlanSnapshot {
        let definition = try build(Graph(localUniqueID: UUID().uuidString)).definition()
        let plan = Plan(definition: definition, runtime: RuntimeSettings(), facts: [], sources: [:], output: [])
        return try PlanSnapshot(plan, facts: [], files: DiskTree(project.url.path), limits: limits)
    }

    private func states(_ old: PlanSnapshot, _ new: PlanSnapshot) -> [PlanDifference.State] {
        PlanDifference(from: old, to: new).steps.map(\.state)
    }

    private func copy(_ graph: Graph, _ change: (inout Operation.Copy) -> Void = { _ in }) throws -> State {
        var copy = Operation.Copy(source: "b", destination: "/x")
        change(&copy)
        return try graph.image("ubuntu").file([.copy(from: graph.local("build-context"), copy)])
    }

    @Test func aLocalSourceIsLookedAtByContent() throws {
        #expect(
            states(try snapshot { try copy($0) }, try snapshot { try copy($0) }) == [
                .unchanged, .unchanged, .unchanged,
            ])
        let changed = try snapshot(of: ["b/c.txt": "d"]) { try copy($0) }
        #expect(states(try snapshot { try copy($0) }, changed) == [.unchanged, .unchanged, .rebuilt])
    }

    @Test func patternsMakeItUncertain() throws {
        let pattern: Build = { graph in try copy(graph) { $0.excludePatterns = ["*.md"] } }
        let old = try snapshot(pattern)
        #expect(states(old, try snapshot(pattern)).last == .unchanged)
        let changed = try snapshot(of: ["b/c.txt": "d"], pattern)
        #expect(states(old, changed).last == .uncertain)
        #expect(PlanDifference(from: old, to: changed).steps.last?.reasons == [.filteredFiles(in: "b")])
        // What is outside of the folder that the pattern looks into does not matter.
        #expect(states(old, try snapshot(of: ["b/c.txt": "c", "z": "z"], pattern)).last == .unchanged)
    }

    @Test func aWildcardLooksIntoTheFolderBeforeIt() throws {
        let wildcard: Build = { graph in
            try copy(graph) {
                $0.source = "b/*.txt"
                $0.allowsWildcard = true
            }
        }
        let old = try snapshot(wildcard)
        #expect(states(old, try snapshot(of: ["b/c.txt": "c", "z": "z"], wildcard)).last == .unchanged)
        #expect(states(old, try snapshot(of: ["b/c.txt": "c", "b/z": "z"], wildcard)).last == .uncertain)
    }

    @Test func theNameOfACacheMattersToOldBuildersOnly() throws {
        func build(_ name: String) throws -> PlanSnapshot {
            try snapshot { graph in
                var mount = MountSpecification(destination: "/cache", source: graph.scratch)
                mount.kind = .cache(id: name, sharing: .shared)
                let root = try graph.image("ubuntu").run(["make"], mounts: [mount]).root
                return try root.run(["ls"]).root
            }
        }
        #expect(states(try build("a"), try build("a")) == [.unchanged, .unchanged, .unchanged])
        #expect(states(try build("a"), try build("b")) == [.unchanged, .uncertain, .uncertain])
    }

    @Test func whatIsPinnedMayBeElsewhere() throws {
        let digest = "sha256:" + String(repeating: "a", count: 64)
        func download(_ url: String, _ checksum: String) throws -> PlanSnapshot {
            try snapshot { graph in
                var file = Graph.HTTPFile()
                file.checksum = checksum
                return try graph.http(url, file: file)
            }
        }
        #expect(
            states(try download("https://a/x.tar", digest), try download("https://b/x.tar?1", digest)) == [.unchanged])
        #expect(states(try download("https://a/x.tar", digest), try download("https://a/y.tar", digest)) == [.rebuilt])
        #expect(states(try download("https://a/x.tar", ""), try download("https://b/x.tar", "")) == [.rebuilt])

        let commit = String(repeating: "1", count: 40)
        func checkout(_ remote: String, _ ref: String) throws -> PlanSnapshot {
            try snapshot { try $0.git(remote, ref: ref) }
        }
        #expect(states(try checkout("https://a/r", commit), try checkout("https://b/r", commit)) == [.unchanged])
        #expect(states(try checkout("https://a/r", "main"), try checkout("https://b/r", "main")) == [.rebuilt])
    }

    @Test func aDirectoryOfTheClientAsRootIsRunInEveryBuild() throws {
        let build: Build = { graph in try graph.local("build-context").run(["ls"]).root }
        let difference = PlanDifference(from: try snapshot(build), to: try snapshot(build))
        #expect(difference.isEmpty)
        #expect(difference.new.steps.map(\.isNeverCached) == [false, true])
    }

    @Test func aMountOfAPartCountsAsThatPart() throws {
        func build(_ files: [String: String], isReadonly: Bool) throws -> PlanSnapshot {
            try snapshot(of: files) { graph in
                var mount = MountSpecification(destination: "/m", source: try graph.local("build-context"))
                mount.selector = "b"
                mount.isReadonly = isReadonly
                return try graph.image("ubuntu").run(["ls"], mounts: [mount]).root
            }
        }
        let old = try build(["b/c": "1", "a": "1"], isReadonly: true)
        #expect(states(old, try build(["b/c": "1", "a": "2"], isReadonly: true)).last == .unchanged)
        #expect(states(old, try build(["b/c": "2", "a": "1"], isReadonly: true)).last == .rebuilt)
        // What the process writes beside it would be in the result: BuildKit does not look at content then.
        #expect(try build(["b/c": "1"], isReadonly: false).steps.last?.isNeverCached == true)
    }

    @Test func theAccountsOfAnotherFileSystemAreLookedAt() {
        var made = Operation.MakeDirectory(path: "/x", mode: 0o755, makesParents: true)
        made.owner = .init(user: .name("me", input: 1), group: .name("us", input: 0))
        let input = Operation.Input(digest: Digest(of: []), index: 0)
        let action = Operation.FileAction(
            input: 0, secondaryInput: Operation.none, output: 0, kind: .makeDirectory(made))
        let operation = Operation(inputs: [input, input], body: .file([action]), platform: nil, workerFilters: nil)
        // What is changed counts as a whole.
        #expect(operation.dependencies.map(\.basis) == [.definition, .content])
        #expect(operation.dependencies[1].selections == [.init(path: "/etc/passwd", followsLink: true)])
    }

    @Test func whatBuildKitLeavesOutOfItsKeys() throws {
        func build(_ addresses: [String]) throws -> PlanSnapshot {
            try snapshot { graph in
                try addresses.reduce(graph.image("ubuntu")) { try $0.addingExtraHost("a", at: $1) }.run(["ls"]).root
            }
        }
        let old = try build([])
        let host = try build(["10.0.0.1"])
        #expect(states(host, try build(["10.0.0.2"])).last == .unchanged)
        #expect(states(old, host).last == .rebuilt)
        let group = try snapshot { try $0.image("ubuntu").settingCgroupParent("g").run(["ls"]).root }
        let difference = PlanDifference(from: old, to: group)
        #expect(difference.steps.last?.reasons == [.otherSettings])
    }

    @Test func linksOnTheWayAreFollowedWithinTheProject() throws {
        let project = try TemporaryProject(["real/c.txt": "c", "b.txt": "b"])
        let link = project.url.appendingPathComponent("b").path
        for target in ["real", "/real", "../../../../../../../../real", "./x/../real"] {
            try? FileManager.default.removeItem(atPath: link)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            let selected = try snapshot(in: project) { graph in try copy(graph) { $0.source = "b/c.txt" } }
            let files = try #require(selected.steps.last?.inputs.last?.files.first?.files.files)
            #expect(files.count == (target == "./x/../real" ? 0 : 1), "\(target)")
            // The link itself, if the path ends there.
            let own = try snapshot(in: project) { try copy($0) }.steps.last?.inputs.last?.files.first?.files.files
            #expect(own?.map(\.entry.kind) == [.link])
        }
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "b")
        let endless = try snapshot(in: project) { graph in try copy(graph) { $0.source = "b/c.txt" } }
        #expect(endless.steps.last?.inputs.last?.files.first?.files.files == [])
    }

    @Test func thereAreLimits() throws {
        var limits = LocalContent.Limits()
        limits.files = 2
        #expect(throws: ProjectDirectory.ReadError.self) {
            try snapshot(of: ["b/1": "", "b/2": ""], limits: limits) { try copy($0) }
        }
        limits = .init()
        limits.bytes = 10
        #expect(throws: Never.self) { try snapshot(of: ["b/1": "123456789"], limits: limits) { try copy($0) } }
        #expect(throws: ProjectDirectory.ReadError.self) {
            try snapshot(of: ["b/1": "123456", "b/2": "123456"], limits: limits) { try copy($0) }
        }
        // What no step uses is not read, however large it is.
        #expect(throws: Never.self) {
            try snapshot(of: ["b/1": "1", "big": "12345678901"], limits: limits) { try copy($0) }
        }
    }

    @Test func theOrderOfLayersCounts() throws {
        func build(_ order: [Int]) throws -> PlanSnapshot {
            try snapshot { graph in
                let layers = try order.map { number in
                    try graph.scratch.file([.makeFile(.init(path: "/\(number)", mode: 0o644, data: []))])
                }
                return try State.merge(layers, in: graph)
            }
        }
        let difference = PlanDifference(from: try build([1, 2]), to: try build([2, 1]))
        #expect(difference.steps.map(\.state) == [.unchanged, .unchanged, .rebuilt])
        #expect(difference.steps.last?.reasons.isEmpty == false)
    }

    @Test func aStepIsComparedWithTheOneMostLikeIt() throws {
        func build(_ commands: [[String]]) throws -> PlanSnapshot {
            try snapshot { graph in
                try commands.reduce(try graph.image("ubuntu")) { try $0.run($1).root }
            }
        }
        let old = try build([["apt-get", "install", "vim"], ["pip", "install", "numpy"], ["make", "all"]])
        let new = try build([["pip", "install", "numpy", "torch"], ["apt-get", "install", "vim", "htop"], ["cargo"]])
        let difference = PlanDifference(from: old, to: new)
        #expect(difference.steps.map(\.counterpart) == [1, 3, 2, nil])
        #expect(difference.steps.map(\.state) == [.unchanged, .rebuilt, .rebuilt, .new])
        #expect(difference.removed == [4])
    }

    @Test func anImageForAnother() throws {
        func build(_ name: String) throws -> PlanSnapshot {
            try snapshot { try $0.image(name).run(["ls"]).root }
        }
        let difference = PlanDifference(from: try build("ubuntu"), to: try build("quay.io/a/b:1"))
        #expect(difference.steps.map(\.counterpart) == [1, 2])
        #expect(difference.steps.map(\.state) == [.rebuilt, .rebuilt])
        #expect(difference.steps.last?.reasons == [.after(1)])
    }

    @Test func changesOfValues() throws {
        func change(_ old: [String], _ new: [String]) -> [[String]]? {
            PlanDifference.ValueChange("x", from: old, to: new).map { [$0.removed, $0.added] }
        }
        #expect(change(["a"], ["a"]) == nil)
        #expect(change(["a", "b"], ["b", "a"]) == [[], []])
        #expect(change(["a", "a"], ["a"]) == [["a"], []])
        #expect(change(["a", "b", "a"], ["c", "a"]) == [["b", "a"], ["c"]])
    }
}
