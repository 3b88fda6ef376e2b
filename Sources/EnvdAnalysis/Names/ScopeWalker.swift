import EnvdSyntax

/// Walks the tree once, in source order. The tree is at most 1,000 nodes deep.
struct ScopeWalker {
    var scopes = [Scope(kind: .file, parent: nil, start: 0)]
    var bindings: [Binding] = []
    var uses: [NameUse] = []
    private let symbols: SymbolTable
    var table = ScopeTable()
    var firstReturn: Int?
    var annotationNames: [Symbol] = []

    /// Whether names at the top level mean what is bound above them.
    private let isInOrder: Bool
    private var scope: Scope.ID = 0
    private var loop: Range<Int>?
    private var isBroken = false
    private var functionDepth = 0

    init(isInOrder: Bool, _ symbols: SymbolTable) {
        self.isInOrder = isInOrder
        self.symbols = symbols
    }

    mutating func visit(_ node: SyntaxNode) {
        switch node.kind {
        case .nameExpr: use(node)
        // What is most common is asked first.
        case .literalExpr, .exprStmt, .suite, .argumentList, .listExpr, .dictExpr, .dictEntry, .tupleExpr, .parenExpr,
            .binaryExpr,
            .unaryExpr, .indexExpr, .conditionalExpr, .ifStmt:
            visitChildren(node)
        case .dotExpr: visitDot(DotExpr(node))
        case .callExpr: visitCall(node)
        case .keywordArgument: visit(KeywordArgument(node)?.value)
        case .lambdaExpr: visitLambda(LambdaExpr(node))
        case .listComp, .dictComp, .setComp, .generatorExpr: visitComprehension(node)
        case .assignStmt: visitAssignment(AssignStmt(node))
        case .defStmt: visitFunction(DefStmt(node))
        case .forStmt: visitFor(ForStmt(node))
        case .whileStmt: withLoop(node.range) { $0.visitChildren(node) }
        case .loadStmt: visitLoad(LoadStmt(node))
        // Types are no values: their names are looked up where types are.
        case .typeAnnotation, .returnAnnotation:
            for token in node.tokens where token.kind == .identifier {
                annotationNames.append(symbols.symbol(of: token))
            }
        case .returnStmt:
            if functionDepth > 0 { firstReturn = min(firstReturn ?? .max, node.range.lowerBound) }
            visitChildren(node)
        case .errorExpr:
            let outer = isBroken
            isBroken = true
            visitChildren(node)
            isBroken = outer
        default: visitForeign(node)
        }
    }

    private mutating func visit(_ view: (some SyntaxView)?) {
        if let view { visit(view.node) }
    }

    private mutating func visitChildren(_ node: SyntaxNode) {
        for child in node.children { visit(child) }
    }

    private mutating func withLoop(_ range: Range<Int>, _ body: (inout ScopeWalker) -> Void) {
        let outer = loop
        loop = outer ?? range
        body(&self)
        loop = outer
    }

    // MARK: Statements

    private mutating func visitAssignment(_ assignment: AssignStmt?) {
        guard let assignment else { return }
        visit(assignment.value)
        guard let target = assignment.target else { return }
        let isAugmented = assignment.op.map { $0.kind != .equal } ?? false
        if let annotation = assignment.typeAnnotation { visit(annotation.node) }
        bind(target: target.node, kind: .variable, effect: assignment.range.upperBound)
        // An augmented assignment also reads its target: the variable that it binds.
        if isAugmented, target.node.kind == .nameExpr { use(target.node, .isChanged) }
    }

    private mutating func visitFor(_ statement: ForStmt?) {
        guard let statement else { return }
        visit(statement.iterable)
        withLoop(statement.range) { walker in
            if let target = statement.target {
                let effect = statement.iterable?.range.upperBound ?? target.range.upperBound
                walker.bind(target: target.node, kind: .variable, effect: effect)
            }
            walker.visit(statement.suite)
        }
        visit(statement.elseClause)
    }

    private mutating func visitLoad(_ load: LoadStmt?) {
        guard let load else { return }
        for item in load.loadItems {
            if let alias = item.alias {
                bind(alias, kind: .load, effect: load.range.upperBound)
            } else if let name = item.name, let text = StringLiteral.text(of: name) {
                bind(symbols.symbol(of: text), at: name.range, kind: .load, effect: load.range.upperBound)
            }
        }
    }

    private mutating func visitFunction(_ function: DefStmt?) {
        guard let function else { return }
        let effect = function.parameterList?.range.upperBound ?? function.range.upperBound
        if let name = function.name { bind(name, kind: .function, effect: effect) }
        visitDefaults(of: function.parameterList)
        if let result = function.returnAnnotation { visit(result.node) }
        withScope(.function, at: function.node) { walker in
            walker.bindParameters(function.parameterList)
            walker.visit(function.suite)
        }
    }

    // MARK: Expressions

    private mutating func visitLambda(_ lambda: LambdaExpr?) {
        guard let lambda else { return }
        visitDefaults(of: lambda.parameterList)
        withScope(.function, at: lambda.node) { walker in
            walker.bindParameters(lambda.parameterList)
            walker.visit(lambda.body)
        }
    }

    /// Defaults are computed where the function is defined, not where it runs.
    private mutating func visitDefaults(of list: ParameterList?) {
        guard let list else { return }
        for parameter in list.parameters {
            if let annotation = parameter.typeAnnotation { visit(annotation.node) }
            visit(parameter.defaultValue)
        }
    }

    private mutating func bindParameters(_ list: ParameterList?) {
        guard let list else { return }
        for parameter in list.parameters {
            if let name = parameter.name { bind(name, kind: .parameter, effect: 0) }
        }
    }

    /// A call of a method that changes what it is called on.
    private mutating func visitDot(_ dot: DotExpr?) {
        guard let dot else { return }
        if let base = dot.base, base.node.kind == .nameExpr {
            use(base.node, dot.name.map(isChange) == true ? .isChanged : [])
        } else {
            visit(dot.base)
        }
    }

    private func isChange(_ method: SyntaxToken) -> Bool {
        switch method.firstByte {
        case UInt8(ascii: "a"): method.isText("append") || method.isText("add")
        case UInt8(ascii: "e"): method.isText("extend")
        case UInt8(ascii: "i"): method.isText("insert")
        case UInt8(ascii: "s"): method.isText("setdefault")
        case UInt8(ascii: "u"): method.isText("update")
        default: false
        }
    }

    private mutating func visitCall(_ call: SyntaxNode) {
        var isFirst = true
        for child in call.children {
            if isFirst, child.kind == .nameExpr { use(child, .isCallee) } else { visit(child) }
            isFirst = false
        }
    }

    private mutating func visitComprehension(_ node: SyntaxNode) {
        let clauses = node.children.filter { $0.kind == .compFor || $0.kind == .compIf }
        if let first = clauses.first.flatMap(CompFor.init) { visit(first.iterable) }
        withScope(.comprehension, at: node) { walker in
            for (index, clause) in clauses.enumerated() {
                guard let loop = CompFor(clause) else {
                    walker.visitChildren(clause)
                    continue
                }
                if let target = loop.target { walker.bind(target: target.node, kind: .variable, effect: 0) }
                if index > 0 { walker.visit(loop.iterable) }
            }
            for child in node.children where child.kind != .compFor && child.kind != .compIf { walker.visit(child) }
        }
    }

    // MARK: Python by habit

    private mutating func visitForeign(_ node: SyntaxNode) {
        switch node.kind {
        case .importStmt:
            // "from a import b as c" and "import a.b": every name in it may be one that it binds.
            for token in node.tokens where token.kind == .identifier {
                bind(token, kind: .foreign, effect: node.range.upperBound)
            }
        case .classStmt:
            guard let type = ClassStmt(node) else { return }
            if let name = type.name { bind(name, kind: .foreign, effect: type.range.upperBound) }
            withScope(.function, at: node) { $0.visit(type.suite) }
        case .exceptClause:
            guard let clause = ExceptClause(node) else { return }
            if let name = clause.name { bind(name, kind: .foreign, effect: name.range.upperBound) }
            visit(clause.suite)
        case .withItem:
            guard let item = WithItem(node) else { return }
            visit(item.context)
            if let target = item.target { bind(target: target.node, kind: .foreign, effect: item.range.upperBound) }
        case .namedExpr:
            guard let named = NamedExpr(node) else { return }
            visit(named.value)
            if let target = named.target { bind(target: target.node, kind: .foreign, effect: named.range.upperBound) }
        case .caseClause:
            guard let clause = CaseClause(node) else { return }
            for name in clause.pattern?.node.descendants.compactMap(NameExpr.init) ?? [] {
                bind(target: name.node, kind: .foreign, effect: clause.range.upperBound)
            }
            visit(clause.guardClause)
            visit(clause.suite)
        // The names of Python's exceptions and decorators are no further mistake.
        case .raiseStmt, .decorator, .globalStmt: break
        default: visitChildren(node)
        }
    }

    // MARK: Recording

    private mutating func withScope(_ kind: Scope.Kind, at node: SyntaxNode, _ body: (inout ScopeWalker) -> Void) {
        let (outer, outerLoop) = (scope, loop)
        scopes.append(Scope(kind: kind, parent: outer, start: node.range.lowerBound))
        scope = scopes.count - 1
        if kind == .function {
            loop = nil
            functionDepth += 1
        }
        body(&self)
        if kind == .function { functionDepth -= 1 }
        (scope, loop) = (outer, outerLoop)
    }

    /// Binds the names of an assignment's left side; what else stands there (`x[i]`, `x.f`) is read.
    private mutating func bind(target: SyntaxNode, kind: Binding.Kind, effect: Int) {
        switch target.kind {
        case .nameExpr:
            if let name = NameExpr(target)?.name { bind(name, kind: kind, effect: effect) }
        case .parenExpr, .tupleExpr, .listExpr, .starredExpr, .errorExpr:
            for child in target.children { bind(target: child, kind: kind, effect: effect) }
        case .indexExpr:
            var isFirst = true
            for child in target.children {
                if isFirst, child.kind == .nameExpr { use(child, .isChanged) } else { visit(child) }
                isFirst = false
            }
        default: visit(target)
        }
    }

    private mutating func bind(_ name: SyntaxToken, kind: Binding.Kind, effect: Int) {
        bind(symbols.symbol(of: name), at: name.range, kind: kind, effect: effect)
    }

    private mutating func bind(_ symbol: Symbol, at range: Range<Int>, kind: Binding.Kind, effect: Int) {
        let occurrence = Binding.Occurrence(range: range, kind: kind, effect: effect)
        if let binding = table.binding(of: symbol, in: scope) {
            bindings[binding].occurrences.append(occurrence)
        } else {
            table.set(bindings.count, of: symbol, in: scope)
            bindings.append(
                Binding(symbol: symbol, scope: scope, occurrences: Binding.Occurrences(occurrence)))
        }
    }

    private mutating func use(_ node: SyntaxNode, _ traits: NameUse.Traits = []) {
        guard let token = NameExpr(node)?.name else { return }
        var traits = traits
        let isResolved = isInOrder && scope == 0
        if isResolved { traits.insert(.isResolved) }
        if isBroken { traits.insert(.isInBrokenCode) }
        if functionDepth == 0 { traits.insert(.isAtTopLevel) }
        let symbol = symbols.symbol(of: token)
        uses.append(
            NameUse(
                symbol, in: scope, at: token.range, loop: loop, node: node.index,
                binding: isResolved ? table.binding(of: symbol, in: 0) : nil, traits))
    }
}

/// The bindings of names by scope: open addressing in two flat arrays.
struct ScopeTable {
    private struct Slot {
        /// 0 of an empty slot.
        var key: UInt64 = 0
        var binding: Binding.ID = 0
    }

    private var slots: [Slot] = []
    private var count = 0

    func binding(of symbol: Symbol, in scope: Scope.ID) -> Binding.ID? {
        guard count > 0 else { return nil }
        let place = slot(of: ScopeTable.key(symbol, scope))
        return slots[place].key == 0 ? nil : slots[place].binding
    }

    mutating func set(_ binding: Binding.ID, of symbol: Symbol, in scope: Scope.ID) {
        if (count + 1) * 2 > slots.count { grow() }
        let key = ScopeTable.key(symbol, scope)
        let place = slot(of: key)
        if slots[place].key == 0 { count += 1 }
        slots[place] = Slot(key: key, binding: binding)
    }

    private static func key(_ symbol: Symbol, _ scope: Scope.ID) -> UInt64 {
        UInt64(truncatingIfNeeded: scope) << 32 | UInt64(truncatingIfNeeded: symbol.index + 1)
    }

    /// The slot of a key, or the empty one where it belongs; there is one.
    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 33) & mask
        while slots[place].key != 0, slots[place].key != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](filledWith: Slot(), count: max(16, old.count * 2))
        for entry in old where entry.key != 0 { slots[slot(of: entry.key)] = entry }
    }
}
