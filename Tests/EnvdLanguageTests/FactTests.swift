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
        #expect(facts.repository("https://x.org/a.git") == "some/where/lib")
        #expect(facts.repository("https://x.org/b") == "/abs")
        #expect(facts.repository("https://x.org/c") == nil)
    }

    @Test(arguments: ["", "[]", "{", #"{"images": {"a": 1}}"#, #"{"releases": {"a": null}}"#, #"{"git": []}"#])
    func brokenTablesAreErrors(json: String) {
        #expect(throws: FactTableError.self) { try FactTable(json: Array(json.utf8)) }
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
