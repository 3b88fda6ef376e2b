import EnvdAnalysis
import EnvdSyntax

// Puts a single value into a list where a list is taken, or takes it out of one.

let convertList = CodeActionProvider(name: "convert-list", kind: .rewrite) { place in
    guard let node = place.enclosing({ Expr.accepts($0) }), let expression = Expr(node), !node.isBroken else {
        return []
    }
    let file = place.file
    // The list itself, where the cursor stands in its only element.
    var candidates = [expression]
    if let outer = node.parent.flatMap(ListExpr.init) { candidates.append(.list(outer)) }
    for candidate in candidates {
        guard let wanted = place.analysis.checked.semantics(at: candidate.range.lowerBound)?.wantedType(candidate)
        else {
            continue
        }
        let takesList = wanted.members.contains { if case .list = $0 { true } else { false } }
        if case .list(let list) = candidate {
            let elements = Array(list.elements)
            guard elements.count == 1, wanted.members.contains(where: \.isScalar), !file.hasComment(in: list.range)
            else {
                continue
            }
            let text = file.text(in: elements[0].range)
            return [
                place.offer("convert-list:out", "Take the value out of its list", .rewrite) {
                    ProjectEdit(file.replacing(list.range, withAtom: text))
                }
            ]
        }
        guard takesList, isSingle(candidate) else { continue }
        let text = file.text(in: candidate.range)
        return [
            place.offer("convert-list:in", "Convert to a list", .rewrite) {
                ProjectEdit(SourceEdit(range: candidate.range, replacement: "[\(text)]"))
            }
        ]
    }
    return []
}

/// Whether an expression is one value for certain.
private func isSingle(_ expression: Expr) -> Bool {
    guard case .literal(let literal) = expression, let token = literal.token else { return false }
    switch token.kind {
    case .string, .bytes, .integer, .float: return !token.isBroken
    default: return false
    }
}

extension Type {
    fileprivate var isScalar: Bool {
        switch self {
        case .string, .int, .float, .bool, .bytes, .refined, .literal: true
        default: false
        }
    }
}
