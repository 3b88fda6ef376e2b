import Foundation
import Testing

@testable import LLB

/// Not Foundation's.
private typealias Operation = LLB.Operation

/// Graphs that reach everything BuildKit's client offers, held against what that client makes of the same graphs:
/// `Golden/client/main.go` says them in Go, `Golden/client/regenerate` writes the files.
@Suite struct ClientTests {
    static let names = [
        "images", "systems", "constraints", "locals", "gits", "https", "settings", "mounts", "agents", "files",
        "combinations",
        "platforms", "nested", "sources",
    ]

    static func golden(_ name: String, _ kind: String) throws -> [UInt8] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/client/\(name).\(kind)")
        return [UInt8](try Data(contentsOf: file))
    }

    @Test("The same graph has the same bytes", arguments: names)
    func bytes(name: String) throws {
        let graph = Graph(localUniqueID: "unique")
        var definition = try Self.state(name, graph).definition()
        definition.sources = SourceMap(
            of: definition, in: ["build.envd": Array("base()\nrun(\n  [])\n".utf8)])
        let golden = try Definition(decoding: Self.golden(name, "pb"))
        #expect(definition.entries.map(\.json) == golden.entries.map(\.json))
        #expect(definition.encoded == (try Self.golden(name, "pb")))
    }

    @Test("A definition that was decoded is written as it was read", arguments: names)
    func roundTrip(name: String) throws {
        let bytes = try Self.golden(name, "pb")
        let definition = try Definition(decoding: bytes)
        #expect(definition.encoded == bytes)
        for entry in definition.entries { #expect(entry.operation.encoded == entry.encoded) }
    }

    @Test("A definition that was decoded prints as buildctl prints it", arguments: names)
    func printed(name: String) throws {
        let definition = try Definition(decoding: Self.golden(name, "pb"))
        let json = definition.entries.map { $0.json + "\n" }.joined()
        var golden = String(decoding: try Self.golden(name, "jsonl"), as: UTF8.self)
        if name == "files" {
            // buildctl prints no action where there is a link.
            let link =
                #""Action":{"symlink":{"oldpath":"../old","newpath":"new","owner":{"user":{"User":{}},"#
                + #""group":{"User":{"byId":7}}},"timestamp":1700000000000000000}}"#
            #expect(golden.contains(#""Action":{}"#))
            golden = golden.replacingOccurrences(of: #""Action":{}"#, with: link)
        }
        #expect(json == golden)
        #expect(definition.dot == String(decoding: try Self.golden(name, "dot"), as: UTF8.self))
    }

    // MARK: - The graphs, in the order of main.go

    private static let sum = "sha256:" + String(repeating: "0123456789abcdef", count: 4)

    private static func state(_ name: String, _ graph: Graph) throws -> State {
        switch name {
        case "images": try images(graph)
        case "systems": try systems(graph)
        case "constraints": try constraints(graph)
        case "locals": try locals(graph)
        case "gits": try gits(graph)
        case "https": try https(graph)
        case "settings": try settings(graph)
        case "mounts": try mounts(graph)
        case "agents": try agents(graph)
        case "files": try files(graph)
        case "combinations": try combinations(graph)
        case "platforms": try platforms(graph)
        case "nested": try graph.image("alpine").buildingDefinition(in: "file").run(["x"]).root
        default: try sources(graph)
        }
    }

    private static func on(_ platform: Platform) -> OperationOptions {
        var options = OperationOptions()
        options.platform = platform
        return options
    }

    private static func images(_ graph: Graph) throws -> State {
        var pull = Graph.ImageOptions()
        pull.resolveMode = .pull
        var local = Graph.ImageOptions()
        local.resolveMode = .local
        local.isInternal = true
        var limited = Graph.ImageOptions()
        limited.layerLimit = 3
        limited.checksum = sum
        var layout = Graph.LayoutOptions()
        layout.sessionID = "session"
        layout.storeID = "store"
        layout.layerLimit = 2
        return try State.merge(
            [
                graph.image("alpine", image: pull), graph.image("alpine:3.20", image: local),
                graph.image("alpine:3.21", options: on(.linuxARM64)),
                graph.image("example.com:5000/a/b@\(sum)", image: limited),
                graph.ociLayout("example.com/layout@\(sum)", layout: layout), graph.ociLayout("bare"),
            ], in: graph, options: OperationOptions(customName: "all of them"))
    }

    private static func systems(_ graph: Graph) throws -> State {
        var odd = Platform(operatingSystem: "Linux", architecture: "aarch64", variant: "v8")
        odd.osVersion = "6.1"
        odd.osFeatures = ["a", "b"]
        var process = ProcessOptions()
        process.proxy = .init()
        var file = Operation.MakeFile(path: "f", mode: 0o600, data: [0xff])
        file.timestamp = 1_700_000_000_000_000_005
        return try graph.image("debian", options: on(odd)).run(["true"], process: process).root
            .file([.makeFile(file)])
    }

    private static func constraints(_ graph: Graph) throws -> State {
        var options = OperationOptions(customName: "n")
        options.workerFilters = ["a==b", "c"]
        options.ignoresCache = true
        options.exportsCache = true
        options.progressGroup = .init(id: "id", name: "name", isWeak: true)
        options.description["z"] = "1"
        options.description["a"] = "<&>"
        var second = OperationOptions()
        second.exportsCache = false
        second.progressGroup = .init(id: "i", name: "")
        return try graph.image("alpine", options: options).run(["true"], options: second).root
    }

    private static func locals(_ graph: Graph) throws -> State {
        var chosen = Graph.LocalSelection()
        chosen.include = ["*.py", "<a>"]
        chosen.exclude = ["b"]
        chosen.followPaths = ["c", "d"]
        chosen.sharedKeyHint = "hint"
        var session = Graph.LocalSelection()
        session.sessionID = "s"
        var unique = Graph.LocalSelection()
        unique.uniqueID = "u"
        unique.differ = Graph.Differ.none
        unique.isDifferRequired = true
        var names = Graph.LocalSelection()
        names.differ = .metadata
        names.metadataOnlyExcept = ["x"]
        var allNames = Graph.LocalSelection()
        allNames.metadataOnlyExcept = []
        return try State.merge(
            [
                graph.local("plain"), graph.local("chosen", selection: chosen),
                graph.local("session", selection: session), graph.local("unique", selection: unique),
                graph.local("names", selection: names), graph.local("all-names", selection: allNames),
            ], in: graph)
    }

    private static func gits(_ graph: Graph) throws -> State {
        var kept = Graph.GitOptions()
        kept.keepsGitDirectory = true
        kept.checksum = "abc"
        kept.skipsSubmodules = true
        var token = Graph.GitOptions()
        token.tokenSecret = "token"
        var none = Graph.GitOptions()
        none.tokenSecret = ""
        none.headerSecret = ""
        var known = Graph.GitOptions()
        known.knownHosts = "example.com key"
        var agent = Graph.GitOptions()
        agent.knownHosts = "key\n"
        agent.sshAgent = "agent"
        agent.headerSecret = "header"
        return try State.merge(
            [
                graph.git("https://example.com/a/../b.git", ref: "main"), graph.git("example.com:8080/b"),
                graph.git(
                    "git://user@example.com/c%20d/", ref: "main", subdirectory: "sub/dir", repository: kept),
                graph.git("http://example.com", subdirectory: "sub", repository: token),
                graph.git("HTTPS://example.com/e", ref: "v1", repository: none),
                graph.git("git@example.com:f/g.git", repository: known),
                graph.git("ssh://git@example.com:22/h", ref: "r", repository: agent),
            ], in: graph)
    }

    private static func https(_ graph: Graph) throws -> State {
        var file = Graph.HTTPFile()
        file.checksum = sum
        file.name = "name"
        file.mode = 0o755
        (file.userID, file.groupID) = (1, 2)
        var headers = Graph.HTTPFile()
        headers.authorizationSecret = "secret"
        headers.accept = "text/plain"
        headers.userAgent = "me"
        headers.groupID = 7
        return try State.merge(
            [
                graph.http("https://example.com/a"), graph.http("https://example.com/b", file: file),
                graph.http("https://example.com/c", file: headers),
            ], in: graph)
    }

    private static func settings(_ graph: Graph) throws -> State {
        var state = try graph.image("alpine").settingEnvironment("B", to: "1").settingEnvironment("A", to: "2")
            .settingEnvironment("B", to: "3=4").settingDirectory("srv").settingDirectory("../opt/./x")
            .settingUser("me:us").settingHostname("host").settingNetwork(.host).settingSecurity(.insecure)
            .addingExtraHost("one", at: "10.0.0.1").addingExtraHost("two", at: "::ffff:10.0.0.2")
            .addingExtraHost("three", at: "2001:DB8:0:0:1:0:0:0")
            .addingUlimit("nofile", soft: 1024, hard: -1).addingUlimit("core", soft: 0, hard: 0)
            .settingCgroupParent("group")
        var process = ProcessOptions()
        process.validExitCodes = [0, 1, 255]
        var proxy = Operation.Proxy()
        (proxy.http, proxy.https, proxy.ftp, proxy.none, proxy.all) = ("h", "s", "f", "n", "a")
        process.proxy = proxy
        process.devices = [.init(name: "vendor.com/gpu=1"), .init(name: "vendor.com/gpu=2", isOptional: true)]
        state = try state.run(ShellWords.split("sh -c \"echo 'a  b'\" # comment").words, process: process).root
        return try state.settingNetwork(.none).settingSecurity(.sandbox).run(["true"]).root
    }

    private static func mounts(_ graph: Graph) throws -> State {
        let (base, other) = (try graph.image("alpine"), try graph.image("debian"))
        func mount(_ path: String, _ source: State, _ change: (inout MountSpecification) -> Void = { _ in })
            -> MountSpecification
        {
            var mount = MountSpecification(destination: path, source: source)
            change(&mount)
            return mount
        }
        var process = ProcessOptions()
        process.isRootReadonly = true
        let run = try base.run(
            ["make"],
            mounts: [
                mount("/z", other) { $0.selector = "/usr" }, mount("/out", graph.scratch),
                mount("/ro", other) { $0.isReadonly = true },
                mount("/lost", base) {
                    $0.discardsOutput = true
                    $0.contentCache = .off
                },
                mount("/on", other) { $0.contentCache = .on },
                mount("/tmp", graph.scratch) { $0.kind = .tmpfs(size: 0) },
                mount("/tmp2", graph.scratch) { $0.kind = .tmpfs(size: 4096) },
                mount("/c1", graph.scratch) { $0.kind = .cache(id: "c1", sharing: .shared) },
                mount("/c2", other) {
                    $0.kind = .cache(id: "c2", sharing: .private)
                    $0.selector = "/s"
                },
                mount("/c3", graph.scratch) { $0.kind = .cache(id: "c3", sharing: .locked) },
            ], process: process)
        let states = try [run.root, run.mounts[1], run.mounts[0], run.mounts[2], run.mounts[4]?.run(["true"]).root]
        #expect(states.allSatisfy { $0 != nil })
        return try State.merge(states.compactMap { $0 }, in: graph)
    }

    private static func agents(_ graph: Graph) throws -> State {
        var process = ProcessOptions()
        process.secrets = [
            .init(.init(id: "/run/a", mode: 0o400), path: "/run/a", variable: nil),
            .init(
                .init(id: "b", userID: 1, groupID: 2, mode: 0o440, isOptional: true), path: "/run/b", variable: nil),
            .init(.init(id: "t", mode: 0o400), path: nil, variable: "TOKEN"),
            .init(.init(id: "c", mode: 0o400, isOptional: true), path: "/s/c", variable: "C"),
        ]
        process.sshSockets = [
            .init(.init(id: "", mode: 0o600)),
            .init(.init(id: "work", userID: 3, groupID: 4, mode: 0o666, isOptional: true), path: "/ssh"),
        ]
        var other = ProcessOptions()
        other.sshSockets = [.init(.init(id: "", mode: 0o600), path: "/other")]
        return try graph.image("alpine").settingEnvironment("X", to: "1").run(["a"], process: process).root
            .settingEnvironment("SSH_AUTH_SOCK", to: "/mine").run(["b"], process: other).root
    }

    private static func files(_ graph: Graph) throws -> State {
        let created = 1_700_000_000_000_000_000
        let source = try graph.image("debian").settingDirectory("/usr")
        var directory = Operation.MakeDirectory(
            path: "a/b", mode: 0o1700, makesParents: true, owner: .init("me:us"))
        directory.timestamp = created
        var file = Operation.MakeFile(
            path: "f", mode: 0o640, data: Array("<\u{0}é>".utf8), owner: .init(user: .id(1), group: .id(2)))
        file.timestamp = created
        var link = Operation.MakeSymlink(target: "../old", path: "new", owner: .init("root:7"))
        link.timestamp = created
        var copy = Operation.Copy(source: "x/", destination: "y/", owner: .init("5"))
        copy.followsSymlink = true
        copy.copiesDirectoryContents = true
        copy.unpacksArchives = true
        copy.createsDestinationPath = true
        copy.allowsWildcard = true
        copy.allowsEmptyWildcard = true
        copy.replacesDestination = true
        copy.includePatterns = ["i", "j"]
        copy.excludePatterns = ["k"]
        copy.mode = 0o4755
        copy.timestamp = created
        var state = try graph.image("alpine").settingDirectory("/srv").file([
            .makeDirectory(directory), .makeFile(file), .makeSymlink(link),
            .remove(.init(path: "g*", allowsNotFound: true, allowsWildcard: true)), .copy(from: source, copy),
        ])
        var all = Operation.Copy(source: "/", destination: ".")
        all.symbolicMode = "u=rw,go=r"
        state = try state.file([.copy(from: source, all)])
        var inner = Operation.Copy(source: "q", destination: "r", owner: .init("you"))
        inner.mode = 0
        var outer = Operation.Copy(source: "made/..", destination: "/there/.", owner: .init(":staff"))
        outer.mode = 0
        return try state.file([
            .makeFile(.init(path: "last", mode: 0o600, data: [])),
            .copyChanged(
                [
                    .makeDirectory(.init(path: "made", mode: 0o755, makesParents: false)),
                    .copy(from: state, inner),
                ], of: source.settingUser("u"), outer),
            .remove(.init(path: "last", allowsNotFound: false, allowsWildcard: false)),
        ])
    }

    private static func combinations(_ graph: Graph) throws -> State {
        let (lower, upper) = (
            try graph.image("alpine"), try graph.image("debian").settingEnvironment("U", to: "1")
        )
        let same = try State.merge([lower, graph.scratch, lower], in: graph)
        let missing = try lower.difference(to: graph.scratch)
        var options = OperationOptions(customName: "difference")
        options.ignoresCache = true
        let difference = try lower.difference(to: upper, options: options)
        let only = try State.merge([graph.scratch, difference], in: graph)
        return try State.merge([same, missing, only, graph.scratch.difference(to: upper)], in: graph).run(["x"]).root
    }

    private static func platforms(_ graph: Graph) throws -> State {
        let arm = try graph.image("alpine", options: on(.linuxARM64))
        let first = try arm.run(["a"]).root
            .file([.makeDirectory(.init(path: "/d", mode: 0o755, makesParents: false))]).run(["b"]).root
        let second = try graph.image("debian").run(
            ["c"], mounts: [.init(destination: "/out", source: graph.scratch)],
            options: on(Platform(operatingSystem: "linux", architecture: "arm", variant: "7")))
        let third = try graph.image("ubuntu")
            .settingPlatform(Platform(operatingSystem: "macOS", architecture: "x86-64", variant: "v1"))
            .run(["d"]).root
        let other = try graph.image("busybox").settingEnvironment("R", to: "1").settingDirectory("/r")
        let out = try #require(second.mounts[0])
        return try State.merge(
            [
                first, second.root.run(["e"]).root, out.run(["f"]).root, third,
                arm.resettingSettings(to: other).run(["g"]).root,
                graph.image("alpine").settingDirectory("/q").resettingSettings(to: other).run(["h"]).root,
            ], in: graph)
    }

    private static func sources(_ graph: Graph) throws -> State {
        let first = SourceLocation(file: "build.envd", range: 0..<6, line: 1, column: 1)
        let second = SourceLocation(file: "build.envd", range: 7..<17, line: 2, column: 1)
        return try graph.image("alpine", options: OperationOptions(location: first))
            .run(["x"], options: OperationOptions(location: second)).root.settingLocation(nil)
            .file([.makeDirectory(.init(path: "/d", mode: 0o755, makesParents: false))])
    }
}
