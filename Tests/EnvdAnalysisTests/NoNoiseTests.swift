import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax
import Foundation
import Testing

/// Good code gets no findings: the prelude, the stubs of the language, and the examples.
@Suite struct NoNoiseTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The names of the primitives are known to nobody but the host, so names are no matter here.
    @Test(arguments: PreludeFile.all.map(\.name))
    func thePreludeHasNoMistakesOfTypes(name: String) throws {
        let file = try #require(PreludeFile.all.first { $0.name == name }).source
        let rules = allRules.filter { $0.group == .types }
        let findings = lint(file, dialect: .library, environment: .envd, rules: rules)
        #expect(findings.map { LintSpecs.line(of: $0, in: file) } == [])
    }

    @Test(arguments: ["library", "llb", "pytorch", "serving"])
    func examplesAreClean(name: String) throws {
        let folder = NoNoiseTests.root.appendingPathComponent("Examples").appendingPathComponent(name)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".envd") }
        #expect(!names.isEmpty)
        for name in names {
            let file = SourceFile(bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
            let isTest = name.hasSuffix("_test.envd")
            let findings = lint(
                file, dialect: isTest ? .everything : .envd, environment: isTest ? .test : .envd,
                plan: isTest || !PlanFindings.isProgram(file) ? .notAsked : try plan(of: file, in: folder))
            #expect(findings.map { "\(name):\(LintSpecs.line(of: $0, in: file))" } == [])
        }
    }

    /// What a run of an example shows, in its folder.
    private func plan(of file: SourceFile, in folder: URL) throws -> PlanKnowledge {
        let project = try ProjectDirectory(folder.path).holding(["build.envd": file.bytes])
        return .known(PlanFindings(of: file, try #require(Planner.dryRun(PlanRequest(project: project)))))
    }
}
