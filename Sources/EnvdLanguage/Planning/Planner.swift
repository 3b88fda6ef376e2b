import EnvdSyntax
import LLB
import Starlark

/// Runs a program without any builder, and tells what building it would do.
///
/// One planner makes one plan. Nothing is fetched and nothing outside of the project is read; steps, memory, depth and
/// time are bounded.
package final class Planner {
    private let request: PlanRequest
    private let evaluation: Evaluation
    private let context: PlanningContext
    private var output: [String] = []

    /// Generous for a program that a person wrote: real ones take some thousand steps.
    package static var limits: Limits {
        var limits = Limits()
        limits.steps = 20_000_000
        limits.memory = 256 << 20
        limits.callDepth = 1_000
        limits.output = 1 << 20
        limits.seconds = 10
        return limits
    }

    /// - Parameters:
    ///   - recovers: whether the program goes on after failures of envd's API and of files that it loads, so that there
    ///     is a plan of all the rest, with findings. The real envd ends at the first.
    ///   - records: whether the calls of the API are kept.
    ///   - prelude: where the prelude's programs come from; those that no plan has used yet are read.
    package init(
        _ request: PlanRequest, recovers: Bool = false, records: Bool = false, limits: Limits = Planner.limits,
        cancellation: CancellationFlag = CancellationFlag(), prelude: PreludePrograms = .shared
    ) {
        self.request = request
        evaluation = Evaluation(limits: limits, cancellation: cancellation)
        context = PlanningContext(request, evaluation, recovers: recovers, records: records, prelude: prelude)
    }

    /// What was asked of the world so far; also when there is no plan.
    package var facts: [UsedFact] { context.facts.used }

    /// By URL, the commits of included libraries whose content is not on this machine.
    package var unfetchedCommits: [String: String] { context.facts.unfetched }

    package func plan() throws(PlanError) -> Plan {
        evaluation.onPrint = { [unowned self] text, _ in output.append(text.text) }
        evaluation.onLoad = { [unowned self] name, _ in try load(name) }
        do {
            try context.prepare()
            try runProgram()
            // Whoever looks at the calls looks for their files too.
            if context.recorder == nil {
                context.recovery?.noteMissingFiles(of: context.declarations.all, in: request.project)
            }
            return try context.makePlan(for: request, in: evaluation, output: output)
        } catch let error as EvaluationError {
            throw describe(error)
        } catch {
            throw PlanError(
                kind: .failure, message: "\(error)", location: nil, stack: [], sources: [:], output: output,
                findings: context.recovery?.findings ?? [])
        }
    }

    /// What there is to tell of the program once it has been run.
    func dryRun(_ plan: Plan?, _ error: PlanError?) -> DryRun {
        let recorder = context.recorder
        let lacksCode = context.recovery?.lacksCode ?? false
        let calls = Set((recorder?.calls ?? []).compactMap(\.site))
        // What calls of the API add is the prelude's business.
        let unused = plan.map { context.binding.graph.places(outsideOf: $0.definition) } ?? []
        return DryRun(
            file: context.files.displayName(request.file), calls: recorder?.calls ?? [], plan: plan, error: error,
            findings: plan?.findings ?? error?.findings ?? [], sources: context.files.sources,
            unusedOperations: unused.filter { !calls.contains($0) }, isPartial: lacksCode || recorder?.isFull ?? true,
            lacksCode: lacksCode)
    }

    // MARK: - The program

    private func runProgram() throws {
        let name = context.files.displayName(request.file)
        try refuseVersionZero()
        guard let main = try context.files.run(request.file, in: evaluation) else {
            throw ProjectDirectory.ReadError(description: "cannot read '\(name)': no such file")
        }
        guard let function = main[request.function] else {
            throw EvaluationError("\(name) has no function \(request.function)")
        }
        guard function.isCallable else { throw EvaluationError("\(request.function) in \(name) is not a function") }
        _ = try evaluation.call(function)
    }

    /// The first line may name the version of the language; upstream knows one, and refuses the one before it.
    private func refuseVersionZero() throws {
        guard let bytes = try request.project.read(request.file) else { return }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard line.contains(UInt8(ascii: "#")) else { return }
        func hasText(_ text: StaticString) -> Bool {
            let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            return line.indices.contains { line[$0...].starts(with: text) }
        }
        if !hasText("# syntax=v1"), hasText("# syntax=v0") {
            throw EvaluationError("version 0 of the language is no longer supported")
        }
    }

    private func load(_ name: String) throws -> Module {
        if let module = try context.preludeModule(name, for: evaluation) { return module }
        do {
            if let module = try context.files.load([name], in: evaluation) { return module }
            throw EvaluationError("no such file")
        } catch {
            guard let recovery = context.recovery else { throw error }
            let fresh = (error as? EvaluationError).map { $0.stack.isEmpty } ?? true
            let site = SourceLocation(userCallIn: (error as? EvaluationError)?.stack ?? [])
            try recovery.note(
                fresh ? EvaluationError("cannot load \(name): \(error)") : error,
                at: site ?? SourceLocation(userCallIn: evaluation.callStack))
            return recovery.missingFile(name, in: evaluation.heap)
        }
    }

    // MARK: - Errors

    /// An error points into the user's files even if it was raised in the prelude.
    private func describe(_ error: EvaluationError) -> PlanError {
        let kind: PlanError.Kind =
            switch error.kind {
            case .failure, .invalidProgram: .program
            case .limit, .cancelled: .failure
            }
        return PlanError(
            kind: kind, message: context.message(of: error),
            location: context.blame.location ?? SourceLocation(userCallIn: error.stack),
            stack: error.stack, sources: context.files.sources, output: output,
            findings: context.recovery?.findings ?? [])
    }
}
