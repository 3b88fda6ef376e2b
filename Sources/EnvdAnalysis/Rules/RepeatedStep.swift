import EnvdLanguage
import EnvdSyntax
import LLB

extension Rule {
    /// A step of the build that is done again, the same as before.
    static let repeatedStep = Rule(
        "repeated-step", .performance, .advice, page: PackageResources.repeated_step_md,
        .plan { program, reporter in
            guard let plan = program.run.plan else { return }
            var first: [Step: PlannedCall] = [:]
            var rounds: [Step: Int] = [:]
            var repeated: [(step: Step, call: PlannedCall, earlier: PlannedCall)] = []
            for link in BuildChain(plan.definition).links {
                guard let process = link.process, let call = link.location.flatMap(program.call),
                    !toldByPackage.contains(call.name)
                else { continue }
                let step = Step(process: process, inputs: link.otherInputs)
                guard let earlier = first[step] else {
                    first[step] = call
                    continue
                }
                guard call.hasConditions(of: earlier), program.isSame(call, earlier) else { continue }
                if call.range == earlier.range { rounds[step, default: 1] += 1 }
                // A call makes many steps, which are all repeated together.
                if !repeated.contains(where: { $0.call.range == call.range }) { repeated.append((step, call, earlier)) }
            }
            for (step, call, earlier) in repeated {
                if call.range == earlier.range {
                    reporter.report(
                        call.calleeRange, "this adds the same step to the build \(rounds[step] ?? 2) times")
                } else {
                    reporter.report(
                        call.calleeRange, "this is done already by '\(earlier.name)' in \(program.line(of: earlier))")
                }
            }
        })
}

/// What a step does, without what it is done to.
private struct Step: Hashable {
    let process: Operation.Exec
    let inputs: [Operation.Input]
}

/// Functions whose packages are looked at one by one.
private let toldByPackage: Set<String> = [
    "install.apt_packages", "install.conda_packages", "install.python_packages",
]

extension PlannedProgram {
    /// Whether two calls are given the same.
    fileprivate func isSame(_ a: PlannedCall, _ b: PlannedCall) -> Bool {
        a.name == b.name && transcript.text(of: a) == transcript.text(of: b)
    }
}
