import EnvdSyntax
import LLB
import Starlark

/// All that a program is planned with: envd's API, the files of the project, and what the calls of the API declared.
final class PlanningContext {
    let request: PlanRequest
    let facts: FactLookup
    let declarations: Declarations
    let blame = Blame()
    let files: ProgramFiles
    let binding: GraphBinding
    /// Nil if the first failure ends the program.
    let recovery: Recovery?
    /// Nil if nobody asks for the calls.
    let recorder: CallRecorder?
    private let prelude: Prelude
    private let primitives: [String: Value]
    private let heap: Heap
    private let hostFunctions: HostFunctionNames
    private var graphModule: Module?

    /// - Parameters:
    ///   - evaluation: runs the prelude.
    ///   - recovers: whether the program goes on after failures of the API.
    ///   - records: whether the calls of the API are kept.
    init(
        _ request: PlanRequest, _ evaluation: Evaluation, recovers: Bool = false, records: Bool = false,
        prelude programs: PreludePrograms = .shared
    ) {
        self.request = request
        heap = evaluation.heap
        declarations = Declarations(blame)
        facts = FactLookup(request.facts)
        files = ProgramFiles(request.project, facts, blame)
        binding = GraphBinding(
            Graph(platform: request.platform, localUniqueID: request.localUniqueID), blame)
        let hostFunctions = HostFunctionNames()
        let recovery = recovers ? Recovery(blame) { hostFunctions.message(of: $0) } : nil
        primitives =
            Primitives(
                request: request, binding: binding, facts: facts, files: files, declarations: declarations,
                recovery: recovery, heap: heap
            ).names
        hostFunctions.primitives = primitives
        self.hostFunctions = hostFunctions
        self.recovery = recovery
        recorder = records ? CallRecorder(blame) : nil
        prelude = Prelude(programs, evaluation, primitives: primitives)
    }

    /// Runs the prelude, after which the files of the project see the API.
    func prepare() throws(EvaluationError) {
        files.environment = try prelude.environment(recovery, recorder)
        files.environment["_build_context_dir"] = heap.string(request.project.givenPath)
        files.environment["set"] = heap.function(
            HostFunction("set") { _ in throw EvaluationError("envd has no sets: use a dict") })
    }

    /// The function of the prelude that makes a plan of declarations.
    func planFunction() throws(EvaluationError) -> Value {
        try prelude.function("make_plan", in: "plan")
    }

    /// What `load` of a file of the prelude gives; nil if the name is that of another file.
    ///
    /// A program can load one file of it: the one that gives access to the build graph.
    func preludeModule(_ name: String, for evaluation: Evaluation) throws(EvaluationError) -> Module? {
        guard PreludeFile.isPreludeName(name) else { return nil }
        if let file = evaluation.callingFile, PreludeFile.isPreludeName(file) { return try prelude.module(name) }
        if case .invalid(let problem) = LoadPath(name) { throw EvaluationError("\(problem)") }
        return try graphFile()
    }

    /// What a program gets that loads `PreludeFile.graphName`.
    func graphFile() throws(EvaluationError) -> Module {
        if let known = graphModule { return known }
        let step = try prelude.function("step", in: "llb")
        let members = [("llb", primitives["llb"] ?? .none), ("step", step)]
        let module = Module(file: PreludeFile.graphName, members: members, heap: heap)
        graphModule = module
        return module
    }

    /// Makes a plan of what has been declared.
    ///
    /// - Parameter request: says for whom; its project and its facts are those of the context.
    func makePlan(for request: PlanRequest, in evaluation: Evaluation, output: [String]) throws -> Plan {
        let heap = evaluation.heap
        let pair: (PlanRequest.Owner) -> Value = {
            heap.tuple([heap.int(Int($0.user)), heap.int(Int($0.group))])
        }
        let settings = heap.structure([
            ("name", heap.string(request.project.name)),
            ("merge", .bool(request.builder.canMerge)),
            ("owner", request.owner.map(pair) ?? .none),
            ("current_owner", pair(request.currentOwner)),
            ("platform", heap.string("\(request.platform.operatingSystem)/\(request.platform.architecture)")),
        ])
        declarations.phase = .compiling
        let result = try evaluation.call(planFunction(), [heap.list(declarations.all.map(\.value)), settings])
        let fields = result.asFields ?? []
        guard
            let state = fields.first(where: { $0.name == "state" })?.value.asHost(StateValue.self),
            let runtime = fields.first(where: { $0.name == "runtime" })?.value
        else { throw EvaluationError("the prelude returned no plan") }
        return Plan(
            definition: try state.state.definition(), runtime: try RuntimeSettings(runtime), facts: facts.used,
            sources: files.sources, output: output, findings: recovery?.findings ?? [])
    }

    /// What to tell the user of an error.
    func message(of error: EvaluationError) -> String { hostFunctions.message(of: error) }
}

/// The names of the functions that the host gives to the prelude.
///
/// A class because it is needed before the functions are made.
private final class HostFunctionNames {
    /// To be set once they are made.
    var primitives: [String: Value] = [:]

    /// `fail` and the primitives, those of modules by their bare names as the engine puts them in front of messages.
    private lazy var names: Set<String> = {
        var names = Set(["fail"]).union(LLBModule.functionNames).union(StateValue.methodNames.map { "State.\($0)" })
        for (name, value) in primitives {
            names.insert(name)
            for member in value.asFields ?? [] { names.insert(member.name) }
        }
        return names
    }()

    /// The message of an error without the name of the host function that raised it, if the prelude called it: users do
    /// not know those.
    func message(of error: EvaluationError) -> String {
        guard
            let place = error.place, PreludeFile.isPreludeName(place.file),
            let colon = error.message.firstIndex(of: ":"), names.contains(String(error.message[..<colon]))
        else { return error.message }
        return String(error.message[colon...].dropFirst(2))
    }
}
