import EnvdSyntax

extension Rule {
    /// An image or `dev=True` that a later call of `base` takes back.
    static let overriddenBase = Rule(
        "overridden-base", .api, .warning, page: PackageResources.overridden_base_md,
        .program(of: "base") { context, reporter in
            for call in context.calls(["base"], inEveryRun: { run, index in problem(run, index, context) != nil }) {
                let problems = context.runs.flatMap { run in
                    run.steps.indices.filter { run.steps[$0].call.range == call.range }.compactMap {
                        problem(run, $0, context)
                    }
                }
                guard let problem = problems.first else { continue }
                reporter.report(call.argument(problem.parameter)?.value.range ?? call.calleeRange, problem.message)
            }
        })
}

private func problem(_ run: ProgramRun, _ index: Int, _ context: ProgramContext) -> (
    parameter: String, message: String
)? {
    let call = run.steps[index].call
    let image = context.constant("image", of: call)?.text ?? ""
    let isDevelopment = context.constant("dev", of: call)?.truth == true
    for later in run.steps[(index + 1)...] where later.name == "base" && !later.isConditional {
        guard later.call.range != call.range, !later.call.isOpen else { continue }
        if isDevelopment, later.call.argument("dev") == nil {
            return ("dev", "a later base() without dev=True takes this back; say both in one call")
        }
        if !image.isEmpty, let other = context.constant("image", of: later.call)?.text, !other.isEmpty, other != image {
            return ("image", "a later base(image=\"\(other)\") replaces this image")
        }
    }
    return nil
}
