import EnvdSyntax

/// Which name means what in some statements that stand at the top level of a file: every scope, every binding, every use.
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
    package let scopes: [Scope]
    /// Those of the statements themselves, and behind them what was added of the rest of the file.
    package private(set) var bindings: [Binding]
    package private(set) var uses: [NameUse]
    /// How many of the bindings belong to the statements.
    package let ownBindingCount: Int
    /// Where a function first returns, in UTF-8 bytes of the file.
    let firstReturn: Int?
    /// The names that types mention. Types are no values, so nothing here says what they mean.
    let annotationNames: [Symbol]

    private let table: ScopeTable
    /// The uses by where they begin, and the occurrences of the bindings likewise.
    private let usesByPlace: PlaceTable
    private let bindingsByPlace: PlaceTable

    /// All of a file.
    /// - Parameter dialect: whether it has `globalReassign`.
    package init(_ file: SourceFile, dialect: Dialect = .envd) {
        var symbols = SymbolTable()
        self.init(file.statements, dialect: dialect, &symbols)
    }

    /// - Parameter symbols: learns the names.
    init(_ statements: [SyntaxNode], dialect: Dialect, _ symbols: inout SymbolTable) {
        var walker = ScopeWalker(isInOrder: dialect.contains(.globalReassign), symbols)
        // The walker alone holds the table, or it would copy it.
        symbols = .empty
        for statement in statements { walker.visit(statement) }
        symbols = walker.symbols
        scopes = walker.scopes
        bindings = walker.bindings
        ownBindingCount = walker.bindings.count
        firstReturn = walker.firstReturn
        annotationNames = walker.annotationNames
        table = walker.table
        usesByPlace = PlaceTable(walker.uses.lazy.enumerated().map { ($0.element.range.lowerBound, $0.offset) })
        uses = walker.uses
        var places: [(Int, Int)] = []
        places.reserveCapacity(walker.bindings.count)
        for (id, binding) in walker.bindings.enumerated() {
            for occurrence in binding.occurrences { places.append((occurrence.range.lowerBound, id)) }
        }
        bindingsByPlace = PlaceTable(places)
        for index in uses.indices where !uses[index].isResolved {
            uses[index].binding = lookUp(uses[index].symbol, from: uses[index].scope)
        }
    }

    /// The binding of a name in one scope.
    func binding(of symbol: Symbol, in scope: Scope.ID) -> Binding.ID? { table.binding(of: symbol, in: scope) }

    /// The binding that a name means in a scope; nil if neither that scope nor one around it binds the name.
    func lookUp(_ symbol: Symbol, from scope: Scope.ID) -> Binding.ID? {
        var next: Scope.ID? = scope
        while let current = next {
            if let binding = table.binding(of: symbol, in: current) { return binding }
            next = scopes[current].parent
        }
        return nil
    }

    /// All names bound in a scope and those around it, each once, in the order of their binding.
    package func names(visibleFrom scope: Scope.ID) -> [String] {
        var visible: Set<Scope.ID> = []
        var next: Scope.ID? = scope
        while let current = next {
            visible.insert(current)
            next = scopes[current].parent
        }
        var seen: Set<Symbol> = []
        return bindings.prefix(ownBindingCount).filter { visible.contains($0.scope) && seen.insert($0.symbol).inserted }
            .map(\.name)
    }

    /// The use that begins at an offset.
    func use(at place: Int) -> NameUse? { usesByPlace[place].map { uses[$0] } }

    /// Its place among the uses: a use is much to copy.
    func useIndex(at place: Int) -> Int? { usesByPlace[place] }

    /// The binding of which an occurrence begins at an offset.
    func binding(at place: Int) -> Binding.ID? { bindingsByPlace[place] }

    /// The bindings whose list or dict the statements may change.
    var changedBindings: some Sequence<Binding.ID> {
        uses.lazy.filter { $0.traits.contains(.isChanged) }.compactMap(\.binding)
    }

    /// The use or the binding at a place of the file, as the binding that it means.
    package func binding(touching offset: Int) -> Binding.ID? {
        if let use = uses.first(where: { $0.range.contains(offset) || $0.range.upperBound == offset }) {
            return use.binding
        }
        return bindings.firstIndex { binding in
            binding.occurrences.contains { $0.range.contains(offset) || $0.range.upperBound == offset }
        }
    }

    /// Whether a scope is that of a function, or within one.
    func isInFunction(_ scope: Scope.ID) -> Bool {
        var next: Scope.ID? = scope
        while let current = next {
            if scopes[current].kind == .function { return true }
            next = scopes[current].parent
        }
        return false
    }

    // MARK: - The rest of the file

    /// Adds a binding of another part of the file.
    mutating func add(_ binding: Binding) -> Binding.ID {
        bindings.append(binding)
        return bindings.count - 1
    }

    /// Says what a use means that the statements leave open.
    mutating func resolve(use index: Int, as binding: Binding.ID) { uses[index].binding = binding }

    /// Replaces the places at which a binding of the top level gets its value by those of the whole file.
    mutating func setOccurrences(_ occurrences: [Binding.Occurrence], of id: Binding.ID) {
        bindings[id].occurrences = occurrences
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
}

/// A name and all the places that give it a value in one scope.
package struct Binding: Sendable {
    /// An index into `NameResolution.bindings`.
    package typealias ID = Int

    package enum Kind: UInt8, Sendable {
        /// An assignment or the target of a loop.
        case variable
        case function
        case parameter
        case load
        /// Python by habit: `import`, `class`, `except … as`.
        case foreign
    }

    package struct Occurrence: Sendable, Hashable {
        /// The name, in UTF-8 bytes.
        package let range: Range<Int>
        package let kind: Kind
        /// From here on the name has its value: the end of the assignment, not its beginning.
        package let effect: Int
    }

    package let name: String
    let symbol: Symbol
    package let scope: Scope.ID
    /// In source order; never empty.
    package fileprivate(set) var occurrences: [Occurrence]
}

/// A name that is read.
package struct NameUse: Sendable {
    package let name: String
    let symbol: Symbol
    package let scope: Scope.ID
    /// UTF-8 bytes.
    package let range: Range<Int>
    /// The outermost loop around it within its function, or within the file for code outside of all functions.
    package let loop: Range<Int>?
    /// The place of its `NameExpr` in the chunk's preorder.
    let node: Int
    /// What it means; nil for what the file does not bind: a name of the language or of the API, or a mistake.
    package internal(set) var binding: Binding.ID?
    private(set) var traits: Traits

    struct Traits: OptionSet {
        let rawValue: UInt8

        /// It stands among tokens that the parser could not make sense of.
        static let isInBrokenCode = Traits(rawValue: 1)
        /// What it means was certain as soon as it was seen.
        static let isResolved = Traits(rawValue: 2)
        /// It is what a call calls.
        static let isCallee = Traits(rawValue: 4)
        /// The list or dict that it means may change here: `x.append(…)`, `x[i] = …`, `x += …`.
        static let isChanged = Traits(rawValue: 8)
        /// It runs when the file does, not when a function is called.
        static let isAtTopLevel = Traits(rawValue: 16)
    }

    package var isInBrokenCode: Bool { traits.contains(.isInBrokenCode) }
    fileprivate var isResolved: Bool { traits.contains(.isResolved) }
    var isCallee: Bool { traits.contains(.isCallee) }

    fileprivate mutating func add(_ trait: Traits) { traits.insert(trait) }
}

// MARK: - The walk

/// Walks the tree once, in source order. The tree is at most 1,000 nodes deep.
private struct ScopeWalker {
    var scopes = [Scope(kind: .file, parent: nil, start: 0)]
    var bindings: [Binding] = []
    var uses: [NameUse] = []
    var symbols: SymbolTable
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
            } else if let name = item.name, let value = StringLiteral.value(of: name) {
                let text = String(decoding: value, as: UTF8.self)
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
                Binding(name: symbols[symbol], symbol: symbol, scope: scope, occurrences: [occurrence]))
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
                name: symbols[symbol], symbol: symbol, scope: scope, range: token.range, loop: loop, node: node.index,
                binding: isResolved ? table.binding(of: symbol, in: 0) : nil, traits: traits))
    }
}

/// The bindings of names by scope: open addressing in two flat arrays.
private struct ScopeTable {
    private var keys: [UInt64] = []
    private var values: [Int32] = []
    private var count = 0

    func binding(of symbol: Symbol, in scope: Scope.ID) -> Binding.ID? {
        guard count > 0 else { return nil }
        let place = slot(of: ScopeTable.key(symbol, scope))
        return keys[place] == 0 ? nil : Int(values[place])
    }

    mutating func set(_ binding: Binding.ID, of symbol: Symbol, in scope: Scope.ID) {
        if (count + 1) * 2 > keys.count { grow() }
        let key = ScopeTable.key(symbol, scope)
        let place = slot(of: key)
        if keys[place] == 0 { count += 1 }
        keys[place] = key
        values[place] = Int32(truncatingIfNeeded: binding)
    }

    private static func key(_ symbol: Symbol, _ scope: Scope.ID) -> UInt64 {
        UInt64(truncatingIfNeeded: scope) << 32 | UInt64(truncatingIfNeeded: symbol.index + 1)
    }

    /// The slot of a key, or the empty one where it belongs; there is one.
    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 33) & mask
        while keys[place] != 0, keys[place] != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = [UInt64](repeating: 0, count: max(8, oldKeys.count * 2))
        values = [Int32](repeating: 0, count: keys.count)
        for (key, value) in zip(oldKeys, oldValues) where key != 0 {
            let place = slot(of: key)
            keys[place] = key
            values[place] = value
        }
    }
}

/// What begins where: a sorted list.
struct PlaceTable: Sendable {
    private var places: [Int] = []
    private var values: [Int32] = []

    /// - Parameter entries: offsets in UTF-8 bytes, each with what begins there. Of several at one offset the last counts.
    init(_ entries: some Sequence<(Int, Int)>) {
        var isSorted = true
        places.reserveCapacity(entries.underestimatedCount)
        values.reserveCapacity(entries.underestimatedCount)
        for (place, value) in entries {
            if let last = places.last, last > place { isSorted = false }
            places.append(place)
            values.append(Int32(truncatingIfNeeded: value))
        }
        guard !isSorted else { return }
        // What stands in the source's order but for a few is nearly sorted already.
        if !sortByInsertion() { sort() }
    }

    /// - Returns: false if something stands far from where it belongs.
    private mutating func sortByInsertion() -> Bool {
        for index in places.indices.dropFirst() where places[index - 1] > places[index] {
            if !insert(index) { return false }
        }
        return true
    }

    private mutating func insert(_ index: Int) -> Bool {
        let (place, value) = (places[index], values[index])
        var target = index
        while target > 0, places[target - 1] > place {
            guard index - target < 64 else { return false }
            places[target] = places[target - 1]
            values[target] = values[target - 1]
            target -= 1
            places[target] = place
            values[target] = value
        }
        return true
    }

    private mutating func sort() {
        let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
        (places, values) = (order.map { places[$0] }, order.map { values[$0] })
    }

    /// What begins at an offset.
    subscript(place: Int) -> Int? {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return low > 0 && places[low - 1] == place ? Int(values[low - 1]) : nil
    }
}
