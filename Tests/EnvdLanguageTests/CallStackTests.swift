import EnvdLanguage
import LLB
import Testing

/// What a step keeps of the calls that led to it; that it is the right ones, Tests/Specs/plan/where-from.md says.
@Suite struct CallStackTests {
    @Test func ofVeryManyCallersTheOutermostAndTheInnermostAreKept() throws {
        let depth = 200
        var lines = ["def f0():", "    run(['true'])"]
        for level in 1...depth { lines += ["def f\(level)():", "    f\(level - 1)()"] }
        lines += ["def build():", "    f\(depth)()"]
        let plan = try TemporaryProject(["build.envd": lines.joined(separator: "\n") + "\n"]).plan()
        let stack = try #require(plan.steps.last?.locations.first).stack
        #expect(stack.map(\.function).first == "build")
        #expect(stack.map(\.function).dropFirst().first == "f\(depth)")
        #expect(stack.map(\.function).suffix(2) == ["f1", "f0"])
        #expect(stack.count < 40)
        #expect(stack.allSatisfy { $0.callers.isEmpty })
    }
}
