import Foundation
import LLB
import Testing

@testable import EnvdLanguage

@Suite struct FactTests {
    @Test(arguments: [
        ("*", "", true), ("*", "anything/at:all", true), ("a?c", "abc", true), ("a?c", "ac", false),
        ("a*c*e", "abcde", true), ("a*c*e", "abcd", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
        ("[]]x", "]x", true), ("[a", "[a", true), ("", "", true), ("", "a", false), ("**a", "bbba", true),
        ("a*", "a", true), ("[a-]", "-", true),
    ])
    func patterns(pattern: String, text: String, matches: Bool) {
        #expect(ShellPattern(pattern).matches(text) == matches)
    }

    @Test func aPatternFullOfStarsTakesNoTime() {
        let pattern = ShellPattern(String(repeating: "*a", count: 2_000) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
    }

    private func lookup(_ json: String, file: String = "envd.lock") throws -> FactLookup {
        FactLookup([FactSource(file: file, try FactTable(json: Array(json.utf8))), .commonImages])
    }

    @Test func theLongestPatternWinsAndNamesAreNormalised() throws {
        let facts = try lookup(
            """
            {"images": {"*": {"User": "any"}, "ubuntu:*": {"User": "some"}, "ubuntu:22.04": {"User": "one"}}}
            """)
        #expect(try facts.image("ubuntu:22.04").user == "one")
        #expect(try facts.image("docker.io/library/ubuntu:20.04").user == "some")
        #expect(try facts.image("alpine").user == "any")
        #expect(facts.used.count == 3)
        #expect(facts.used.allSatisfy { $0.origin == .file("envd.lock") })
    }

    @Test func theFirstSourceThatKnowsWins() throws {
        let facts = try lookup(#"{"images": {"python:3.9": {"Env": ["PATH=/x"], "Entrypoint": null}}}"#)
        #expect(try facts.image("python:3.9").environment == ["PATH=/x"])
        #expect(try facts.image("python:3.10").environment.contains("LANG=C.UTF-8"))
        #expect(try facts.image("example.com/unknown").environment.count == 1)
        guard case .assumed = facts.used[2].origin else {
            Issue.record("what nobody knows must be said to be assumed")
            return
        }
    }

    @Test func whatIsNotThereIsAnError() throws {
        let facts = try lookup(
            #"{"images": {"gone": {"status": 404}}, "vsx": {"a.b": false}, "releases": {"o/r": "v2"}}"#)
        #expect(throws: FactError.self) { try facts.image("gone") }
        #expect(throws: LLBError.self) { try facts.image("Not A Reference") }
        #expect(!facts.hasExtension("a.b"))
        #expect(facts.hasExtension("c.d"))
        #expect(facts.release("o/r") == "v2")
        #expect(facts.release("other/repository") == nil)
    }

    @Test func foldersAreRelativeToTheTable() throws {
        let facts = try lookup(
            #"{"git": {"https://x.org/a": "lib", "https://x.org/b.git": "/abs"}}"#, file: "some/where/envd.lock")
        #expect(try facts.repository("https://x.org/a.git") == "some/where/lib")
        #expect(try facts.repository("https://x.org/b") == "/abs")
        #expect(throws: FactError.self) { try facts.repository("https://x.org/c") }
        #expect(facts.used.last?.subject == .repository("https://x.org/c"))
    }

    @Test func aCommitIsReadFromTheCache() throws {
        let commit = String(repeating: "0123456789abcdef", count: 4)
        let cache = try TemporaryProject(["\(commit)/library.envd": ""])
        let repositories = RepositoryCache(path: cache.url.path)
        let other = String(repeating: "a", count: 40)
        let table = try FactTable(
            json: Array(#"{"commits": {"https://x.org/a": "\#(commit)", "https://x.org/b": "\#(other)"}}"#.utf8))
        let facts = FactLookup([FactSource(file: "envd.lock", table, repositories: repositories)])
        #expect(try facts.repository("https://x.org/a.git") == repositories.place(of: commit))
        #expect(facts.unfetched.isEmpty)
        #expect(throws: FactError.self) { try facts.repository("https://x.org/b") }
        #expect(facts.unfetched == ["https://x.org/b": other])
    }

    @Test(arguments: ["", "main", "../../etc", String(repeating: "A", count: 40), String(repeating: "1", count: 41)])
    func whatIsNoCommitIsRefused(commit: String) {
        #expect(throws: FactTableError.self) {
            try FactTable(json: Array(#"{"commits": {"https://x.org/a": "\#(commit)"}}"#.utf8))
        }
    }

    @Test func aTableCanBeCutDownToWhatIsNeeded() throws {
        let table = try FactTable(
            json: Array(
                """
                {"images": {"a": {"User": "x"}, "b*": {"User": "y"}, "c": {}}, "releases": {"o/r": "v1"},
                 "git": {"https://x.org/a.git": "lib"}, "vsx": {"p.e": true}}
                """.utf8))
        var needed = FactTable()
        for subject in [
            UsedFact.Subject.image("docker.io/library/a:latest"), .image("docker.io/library/b1:latest"),
            .repository("https://x.org/a"), .release("none/known"),
        ] {
            needed.copy(subject, from: table)
        }
        #expect(needed.images.keys.sorted() == ["docker.io/library/a:latest", "docker.io/library/b*"])
        #expect(needed.git == ["https://x.org/a.git": "lib"])
        #expect(needed.releases.isEmpty && needed.extensions.isEmpty)
        needed.removeAskable()
        #expect(needed.images.keys.sorted() == ["docker.io/library/b*"])
        #expect(needed.git.count == 1)
    }

    @Test(arguments: ["", "[]", "{", #"{"images": {"a": 1}}"#, #"{"releases": {"a": null}}"#, #"{"git": []}"#])
    func brokenTablesAreErrors(json: String) {
        #expect(throws: FactTableError.self) { try FactTable(json: Array(json.utf8)) }
    }

    @Test(arguments: [
        ("{", "not valid JSON"), ("[]", "not a table of facts"), (#"{"git": {"u": 1}}"#, "git.u has the wrong type"),
        (#"{"images": {"a": {"Env": ["A=1", 2]}}}"#, "images.a.Env has the wrong type"),
        (#"{"images": {"a": {"status": "200"}}}"#, "images.a.status has the wrong type"),
        (#"{"vsx": {"p.e": 1}}"#, "vsx.p.e has the wrong type"),
    ])
    func whatIsWrongWithATableIsSaid(json: String, message: String) {
        let error = #expect(throws: FactTableError.self) { try FactTable(json: Array(json.utf8)) }
        #expect(error?.description == message)
    }

    @Test func aTableIsUTF8() {
        let bytes = Array(#"{"releases": {"a": "~"}}"#.utf8).map { $0 == UInt8(ascii: "~") ? 0xC3 : $0 }
        let error = #expect(throws: FactTableError.self) { try FactTable(json: bytes) }
        #expect(error?.description == "not valid JSON")
    }

    @Test func nullIsAsGoodAsMissing() throws {
        let table = try FactTable(json: Array(#"{"images": {"a": {"Env": null, "User": null}}, "git": null}"#.utf8))
        #expect(table.images["docker.io/library/a:latest"] == ImageFact())
        #expect(table.git.isEmpty)
    }

    @Test(arguments: [
        ("https://user:pass@host.example:8443/x", "host.example"), ("http://[::1]:80/", "::1"), ("host/x", ""),
        ("https://h?x", "h"), ("", ""), ("a://", ""),
    ])
    func hostsOfURLs(url: String, host: String) {
        #expect(Primitives.host(inURL: url) == host)
    }
}

@Suite struct ProjectDirectoryTests {
    @Test func nothingOutsideIsRead() throws {
        let project = try TemporaryProject(["in.txt": "in", "sub/deep.txt": "deep"])
        let outside = project.url.deletingLastPathComponent().appendingPathComponent("out.txt")
        try Data("out".utf8).write(to: outside)
        let link = project.url.appendingPathComponent("link.txt").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: outside.path)
        let directory = try ProjectDirectory(project.url.path)
        #expect(try directory.read("in.txt") == Array("in".utf8))
        #expect(try directory.read("sub/../in.txt") == Array("in".utf8))
        #expect(try directory.read("missing.txt") == nil)
        for path in ["../out.txt", "link.txt", "/etc/hostname", "sub/../../out.txt"] {
            #expect(throws: ProjectDirectory.ReadError.self, "\(path)") { try directory.read(path) }
            #expect(directory.relativePath(path) == nil, "\(path)")
            #expect(!directory.hasFile(path), "\(path)")
        }
        #expect(directory.relativePath("./sub//new/../x") == "sub/x")
        #expect(directory.relativePath("") == ".")
        #expect(directory.hasFile("in.txt") && !directory.hasFile("sub") && !directory.hasFile(""))
        #expect(directory.isDirectory("sub") && directory.isAncestor("..") && !directory.isAncestor("../x"))
        #expect(try directory.files(withSuffix: ".txt") == ["in.txt", "link.txt", "sub/deep.txt"])
    }

    @Test func aFileIsNoProject() throws {
        let project = try TemporaryProject(["build.envd": ""])
        #expect(throws: ProjectDirectory.ReadError.self) {
            try ProjectDirectory(project.url.appendingPathComponent("build.envd").path)
        }
        #expect(throws: ProjectDirectory.ReadError.self) { try ProjectDirectory("/nonexistent/x") }
    }
}

@Suite struct CommonImageTests {
    @Test func everyLineCanBeReadAndStartsFromASearchPath() throws {
        let lines = CommonImages.names
        #expect(lines.count > 300)
        var seen: Set<String> = []
        for names in lines {
            #expect(!names.isEmpty)
            for name in names {
                #expect(seen.insert(name).inserted, "\(name) stands twice")
                // A pattern matches itself, if a star may stand for one.
                let fact = try #require(CommonImages.fact(for: name), "\(name)")
                #expect(fact.environment.contains { $0.hasPrefix("PATH=/") }, "\(name)")
                let variables = fact.environment.map { $0.prefix { $0 != "=" } }
                #expect(Set(variables).count == variables.count, "\(name) sets a variable twice")
                #expect(!fact.environment.contains { $0.contains("$") }, "\(name) has a variable that is not resolved")
            }
        }
    }

    @Test(arguments: [
        ("docker.io/library/ubuntu:22.04", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ("docker.io/library/alpine@sha256:0", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ("docker.io/library/python:3.11.9", "PYTHON_VERSION=3.11.9"),
        ("docker.io/library/python:3.11.9-slim-bookworm", "PYTHON_VERSION=3.11.9"),
        ("docker.io/library/python:3.10.1", "PYTHON_VERSION=3.10.1"),
        ("docker.io/library/python:3.10.11", "PYTHON_VERSION=3.10.11"),
        ("docker.io/nvidia/cuda:12.2.2-base-ubuntu22.04", "CUDA_VERSION=12.2.2"),
        ("docker.io/nvidia/cuda:12.2.2-cudnn8-devel-ubuntu22.04", "CUDA_VERSION=12.2.2"),
        ("docker.io/nvidia/cuda:12.2.2-cudnn8-devel-ubuntu22.04", "NV_CUDNN_VERSION=8.9.6.50"),
        ("docker.io/nvidia/cuda:12.2.2-devel-ubuntu22.04", "LIBRARY_PATH=/usr/local/cuda/lib64/stubs"),
        ("docker.io/nvidia/cuda:99.0.0-base-ubuntu30.04", "NVIDIA_VISIBLE_DEVICES=all"),
        ("docker.io/condaforge/miniforge3:latest", "CONDA_DIR=/opt/conda"),
        ("docker.io/mambaorg/micromamba:1.5", "MAMBA_ROOT_PREFIX=/opt/conda"),
    ])
    func values(name: String, variable: String) throws {
        #expect(try #require(CommonImages.fact(for: name)).environment.contains(variable))
    }

    @Test func theRestOfAConfig() throws {
        let golang = try #require(CommonImages.fact(for: "docker.io/library/golang:1.26"))
        #expect(golang.workingDirectory == "/go")
        let notebook = try #require(CommonImages.fact(for: "quay.io/jupyter/scipy-notebook:latest"))
        #expect(notebook.user == "1000" && notebook.workingDirectory == "/home/jovyan")
        #expect(notebook.entrypoint == ["tini", "-g", "--", "start.sh"])
        let cuda = try #require(CommonImages.fact(for: "docker.io/nvidia/cuda:12.2.2-devel-ubuntu22.04"))
        #expect(cuda.entrypoint == ["/opt/nvidia/nvidia_entrypoint.sh"])
    }

    @Test(arguments: ["docker.io/library/unknown:1", "ghcr.io/library/python:3.11", "docker.io/python:3.11", "", "*"])
    func whatIsNotThere(name: String) {
        #expect(CommonImages.fact(for: name) == nil)
    }
}
