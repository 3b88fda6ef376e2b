import EnvdSyntax

/// The types that the checker finds on its way through a chunk, for those who ask about single places.
///
/// A class, as the checker that fills it is handed on to whoever asks.
final class TypeRecord {
    /// By the expression's place in the chunk's preorder. Of what a loop gives several times the last counts.
    private var types: [Int: Type] = [:]
    /// What the place where an expression stands takes, likewise.
    private var wanted: [Int: Type] = [:]
    /// What a name gets, by where it stands, in UTF-8 bytes of the file.
    private var given: [Int: Type] = [:]

    func note(_ type: Type, of expression: Expr) { types[expression.node.index] = type }

    func note(wanted type: Type, of expression: Expr) { wanted[expression.node.index] = type }

    func note(_ type: Type, givenToNameAt place: Int) { given[place] = type }

    func type(of expression: Expr) -> Type? { types[expression.node.index] }

    func wanted(_ expression: Expr) -> Type? { wanted[expression.node.index] }

    func given(toNameAt place: Int) -> Type? { given[place] }
}
