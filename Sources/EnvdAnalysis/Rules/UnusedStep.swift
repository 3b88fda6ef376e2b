import EnvdLanguage
import EnvdSyntax
import LLB

extension Rule {
    /// An operation of the build graph that the program makes, and that is no part of what is built.
    static let unusedStep = Rule(
        "unused-step", .api, .warning, page: PackageResources.unused_step_md,
        .plan { program, reporter in
            guard program.isComplete else { return }
            let places = program.run.unusedOperations.filter { location in
                // Where there are two ways, the other one may use it.
                location.file == program.run.file
                    && location.stack.allSatisfy { program.files.conditions(of: $0).isEmpty }
            }.map(\.range)
            for range in places {
                // `state.run(a).run(b)` is one thing that nobody uses.
                let isInner = places.contains {
                    $0 != range && $0.lowerBound <= range.lowerBound && $0.upperBound >= range.upperBound
                }
                guard !isInner else { continue }
                reporter.report(
                    range,
                    "nothing of this is built: states do not change, so use what this returns, as in state = state.run(…)"
                )
            }
        })
}
