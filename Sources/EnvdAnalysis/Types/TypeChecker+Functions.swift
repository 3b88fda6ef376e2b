import EnvdSyntax

/// A function of the file: what its header says, and what has been found out about its body.
struct FunctionRecord {
    enum Body {
        case suite(Suite)
        case expression(Expr)
    }

    let type: FunctionType
    let body: Body?
    let parameterList: ParameterList?
    /// The scope of its parameters.
    let scope: Scope.ID?
    let declaredResult: Type?
    /// What the body returns; nil if nobody has looked yet.
    var result: Type?
    var isInProgress = false
    /// The types of the `return` statements seen so far.
    var results: [Type] = []
}

extension TypeChecker {
    func follow(_ definition: DefStmt) {
        let type = functionType(definition)
        if let name = definition.name { assign(type, toNameAt: name.range.lowerBound) }
    }

    /// The type of a function of the file. Its body is followed when somebody wants to know its result.
    func functionType(_ definition: DefStmt) -> Type {
        let place = definition.node.range.lowerBound
        if let known = functionsByPlace[place] { return .function(functions[known].type) }
        checkDefaults(definition.parameterList)
        let index = functions.count
        let declaration = Declaration(definition, environment.expressions)
        var type = FunctionType(
            name: definition.name?.text ?? "", parameters: declaration.parameters,
            result: declaration.result.map { .known($0) } ?? .inferred(index),
            documentation: declaration.documentation)
        type.file = context.checked.moduleName
        functionsByPlace[place] = index
        functions.append(
            FunctionRecord(
                type: type, body: definition.suite.map { .suite($0) }, parameterList: definition.parameterList,
                scope: self.scope(at: place), declaredResult: declaration.result))
        return .function(type)
    }

    func type(of lambda: LambdaExpr) -> Type {
        let place = lambda.node.range.lowerBound
        if let known = functionsByPlace[place] { return .function(functions[known].type) }
        checkDefaults(lambda.parameterList)
        let index = functions.count
        var type = FunctionType(
            name: "", parameters: environment.expressions.parameters(lambda.parameterList, [:]),
            result: .inferred(index))
        type.file = context.checked.moduleName
        functionsByPlace[place] = index
        functions.append(
            FunctionRecord(
                type: type, body: lambda.body.map { .expression($0) }, parameterList: lambda.parameterList,
                scope: self.scope(at: place), declaredResult: nil))
        return .function(type)
    }

    /// Defaults are computed where the function is defined.
    private func checkDefaults(_ list: ParameterList?) {
        guard let list else { return }
        for parameter in list.parameters {
            guard let value = parameter.defaultValue?.value else { continue }
            let declared = environment.expressions.type(of: parameter.typeAnnotation?.type)
            check(value, against: declared, code: "invalid-default") { actual in
                "\(parameter.name?.text ?? "the parameter") is declared as \(declared), and its default is \(actual.article(beside: declared))"
            }
        }
    }

    // MARK: - Bodies

    /// What a function returns, from its annotation or from its body.
    func result(of function: FunctionType) -> Type {
        switch function.result {
        case .known(let type): type
        case .inferred(let index): functions.indices.contains(index) ? result(of: index) : .unknown
        }
    }

    /// Follows the body of a function unless that has happened. A function that calls itself gets what is known without that
    /// call.
    func result(of index: Int) -> Type {
        if let known = functions[index].result { return known }
        guard !functions[index].isInProgress, depth < TypeChecker.maximumDepth else { return .unknown }
        functions[index].isInProgress = true
        let outer = (flow, current, loops, silence)
        (flow, current, loops, silence) = (Flow(), index, [], 0)
        depth += 1
        findingSeparately {
            bindParameters(of: functions[index])
            switch functions[index].body {
            case .suite(let suite):
                follow(suite)
                if flow.isReachable { addResult(.none, at: suite.range) }
            case .expression(let body): addResult(type(of: body))
            case nil: addResult(.unknown)
            }
        }
        depth -= 1
        (flow, current, loops, silence) = outer
        let inferred = Type.oneOf(functions[index].results).widened.bounded()
        let result = functions[index].declaredResult ?? inferred
        functions[index].result = result
        functions[index].isInProgress = false
        return result
    }

    private func bindParameters(of record: FunctionRecord) {
        guard let list = record.parameterList else { return }
        let types = record.type.parameters
        // Both stand in one order; a bare `*` has no type.
        var next = 0
        for parameter in list.parameters {
            guard let name = parameter.name else {
                if parameter.prefix?.kind == .starStar { next += 1 }
                continue
            }
            guard next < types.count else { break }
            let type = types[next]
            next += 1
            let bound: Type =
                switch type.kind {
                case .variadic: .homogeneousTuple(type.type)
                case .keywords: .dict(.string, type.type)
                default: type.type
                }
            assign(bound, toNameAt: name.range.lowerBound)
        }
    }

    func addResult(_ type: Type, at end: Range<Int>? = nil) {
        guard let current, flow.isReachable else { return }
        functions[current].results.append(type)
        // The end of a body with a declared result that is not None. Without statements it is a declaration only.
        guard let end, let declared = functions[current].declaredResult, declared != .unknown else { return }
        guard !Type.none.mayBe(declared), case .suite(let suite)? = functions[current].body,
            suite.statements.contains(where: { statement in
                guard case .expr(let expression) = statement, case .literal? = expression.value else { return true }
                return false
            })
        else { return }
        let place = functions[current].parameterList?.range ?? end
        report(
            "invalid-return-type", place,
            "the function is declared to return \(declared), and its end can be reached without a return")
    }
}

/// What the author of a function says about its types: in annotations, in a type comment, in the docstring.
private struct Declaration {
    var parameters: [ParameterType]
    /// Nil if nothing is said.
    var result: Type?
    let documentation: String

    init(_ definition: DefStmt, _ expressions: TypeExpression) {
        documentation = Docstring.text(of: definition) ?? ""
        let described = DocstringTypes(documentation)
        parameters = expressions.parameters(definition.parameterList, described.descriptions)
        let annotated = definition.returnAnnotation.map { expressions.type(of: $0.type) }
        result = annotated == .unknown ? nil : annotated

        let comment = TypeComment.signature(of: definition, expressions)
        for index in parameters.indices where parameters[index].type == .unknown {
            if let types = comment?.parameters, index < types.count { parameters[index].type = types[index] }
            if parameters[index].type == .unknown, let text = described.types[parameters[index].name] {
                parameters[index].type =
                    described.isOptional(parameters[index].name)
                    ? expressions.type(of: text).or(.none) : expressions.type(of: text)
            }
        }
        if result == nil, let type = comment?.result, type != .unknown { result = type }
        if result == nil, let text = described.result {
            let type = expressions.type(of: text)
            if type != .unknown { result = type }
        }
    }
}
