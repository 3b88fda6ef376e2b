import EnvdLanguage
import EnvdSyntax
import Foundation
import LLB
import Starlark
import Testing

@Suite struct PlannerTests {
    private func failure(_ program: String, limits: Limits = Planner.limits) throws -> PlanError? {
        let project = try TemporaryProject(["build.envd": program])
        let request = try project.request()
        do throws(PlanError) {
            _ = try Planner(request, limits: limits).plan()
            return nil
        } catch {
            return error
        }
    }

    @Test func theSameProgramGivesTheSameBytes() throws {
        let program = """
            def build():
                base(dev=True)
                runtime.environ(env={"C": "1", "A": "2", "B": "3"})
                install.conda()
                install.python()
                run(["ls"], mount_host=True)
            """
        let first = try TemporaryProject(["build.envd": program]).plan()
        let second = try TemporaryProject(["build.envd": program]).plan()
        #expect(first.definition.entries.map(\.json) == second.definition.entries.map(\.json))
    }

    @Test(
        "Programs without end or measure are ended",
        arguments: [
            "def build():\n    for x in range(1 << 40):\n        pass\n",
            "def f():\n    return f()\ndef build():\n    f()\n",
            "def build():\n    x = 'a' * (1 << 20)\n    y = [x + str(i) for i in range(10000)]\n",
            "x = [0]\ndef build():\n    for i in range(200000):\n        run(['true'])\n",
            "def build():\n    for i in range(3000):\n        run(['x' * 30000])\n",
            "def build():\n    for i in range(100000):\n        print('x' * 1000)\n",
        ])
    func limits(program: String) throws {
        // A tenth of the usual: unoptimised code is slow.
        var limits = Planner.limits
        limits.steps /= 10
        limits.memory /= 10
        let error = try #require(try failure(program, limits: limits))
        #expect(!error.message.isEmpty)
    }

    @Test func aLimitIsNoFinding() throws {
        var limits = Planner.limits
        limits.steps = 100_000
        let error = try #require(
            try failure("def build():\n    for x in range(1 << 40):\n        pass\n", limits: limits))
        #expect(error.kind == .failure)
        #expect(error.location?.line == 2 || error.location?.line == 3)
    }

    @Test func aCancelledPlanEnds() throws {
        let project = try TemporaryProject(["build.envd": "def build():\n    for x in range(1 << 40):\n        pass\n"])
        let flag = CancellationFlag()
        flag.cancel()
        #expect(throws: PlanError.self) { try Planner(project.request(), cancellation: flag).plan() }
    }

    @Test func whatIsMissingIsNoFinding() throws {
        let project = try TemporaryProject(["other.envd": ""])
        let error = try #require(throws: PlanError.self) { try Planner(project.request()).plan() }
        #expect(error.kind == .failure)
        #expect(error.line(in: project) == "cannot read 'build.envd': no such file")
    }

    @Test func anotherFileAndFunctionCanBeAskedFor() throws {
        let project = try TemporaryProject(["sub/x.envd": "def make():\n    install.apt_packages(['vim'])\n"])
        var request = try project.request()
        request.file = "sub/x.envd"
        request.function = "make"
        let plan = try Planner(request).plan()
        #expect(plan.steps.map(\.kind) == [.image, .run])
        let place = try #require(plan.steps[1].locations.first)
        #expect(plan.call(at: place) == "install.apt_packages(['vim'])")
    }

    @Test func whatIsPrintedIsKept() throws {
        let project = try TemporaryProject(["build.envd": "print('hello', 1)\ndef build():\n    print(2)\n"])
        #expect(try project.plan().output == ["hello 1", "2"])
    }

    @Test func thePreludeIsOutOfReachForPrograms() throws {
        for program in [
            "load('@envd/v1/plan.envd', 'make_plan')\ndef build():\n    pass\n",
            "def build():\n    declare('base')\n", "def build():\n    llb.image('x')\n",
        ] {
            #expect(try failure(program)?.kind == .program, "\(program)")
        }
    }

    @Test func everyFileOfThePreludeParses() {
        for file in PreludeFile.all {
            #expect(file.source.diagnostics.isEmpty, "\(file.name): \(file.source.diagnostics)")
            #expect(file.source.bytes == file.bytes)
        }
    }
}
