import EnvdSyntax

/// Something that is wrong with the types of a program. The rule with that code says how bad it is.
struct TypeReport {
    let code: String
    /// UTF-8 bytes in the file.
    let range: Range<Int>
    let message: String
    var fixes: [Fix] = []
}

/// What is known of the variables at one place of a function.
struct Flow: Equatable {
    /// By binding; a variable that is missing has no value yet, or one of which nothing is known.
    var types = VariableTypes()
    /// Whether the place can be reached at all.
    var isReachable = true

    /// What is known where two ways meet.
    func joined(_ other: Flow) -> Flow {
        guard isReachable else { return other }
        guard other.isReachable else { return self }
        // What only one way assigns has a value only if that way was taken, and is read only where the author knows that.
        return Flow(types: types.merging(other.types) { $0.or($1) })
    }
}

/// The types of some variables: a list in the order of the variables. Functions have few, and two lists are joined in one pass.
struct VariableTypes: Equatable, Sequence {
    struct Entry: Equatable {
        let variable: Binding.ID
        var type: Type
    }

    private var entries: [Entry] = []

    /// Where a variable stands, or else where it would.
    private func place(of variable: Binding.ID) -> (place: Int, isThere: Bool) {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].variable < variable { low = middle + 1 } else { high = middle }
        }
        return (low, low < entries.count && entries[low].variable == variable)
    }

    subscript(variable: Binding.ID) -> Type? {
        get {
            let (place, isThere) = place(of: variable)
            return isThere ? entries[place].type : nil
        }
        set {
            let (place, isThere) = place(of: variable)
            if let newValue {
                if isThere {
                    // What stays the same is not taken apart from what it was a copy of.
                    if entries[place].type != newValue { entries[place].type = newValue }
                } else {
                    let new = Entry(variable: variable, type: newValue)
                    if entries.isEmpty { entries.reserveCapacity(8) }
                    if place == entries.count { entries.append(new) } else { entries.insert(new, at: place) }
                }
            } else if isThere {
                entries.remove(at: place)
            }
        }
    }

    /// What either has; where both differ, what is made of both.
    func merging(_ other: VariableTypes, _ join: (Type, Type) -> Type) -> VariableTypes {
        // Most branches assign nothing.
        if sharesEntries(with: other) { return self }
        if entries.count == other.entries.count,
            entries.indices.allSatisfy({ entries[$0].variable == other.entries[$0].variable })
        {
            // Or nothing new, and few variables.
            var result = self
            for place in entries.indices where entries[place].type != other.entries[place].type {
                result.entries[place].type = join(entries[place].type, other.entries[place].type)
            }
            return result
        }
        var result = VariableTypes()
        result.entries.reserveCapacity(Swift.max(entries.count, other.entries.count))
        var (a, b) = (0, 0)
        while a < entries.count || b < other.entries.count {
            if a == entries.count || b < other.entries.count && other.entries[b].variable < entries[a].variable {
                result.entries.append(other.entries[b])
                b += 1
                continue
            }
            var entry = entries[a]
            if b < other.entries.count, other.entries[b].variable == entry.variable {
                if entry.type != other.entries[b].type { entry.type = join(entry.type, other.entries[b].type) }
                b += 1
            }
            result.entries.append(entry)
            a += 1
        }
        return result
    }

    private func sharesEntries(with other: VariableTypes) -> Bool {
        entries.withUnsafeBufferPointer { own in
            other.entries.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress && own.count == $0.count }
        }
    }

    /// What was there already at an earlier place; what has another type than there, as what is made of it.
    func kept(from earlier: VariableTypes, changed: (Type) -> Type) -> VariableTypes {
        var result = VariableTypes()
        result.entries.reserveCapacity(earlier.entries.count)
        var place = 0
        for entry in entries {
            while place < earlier.entries.count, earlier.entries[place].variable < entry.variable { place += 1 }
            guard place < earlier.entries.count, earlier.entries[place].variable == entry.variable else { continue }
            let isSame = earlier.entries[place].type == entry.type
            result.entries.append(isSame ? entry : Entry(variable: entry.variable, type: changed(entry.type)))
        }
        return result
    }

    func makeIterator() -> LazyMapSequence<[Entry], (Binding.ID, Type)>.Iterator {
        entries.lazy.map { ($0.variable, $0.type) }.makeIterator()
    }
}

/// Infers the types of a chunk and reports what cannot work.
///
/// Statements are followed in their order, with what conditions tell about variables. The body of each function is followed
/// once, with nothing known of its parameters but what is declared; its result is known to all its callers. So the time is linear in
/// the size of the chunk, but for loops, whose bodies may be followed up to three times, in loops in loops as often again, within bounds. Of
/// the names of other chunks is known what their checkers have exported.
///
/// A class because the functions that it is made of share what is known so far.
final class TypeChecker {
    let context: RuleContext
    let environment: TypeEnvironment
    /// What has been found in functions that have been followed to their ends.
    private var settled = Remarks()
    /// What has been found in the function that is followed, which may be taken back.
    private var tentative = Remarks()

    /// What the checker has to tell.
    private struct Remarks {
        var reports: [TypeReport] = []
        /// What `reveal_type` was asked.
        var revelations: [(range: Range<Int>, type: Type)] = []
    }

    var reports: [TypeReport] { settled.reports + tentative.reports }
    var revelations: [(range: Range<Int>, type: Type)] { settled.revelations + tentative.revelations }

    /// Where types are kept for those who ask about single places; nil if nobody will.
    let record: TypeRecord?

    /// What is known at the place that is looked at.
    var flow = Flow()
    /// While above 0, nothing is reported: somebody wants to know what a name is that stands elsewhere.
    var silence = 0
    var loops: [LoopFlows] = []
    /// The functions of the file, nested ones and lambdas too.
    var functions: [FunctionRecord] = []
    var functionsByPlace: [Int: Int] = [:]
    /// The function whose body is followed; nil at the top level.
    var current: Int?
    /// What has been assigned to each variable, for functions that see it from within.
    var assigned = BindingTable<Type>()
    private var globals = BindingTable<Type>()
    private var globalsInProgress: Set<Binding.ID> = []
    /// The scopes of functions by where these begin.
    private let scopesByPlace: PlaceTable
    /// Variables whose list or dict changes somewhere: nothing is known of its elements.
    let changing: Set<Binding.ID>
    var depth = 0

    /// How deep functions are followed from one into another. What is further away is unknown.
    static let maximumDepth = 48

    /// What leaves a loop's body other than at its end.
    struct LoopFlows {
        var breaks: [Flow] = []
        var continues: [Flow] = []
    }

    init(_ context: RuleContext, record: TypeRecord? = nil) {
        self.context = context
        self.record = record
        environment = context.checked.types
        scopesByPlace = PlaceTable(
            context.names.scopes.enumerated().lazy.filter { $0.element.kind == .function }.map {
                ($0.element.start, $0.offset)
            })
        var changing: Set<Binding.ID> = []
        for use in context.names.uses where use.traits.contains(.isChanged) {
            if let id = use.binding { changing.insert(id) }
        }
        for id in context.ownBindings where context.names.bindings[id].scope == 0 {
            if context.facts(of: context.names.bindings[id].symbol).contains(.isChanged) { changing.insert(id) }
        }
        self.changing = changing
    }

    /// The scope of the function that begins at a place.
    func scope(at place: Int) -> Scope.ID? { scopesByPlace[place] }

    /// What other chunks may know of the names that the chunk binds.
    func exports() -> [Symbol: Type] {
        var exports: [Symbol: Type] = [:]
        for id in context.ownBindings where context.names.bindings[id].scope == 0 {
            exports[context.names.bindings[id].symbol] = exported(global(id))
        }
        return exports
    }

    /// The same without a look at what functions do.
    func declarations() -> [Symbol: Type] {
        var declarations: [Symbol: Type] = [:]
        for statement in context.statements {
            guard let definition = DefStmt(statement), let name = definition.name,
                let id = binding(at: name.range.lowerBound), context.names.bindings[id].occurrences.count == 1,
                case .function(var type) = functionType(definition)
            else { continue }
            if case .inferred = type.result { type.result = .known(.unknown) }
            declarations[context.names.bindings[id].symbol] = .function(type)
        }
        return declarations
    }

    /// A type without results that only this checker could look up.
    ///
    /// - Parameter functions: how many functions within the results of others are looked into. Each of hundreds may give a struct of
    ///   hundreds.
    private func exported(_ type: Type, depth: Int = Type.maximumDepth, functions: Int = 2) -> Type {
        guard type.mayHoldFunctions else { return type }
        guard depth > 0 else { return .unknown }
        return type.mapParts { part in
            guard case .function(var function) = part else {
                return exported(part, depth: depth - 1, functions: functions)
            }
            let result = functions > 0 ? result(of: function) : .unknown
            function.result = .known(exported(result, depth: depth - 1, functions: functions - 1))
            return .function(function)
        }
    }

    /// Follows the whole chunk.
    func check() {
        for statement in context.statements {
            if let statement = Stmt(statement) { follow(statement) }
            flow.isReachable = true
        }
        // Functions that nobody has asked for; following one may find more.
        var index = 0
        while index < functions.count {
            _ = result(of: index)
            index += 1
        }
    }

    // MARK: - Reporting

    /// Whether what is found is told.
    var isReporting: Bool { silence == 0 && flow.isReachable }

    func report(
        _ code: String, _ range: @autoclosure () -> Range<Int>, _ message: @autoclosure () -> String,
        _ fixes: @autoclosure () -> [Fix] = []
    ) {
        guard isReporting else { return }
        tentative.reports.append(TypeReport(code: code, range: range(), message: message(), fixes: fixes()))
    }

    /// Runs the body of a function, what is found in which is told however often the code around it is followed.
    func findingSeparately(_ body: () -> Void) {
        let outer = tentative
        tentative = Remarks()
        body()
        settled.reports += tentative.reports
        settled.revelations += tentative.revelations
        tentative = outer
    }

    /// Follows code that may have to be followed once more, from another beginning.
    ///
    /// - Parameter body: says whether what it has found holds.
    func findingIfTrue(_ body: () -> Bool) -> Bool {
        let (reportCount, revelationCount) = (tentative.reports.count, tentative.revelations.count)
        if body() { return true }
        tentative.reports.removeLast(tentative.reports.count - reportCount)
        tentative.revelations.removeLast(tentative.revelations.count - revelationCount)
        return false
    }

    func reveal(_ type: Type, at range: Range<Int>) {
        guard silence == 0 else { return }
        tentative.revelations.append((range, type))
    }

    // MARK: - Names

    func binding(at place: Int) -> Binding.ID? { context.names.binding(at: place) }

    /// Where among the uses a name is that is read.
    func useIndex(of name: NameExpr) -> Int? { context.names.useIndex(at: name.node.start) }

    /// The variable that an expression is, if what is known of it can be followed: one of the function itself.
    func variable(_ expression: Expr?) -> Binding.ID? {
        switch expression {
        case .paren(let paren): variable(paren.inner)
        case .name(let name):
            useIndex(of: name).flatMap { context.names.uses[$0].binding }.flatMap { isOwn($0) ? $0 : nil }
        default: nil
        }
    }

    /// Whether a variable belongs to the code that is followed, so that nobody else changes it meanwhile.
    private func isOwn(_ id: Binding.ID) -> Bool {
        owner(of: context.names.bindings[id].scope) == current.map { functions[$0].scope } ?? nil
    }

    /// The function scope that a scope belongs to; nil for the file.
    private func owner(of scope: Scope.ID) -> Scope.ID? {
        var scope: Scope.ID? = scope
        while let id = scope {
            switch context.names.scopes[id].kind {
            case .function: return id
            case .file: return nil
            case .comprehension: scope = context.names.scopes[id].parent
            }
        }
        return nil
    }

    func type(of name: NameExpr) -> Type {
        guard let index = useIndex(of: name) else { return .unknown }
        guard let id = context.names.uses[index].binding else {
            return context.checked.outerName(context.names.uses[index].symbol).type
        }
        if isOwn(id) {
            if let type = flow.types[id] { return type }
            return owner(of: context.names.bindings[id].scope) == nil ? global(id) : .unknown
        }
        if owner(of: context.names.bindings[id].scope) == nil { return global(id) }
        // A variable of the function around: it may change before this one runs.
        guard context.names.bindings[id].occurrences.count == 1 else { return .unknown }
        return assigned[id] ?? .unknown
    }

    /// The type of a name of the file, whoever asks and wherever the name is bound.
    func global(_ id: Binding.ID) -> Type {
        if let known = globals[id] { return known }
        let binding = context.names.bindings[id]
        guard context.ownBindings.contains(id) else {
            let type = context.exportedType(of: binding.symbol)
            globals[id] = type
            return type
        }
        guard binding.occurrences.count == 1, let occurrence = binding.occurrences.first,
            depth < TypeChecker.maximumDepth,
            globalsInProgress.insert(id).inserted
        else { return .unknown }
        defer { globalsInProgress.remove(id) }
        guard let statement = topLevelStatement(at: occurrence.range.lowerBound) else { return .unknown }
        // Nothing that is known in the middle of a function holds there.
        let outer = (flow, current, loops)
        (flow, current, loops) = (Flow(), nil, [])
        silence += 1
        depth += 1
        follow(statement)
        depth -= 1
        silence -= 1
        let type = flow.types[id] ?? .unknown
        (flow, current, loops) = outer
        globals[id] = type
        return type
    }

    private func topLevelStatement(at place: Int) -> Stmt? {
        let (offset, chunk) = context.file.chunk(at: place)
        return chunk.statements(at: offset).first { $0.range.contains(place) }.flatMap(Stmt.init)
    }

    // MARK: - Assignments

    func assign(_ type: Type, to target: Expr) {
        switch target {
        case .name(let name): assign(type, toNameAt: name.node.range.lowerBound)
        case .paren(let paren): if let inner = paren.inner { assign(type, to: inner) }
        case .tuple(let tuple): unpack(type, into: tuple.elements.map { $0 }, at: target.range)
        case .list(let list): unpack(type, into: list.elements.map { $0 }, at: target.range)
        case .index(let index): assignElement(index)
        case .dot(let dot): _ = dot.base.map { self.type(of: $0) }
        default: _ = self.type(of: target)
        }
    }

    func assign(_ type: Type, toNameAt place: Int) {
        guard let id = binding(at: place) else { return }
        var type = type.bounded()
        if changing.contains(id) { type = type.withUnknownElements }
        if let record, silence == 0 { record.note(type, givenToNameAt: place) }
        flow.types[id] = type
        assigned[id] = assigned[id].map { $0.or(type) } ?? type
        if loops.isEmpty { noteGlobal(id, type) }
    }

    /// Remembers what a name of the file is, if the variable is one.
    func noteGlobal(_ id: Binding.ID, _ type: Type) {
        guard silence == 0, context.names.bindings[id].scope == 0 else { return }
        globals[id] = context.names.bindings[id].occurrences.count == 1 ? type : .unknown
    }

    private func unpack(_ type: Type, into targets: [Expr], at range: Range<Int>) {
        var types = [Type](repeating: .unknown, count: targets.count)
        switch type {
        case .tuple(let elements) where elements.count == targets.count: types = elements
        case .tuple(let elements):
            report(
                "invalid-unpacking", range,
                "\(targets.count) name\(targets.count == 1 ? "" : "s") for \(elements.count) value\(elements.count == 1 ? "" : "s")"
            )
        default:
            if let element = type.element {
                types = [Type](repeating: element, count: targets.count)
            } else {
                report("invalid-unpacking", range, "\(type.article) cannot be taken apart")
            }
        }
        for (target, type) in zip(targets, types) { assign(type, to: target) }
    }

    private func assignElement(_ index: IndexExpr) {
        let base = index.base.map { type(of: $0) } ?? .unknown
        let key = index.index.map { type(of: $0) } ?? .unknown
        switch base.base {
        case .string, .bytes, .tuple, .homogeneousTuple, .range, .none, .int, .float, .bool, .function:
            report("invalid-index", index.range, "elements of \(base) cannot be assigned")
        case .dict where !key.mayBeKey:
            report("unhashable-key", index.index?.range ?? index.range, "\(key) is no key of a dict")
        default: break
        }
    }
}

extension Type {
    /// What is left when other elements may have come.
    fileprivate var withUnknownElements: Type {
        switch self {
        case .list(.unknown), .set(.unknown), .dict(.unknown, .unknown): self
        case .list: .list(.unknown)
        case .set: .set(.unknown)
        case .dict: .dict(.unknown, .unknown)
        case .union(let members): Type.oneOf(members.map(\.withUnknownElements))
        default: self
        }
    }
}
