import EnvdSyntax

/// Which name in a file means what: every scope, every binding, every use.
///
/// The rules are those of Starlark as starlark-go's resolver applies them. A name that a function binds anywhere is
/// local to all of it; a comprehension binds its own variables, but its first iterable is read outside of it; `load`
/// binds names of the file that other files do not see; all other names bound at the top level are globals. A use may stand
/// before the binding that it means. Only where globals may be assigned again does the top level read names in order: as
/// what a statement above has bound, or else as what they mean outside the file.
///
/// Broken and foreign code is resolved as far as it can be: `import x` binds `x`, as its author thinks it does, so that
/// one mistake is one finding.
package struct NameResolution: Sendable {
    package fileprivate(set) var scopes: [Scope] = [Scope(kind: .file, parent: nil, start: 0)]
    package fileprivate(set) var bindings: [Binding] = []
    package fileprivate(set) var uses: [NameUse] = []

    /// - Parameter dialect: whether it has `globalReassign`.
    package init(_ file: SourceFile, dialect: Dialect = .envd) {
        var walker = ScopeWalker(isInOrder: dialect.contains(.globalReassign))
        for statement in file.statements { walker.visit(statement) }
        scopes = walker.scopes
        bindings = walker.bindings
        uses = walker.uses
        for index in uses.indices where !uses[index].isResolved {
            uses[index].binding = lookUp(uses[index].name, from: uses[index].scope)
        }
    }

    /// The binding that a name means in a scope; nil if neither that scope nor one around it binds the name.
    package func lookUp(_ name: String, from scope: Scope.ID) -> Binding.ID? {
        var next: Scope.ID? = scope
        while let current = next {
            if let binding = scopes[current].bindings[name] { return binding }
            next = scopes[current].parent
        }
        return nil
    }

    /// All names bound in a scope and those around it, each once, in the order of their binding.
    package func names(visibleFrom scope: Scope.ID) -> [String] {
        var ids: [Binding.ID] = []
        var seen: Set<String> = []
        var next: Scope.ID? = scope
        while let current = next {
            for (name, binding) in scopes[current].bindings where seen.insert(name).inserted { ids.append(binding) }
            next = scopes[current].parent
        }
        return ids.sorted().map { bindings[$0].name }
    }

    /// The use or the binding at a place of the file, as the binding that it means.
    package func binding(at offset: Int) -> Binding.ID? {
        if let use = uses.first(where: { $0.range.contains(offset) || $0.range.upperBound == offset }) {
            return use.binding
        }
        return bindings.firstIndex { binding in
            binding.occurrences.contains { $0.range.contains(offset) || $0.range.upperBound == offset }
        }
    }
}

/// A stretch of the program in which a name means one thing.
package struct Scope: Sendable {
    /// An index into `NameResolution.scopes`; 0 is the file.
    package typealias ID = Int

    package enum Kind: Sendable {
        case file
        /// A `def` or a `lambda`.
        case function
        case comprehension
    }

    package let kind: Kind
    package let parent: ID?
    /// Where its `def`, `lambda` or comprehension begins, in UTF-8 bytes of the file.
    package let start: Int
    package fileprivate(set) var bindings: [String: Binding.ID] = [:]
}

/// A name and all the places that give it a value in one scope.
package struct Binding: Sendable {
    /// An index into `NameResolution.bindings`.
    package typealias ID = Int

    package enum Kind: Sendable {
        /// An assignment or the target of a loop.
        case variable
        case function
        case parameter
        case load
        /// Python by habit: `import`, `class`, `except … as`.
        case foreign
    }

    package struct Occurrence: Sendable {
        /// The name, in UTF-8 bytes.
        package let range: Range<Int>
        package let kind: Kind
        /// From here on the name has its value: the end of the assignment, not its beginning.
        package let effect: Int
    }

    package let name: String
    package let scope: Scope.ID
    /// In source order; never empty.
    package fileprivate(set) var occurrences: [Occurrence]
}

/// A name that is read.
package struct NameUse: Sendable {
    package let name: String
    package let scope: Scope.ID
    /// UTF-8 bytes.
    package let range: Range<Int>
    /// The outermost loop around it within its function, or within the file for code outside of all functions.
    package let loop: Range<Int>?
    /// It stands among tokens that the parser could not make sense of.
    package let isInBrokenCode: Bool
    /// What it means; nil for what the file does not bind: a name of the language or of the API, or a mistake.
    package fileprivate(set) var binding: Binding.ID?
    /// What it means was certain as soon as it was seen.
    fileprivate let isResolved: Bool
}

// MARK: - The walk

/// Walks the tree once, in source order. The tree is at most 1,000 nodes deep.
private struct ScopeWalker {
    var scopes = [Scope(kind: .file, parent: nil, start: 0)]
    var bindings: [Binding] = []
    var uses: [NameUse] = []

    /// Whether names at the top level mean what is bound above them.
    private let isInOrder: Bool
    private var scope: Scope.ID = 0
    private var loop: Range<Int>?
    private var isBroken = false

    init(isInOrder: Bool) {
        self.isInOrder = isInOrder
    }

    mutating func visit(_ node: SyntaxNode) {
        switch node.kind {
        case .nameExpr: use(NameExpr(node)?.name)
        case .dotExpr: visit(DotExpr(node)?.base)
        case .keywordArgument: visit(KeywordArgument(node)?.value)
        case .lambdaExpr: visitLambda(LambdaExpr(node))
        case .listComp, .dictComp, .setComp, .generatorExpr: visitComprehension(node)
        case .assignStmt: visitAssignment(AssignStmt(node))
        case .defStmt: visitFunction(DefStmt(node))
        case .forStmt: visitFor(ForStmt(node))
        case .whileStmt: withLoop(node.range) { $0.visitChildren(node) }
        case .loadStmt: visitLoad(LoadStmt(node))
        // Types are no values: their names are looked up where types are.
        case .typeAnnotation, .returnAnnotation: break
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
        bind(target: target.node, kind: .variable, effect: assignment.range.upperBound)
        // An augmented assignment also reads its target: the variable that it binds.
        if isAugmented, target.node.kind == .nameExpr { visit(target.node) }
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
                bind(alias.text, at: alias.range, kind: .load, effect: load.range.upperBound)
            } else if let name = item.name, let value = StringLiteral.value(of: name.bytes) {
                let text = String(decoding: value, as: UTF8.self)
                bind(text, at: name.range, kind: .load, effect: load.range.upperBound)
            }
        }
    }

    private mutating func visitFunction(_ function: DefStmt?) {
        guard let function else { return }
        let effect = function.parameterList?.range.upperBound ?? function.range.upperBound
        if let name = function.name { bind(name.text, at: name.range, kind: .function, effect: effect) }
        visitDefaults(of: function.parameterList)
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
        for parameter in list.parameters { visit(parameter.defaultValue) }
    }

    private mutating func bindParameters(_ list: ParameterList?) {
        guard let list else { return }
        for parameter in list.parameters {
            if let name = parameter.name { bind(name.text, at: name.range, kind: .parameter, effect: 0) }
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
                bind(token.text, at: token.range, kind: .foreign, effect: node.range.upperBound)
            }
        case .classStmt:
            guard let type = ClassStmt(node) else { return }
            if let name = type.name { bind(name.text, at: name.range, kind: .foreign, effect: type.range.upperBound) }
            withScope(.function, at: node) { $0.visit(type.suite) }
        case .exceptClause:
            guard let clause = ExceptClause(node) else { return }
            if let name = clause.name { bind(name.text, at: name.range, kind: .foreign, effect: name.range.upperBound) }
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
        if kind == .function { loop = nil }
        body(&self)
        (scope, loop) = (outer, outerLoop)
    }

    /// Binds the names of an assignment's left side; what else stands there (`x[i]`, `x.f`) is read.
    private mutating func bind(target: SyntaxNode, kind: Binding.Kind, effect: Int) {
        switch target.kind {
        case .nameExpr:
            if let name = NameExpr(target)?.name { bind(name.text, at: name.range, kind: kind, effect: effect) }
        case .parenExpr, .tupleExpr, .listExpr, .starredExpr, .errorExpr:
            for child in target.children { bind(target: child, kind: kind, effect: effect) }
        default: visit(target)
        }
    }

    private mutating func bind(_ name: String, at range: Range<Int>, kind: Binding.Kind, effect: Int) {
        let occurrence = Binding.Occurrence(range: range, kind: kind, effect: effect)
        if let binding = scopes[scope].bindings[name] {
            bindings[binding].occurrences.append(occurrence)
        } else {
            scopes[scope].bindings[name] = bindings.count
            bindings.append(Binding(name: name, scope: scope, occurrences: [occurrence]))
        }
    }

    private mutating func use(_ token: SyntaxToken?) {
        guard let token else { return }
        let isResolved = isInOrder && scope == 0
        uses.append(
            NameUse(
                name: token.text, scope: scope, range: token.range, loop: loop, isInBrokenCode: isBroken,
                binding: isResolved ? scopes[0].bindings[token.text] : nil, isResolved: isResolved))
    }
}
