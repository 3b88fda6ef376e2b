import EnvdSyntax

/// Rules, arranged by what they look at.
package struct RuleSet: Sendable {
    package let rules: [Rule]
    /// Whether there is one that looks at nodes of a kind, by the kind's raw value.
    private let watchedKinds: [Bool]
    /// The checks of nodes by kind of node, taken out of the rules once: for each node of the file it would cost more than most
    /// checks do.
    private let nodeChecks: [NodeCheck]
    /// Where the checks of a kind begin, and behind them those of the next kind.
    private let nodeCheckStarts: [Int]
    private let calleeChecks: [CalleeChecks]
    /// A bit for each length, in UTF-8 bytes, that a name among them has: most names are told by that.
    private let calleeLengths: UInt64
    /// The checks of calls, by the function's ordinal.
    private let callChecks: [[CallCheck]]
    private let chunkChecks: [ChunkCheck]
    private let programChecks: [ProgramCheck]
    private let typeRules: [String: Int]
    /// Whether somebody needs the types of names.
    let infersTypes: Bool

    private struct NodeCheck {
        /// The rule's place.
        let rule: Int
        let check: @Sendable (SyntaxNode, RuleContext, inout Rule.Reporter) -> Void
    }

    /// The checks of what is called by a name.
    private struct CalleeChecks {
        let name: StaticString
        var checks: [CalleeCheck]
    }

    private struct CalleeCheck {
        let rule: Int
        let check: @Sendable (CallExpr, RuleContext, inout Rule.Reporter) -> Void
    }

    // Each kind has a type of its own: functions in tuples and in generic types are called through another one.
    private struct CallCheck {
        let rule: Int
        let check: @Sendable (APICall, RuleContext, inout Rule.Reporter) -> Void
    }

    private struct ChunkCheck {
        let rule: Int
        let check: @Sendable (RuleContext, inout Rule.Reporter) -> Void
    }

    private struct ProgramCheck {
        let rule: Int
        /// The ordinals of the functions of which a program calls one if the rule has anything to say; nil if that is not known.
        let functions: [Int]?
        let check: @Sendable (ProgramContext, inout Rule.Reporter) -> Void
    }

    package init(_ rules: [Rule], infersTypes: Bool = false) {
        self.rules = rules
        var nodeChecks = [[NodeCheck]](repeating: [], count: 256)
        var calleeChecks: [CalleeChecks] = []
        let functions = APIReference.v1.ordered
        var callChecks = [[CallCheck]](repeating: [], count: functions.count)
        var chunkChecks: [ChunkCheck] = []
        var programChecks: [ProgramCheck] = []
        var typeRules: [String: Int] = [:]
        for (index, rule) in rules.enumerated() {
            switch rule.check {
            case .nodes(let kinds, let check):
                for kind in kinds { nodeChecks[Int(kind.rawValue)].append(NodeCheck(rule: index, check: check)) }
            case .callees(let names, let check):
                for name in names {
                    let place =
                        calleeChecks.firstIndex { "\($0.name)" == "\(name)" } ?? calleeChecks.endIndex
                    if place == calleeChecks.endIndex { calleeChecks.append(CalleeChecks(name: name, checks: [])) }
                    calleeChecks[place].checks.append(CalleeCheck(rule: index, check: check))
                }
            case .calls(let callees, let check):
                for function in functions where callees.include(function) {
                    callChecks[function.ordinal].append(CallCheck(rule: index, check: check))
                }
            case .chunk(let check): chunkChecks.append(ChunkCheck(rule: index, check: check))
            case .program(let callees, let check):
                let watched: [Int]? =
                    if case .all = callees { nil } else { functions.filter(callees.include).map(\.ordinal) }
                programChecks.append(ProgramCheck(rule: index, functions: watched, check: check))
            case .types: typeRules[rule.code] = index
            case .suppressions, .plan: break
            }
        }
        self.nodeChecks = nodeChecks.flatMap { $0 }
        nodeCheckStarts = nodeChecks.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
        var watchedKinds = nodeChecks.map { !$0.isEmpty }
        if !calleeChecks.isEmpty { watchedKinds[Int(SyntaxKind.callExpr.rawValue)] = true }
        self.watchedKinds = watchedKinds
        self.calleeChecks = calleeChecks
        calleeLengths = calleeChecks.reduce(0) { $0 | 1 << UInt64($1.name.utf8CodeUnitCount & 63) }
        self.callChecks = callChecks
        self.chunkChecks = chunkChecks
        self.programChecks = programChecks
        self.typeRules = typeRules
        self.infersTypes = infersTypes || !typeRules.isEmpty
    }

    /// Asks the rules about a chunk, in one walk over its tree: what a rule costs is what it looks at, not what the chunk holds.
    func check(_ context: RuleContext, report: (Rule, Rule.Violation) -> Void) {
        var reporter = Rule.Reporter()
        func flush(_ rule: Int) {
            guard !reporter.violations.isEmpty else { return }
            for violation in reporter.violations { report(rules[rule], violation) }
            reporter.forget()
        }
        for check in chunkChecks {
            check.check(context, &reporter)
            flush(check.rule)
        }
        for call in context.calls {
            for check in callChecks[call.function.ordinal] {
                check.check(call, context, &reporter)
                flush(check.rule)
            }
        }
        // In place: to take a check out of a list of lists would retain the list, for each of the nodes.
        nodeChecks.withUnsafeBufferPointer { nodeChecks in
            nodeCheckStarts.withUnsafeBufferPointer { starts in
                for statement in context.statements {
                    var nodes = statement.descendants
                    while let node = nodes.next(ofKinds: watchedKinds) {
                        let kind = node.kind
                        for place in starts[Int(kind.rawValue)]..<starts[Int(kind.rawValue) + 1] {
                            nodeChecks[place].check(node, context, &reporter)
                            flush(nodeChecks[place].rule)
                        }
                        if kind == .callExpr { checkCallee(node) }
                    }
                }
            }
        }
        func checkCallee(_ node: SyntaxNode) {
            guard let name = calledName(node), let call = CallExpr(node) else { return }
            for entry in calleeChecks where name.isText(entry.name) {
                for check in entry.checks {
                    check.check(call, context, &reporter)
                    flush(check.rule)
                }
            }
        }
    }

    /// The last name of what is called, if there may be a check for it.
    private func calledName(_ call: SyntaxNode) -> SyntaxToken? {
        guard let callee = call.children.first(where: { _ in true }),
            callee.kind == .nameExpr || callee.kind == .dotExpr,
            let name = callee.lastToken, calleeLengths & 1 << UInt64(name.range.count & 63) != 0
        else { return nil }
        return name
    }

    /// What a rule says of something that is wrong with types; nil if there is no such rule.
    func violation(_ report: TypeReport) -> (Rule, Rule.Violation)? {
        typeRules[report.code].map {
            (rules[$0], Rule.Violation(range: report.range, message: report.message, fixes: report.fixes))
        }
    }

    /// Asks the rules about the program as a whole.
    func checkProgram(_ context: ProgramContext, report: (Rule, Rule.Violation) -> Void) {
        var reporter = Rule.Reporter()
        for check in programChecks where check.functions?.contains(where: context.callsFunction) ?? true {
            check.check(context, &reporter)
            for violation in reporter.violations { report(rules[check.rule], violation) }
            reporter.forget()
        }
    }
}
