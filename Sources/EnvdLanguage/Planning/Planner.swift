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
    private let facts: FactLookup
    private let declarations = Declarations()
    private let blame = Blame()
    private let graph: Graph
    private let prelude: Prelude
    private let primitives: [String: Value]
    private let files: ProgramFiles
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

    package init(
        _ request: PlanRequest, limits: Limits = Planner.limits, cancellation: CancellationFlag = CancellationFlag()
    ) {
        self.request = request
        evaluation = Evaluation(limits: limits, cancellation: cancellation)
        facts = FactLookup(request.facts)
        graph = Graph(platform: request.platform, localUniqueID: request.localUniqueID)
        files = ProgramFiles(evaluation, request.project, facts, blame)
        primitives =
            Primitives(
                request: request, graph: graph, facts: facts, files: files, declarations: declarations, blame: blame
            ).names
        prelude = Prelude(evaluation, primitives: primitives)
    }

    package func plan() throws(PlanError) -> Plan {
        evaluation.onPrint = { [unowned self] text, _ in output.append(text) }
        evaluation.onLoad = { [unowned self] name, _ in try load(name) }
        do {
            files.environment = try prelude.environment()
            files.environment["_build_context_dir"] = .string(request.project.path)
            files.environment["set"] = .function(
                HostFunction("set") { _ in throw EvaluationError("envd has no sets: use a dict") })
            try runProgram()
            return try makePlan()
        } catch let error as EvaluationError {
            throw describe(error)
        } catch {
            throw PlanError(
                kind: .failure, message: "\(error)", location: nil, traceback: "", output: output)
        }
    }

    // MARK: - The program

    private func runProgram() throws {
        let name = files.displayName(request.file)
        try refuseVersionZero()
        guard let main = try files.run(request.file) else {
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
        let firstLine = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        if !firstLine.contains("# syntax=v1"), firstLine.contains("# syntax=v0") {
            throw EvaluationError("version 0 of the language is no longer supported")
        }
    }

    private func load(_ name: String) throws -> Module {
        if PreludeFile.isPreludeName(name), let file = evaluation.callSite?.file, PreludeFile.isPreludeName(file) {
            return try prelude.module(name)
        }
        guard let module = try files.run(name) else { throw EvaluationError("no such file") }
        return module
    }

    // MARK: - The graph

    private func makePlan() throws -> Plan {
        let pair: (PlanRequest.Owner) -> Value = { .tuple([.int(Int($0.user)), .int(Int($0.group))]) }
        let settings = Value.structure([
            ("name", .string(request.project.name)),
            ("merge", .bool(request.builder.canMerge)),
            ("owner", request.owner.map(pair) ?? .none),
            ("current_owner", pair(request.currentOwner)),
            ("platform", .string("\(request.platform.operatingSystem)/\(request.platform.architecture)")),
        ])
        let result = try evaluation.call(
            prelude.function("make_plan", in: "plan"), [.list(declarations.all.map(\.value)), settings])
        let fields = result.asFields ?? []
        guard
            let state = fields.first(where: { $0.name == "state" })?.value.asHost(StateValue.self),
            let runtime = fields.first(where: { $0.name == "runtime" })?.value
        else { throw EvaluationError("the prelude returned no plan") }
        return Plan(
            definition: try state.state.definition(), runtime: try RuntimeSettings(runtime), facts: facts.used,
            sources: files.sources, output: output)
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
            kind: kind, message: message(of: error),
            location: blame.location ?? SourceLocation(userCallIn: error.stack),
            traceback: error.traceback, output: output)
    }

    /// Without the name of the host function that raised the error, if the prelude called it: users do not know those.
    private func message(of error: EvaluationError) -> String {
        guard
            let place = error.place, PreludeFile.isPreludeName(place.file),
            let colon = error.message.firstIndex(of: ":"),
            hostFunctionNames.contains(String(error.message[..<colon]))
        else { return error.message }
        return String(error.message[colon...].dropFirst(2))
    }

    /// `fail` and the primitives, those of modules by their bare names as the engine puts them in front of messages.
    private var hostFunctionNames: Set<String> {
        var names: Set<String> = ["fail"]
        for (name, value) in primitives {
            names.insert(name)
            for member in value.asFields ?? [] { names.insert(member.name) }
        }
        return names.union(StateValue.methodNames.map { "State.\($0)" })
    }
}
