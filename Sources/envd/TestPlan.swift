import EnvdLanguage
import LLB
import PlanRendering
import Starlark

/// The function `plan` of tests: what building a program, or what a function declares, would do.
///
///     plan(program = "build.envd", function = "build", *, builder = "moby-worker", owner = None)
///
/// `program` is a file, a folder with a `build.envd`, or a function, which is called and may belong to the test itself. The
/// result is a struct with the members of `envd plan --format json`; what is left out there is `None`.
struct TestPlan {
    /// Not owned: it owns the evaluation whose heap holds this function.
    unowned let planner: FunctionPlanner
    let place: TestProject

    func value(in heap: Heap) -> Value {
        heap.function(
            HostFunction("plan", "program?", "function?", "*", "builder?", "owner?") { call in
                let arguments = try call.bind()
                let program = arguments.optional("program")
                let function = arguments.optional("function")
                var request = try self.request(arguments)
                request.facts = try factSources(in: request.project)
                if let callee = program?.isCallable == true ? program : function?.isCallable == true ? function : nil {
                    guard program == nil || function == nil else {
                        throw EvaluationError("takes a function or a file with the name of a function, not both")
                    }
                    return try plan(callee, request, call.evaluation)
                }
                let name = try arguments.string("program", default: "build.envd")
                try locate(name, in: &request)
                request.function = try arguments.string("function", default: "build")
                return try plan(request, call.evaluation)
            })
    }

    // MARK: - Making plans

    private func plan(_ function: Value, _ request: PlanRequest, _ evaluation: Evaluation) throws -> Value {
        let plan = try planner.plan(function, for: request, in: evaluation)
        return PlanRecord(plan, request, program: function.functionName ?? "function").value(in: evaluation.heap)
    }

    private func plan(_ request: PlanRequest, _ evaluation: Evaluation) throws -> Value {
        let plan: Plan
        do throws(PlanError) {
            plan = try Planner(request).plan()
        } catch {
            for line in error.output { try evaluation.onPrint(ByteString(line), nil) }
            let place = error.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
            throw EvaluationError(place + error.message)
        }
        for line in plan.output { try evaluation.onPrint(ByteString(line), nil) }
        let program = "\(request.project.displayPrefix)\(request.file):\(request.function)"
        return PlanRecord(plan, request, program: program).value(in: evaluation.heap)
    }

    // MARK: - Requests

    private func request(_ arguments: BoundArguments) throws -> PlanRequest {
        var request = place.request
        if arguments.optional("builder") != nil {
            let name = try arguments.string("builder")
            guard let builder = PlanRequest.Builder(rawValue: name) else {
                let known = PlanRequest.Builder.allCases.map(\.rawValue).joined(separator: " or ")
                throw EvaluationError("builder must be \(known), not \(name)")
            }
            request.builder = builder
        }
        if arguments.optional("owner") != nil {
            let text = try arguments.string("owner")
            guard let owner = PlanRequest.Owner(text) else {
                throw EvaluationError("owner must be of the form UID:GID, not \(text)")
            }
            request.owner = owner
        }
        return request
    }

    /// Finds a program beside the test or else in the project, and makes its folder the project of the plan.
    private func locate(_ name: String, in request: inout PlanRequest) throws {
        let project = place.request.project
        let beside = place.folder.isEmpty ? [] : ["\(place.folder)/\(name)"]
        for candidate in beside + [name] {
            var path = ImagePath.clean(candidate)
            if project.isDirectory(path) { path = ImagePath.clean("\(path)/build.envd") }
            guard project.hasFile(path) else { continue }
            let slash = path.lastIndex(of: "/")
            request.file = slash.map { String(path[path.index(after: $0)...]) } ?? path
            let folder = slash.map { String(path[..<$0]) } ?? ""
            if !folder.isEmpty {
                request.project = try ProjectDirectory(folder.hasPrefix("/") ? folder : project.displayPrefix + folder)
                request.facts = try factSources(in: request.project)
            }
            return
        }
        throw EvaluationError("there is no \(name) in the project")
    }

    /// The facts that are part of the project, and those that come with the tool; not those of this machine.
    private func factSources(in project: ProjectDirectory) throws -> [FactSource] {
        guard let bytes = try project.read("envd.lock") else { return [.commonImages] }
        let name = project.displayPrefix + "envd.lock"
        do {
            let table = try FactTable(json: bytes)
            // Included libraries are part of the project too: each commit has one content.
            return [FactSource(file: name, table, repositories: UserCache.repositories), .commonImages]
        } catch {
            throw EvaluationError("cannot use '\(name)': \(error)")
        }
    }
}

extension PlanRecord {
    /// The record as a Starlark value: a struct of its members.
    func value(in heap: Heap) -> Value {
        switch self {
        case .absent: .none
        case .text(let text): heap.string(text)
        case .number(let number): heap.int(number)
        case .flag(let flag): .bool(flag)
        case .list(let elements): heap.list(elements.map { $0.value(in: heap) })
        case .members(let members): heap.structure(members.map { (name: $0.0, value: $0.1.value(in: heap)) })
        case .map(let members): heap.dict(members.map { (name: $0.0, value: $0.1.value(in: heap)) })
        }
    }
}
