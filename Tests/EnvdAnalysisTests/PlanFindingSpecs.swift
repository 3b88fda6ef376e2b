import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax
import SpecSupport
import Starlark
import Testing

/// The documents under `Tests/Specs/lint-plan`: programs with all that the rules that everybody gets say of them once they have been run.
@Suite struct PlanFindingSpecs {
    @Test(arguments: SpecDocument.paths(in: "lint-plan"))
    func specs(path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            guard expectation.kind == "findings" else { return nil }
            let file = SourceFile(bytes: specCase.source.bytes)
            let files = RulePages.files(of: specCase.source) ?? [:]
            return try findings(file, files).map { LintSpecs.line(of: $0, in: file) }.joined(separator: "\n")
        }
    }

    private func findings(_ file: SourceFile, _ files: [String: String] = [:]) throws -> [Finding] {
        let run = try #require(RulePages.dryRun(file, files))
        return lint(file, dialect: .envd, environment: .envd, plan: .known(PlanFindings(of: file, run)))
    }

    private func source(_ text: String) -> SourceFile { SourceFile(bytes: Array(text.utf8)) }

    // MARK: - What is found when

    /// An editor shows first what there is without a run, and then what there is with it: all that was there before, but for what the
    /// run says better.
    @Test func aRunOnlyAddsFindings() throws {
        let file = source(
            """
            def build():
                base(dev=True)
                install.python()
                install.python_packages(["numpy=1.26"])
                for name in ["torch=2.4"]:
                    install.python_packages([name])
            """)
        let before = lint(file, dialect: .envd, environment: .envd, plan: .unknown)
        let after = try findings(file)
        #expect(before.map(\.code) == ["invalid-requirement"])
        #expect(after.map(\.code) == ["invalid-requirement", "invalid-requirement"])
        #expect(before.allSatisfy(after.contains))
    }

    @Test func aCommentIsJudgedWhenTheRunIsKnown() throws {
        let text = """
            def build():
                base(dev=True)
                install.python()
                for name in ["torch%@2.4"]:
                    install.python_packages([name])  # envd: ignore[unpinned-package]
                # envd: ignore[invalid-requirement]
                install.python_packages(["numpy=1.26" for _ in [1]])
            """
        let useful = source(text.replacing("%@", with: "=="))
        func unused(_ plan: PlanKnowledge, _ file: SourceFile) -> [String] {
            lint(file, dialect: .envd, environment: .envd, project: .nothing, plan: plan)
                .filter { $0.code == "unused-suppression" }.map { file.text(in: $0.range) }
        }
        #expect(unused(.unknown, useful) == [])
        let run = try #require(RulePages.dryRun(useful, [:]))
        let known = PlanKnowledge.known(PlanFindings(of: useful, run, project: .nothing))
        #expect(unused(known, useful) == ["# envd: ignore[unpinned-package]"])
    }

    // MARK: - What ends a run

    @Test func whatTakesTooLongIsNotJudged() {
        let file = source(
            "def build():\n    base(image=\"ubuntu\")\n    for x in range(1 << 30):\n        io.http(url=\"http://a.b/c\")\n"
        )
        #expect(RulePages.dryRun(file, [:]) == nil)
    }

    @Test func aRunCanBeCancelled() throws {
        let flag = CancellationFlag()
        flag.cancel()
        let file = Array("def build():\n    base(dev=True)\n    [x for x in range(10000)]\n".utf8)
        let request = PlanRequest(project: ProjectDirectory(inMemory: MemoryTree(["build.envd": file])))
        #expect(Planner.dryRun(request, cancellation: flag) == nil)
        #expect(Planner.dryRun(request) != nil)
    }

    /// A program may make more calls than anybody reads.
    @Test func callsAreKeptUpToALimit() throws {
        let file = source(
            "def build():\n    base(dev=True)\n    for x in range(1600):\n        io.http(url=\"http://example.com/%d\" % x)\n"
        )
        let run = try #require(RulePages.dryRun(file, [:]))
        #expect(run.isPartial)
        #expect(run.calls.count == 1500)
        let found = lint(file, dialect: .envd, environment: .envd, plan: .known(PlanFindings(of: file, run)))
        #expect(found.filter { $0.code == "plain-http" }.count == 1)
    }

    @Test(arguments: [
        "", "def build(x):\n    base(image=x)\n", "def build():\n    build()\n", "build = 1\n",
        "def build():\n    fail()\n",
        "def build():\n    base(*[], **{\"dev\": True})\n    install.python(*[\"2.7\"])\n",
        "load(\"nowhere.envd\", \"x\")\ndef build():\n    x(x.y)\n", "def build():\n    run([\"\\0'\\\"\\\\\\n\"])\n",
        "def build():\n    a = []\n    a.append(a)\n    run(a)\n", "def build():\n    base(**{\"a b\": 1})\n",
        "f = install.apt_packages\ndef build():\n    f([\"A B\"])\n    (lambda: f([\"A B\"]))()\n",
        "def build():\n    [install.apt_packages([x]) for x in [\"A B\"] if x]\n",
    ])
    func oddProgramsAreNoTrouble(text: String) {
        let file = source(text)
        guard let run = RulePages.dryRun(file, [:]) else { return }
        let found = lint(
            file, dialect: .envd, environment: .envd, rules: allRules,
            plan: .known(PlanFindings(of: file, run, rules: allRules)))
        #expect(found.allSatisfy { $0.range.upperBound <= file.utf8Count })
        #expect(
            !callsWrittenOut(file, run).isEmpty
                && !SourceFile(bytes: callsWrittenOut(file, run)).hasDiagnostics)
    }
}

extension ProjectView {
    /// A project without files.
    fileprivate static let nothing = ProjectView(
        status: { _ in .missing }, content: { _ in nil }, hostPathExists: { _ in nil })
}
