import EnvdAnalysis
import EnvdSyntax

// A field of a struct has no place of its own: the same word behind some other dot may be the same field, or not. It is certain only of
// a struct that one variable holds and nobody else ever sees.

extension FileAnalysis {
    func fieldPlaces(
        _ subject: RenameSubject, _ newName: String, _ isCancelled: () -> Bool
    ) throws(RenameRefusal) -> [Reference] {
        let uncertain = RenameRefusal("nobody can tell all structs that have the field '\(subject.name)' from others")
        guard let variable = variable(ofFieldAt: subject.token),
            let meaning = checked.semantics(at: variable.range.lowerBound)?.meaning(of: variable)
        else { throw uncertain }
        switch meaning {
        case .local, .global: break
        default: throw uncertain
        }
        let references = references(to: meaning, isCancelled: isCancelled)
        let written = references.filter { $0.role == .write && $0.isOwnName }
        guard written.count == 1, written[0].file == .current,
            let assigned = file.token(at: written[0].range.lowerBound),
            let call = structCall(assignedTo: assigned)
        else { throw uncertain }
        var places: [Reference] = []
        for argument in call.argumentList?.arguments.map({ $0 }) ?? [] {
            guard case .keywordArgument(let keyword) = argument, let token = keyword.name else { throw uncertain }
            if token.text == newName { throw RenameRefusal("the struct has a field '\(newName)' already") }
            if token.text == subject.name {
                places.append(Reference(file: .current, range: token.range, role: .write, isOwnName: true))
            }
        }
        for reference in references where reference.role == .read {
            guard let token = source(of: reference.file)?.token(at: reference.range.lowerBound),
                let dot = token.parent?.parent.flatMap(DotExpr.init), dot.base?.node == token.parent,
                let name = dot.name
            else { throw uncertain }
            if name.text == subject.name {
                places.append(Reference(file: reference.file, range: name.range, role: .read, isOwnName: true))
            }
        }
        guard places.contains(where: { $0.role == .write }) else { throw uncertain }
        return places
    }

    /// The name of the variable that holds the struct.
    private func variable(ofFieldAt token: SyntaxToken) -> SyntaxToken? {
        guard let parent = token.parent else { return nil }
        if let dot = DotExpr(parent), case .name(let base)? = dot.base { return base.name }
        guard let assignment = parent.parent?.parent?.parent.flatMap(AssignStmt.init),
            case .name(let target)? = assignment.target
        else { return nil }
        return target.name
    }

    /// The call of `struct` that is all that a variable gets.
    private func structCall(assignedTo token: SyntaxToken) -> CallExpr? {
        guard let assignment = token.parent?.parent.flatMap(AssignStmt.init), assignment.op?.kind == .equal,
            case .name(let target)? = assignment.target, target.name == token,
            case .call(let call)? = assignment.value, case .name(let callee)? = call.callee,
            let name = callee.name, name.text == "struct",
            case .builtin? = checked.semantics(at: name.range.lowerBound)?.meaning(of: name)
        else { return nil }
        return call
    }
}
