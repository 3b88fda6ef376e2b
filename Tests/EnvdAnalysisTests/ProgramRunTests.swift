import EnvdSyntax
import Testing

@testable import EnvdAnalysis

/// The order in which a program's calls of the API run, and what keeps it from being known.
@Suite struct ProgramRunTests {
    /// The calls of each run, with `?` behind those that may not happen.
    private func runs(_ source: String) -> [String] {
        let file = SourceFile(bytes: Array(source.utf8))
        let context = ProgramContext(CheckedFile(file, dialect: .envd, environment: .envd))
        return context.runs.map { run in
            run.steps.map { $0.name + ($0.isConditional ? "?" : "") }.joined(separator: " ")
        }
    }

    @Test func callsAreFollowedInTheirOrder() {
        let source = """
            def build():
                base()
                tools()
                shell("zsh")

            def tools():
                install.go()
                more()

            def more():
                install.rust()

            git_config()
            """
        #expect(runs(source) == ["git_config base install.go install.rust shell"])
    }

    @Test func whatMayNotHappenIsMarked() {
        let source = """
            def build():
                if len("a"):
                    tools()
                [install.go() for _ in []]
                base() or shell("zsh")
                if len("b"):
                    return
                install.julia()

            def tools():
                install.rust()
            """
        #expect(runs(source) == ["install.rust? install.go? base? shell? install.julia?"])
    }

    @Test func functionsThatChooseAnImageAreRunsOfTheirOwn() {
        let source = """
            def build():
                base(dev=True)

            def serving():
                base()
                install.go()

            def unused():
                install.rust()
            """
        #expect(runs(source) == ["base", "base install.go"])
    }

    @Test(arguments: [
        "load(\"a.envd\", \"f\")\ndef build():\n    base()\n",
        "lib = include(\"https://example.com/a\")\ndef build():\n    base()\n",
        "def f():\n    base()\ndef build():\n    g = f\n    g()\n",
        "def build():\n    go = install.go\n    go()\n",
        "def build():\n    modules = [install]\n    modules[0].go()\n",
        "def build():\n    base()\n    build()\n",
        "def f():\n    base()\n",
        "def build():\n    bse(dev=True)\n    install.go()\n",
        "def build():\n    base(dev=True)\n    install.pyhton()\n",
        "def build():\n    base(dev=True\n    install.go()\n",
    ])
    func nothingIsSaidOfWhatCannotBeFollowed(source: String) {
        #expect(runs(source).isEmpty)
    }

    /// Functions that call the next one twice would run 2^40 calls.
    @Test func explosionIsBounded() {
        var source = "def build():\n    f0()\n"
        for index in 0..<12 { source += "def f\(index)():\n    f\(index + 1)()\n    f\(index + 1)()\n" }
        source += "def f12():\n    base()\n"
        #expect(runs(source).isEmpty)
    }

    @Test func explosionOfNothingIsBounded() {
        var source = "def build():\n    base()\n    f0()\n"
        for index in 0..<12 {
            source += "def f\(index)():\n" + String(repeating: "    f\(index + 1)()\n", count: 50)
        }
        source += "def f12():\n    pass\n"
        #expect(runs(source).isEmpty)
    }

    @Test func valuesOfModulesAreNoCalls() {
        let source = """
            def build():
                base()
                runtime.mount(host_path=data.path.huggingface, envd_path="/a")
                io.copy(_build_context_dir, "/b")
                install.python
            """
        #expect(runs(source) == ["base runtime.mount io.copy"])
    }

    /// A name that envd had once is reported by the rule that knows its successor, and by no other.
    @Test func oldNamesAreReportedOnce() {
        let source = "def build():\n    base(dev=True)\n    install.system_packages([\"vim\"])\n"
        let file = SourceFile(bytes: Array(source.utf8))
        let findings = lint(file, dialect: .envd, environment: .envd)
        #expect(findings.map(\.code) == ["old-function"])
    }
}
