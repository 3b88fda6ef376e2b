import Foundation
import Testing

@testable import EnvdAnalysis

/// What our parsers say of packages, against what others say of the same texts.
@Suite struct RequirementTests {
    /// The verdicts of PyPI's `packaging` over generated texts.
    @Test func verdictsAreThoseOfPackaging() throws {
        var differences: [String] = []
        var count = 0
        for line in try goldenLines("requirements.txt") {
            let text = try JSONDecoder().decode(String.self, from: Data(line.dropFirst(2).utf8))
            count += 1
            if (Requirement(text) != nil) != line.hasPrefix("+") { differences.append(String(line)) }
        }
        #expect(count == 1400)
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20).joined(separator: "\n"))")
    }

    @Test func partsOfARequirement() throws {
        let full = try #require(
            Requirement("Torch_Audio[cu118, x] >=2.1, !=2.2.* ; python_version < '3.12' and os_name == \"posix\""))
        #expect(full.name == "Torch_Audio")
        #expect(full.normalizedName == "torch-audio")
        #expect(full.extras == ["cu118", "x"])
        #expect(full.clauses.map { $0.op + $0.version } == [">=2.1", "!=2.2.*"])
        #expect(full.marker?.contains("posix") == true)
        let url = try #require(Requirement("a @ https://example.org/a.zip ; os_name == 'nt'"))
        #expect(url.url == "https://example.org/a.zip")
        #expect(Requirement("a @ https://example.org/a.zip;os_name=='nt'")?.marker == nil)
    }

    @Test(arguments: [
        ("a==1.0", "1"), ("a==1.0.0", "1"), ("a==v1", "1"), ("a==1.10", "1.10"), ("a==01.2", "1.2"),
        ("a===1rc1", "1rc1"),
    ])
    func pinnedVersions(text: String, version: String) {
        #expect(Requirement(text)?.pinnedVersion == version)
    }

    @Test(arguments: ["a", "a>=1", "a==1.*", "a==1,!=1.1", "a~=1.2"])
    func versionsThatAreNotPinned(text: String) throws {
        #expect(try #require(Requirement(text)).pinnedVersion == nil)
    }

    @Test(arguments: ["a--b", "A_.B", "a-b", "-a-b"])
    func namesAreNormalized(name: String) {
        #expect(Requirement.normalized(name) == "a-b")
    }

    @Test func deepMarkersEnd() {
        let deep = String(repeating: "(", count: 100_000)
        #expect(Requirement("a;" + deep) == nil)
        #expect(Requirement("a;((((os_name == 'nt'))))") != nil)
    }

    @Test(arguments: [
        ("numpy", nil, "numpy", ""), ("Conda-Forge::NumPy=1.26", "Conda-Forge", "numpy", "=1.26"),
        ("scipy >=1,<2", nil, "scipy", ">=1,<2"), ("a=1=py311_0", nil, "a", "=1=py311_0"),
        ("b[version=1]", nil, "b", ""),
        ("python 3.11", nil, "python", "3.11"),
    ])
    func condaSpecs(text: String, channel: String?, name: String, version: String) throws {
        let spec = try #require(CondaSpec(text))
        #expect(spec.channel == channel)
        #expect(spec.name == name)
        #expect(spec.version == version)
    }

    @Test(arguments: ["", "a[b]", "a[", "=1", "a=", "a>", "a::b::c", "https://x/a.conda", "a!", "ä"])
    func whatCondaRefuses(text: String) { #expect(CondaSpec(text) == nil) }

    @Test(arguments: [
        ("curl", "curl", ""), ("g++", "g++", ""), ("libc6:i386", "libc6", ""),
        ("curl=7.81.0-1ubuntu1.15", "curl", "7.81.0-1ubuntu1.15"),
        ("curl=7.*", "curl", "7.*"), ("curl/jammy-updates", "curl", ""), ("libc6:i386=2:1~rc", "libc6", "2:1~rc"),
        ("vim-", "vim-", ""),
    ])
    func debianPackages(text: String, name: String, version: String) throws {
        let package = try #require(AptPackage(text))
        #expect(package.name == name)
        #expect(package.version == version)
    }

    @Test(arguments: ["", "Curl", "a_b", "curl==1", "curl=", "curl>=1", "-y", "+a", "a b", "é", "a:", "a/"])
    func whatIsNoDebianPackage(text: String) { #expect(AptPackage(text) == nil) }
}

/// The lines of a table in `Golden`.
func goldenLines(_ name: String) throws -> [Substring] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    return try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n")
}
