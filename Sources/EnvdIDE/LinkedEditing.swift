import EnvdAnalysis
import EnvdSyntax

/// The places that change together while somebody types over the name of a variable where it gets its value: the variable of a loop or
/// a comprehension, a local variable with one assignment, a parameter of a lambda.
///
/// Only there: who types over a use means another variable. Parameters of a `def` are named by calls, and what the top level binds by
/// other files; both are what `rename` is for, which can refuse.
extension FileAnalysis {
    /// - Parameter offset: in UTF-8 bytes.
    /// - Returns: the places in source order, the one at the offset among them; empty if nothing changes together.
    package func linkedEditingRanges(at offset: Int) -> [Range<Int>] {
        guard let token = nameToken(at: offset), token.kind == .identifier,
            let names = checked.ownNames(at: token.range.lowerBound),
            let id = names.binding(beginningAt: token.range.lowerBound), id < names.ownBindingCount
        else { return [] }
        let binding = names.bindings[id]
        guard binding.scope != 0, binding.occurrences.count == 1, isUnnamedByCalls(binding) else { return [] }
        let ranges = Set([token.range] + names.uses.filter { $0.binding == id }.map(\.range))
        return ranges.count > 1 ? ranges.sorted { $0.lowerBound < $1.lowerBound } : []
    }

    private func isUnnamedByCalls(_ binding: Binding) -> Bool {
        guard binding.isParameter else { return !binding.isFunction }
        let parameter = file.token(at: binding.occurrences[0].range.lowerBound)?.parent
        return parameter?.parent?.parent?.kind == .lambdaExpr
    }
}
