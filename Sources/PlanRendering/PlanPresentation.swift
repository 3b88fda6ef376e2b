import EnvdLanguage
import EnvdSyntax
import LLB

/// A plan with what all its texts and pictures are made of, each worked out once.
package struct PlanPresentation: Sendable {
    package let plan: Plan
    /// `FILE:FUNCTION`.
    package let program: String
    /// The program's own file, as locations name it.
    package let file: String
    package let builder: PlanRequest.Builder
    package let platform: Platform
    package let steps: [PlanStep]
    package let graph: StepGraph
    package let longestChain: [Int]

    package init(_ plan: Plan, _ request: PlanRequest) {
        self.plan = plan
        file = request.project.displayPrefix + request.file
        program = "\(file):\(request.function)"
        builder = request.builder
        platform = request.platform
        steps = plan.steps
        graph = StepGraph(steps)
        longestChain = graph.longestChain
    }

    package var groups: [StepGroup] { StepGroup.groups(of: steps, file: file) }

    /// `54 steps, at least 43 one after another, with moby-worker for linux/amd64`.
    package var summary: String {
        let count = steps.count
        let chain = longestChain.count
        let order = chain == count ? "one after another" : "at least \(chain) one after another"
        let system = "\(platform.operatingSystem)/\(platform.architecture)"
        return "\(count) \(count == 1 ? "step" : "steps, \(order)"), with \(builder.rawValue) for \(system)"
    }

    /// The line that caused a step and the call in it: `build.envd:13  base(dev=True)`, without the folders of the file.
    /// Nil if nobody asked for the step.
    func cause(of step: PlanStep) -> String? {
        guard let stack = step.locations.first?.stack, let innermost = stack.last else { return nil }
        let location = stack.last { $0.file == file } ?? innermost
        let name = location.file.split(separator: "/").last.map(String.init) ?? location.file
        return "\(name):\(location.line)  \(plan.call(at: location))"
    }

    /// All that a tooltip says of a step.
    func tooltip(of step: PlanStep) -> String {
        let description = StepDescription(step)
        var lines = ["\(step.number). \(step.kind.rawValue): \(description.title)"]
        lines += description.command?.lines.prefix(8).map { "$ \($0)" } ?? []
        lines += description.details.filter { !$0.isMinor }.prefix(8).map { "\($0.name): \($0.text)" }
        if let cause = cause(of: step) { lines.append(cause) }
        return lines.map { $0.count > 400 ? $0.prefix(400) + "…" : $0 }.joined(separator: "\n")
    }
}
