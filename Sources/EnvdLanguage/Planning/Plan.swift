import EnvdSyntax
import LLB
import Starlark

/// What running a `build.envd` would do: the graph that envd sends to BuildKit, the settings of the running
/// environment, and what had to be assumed. Every operation knows the call that caused it (`Definition.Entry.locations`).
package struct Plan: Sendable {
    package var definition: Definition
    package var runtime: RuntimeSettings
    /// In the order in which they were asked for.
    package var facts: [UsedFact]
    /// The files of the program by the names that locations use.
    package var sources: [String: SourceFile]
    /// What the program printed.
    package var output: [String]
    /// What is wrong with the program, and left out of the plan; see `Planner`.
    package var findings: [PlanFinding] = []

    /// The definition as a builder gets it, which shows the lines that asked for an operation that failed.
    package var definitionWithSources: Definition {
        var complete = definition
        complete.sources = SourceMap(of: definition, in: sources.mapValues(\.bytes))
        return complete
    }
}

/// Why there is no plan.
package struct PlanError: Error, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The program is wrong: a finding.
        case program
        /// A file cannot be read, or a limit ended the evaluation.
        case failure
    }

    package let kind: Kind
    package let message: String
    /// Where in the user's files to look.
    package let location: SourceLocation?
    /// The active calls, outermost first; empty if there were none.
    package let stack: [StackFrame]
    /// The user's files that were run, by the names that frames use.
    package let sources: [String: SourceFile]
    /// What the program printed before.
    package let output: [String]
    /// What was found to be wrong before, when the program could still go on.
    package var findings: [PlanFinding] = []
}
