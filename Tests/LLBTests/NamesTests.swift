import Testing

@testable import LLB

@Suite struct NamesTests {
    @Test(arguments: [
        ("ubuntu", "docker.io/library/ubuntu:latest"),
        ("ubuntu:22.04", "docker.io/library/ubuntu:22.04"),
        ("team/tool", "docker.io/team/tool:latest"),
        ("docker.io/ubuntu", "docker.io/library/ubuntu:latest"),
        ("index.docker.io/ubuntu", "docker.io/library/ubuntu:latest"),
        ("localhost/tool", "localhost/tool:latest"),
        ("localhost:5000/a/b:1", "localhost:5000/a/b:1"),
        ("ghcr.io/a/b_c__d---e.f:T_1.-x", "ghcr.io/a/b_c__d---e.f:T_1.-x"),
        ("[::1]:5000/a", "[::1]:5000/a:latest"),
        ("Team/tool", "Team/tool:latest"),
        (
            "a@sha256:" + String(repeating: "0", count: 64),
            "docker.io/library/a@sha256:" + String(repeating: "0", count: 64)
        ),
    ])
    func imageReferences(text: String, normalised: String) throws {
        #expect(try ImageReference(text).description == normalised)
    }

    @Test(arguments: [
        "", "Ubuntu", "a b", "a:", "a:b:c", "a@sha256:0", "-a", "a-", "a..b", "a___b", "a//b", "a/", ":a", "a:-x",
        "-host.com/a", "host.com:port/a", "é", String(repeating: "0", count: 64), "a\u{301}/b",
    ])
    func invalidImageReferences(text: String) {
        #expect(throws: LLBError.self) { try ImageReference(text) }
    }

    @Test(arguments: [
        ("a b", ["a", "b"], true), ("  a\t\r\n b ", ["a", "b"], true), ("", [], true), ("''", [""], true),
        ("'a b'c\"d e\"", ["a bcd e"], true), ("a\\ b", ["a b"], true), ("'a\\'", ["a\\"], true),
        ("\"a\\n\\\"\"", ["an\""], true), ("a #b\nc", ["a", "c"], true), ("a#b", ["a#b"], true),
        ("a 'b", ["a"], false), ("a \"b", ["a"], false), ("a b\\", ["a"], false), ("é 'ü'", ["é", "ü"], true),
        ("a\r\nb", ["a", "b"], true),
    ])
    func shellWords(text: String, words: [String], isComplete: Bool) {
        let result = ShellWords.split(text)
        #expect(result.words == words)
        #expect(result.isComplete == isComplete)
    }

    @Test(arguments: [
        ("", "."), (".", "."), ("/", "/"), ("//a//b/", "/a/b"), ("a/../..", ".."), ("/../a", "/a"),
        ("../../a", "../../a"), ("a/./b/..", "a"), ("/\u{301}", "/\u{301}"),
    ])
    func cleanPaths(path: String, cleaned: String) {
        #expect(ImagePath.clean(path) == cleaned)
    }

    @Test(arguments: [
        ("a", "/a"), ("a/", "/a/"), ("a/.", "/a/."), ("/", "/"), ("/.", "/."), (".", "/"), ("", "/"), ("../b/", "/b/"),
    ])
    func destinationsKeepTheirSlash(path: String, result: String) {
        #expect(ImagePath.absolute(path, in: "/", keepsSlash: true) == result)
    }

    @Test func digests() {
        #expect(
            Digest(of: []).description == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest("sha256:0") == nil)
        #expect(Digest(Digest(of: []).description) == Digest(of: []))
    }
}
