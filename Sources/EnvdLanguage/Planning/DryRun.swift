import EnvdSyntax
import LLB
import Starlark

/// What happened when a program was run for somebody who wants to know what is wrong with it, plain data: the calls of the API
/// with their values, the plan if there is one, and what failed.
package struct DryRun: Sendable {
    /// How locations call the program's own file.
    package let file: String
    /// In the order in which they were made.
    package let calls: [RecordedCall]
    /// Nil if the program did not run to its end.
    package let plan: Plan?
    /// Why not.
    package let error: PlanError?
    /// What failed without ending the program.
    package let findings: [PlanFinding]
    /// The user's files that were run, by the names that locations use.
    package let sources: [String: SourceFile]
    /// Where the program's own code asked for operations that are no part of the plan.
    package let unusedOperations: [SourceLocation]
    /// Whether some code was not there to be run, or some calls were not kept. What is missing then may not be missing.
    package let isPartial: Bool
    /// Whether some code was not there to be run, such as a library that nobody has fetched: errors may follow from that.
    package let lacksCode: Bool
}

extension Planner {
    /// Much less than a plan may take: somebody waits for it at every keystroke.
    package static var dryRunLimits: Limits {
        var limits = Planner.limits
        limits.steps = 2_000_000
        limits.memory = 128 << 20
        limits.output = 1 << 16
        limits.seconds = 2
        return limits
    }

    /// Runs a program, with all that fails in it.
    ///
    /// - Parameter request: its files are what the program is, so those that an editor has not saved belong in its project.
    /// - Returns: nil if it was cancelled, or a limit ended it: nothing is certain then.
    package static func dryRun(
        _ request: PlanRequest, limits: Limits = Planner.dryRunLimits,
        cancellation: CancellationFlag = CancellationFlag()
    ) -> DryRun? {
        let planner = Planner(request, recovers: true, records: true, limits: limits, cancellation: cancellation)
        var plan: Plan?
        var failure: PlanError?
        do {
            plan = try planner.plan()
        } catch {
            guard error.kind == .program else { return nil }
            failure = error
        }
        return planner.dryRun(plan, failure)
    }
}
