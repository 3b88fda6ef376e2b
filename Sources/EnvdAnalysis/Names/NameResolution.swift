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
package final class NameResolution {
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

    private let symbols: SymbolTable
    private let table: ScopeTable
    /// The uses by where they begin, and the occurrences of the bindings likewise.
    private let usesByPlace: PlaceTable
    private let bindingsByPlace: PlaceTable

    /// All of a file.
    /// - Parameter dialect: whether it has `globalReassign`.
    package convenience init(_ file: SourceFile, dialect: Dialect = .envd) {
        self.init(file.statements, dialect: dialect, SymbolTable())
    }

    /// - Parameter symbols: learns the names.
    init(_ statements: [SyntaxNode], dialect: Dialect, _ symbols: SymbolTable) {
        self.symbols = symbols
        var walker = ScopeWalker(isInOrder: dialect.contains(.globalReassign), symbols)
        for statement in statements { walker.visit(statement) }
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

    /// The same, to be completed for somebody alone by what is around the statements.
    init(copying other: NameResolution) {
        symbols = other.symbols
        scopes = other.scopes
        bindings = other.bindings
        uses = other.uses
        ownBindingCount = other.ownBindingCount
        firstReturn = other.firstReturn
        annotationNames = other.annotationNames
        table = other.table
        usesByPlace = other.usesByPlace
        bindingsByPlace = other.bindingsByPlace
    }

    /// The name that is read.
    package func name(of use: NameUse) -> String { symbols[use.symbol] }

    func name(of symbol: Symbol) -> String { symbols[symbol] }

    /// The name that is bound.
    package func name(of binding: Binding) -> String { symbols[binding.symbol] }

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
            .map { name(of: $0) }
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
    func add(_ binding: Binding) -> Binding.ID {
        bindings.append(binding)
        return bindings.count - 1
    }

    /// Says what a use means that the statements leave open.
    func resolve(use index: Int, as binding: Binding.ID) { uses[index].binding = binding }

    /// Replaces the places at which a binding of the top level gets its value by those of the whole file.
    func setOccurrences(_ occurrences: Binding.Occurrences, of id: Binding.ID) {
        bindings[id].occurrences = occurrences
    }
}
