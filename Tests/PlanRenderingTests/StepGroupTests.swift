import LLB
import PlanRendering
import Testing

@testable import EnvdLanguage

/// Steps under the calls that caused them.
@Suite struct StepGroupTests {
    private static func call(_ file: String, _ line: Int, from callers: [LLB.SourceLocation] = []) -> LLB.SourceLocation
    {
        LLB.SourceLocation(file: file, range: line..<line + 1, line: line, column: 1, callers: callers)
    }

    /// Steps that run `true`, one for each cause.
    private static func steps(_ causes: [LLB.SourceLocation?]) throws -> [PlanStep] {
        let graph = Graph(localUniqueID: "x")
        var state = try graph.image("alpine", options: OperationOptions(location: causes[0]))
        for (index, cause) in causes.dropFirst().enumerated() {
            state = try state.run(["echo", "\(index)"], options: OperationOptions(location: cause)).root
        }
        let plan = Plan(
            definition: try state.definition(), runtime: RuntimeSettings(), facts: [], sources: [:], output: [])
        return plan.steps
    }

    /// `FILE:LINE < CALLERS: STEPS via CALLS | …`
    private static func text(_ group: StepGroup) -> String {
        let name = { (call: LLB.SourceLocation) in "\(call.file):\(call.line)" }
        let parts = group.parts.map { part in
            "\(part.steps.map { $0 + 1 })" + part.via.map { " via \(name($0))" }.joined()
        }
        let callers = group.callers.map { " < \(name($0))" }.joined()
        return (group.call.map(name) ?? "nobody") + callers + ": " + parts.joined(separator: " | ")
    }

    private static func groups(_ causes: [LLB.SourceLocation?]) throws -> [String] {
        try StepGroup.groups(of: steps(causes), file: "build").map(text)
    }

    @Test func stepsOfTheSameCallAreTogetherWhileTheyFollowEachOther() throws {
        let (one, two) = (Self.call("build", 1), Self.call("build", 2))
        #expect(try Self.groups([one, one, two, one]) == ["build:1: [1, 2]", "build:2: [3]", "build:1: [4]"])
    }

    @Test func theWayThroughFunctionsAndLibraries() throws {
        let helper = Self.call("build", 9)
        let call = Self.call("build", 3, from: [helper])
        let way = [helper, Self.call("build", 3)]
        let causes = [
            call, Self.call("library", 5, from: way), Self.call("library", 5, from: way),
            Self.call("library", 6, from: way),
        ]
        #expect(try Self.groups(causes) == ["build:3 < build:9: [1] | [2, 3] via library:5 | [4] via library:6"])
    }

    @Test func theSameCallReachedByAnotherWayIsAnotherGroup() throws {
        let causes = [8, 9].map { Self.call("build", 3, from: [Self.call("build", $0)]) }
        #expect(try Self.groups(causes) == ["build:3 < build:8: [1]", "build:3 < build:9: [2]"])
    }

    @Test func aFileThatIsNotTheProgramAndNobody() throws {
        #expect(try Self.groups([Self.call("other", 4)]) == ["other:4: [1]"])
        #expect(try Self.groups([nil]) == ["nobody: [1]"])
    }
}
