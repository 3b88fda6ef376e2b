import EnvdSyntax

extension TypeChecker {
    func type(of call: CallExpr) -> Type {
        guard let callee = call.callee else { return .unknown }
        if case .name(let name) = callee, let index = useIndex(of: name),
            context.names.uses[index].binding == nil,
            context.checked.outerName(context.names.uses[index].symbol).isBuiltinWithoutSignature,
            let type = builtin(context.names.name(of: context.names.uses[index]), call)
        {
            return type
        }
        let type = self.type(of: callee)
        switch type {
        case .unknown:
            evaluateArguments(call)
            return .unknown
        case .function(let function): return self.type(of: call, as: function)
        default: break
        }
        let functions = type.members.compactMap { if case .function(let function) = $0 { function } else { nil } }
        guard functions.count == type.members.count, !functions.isEmpty else {
            evaluateArguments(call)
            let mayBeCalled = type.members.contains { $0.mayBe(.callable) || $0.isRecord }
            if !mayBeCalled { report("not-callable", callee.range, "\(type.article) cannot be called") }
            return .unknown
        }
        if functions.count == 1 { return self.type(of: call, as: functions[0]) }
        // Which of several functions it is nobody knows: what one of them takes is no mistake.
        evaluateArguments(call)
        return Type.oneOf(functions.map { result(of: $0) })
    }

    private func evaluateArguments(_ call: CallExpr) {
        guard let list = call.argumentList else { return }
        for argument in list.arguments {
            let value: Expr? =
                switch argument {
                case .expr(let value): value
                case .keywordArgument(let keyword): keyword.value
                case .unpackArgument(let unpack): unpack.value
                }
            // Of what stands there as it is nobody asks more.
            if let value, plainType(of: value) == nil { _ = type(of: value) }
        }
    }

    // MARK: - Arguments

    /// Brings the arguments of a call to the parameters of a function, and reports what does not fit.
    private func type(of call: CallExpr, as function: FunctionType) -> Type {
        // Those that are given by position stand before all others.
        let positionalCount = function.parameters.prefix { $0.kind == .positionalOnly || $0.kind == .ordinary }.count
        let variadic = function.parameters.firstIndex { $0.kind == .variadic }
        let keywords = function.parameters.firstIndex { $0.kind == .keywords }
        var given = [Bool](filledWith: false, count: function.parameters.count)
        var solution: [String: Type] = [:]
        var position = 0
        // Of a function whose parameters stand in an order that is wrong, which is said there, nobody knows what it takes.
        var isOpen = function.parameters.dropFirst(positionalCount).contains {
            $0.kind == .positionalOnly || $0.kind == .ordinary
        }
        var surplus: [Range<Int>] = []
        var shown: String { function.shownName }

        // A call without a list of arguments is broken, and said to be so.
        guard let arguments = call.argumentList?.arguments else { return result(of: function) }
        for argument in arguments {
            switch argument {
            case .expr(let value):
                if isOpen {
                    _ = type(of: value)
                } else if position < positionalCount {
                    given[position] = true
                    check(value, function, position, &solution)
                } else if let variadic {
                    check(value, function, variadic, &solution)
                } else {
                    _ = type(of: value)
                    surplus.append(value.range)
                }
                position += 1
            case .keywordArgument(let keyword):
                guard let name = keyword.name, let value = keyword.value else { continue }
                let text = name.text
                let index = function.parameters.firstIndex { parameter in
                    parameter.name == text && (parameter.kind == .ordinary || parameter.kind == .keywordOnly)
                }
                if let index {
                    if given[index], index < min(position, positionalCount) {
                        report(
                            "duplicate-argument", keyword.range,
                            "\(shown): \(name.text) is given twice, by position and by name")
                    }
                    given[index] = true
                    check(value, function, index, &solution)
                } else if let keywords {
                    check(value, function, keywords, &solution)
                } else {
                    _ = type(of: value)
                    reportUnknown(name, function, shown, given)
                    if let successor = OldAPI.parameter(name.text, of: function.name)?.successor,
                        let index = function.parameters.firstIndex(where: { $0.name == successor })
                    {
                        given[index] = true
                    }
                    // What was meant is not missing as well.
                    isOpen = isOpen || function.parameters.contains { $0.name == name.text }
                }
            case .unpackArgument(let unpack):
                _ = unpack.value.map { type(of: $0) }
                isOpen = true
            }
        }
        if let first = surplus.first, let last = surplus.last {
            report(
                "too-many-arguments", first.lowerBound..<last.upperBound,
                positionalCount == 0
                    ? "\(shown) takes no arguments by position"
                    : "\(shown) takes at most \(counted(positionalCount, "argument")) by position, not \(position)")
        }
        let missing = given.indices.filter { !given[$0] && function.parameters[$0].isRequired }
            .map { function.parameters[$0] }
        if !missing.isEmpty, !isOpen {
            let names = missing.map(\.name).joined(separator: ", ")
            let meaning = missing.count == 1 ? missing[0].shortDocumentation : ""
            let end = call.argumentList?.rightParen?.range ?? call.range
            let place = call.callee?.range ?? end
            report("missing-argument", place, "\(shown) needs \(names)\(meaning)")
        }
        for (index, parameter) in function.parameters.enumerated() where !given[index] {
            parameter.defaultType?.match(parameter.type, into: &solution)
        }
        return result(of: function).replacing(solution)
    }

    private func reportUnknown(_ name: SyntaxToken, _ function: FunctionType, _ shown: String, _ given: [Bool]) {
        guard isReporting else { return }
        if let parameter = function.parameters.first(where: { $0.name == name.text && $0.kind == .positionalOnly }) {
            return report(
                "unknown-argument", name.range, "\(shown): \(parameter.name) is given by position, without its name")
        }
        // What older envds took has findings of its own.
        if OldAPI.parameter(name.text, of: function.name) != nil { return }
        let named = function.parameters.filter { $0.kind == .ordinary || $0.kind == .keywordOnly }
        let free = named.filter { parameter in
            function.parameters.firstIndex(of: parameter).map { !given[$0] } ?? false
        }
        let problem = "\(shown) has no parameter '\(name.text)'"
        guard let nearest = nearestName(to: name.text, among: free.map(\.name)) else {
            let list = named.isEmpty ? "" : "; it has \(named.map(\.name).joined(separator: ", "))"
            return report("unknown-argument", name.range, problem + list)
        }
        let meaning = named.first { $0.name == nearest }?.shortDocumentation ?? ""
        report(
            "unknown-argument", name.range, "\(problem); did you mean '\(nearest)'\(meaning)?",
            [Fix("Replace with '\(nearest)'", replace: name.range, with: nearest)])
    }

    private func check(_ value: Expr, _ function: FunctionType, _ index: Int, _ solution: inout [String: Type]) {
        let parameter = function.parameters[index]
        // What a function ignores whatever it is.
        if parameter.type == .never { return _ = type(of: value) }
        let type = check(
            value, against: parameter.type, code: "invalid-argument-type", fixes: { wrapped(value, parameter, $0) }
        ) {
            let shown = function.name.isEmpty ? "" : "\(function.shownName): "
            return
                "\(shown)\(parameter.name) takes \(parameter.type.article), not \($0.article(beside: parameter.type))"
                + parameter.shortDocumentation
        }
        type.match(parameter.type, into: &solution)
    }

    /// One where a list of such is wanted is the most common of all mistakes.
    private func wrapped(_ value: Expr, _ parameter: ParameterType, _ actual: Type) -> [Fix] {
        guard
            parameter.type.members.contains(where: { member in
                if case .list(let element) = member { actual.mayBe(element) && !actual.isUncertain } else { false }
            })
        else { return [] }
        let range = value.range
        return [
            Fix(
                title: "Put it into a list",
                edits: [
                    SourceEdit(range: range.lowerBound..<range.lowerBound, replacement: "["),
                    SourceEdit(range: range.upperBound..<range.upperBound, replacement: "]"),
                ], isSafe: true)
        ]
    }

    // MARK: - Values where a type is wanted

    /// The type of an expression, after reporting that it is not what is wanted. Of a list or a dict that is written out, the
    /// very element that does not fit is reported.
    @discardableResult
    func check(
        _ expression: Expr, against wanted: Type, code: String = "invalid-assignment-type",
        fixes: (Type) -> [Fix] = { _ in [] }, _ message: (Type) -> String
    ) -> Type {
        guard wanted != .unknown else { return type(of: expression) }
        record?.note(wanted: wanted, of: expression)
        switch expression.withoutParens {
        case .list(let list):
            guard
                let element = wanted.members.compactMap({ if case .list(let element) = $0 { element } else { nil } })
                    .first,
                element != .unknown, element.isConcrete
            else { break }
            return .list(checkElements(list.elements.map { $0 }, element, code))
        case .dict(let dict):
            guard
                let (key, value) = wanted.members.compactMap({
                    if case .dict(let key, let value) = $0 { (key, value) } else { nil }
                })
                .first, key.isConcrete, value.isConcrete
            else { break }
            var (keys, values) = (Type.never, Type.never)
            for item in dict.entries {
                guard case .dictEntry(let entry) = item else { return wanted }
                if let expression = entry.key { keys = keys.or(checkElements([expression], key, code, "a key")) }
                if let expression = entry.value {
                    values = values.or(checkElements([expression], value, code, "a value"))
                }
            }
            return keys == .never ? wanted : .dict(keys, values)
        default: break
        }
        let type = self.type(of: expression)
        if !type.mayBe(wanted) { report(code, expression.range, message(type), fixes(type)) }
        return type
    }

    private func checkElements(_ elements: [Expr], _ wanted: Type, _ code: String, _ word: String = "an element")
        -> Type
    {
        var type = Type.never
        for element in elements {
            let found = check(element, against: wanted, code: code) { actual in
                "\(word) is \(wanted.article) here, not \(actual.article)"
            }
            type = type.or(found.widened)
        }
        return type == .never ? wanted : type
    }

    // MARK: - Functions of the language whose result a signature cannot tell

    /// What `builtin` looks at.
    static let builtinsWithoutSignature: Set<String> = ["reveal_type", "struct", "dict", "zip", "set", "include"]

    private func builtin(_ name: String, _ call: CallExpr) -> Type? {
        let arguments = call.argumentList?.arguments.map { $0 } ?? []
        func only() -> Expr? {
            if arguments.count == 1, case .expr(let value) = arguments[0] { value } else { nil }
        }
        switch name {
        case "reveal_type":
            guard let value = only() else { return nil }
            let type = self.type(of: value)
            reveal(resolved(type), at: value.range)
            return type
        case "struct" where context.environment.contains(name):
            var members: [String: Type] = [:]
            var isOpen = false
            for argument in arguments {
                switch argument {
                case .keywordArgument(let keyword):
                    guard let name = keyword.name?.text, let value = keyword.value else { continue }
                    members[name] = type(of: value).widened
                case .expr(let value):
                    _ = type(of: value)
                    isOpen = true
                case .unpackArgument(let unpack):
                    _ = unpack.value.map { type(of: $0) }
                    isOpen = true
                }
            }
            return Type.structure(RecordType(name: "struct", members: members, isOpen: isOpen)).bounded()
        case "dict":
            var (key, value) = (Type.never, Type.never)
            for argument in arguments {
                switch argument {
                case .keywordArgument(let keyword):
                    key = key.or(.string)
                    value = value.or(keyword.value.map { type(of: $0).widened } ?? .unknown)
                case .expr(let expression):
                    let type = self.type(of: expression)
                    if case .dict(let keys, let values) = type {
                        (key, value) = (key.or(keys), value.or(values))
                    } else {
                        (key, value) = (.unknown, .unknown)
                    }
                case .unpackArgument(let unpack):
                    _ = unpack.value.map { type(of: $0) }
                    (key, value) = (.unknown, .unknown)
                }
            }
            return key == .never ? .dict(.unknown, .unknown) : .dict(key, value)
        case "zip":
            var elements: [Type] = []
            for argument in arguments {
                guard case .expr(let value) = argument else { return nil }
                elements.append(element(of: value))
            }
            return .list(.tuple(elements))
        case "set" where context.dialect.contains(.set):
            guard let value = only() else { return arguments.isEmpty ? .set(.unknown) : nil }
            return .set(element(of: value))
        case "include" where context.environment.contains(name):
            guard let url = call.includedRepository, case .known(let module)? = context.modules.includes[url] else {
                return nil
            }
            evaluateArguments(call)
            return module.type
        default: return nil
        }
    }

    /// With the results of functions that have not been asked for.
    func resolved(_ type: Type) -> Type {
        guard case .function(var function) = type else { return type }
        function.result = .known(result(of: function))
        return .function(function)
    }
}

private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension ParameterType {
    /// What the documentation says of it first, to stand behind a message.
    fileprivate var shortDocumentation: String {
        let first = documentation.prefix { $0 != ";" && $0 != "\n" }
        let sentence = first.firstRange(of: ". ").map { first[..<$0.lowerBound] } ?? first
        let text = sentence.last == "." ? sentence.dropLast() : sentence[...]
        return text.isEmpty ? "" : ": \(text)"
    }
}

extension Type {
    fileprivate var isRecord: Bool {
        switch self {
        case .instance, .anyStructure: true
        default: false
        }
    }

    /// Whether there is something to hold elements against.
    fileprivate var isConcrete: Bool {
        if case .variable = self { return false }
        return self != .unknown
    }
}
