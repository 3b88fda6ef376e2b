import EnvdSyntax

/// What a rule looks at that is about the program as a whole: all of its calls, and the order in which they run.
package final class ProgramContext: RuleContext {
    private let allCalls: [APICall]
    /// Whether the function of each ordinal is called.
    private let calledFunctions: [Bool]
    /// What envd does when it runs the program, in the order in which it does it. Empty unless the file alone says that for
    /// certain: it has `build`, uses no other files, calls functions by their names only, and has no mistakes in its syntax
    /// and its names.
    package private(set) lazy var runs: [ProgramRun] =
        isWholeProgram && checked.names.brokenCount == 0 ? graph().runs(allCalls, functions: functions) : []
    /// The packages that are asked for again, each with its first use.
    private(set) lazy var repeatedPackages = EnvdAnalysis.repeatedPackages(in: self)
    /// The functions at the top level, by name.
    package let functions: [String: DefStmt]
    /// The `load` statements at the top level, in source order, and whether other code stands above.
    let loads: [(statement: LoadStmt, isBelowCode: Bool)]
    /// Whether code of other files may declare things too: it loads a file that does, or of which nobody knows, or includes a
    /// library. What the file does not say by itself may be said there.
    package let usesOtherFiles: Bool

    package init(_ checked: CheckedFile) {
        var calls: [APICall] = []
        var functions: [String: DefStmt] = [:]
        var loads: [(LoadStmt, Bool)] = []
        var isBelowCode = false
        var runsOtherFiles = false
        let all = RuleContext(nil, in: checked)
        for record in checked.records {
            let summary = record.summary
            if summary.mentionsAPI { calls += all.calls(in: record) }
            guard summary.hasLoad || !isBelowCode || summary.globals.contains(where: { $0.header != nil }) else {
                continue
            }
            for statement in record.chunk.statements(at: checked.start(of: record)) {
                if let load = LoadStmt(statement) {
                    loads.append((load, isBelowCode))
                    if load.path.map(checked.modules.isInert) != true { runsOtherFiles = true }
                    continue
                }
                // The file's docstring stands above all else.
                if record.ordinal > 0 || statement.kind != .exprStmt { isBelowCode = true }
                if let function = DefStmt(statement), let name = function.name?.text { functions[name] = function }
            }
        }
        allCalls = calls
        var calledFunctions = [Bool](repeating: false, count: APIReference.v1.ordered.count)
        for call in calls { calledFunctions[call.function.ordinal] = true }
        self.calledFunctions = calledFunctions
        self.functions = functions
        self.loads = loads
        usesOtherFiles = runsOtherFiles || calls.contains { $0.name == "include" }
        super.init(nil, in: checked)
    }

    override package var calls: [APICall] { allCalls }

    /// Whether a function of the API is called, by its ordinal.
    func callsFunction(_ ordinal: Int) -> Bool { calledFunctions[ordinal] }

    package func calls(of name: String) -> [APICall] { allCalls.filter { $0.name == name } }

    /// `build` of a program; nil in a library.
    package var build: DefStmt? { functions["build"] }

    /// Whether the whole program stands in this file, so that what is missing here is missing.
    package var isWholeProgram: Bool { build != nil && !usesOtherFiles }

    /// Who calls what.
    private func graph() -> CallGraph {
        var graph = CallGraph()
        for record in checked.records {
            let start = checked.start(of: record)
            let uses = record.graphUses(at: start, in: checked)
            if let caller = uses.caller, let place = uses.firstReturn { graph.returns[caller] = place + start }
            for use in uses.all {
                let binders = checked.names.binders(of: use.symbol)
                if let binder = binders.min(by: { $0.ordinal < $1.ordinal }) {
                    let global = binder.summary.globals.first { $0.symbol == use.symbol }
                    guard global?.occurrences.first?.kind == .function else { continue }
                    if let call = use.call {
                        graph.localCalls.append(call.shifted(by: start))
                    } else {
                        graph.isOpaque = true
                    }
                } else {
                    let traits = checked.environmentTraits(of: use.symbol)
                    if traits.contains(.isPredeclared) {
                        if use.isOpaqueInAPI { graph.isOpaque = true }
                    } else if !traits.contains(.isUniversal) {
                        graph.isOpaque = true
                    }
                }
            }
        }
        return graph
    }
}

/// What a chunk's names mean for the graph of calls, if they are of the file or of the API: it depends on nothing but the chunk. Places are counted
/// from the chunk's beginning.
struct GraphUses {
    struct Use {
        let symbol: Symbol
        /// The call, if the name is what is called.
        let call: CallGraph.LocalCall?
        /// Whether a name of the API that is used so cannot be followed.
        let isOpaqueInAPI: Bool
    }

    let all: [Use]
    /// The function that the chunk defines, if it returns somewhere.
    let caller: String?
    let firstReturn: Int?

    /// Whether the graph of calls is the same with those of the chunk's next state, wherever these stand.
    func isAlike(_ other: GraphUses) -> Bool {
        guard caller == other.caller, all.count == other.all.count else { return false }
        for (a, b) in zip(all, other.all) {
            guard a.symbol == b.symbol, a.isOpaqueInAPI == b.isOpaqueInAPI, (a.call == nil) == (b.call == nil) else {
                return false
            }
            guard let first = a.call, let second = b.call else { continue }
            guard first.caller == second.caller, first.isConditional == second.isConditional,
                mayFollowReturn(first) == other.mayFollowReturn(second)
            else { return false }
        }
        return order == other.order
    }

    private func mayFollowReturn(_ call: CallGraph.LocalCall) -> Bool {
        firstReturn.map { call.range.upperBound > $0 } ?? false
    }

    /// The uses in the order in which the calls that they are happen.
    private var order: [Int] {
        let ends = all.map { $0.call?.range.upperBound ?? 0 }
        return all.indices.sorted { (ends[$0], $0) < (ends[$1], $1) }
    }
}

extension ChunkRecord {
    func graphUses(at start: Int, in file: CheckedFile) -> GraphUses {
        if let known = knownGraphUses { return known }
        let names = names(at: start, in: file)
        var uses: [GraphUses.Use] = []
        for use in names.uses {
            if let id = use.binding, names.bindings[id].scope != 0 { continue }
            guard let node = chunk.node(at: use.node, chunkOffset: start) else { continue }
            var asFunction = CallGraph()
            asFunction.visit(function: names.name(of: use), at: node)
            var asAPI = CallGraph()
            asAPI.visit(predeclared: names.name(of: use), at: node, file.environment)
            uses.append(
                GraphUses.Use(
                    symbol: use.symbol, call: asFunction.localCalls.first?.shifted(by: -start),
                    isOpaqueInAPI: asAPI.isOpaque))
        }
        let found = GraphUses(
            all: uses, caller: names.firstReturn == nil ? nil : functionName,
            firstReturn: names.firstReturn.map { $0 - start })
        knownGraphUses = found
        return found
    }
}

extension ChunkRecord {
    /// The function that the chunk defines.
    fileprivate var functionName: String? {
        chunk.statements(at: 0).lazy.compactMap(DefStmt.init).first?.name?.text
    }
}
