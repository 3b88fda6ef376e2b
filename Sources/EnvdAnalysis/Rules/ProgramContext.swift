import EnvdSyntax

/// What a rule looks at that is about the program as a whole: all of its calls, and the order in which they run.
package final class ProgramContext: RuleContext {
    private let allCalls: [APICall]
    /// What envd does when it runs the program, in the order in which it does it. Empty unless the file alone says that for
    /// certain: it has `build`, uses no other files, calls functions by their names only, and has no mistakes in its syntax
    /// and its names.
    package private(set) var runs: [ProgramRun] = []
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
        self.functions = functions
        self.loads = loads
        usesOtherFiles = runsOtherFiles || calls.contains { $0.name == "include" }
        super.init(nil, in: checked)
        if isWholeProgram, checked.names.brokenCount == 0 { runs = graph().runs(calls, functions: functions) }
    }

    override package var calls: [APICall] { allCalls }

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
            let names = record.names(at: start, in: checked)
            let caller = names.firstReturn == nil ? nil : record.functionName
            if let place = names.firstReturn, let caller { graph.returns[caller] = place }
            for use in names.uses {
                guard let node = record.chunk.node(at: use.node, chunkOffset: start) else { continue }
                if let id = use.binding, names.bindings[id].scope != 0 { continue }
                let binders = checked.names.binders(of: use.symbol)
                if let binder = binders.min(by: { $0.ordinal < $1.ordinal }) {
                    let global = binder.summary.globals.first { $0.symbol == use.symbol }
                    if global?.occurrences.first?.kind == .function { graph.visit(function: use.name, at: node) }
                } else {
                    let traits = checked.environmentTraits(of: use.symbol)
                    if traits.contains(.isPredeclared) {
                        graph.visit(predeclared: use.name, at: node, environment)
                    } else if !traits.contains(.isUniversal) {
                        graph.isOpaque = true
                    }
                }
            }
        }
        return graph
    }
}

extension ChunkRecord {
    /// The function that the chunk defines.
    fileprivate var functionName: String? {
        chunk.statements(at: 0).lazy.compactMap(DefStmt.init).first?.name?.text
    }
}
