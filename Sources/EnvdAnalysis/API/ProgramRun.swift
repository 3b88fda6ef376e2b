import EnvdSyntax

/// What happens when envd runs one function of a program: `build`, or another that `--from` could name because nothing calls it
/// and it chooses an image.
package struct ProgramRun: Sendable {
    /// A call of the API.
    package struct Step: Sendable {
        package let call: APICall
        /// Whether it may run never or many times.
        package let isConditional: Bool

        package var name: String { call.name }
    }

    /// In the order in which they run: first the top level of the file, then the function with all that it calls.
    package let steps: [Step]

    private let places: [String: [Int]]

    init(steps: [Step]) {
        self.steps = steps
        places = Dictionary(grouping: steps.indices) { steps[$0].name }
    }

    /// The calls of some functions, in their order.
    package func steps(_ names: String...) -> [Step] { places(of: names).map { steps[$0] } }

    /// Where among the steps they are, in their order.
    func places(of names: [String]) -> [Int] {
        var found: [Int] = []
        for name in names {
            guard let places = places[name] else { continue }
            found += places
        }
        return names.count == 1 ? found : found.sorted()
    }

    /// Where among the steps a function is first called.
    package func firstPlace(of name: String) -> Int? {
        places[name]?.first
    }

    /// Whether a function of the API may be called.
    package func mayCall(_ name: String) -> Bool {
        places[name] != nil
    }
}

/// Where in a file something stands, as far as it matters to whether it runs.
struct CallPlace {
    /// The function at the top level around it.
    private(set) var function: String?
    /// Whether it stands in a condition, a loop, a nested function or a comprehension.
    private(set) var isConditional = false

    init(of node: SyntaxNode) {
        for ancestor in node.ancestors {
            switch ancestor.kind {
            case .ifStmt, .elifClause, .elseClause, .forStmt, .whileStmt, .lambdaExpr, .listComp, .dictComp,
                .conditionalExpr:
                isConditional = true
            case .binaryExpr:
                guard let op = BinaryExpr(ancestor)?.op?.kind, op == .andKeyword || op == .orKeyword else { continue }
                isConditional = true
            case .defStmt:
                if function != nil { isConditional = true }
                function = DefStmt(ancestor)?.name?.text
            default: continue
            }
        }
    }
}

/// What `ProgramRun`s are made of: who calls what, in one file.
struct CallGraph {
    /// A call of a function that the file defines at its top level.
    struct LocalCall {
        let function: String
        let range: Range<Int>
        /// The top-level function that it stands in; nil at the top level itself.
        let caller: String?
        let isConditional: Bool

        func shifted(by distance: Int) -> LocalCall {
            LocalCall(
                function: function, range: range.shifted(by: distance), caller: caller, isConditional: isConditional)
        }
    }

    var localCalls: [LocalCall] = []
    /// Where each function first returns: what follows may not run.
    var returns: [String: Int] = [:]
    /// Whether something is called in a way that cannot be followed, such as through a variable or by a misspelt name.
    var isOpaque = false

    /// Takes in a name that means a function at the top level of the file.
    mutating func visit(function: String, at node: SyntaxNode) {
        guard let call = node.parent.flatMap(CallExpr.init), call.callee?.node == node else {
            isOpaque = true
            return
        }
        let place = CallPlace(of: call.node)
        localCalls.append(
            LocalCall(
                function: function, range: call.range, caller: place.function, isConditional: place.isConditional))
    }

    /// Takes in a name of the API.
    mutating func visit(predeclared name: String, at node: SyntaxNode, _ environment: NameEnvironment) {
        if let members = environment.modules[name], let dot = node.parent.flatMap(DotExpr.init),
            dot.name.map({ members.contains($0.text) }) != true
        {
            isOpaque = true
        }
        // `data.path.huggingface` and a statement `install.python` call nothing.
        var whole = node
        while let parent = whole.parent, parent.kind == .dotExpr { whole = parent }
        if whole == node, name == "_build_context_dir" { return }
        if name == "data" || whole.parent?.kind == .exprStmt { return }
        if whole.parent.flatMap(CallExpr.init)?.callee?.range != whole.range { isOpaque = true }
    }

    private enum Event {
        case api(APICall)
        case local(LocalCall)

        var place: Int {
            switch self {
            case .api(let call): call.range.upperBound
            case .local(let call): call.range.upperBound
            }
        }
    }

    private static let maximumDepth = 16
    /// Calls of the API and of functions together: functions that call functions that call nothing are work too.
    private static let maximumEvents = 2000
    private static let maximumRuns = 16

    /// - Returns: nothing if it cannot be followed for certain.
    func runs(_ calls: [APICall], functions: [String: DefStmt]) -> [ProgramRun] {
        guard !isOpaque, functions["build"] != nil else { return [] }
        var events: [String?: [Event]] = [:]
        for call in calls { events[call.caller, default: []].append(.api(call)) }
        for call in localCalls { events[call.caller, default: []].append(.local(call)) }
        for key in events.keys { events[key]?.sort { $0.place < $1.place } }

        let called = Set(localCalls.map(\.function))
        let others = functions.keys.filter { $0 != "build" && !called.contains($0) }.sorted()
        var runs: [ProgramRun] = []
        for root in (["build"] + others).prefix(CallGraph.maximumRuns) {
            var steps: [ProgramRun.Step] = []
            var budget = CallGraph.maximumEvents
            guard add(nil, to: &steps, events, &budget, isConditional: false, depth: 0),
                add(root, to: &steps, events, &budget, isConditional: false, depth: 0)
            else { return [] }
            if root == "build" || steps.contains(where: { $0.name == "base" && $0.call.caller != nil }) {
                runs.append(ProgramRun(steps: steps))
            }
        }
        return runs
    }

    private func add(
        _ function: String?, to steps: inout [ProgramRun.Step], _ events: [String?: [Event]], _ budget: inout Int,
        isConditional: Bool, depth: Int
    ) -> Bool {
        guard depth < CallGraph.maximumDepth else { return false }
        let end = function.flatMap { returns[$0] } ?? .max
        for event in events[function] ?? [] {
            guard budget > 0 else { return false }
            budget -= 1
            let isUnsure = isConditional || event.place > end
            switch event {
            case .api(let call):
                steps.append(ProgramRun.Step(call: call, isConditional: isUnsure || call.isConditional))
            case .local(let call):
                guard
                    add(
                        call.function, to: &steps, events, &budget, isConditional: isUnsure || call.isConditional,
                        depth: depth + 1)
                else { return false }
            }
        }
        return true
    }
}

extension ProgramContext {
    /// The calls for which something holds in every run that makes them, each once, in source order. Nothing is said of calls
    /// that no run makes.
    ///
    /// - Parameter holds: gets the run and the place of the call among its steps.
    func calls(_ names: [String], inEveryRun holds: @escaping (ProgramRun, Int) -> Bool) -> [APICall] {
        calls(names, inEveryRunAfter: { run in { index in holds(run, index) } })
    }

    /// The same, where something is to be found out about each run first.
    ///
    /// - Parameter prepare: gets the run and gives the question about the place of a call among its steps.
    func calls(_ names: [String], inEveryRunAfter prepare: (ProgramRun) -> (Int) -> Bool) -> [APICall] {
        var verdicts: [Range<Int>: (call: APICall, holds: Bool)] = [:]
        for run in runs {
            let places = run.places(of: names)
            if places.isEmpty { continue }
            let holds = prepare(run)
            for index in places {
                let step = run.steps[index]
                if let known = verdicts[step.call.range], !known.holds { continue }
                verdicts[step.call.range] = (step.call, holds(index))
            }
        }
        if verdicts.isEmpty { return [] }
        return verdicts.values.filter(\.holds).map(\.call).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The calls whose key has another value in a later call that surely runs, in every run that makes them. The call that sets
    /// the value last is the one that counts.
    ///
    /// - Parameter entry: what a call sets, and to what; nil for a call that sets nothing or nothing that is known.
    func calls(_ name: String, overriddenBy entry: (APICall) -> (key: String, value: String)?) -> [APICall] {
        calls(
            [name],
            inEveryRunAfter: { run in
                let places = run.places(of: [name])
                if places.count < 2 { return { _ in false } }
                var entries: [Int: (key: String, value: String)] = [:]
                var last: [String: Int] = [:]
                for index in places {
                    let step = run.steps[index]
                    entries[index] = entry(step.call)
                    if !step.isConditional, let key = entries[index]?.key { last[key] = index }
                }
                return { index in
                    guard let own = entries[index], let other = last[own.key], other > index else { return false }
                    return entries[other]?.value != own.value
                        && run.steps[other].call.range != run.steps[index].call.range
                }
            })
    }

    /// Whether a run makes a development environment; nil if that is not certain. The last call of `base` decides.
    func isDevelopment(_ run: ProgramRun) -> Bool? {
        var (mayBe, mayNotBe) = (false, true)
        for place in run.places(of: ["base"]) {
            let step = run.steps[place]
            let value = developmentValue(of: step.call)
            mayBe = value != false || step.isConditional && mayBe
            mayNotBe = value != true || step.isConditional && mayNotBe
        }
        return mayBe == mayNotBe ? nil : mayBe
    }

    /// The image of a run; nil if that is not certain, empty if none of the calls of `base` names one.
    func image(_ run: ProgramRun) -> String? {
        var image: String? = ""
        for step in run.steps("base") {
            if step.call.argument("image") == nil, !step.call.isOpen { continue }
            guard let name = constant("image", of: step.call)?.text else {
                image = nil
                continue
            }
            if name.isEmpty { continue }
            image = step.isConditional ? nil : name
        }
        return image
    }

    /// Nil if it is not known.
    private func developmentValue(of base: APICall) -> Bool? {
        if base.argument("dev") == nil { return base.isOpen ? nil : false }
        return constant("dev", of: base)?.truth
    }
}
