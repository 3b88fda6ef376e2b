import EnvdSyntax
import SpecSupport
import Testing

@testable import EnvdAnalysis

/// Whatever is edited in a library and in the file that loads it, in whatever order: what is known of the file is what a look at all of
/// it would find.
@Suite struct LibraryEditTests {
    private static let values = [
        "\"ubuntu::22\"", "\"ubuntu:22.04\"", "80800", "8080", "[\"numpy=1.26\"]", "[]", "{\"a\": 1}", "True",
        "len(\"a\")",
        "V", "V + \":x\"", "[V]", "-1",
    ]
    private static let lines = [
        "    base(image=A, dev=B)", "    install.python_packages(B)", "    runtime.expose(envd_port=c)",
        "    base(image=X)",
        "    install.r_packages(A)", "    install.apt_packages([A, B])", "    runtime.environ({\"K\": A})",
        "    io.http(A, c)",
        "    run([A, B])", "    print(A % 1)",
    ]

    @Test(arguments: 0..<40)
    func editsFindWhatAFreshLookFinds(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var found = 0
        func one(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
        func library() -> String {
            "load(\"versions.envd\", \"V\")\n"
                + ["A", "B", "C"].map { "\($0) = \(one(LibraryEditTests.values))\n" }.joined()
                + (Bool.random(using: &random) ? "A.append(1)\n" : "")
        }
        func versions() -> String { "V = \(one(LibraryEditTests.values.filter { !$0.contains("V") }))\n" }
        func program() -> String {
            let body = (0..<4).map { _ in one(LibraryEditTests.lines) }.joined(separator: "\n")
            let own = one(["X = A", "X = A + B", "X = [A]", "X = 1", "B = 2"])
            return "load(\"lib.envd\", \"A\", \"B\", c=\"C\")\n\n\(own)\n\ndef build():\n\(body)\n"
        }
        var files = ["build.envd": program(), "lib.envd": library(), "versions.envd": versions()]
        func modules(_ file: SourceFile) -> LoadedModules {
            var sources = files.mapValues { SourceFile($0) }
            sources["build.envd"] = file
            return ModuleGraph(ModuleFiles(sources))
                .modules(loadedBy: file, at: ModulePlace(ModuleID(path: "build.envd", name: "build.envd")))
        }
        var file = SourceFile(files["build.envd"] ?? "")
        let checked = CheckedFile(
            file, dialect: .envd, environment: .envd, modules: modules(file), rules: allRules, keepsDependencies: true)
        for _ in 0..<12 {
            switch Int.random(in: 0..<3, using: &random) {
            case 0: files["lib.envd"] = library()
            case 1: files["versions.envd"] = versions()
            default: file = file.replacing(0..<file.utf8Count, with: Array(program().utf8))
            }
            let loaded = modules(file)
            checked.update(file, modules: loaded)
            let fresh = CheckedFile(
                file, dialect: .envd, environment: .envd, modules: loaded, rules: allRules)
            #expect(checked.findings == fresh.findings, "\(files)\n\(String(decoding: file.bytes, as: UTF8.self))")
            found += fresh.findings.count
        }
        #expect(found > 0)
    }
}
