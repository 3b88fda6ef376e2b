import EnvdSyntax

/// Turns the tree of a file into nodes that run, numbering every variable on the way.
final class Resolver {
    let file: FileReference
    let source: SourceFile
    let dialect: Dialect
    private(set) var globals = FileScope()
    private(set) var predeclared = Numbering<String>()
    private(set) var firstUses: [String: SourceRange] = [:]
    let constants = ConstantPool()
    private(set) var loads: [String] = []
    private var scope = FunctionScope(parent: nil)

    /// Clauses of one comprehension; they nest when they run.
    private static let comprehensionClauses = 100

    init(_ source: SourceFile, file: FileReference, dialect: Dialect) {
        self.source = source
        self.file = file
        self.dialect = dialect
    }

    func resolve() throws(EvaluationError) -> FunctionCode {
        let statements = source.statements.compactMap { Stmt($0) }
        do throws(FileScope.Conflict) {
            globals = try FileScope(
                Bindings.bindings(in: statements), allowsReassignment: dialect.contains(.globalReassign))
        } catch {
            let line = source.position(at: error.earlier.node.range.lowerBound, encoding: .utf8).line + 1
            throw invalid("cannot assign \(error.binding.name) again: line \(line) does", error.binding.node)
        }
        let range = SourceRange(0..<source.utf8Count)
        let body = try block(statements)
        return try code(name: "<toplevel>", range, FunctionSignature(), body, isToplevel: true)
    }

    /// The code of the function whose scope is the present one.
    private func code(
        name: String, _ range: SourceRange, _ signature: FunctionSignature, _ body: Block, isToplevel: Bool = false
    ) throws(EvaluationError) -> FunctionCode {
        let header = FunctionCode.Header(
            name: name, file: file, range: range, signature: signature, captures: scope.captures,
            allowsRecursion: isToplevel || dialect.contains(.recursion))
        let names = Emitter.Names(slots: scope.slotNames, captured: scope.capturedNames)
        return try Emitter.code(header, names, cells: scope.cells, constants: constants) {
            (emitter) throws(EvaluationError) in try body.emit(emitter)
        }
    }

    func invalid(_ message: String, _ node: SyntaxNode) -> EvaluationError {
        .invalidProgram(message, file, SourceRange(node.range))
    }

    // MARK: - Names

    func name(_ token: SyntaxToken?, in node: SyntaxNode) throws(EvaluationError) -> String {
        guard let token else { throw invalid("a name is missing here", node) }
        return token.text
    }

    func variable(_ view: NameExpr) throws(EvaluationError) -> any Expression {
        let name = try name(view.name, in: view.node)
        let range = SourceRange(view.node.range)
        switch scope.find(name) {
        case .local(let slot): return LocalName(range: range, slot: slot)
        case .captured(let index): return CapturedName(range: range, index: index)
        case nil: break
        }
        // As starlark-go has it, reading the top level in order comes with assigning globals again.
        let isInOrder = dialect.contains(.globalReassign) && scope.isToplevel && !scope.isInComprehension
        if let index = globals.find(name, inOrder: isInOrder) { return GlobalName(range: range, index: index) }
        switch name {
        case "None": return Constant(range: range, value: .none)
        case "True": return Constant(range: range, value: .true)
        case "False": return Constant(range: range, value: .false)
        default: break
        }
        if name == "set", !dialect.contains(.set) { throw invalid("this dialect has no sets", view.node) }
        if firstUses[name] == nil { firstUses[name] = range }
        return PredeclaredName(range: range, index: predeclared.add(name))
    }

    // MARK: - Functions

    func function(_ view: DefStmt) throws(EvaluationError) -> any Statement {
        let name = try name(view.name, in: view.node)
        // Its defaults see the name already bound.
        let target = try bound(name, SourceRange(view.node.range))
        let closure = try closure(
            name: name, node: view.node, parameters: view.parameterList, statements: view.suite?.statements.map { $0 })
        return Assignment(target: target, value: closure)
    }

    func lambda(_ view: LambdaExpr) throws(EvaluationError) -> any Expression {
        try closure(
            name: "lambda", node: view.node, parameters: view.parameterList, statements: nil, result: view.body)
    }

    private func closure(
        name: String, node: SyntaxNode, parameters list: ParameterList?, statements: [Stmt]?, result: Expr? = nil
    ) throws(EvaluationError) -> any Expression {
        // Defaults belong to the enclosing scope.
        let parameters = try Parameters(list, self)
        let outer = scope
        scope = FunctionScope(parent: outer)
        defer { scope = outer }

        var signature = parameters.signature
        for parameter in signature.parameters { scope.declare(parameter) }
        signature.parameterNames = signature.parameters.map { constants.string($0) }
        signature.variadicSlot = parameters.variadic.map { scope.declare($0).slot }
        signature.keywordsSlot = parameters.keywords.map { scope.declare($0).slot }
        let range = SourceRange(node.range)
        let body: Block
        if let statements {
            for local in Bindings.bindings(in: statements) { scope.declare(local.name) }
            body = try block(statements)
        } else {
            guard let result else { throw invalid("the body is missing here", node) }
            body = Block([Return(range: range, try expression(result))])
        }
        let code = try code(name: name, range, signature, body)
        return Closure(range: range, code: code, defaults: parameters.defaults)
    }

    /// The variable that a `load` binds.
    func loadedVariable(_ name: String) -> Int? {
        globals.bindLoaded(name)
    }

    func noteLoad(_ module: String) {
        loads.append(module)
    }

    // MARK: - Scopes of statements and comprehensions

    var isToplevel: Bool { scope.isToplevel }
    var isInLoop: Bool { scope.loopDepth > 0 }
    var isInConditional: Bool { scope.conditionDepth > 0 }

    func inLoop<Result>(_ body: () throws(EvaluationError) -> Result) throws(EvaluationError) -> Result {
        scope.loopDepth += 1
        defer { scope.loopDepth -= 1 }
        return try body()
    }

    func inConditional<Result>(_ body: () throws(EvaluationError) -> Result) throws(EvaluationError) -> Result {
        scope.conditionDepth += 1
        defer { scope.conditionDepth -= 1 }
        return try body()
    }

    /// A variable of the present scope as a target.
    func bound(_ name: String, _ range: SourceRange) throws(EvaluationError) -> any UpdatableTarget {
        switch scope.find(name) {
        case .local(let slot): return LocalTarget(LocalName(range: range, slot: slot))
        case .captured, nil: break
        }
        guard let index = globals.bind(name) else {
            throw .invalidProgram("cannot assign to \(name) here", file, range)
        }
        return GlobalTarget(GlobalName(range: range, index: index))
    }

    func comprehension(
        _ node: SyntaxNode, _ clauses: [CompClause],
        result: () throws(EvaluationError) -> Comprehension.Result
    ) throws(EvaluationError) -> any Expression {
        guard clauses.count <= Resolver.comprehensionClauses else {
            throw invalid("a comprehension has at most \(Resolver.comprehensionClauses) clauses", node)
        }
        guard case .compFor(let first)? = clauses.first else {
            throw invalid("a comprehension begins with 'for'", node)
        }
        // The first iterable belongs to the scope around the comprehension, all the rest to its own.
        let firstIterable = try required(first.iterable, first.node)
        var bindings: [Bindings.Binding] = []
        for clause in clauses {
            if case .compFor(let loop) = clause, let target = loop.target { Bindings.add(target, to: &bindings) }
        }
        scope.enterComprehension(bindings.map(\.name))
        defer { scope.leaveComprehension() }
        var resolved: [Comprehension.Clause] = []
        for (index, clause) in clauses.enumerated() {
            switch clause {
            case .compFor(let loop):
                let iterable = index == 0 ? firstIterable : try required(loop.iterable, loop.node)
                guard let target = loop.target else { throw invalid("a loop variable is missing here", loop.node) }
                resolved.append(.loop(target: try self.target(target), iterable: iterable))
            case .compIf(let filter):
                resolved.append(.condition(try required(filter.condition, filter.node)))
            }
        }
        return Comprehension(range: SourceRange(node.range), clauses: resolved, result: try result())
    }

    func required(_ view: Expr?, _ node: SyntaxNode) throws(EvaluationError) -> any Expression {
        guard let view else { throw invalid("an expression is missing here", node) }
        return try expression(view)
    }
}

/// The parameters of a function as its definition needs them.
private struct Parameters {
    var signature = FunctionSignature()
    var defaults: [(any Expression)?] = []
    var variadic: String?
    var keywords: String?

    init(_ list: ParameterList?, _ resolver: Resolver) throws(EvaluationError) {
        guard let list else { return }
        var star: SyntaxNode?
        var seen: Set<String> = []
        for parameter in list.parameters {
            let node = parameter.node
            if let name = parameter.name?.text {
                guard seen.insert(name).inserted else { throw resolver.invalid("duplicate parameter: \(name)", node) }
            }
            if keywords != nil { throw resolver.invalid("no parameter may follow **\(keywords ?? "")", node) }
            switch parameter.prefix?.kind {
            case .star?:
                if star != nil { throw resolver.invalid("only one * parameter is allowed", node) }
                star = node
                variadic = parameter.name?.text
            case .starStar?:
                keywords = try resolver.name(parameter.name, in: node)
            case nil:
                let name = try resolver.name(parameter.name, in: node)
                var value: (any Expression)?
                if let view = parameter.defaultValue { value = try resolver.required(view.value, view.node) }
                if star == nil {
                    if value == nil, signature.hasOptionalPositional {
                        throw resolver.invalid("parameter \(name) without default follows one with default", node)
                    }
                    signature.hasOptionalPositional = value != nil
                    signature.positionalCount += 1
                }
                signature.parameters.append(name)
                defaults.append(value)
            default:
                throw resolver.invalid("unsupported kind of parameter", node)
            }
        }
        if let star, variadic == nil, signature.parameters.count == signature.positionalCount {
            throw resolver.invalid("a bare * must be followed by parameters that are passed by name", star)
        }
    }
}
