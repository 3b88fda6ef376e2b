import EnvdAnalysis
import EnvdSyntax

// Writes the arguments into a call that it cannot do without.

let addArguments = CodeActionProvider(name: "add-arguments", kind: .quickFix) { place in
    guard let node = place.enclosing({ $0 == .callExpr }), let call = CallExpr(node), let list = call.argumentList,
        list.rightParen != nil, let semantics = place.analysis.checked.semantics(at: node.range.lowerBound)
    else { return [] }
    let functions = semantics.functions(calledBy: call)
    guard functions.count == 1, let missing = missingParameters(functions[0], list), !missing.isEmpty else { return [] }
    let findings = place.findings.filter { $0.code == "missing-argument" }
    let names = missing.map { "'\($0.name)'" }.joined(separator: ", ")
    return [
        place.offer(
            "add-arguments:\(node.range.lowerBound)", "Add \(missing.count == 1 ? "argument" : "arguments") \(names)",
            .quickFix, isPreferred: true, findings: findings
        ) {
            let text = missing.map { parameter in
                let value = placeholder(for: parameter.type)
                return parameter.kind == .positionalOnly ? value : "\(parameter.name) = \(value)"
            }.joined(separator: ", ")
            return ProjectEdit(insertion(of: text, into: list))
        }
    ]
}

/// The parameters that a call has to give but does not; nil if that cannot be seen, or cannot be mended at the end.
private func missingParameters(_ function: FunctionType, _ list: ArgumentList) -> [ParameterType]? {
    var positions = 0
    var keywords: Set<String> = []
    for argument in list.arguments {
        switch argument {
        case .expr: positions += 1
        case .keywordArgument(let keyword): if let name = keyword.name { keywords.insert(name.text) }
        case .unpackArgument: return nil
        }
    }
    var missing: [ParameterType] = []
    for parameter in function.parameters {
        switch parameter.kind {
        case .variadic, .keywords: continue
        case .positionalOnly, .ordinary:
            if positions > 0 {
                positions -= 1
                continue
            }
        case .keywordOnly: break
        }
        guard parameter.isRequired, !keywords.contains(parameter.name) else { continue }
        // One that is given by place alone cannot stand behind those that are named.
        if parameter.kind == .positionalOnly, !keywords.isEmpty { return nil }
        missing.append(parameter)
    }
    return missing
}

/// A value of the type that says least.
private func placeholder(for type: Type) -> String {
    switch type.members.first ?? .unknown {
    case .string: return "\"\""
    case .bytes: return "b\"\""
    case .int: return "0"
    case .float: return "0.0"
    case .bool: return "False"
    case .list, .iterable: return "[]"
    case .dict: return "{}"
    case .tuple, .homogeneousTuple: return "()"
    case .literal(let literal):
        switch literal {
        case .bool(let value): return value ? "True" : "False"
        case .int, .string: return "\(literal)"
        }
    case .refined(let refined): return refined.base == .int ? "0" : "\"\""
    default: return "None"
    }
}

private func insertion(of text: String, into list: ArgumentList) -> SourceEdit {
    guard let last = list.arguments.map({ $0 }).last else {
        let place = list.leftParen?.range.upperBound ?? list.range.upperBound
        return SourceEdit(range: place..<place, replacement: text)
    }
    let end = last.node.range.upperBound
    return SourceEdit(range: end..<end, replacement: ", " + text)
}
