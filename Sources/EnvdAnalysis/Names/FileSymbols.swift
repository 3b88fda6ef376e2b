import EnvdSyntax

/// The names of a file and their symbols: one table, which grows, for all who look at the file.
final class FileSymbols {
    private(set) var table = SymbolTable()

    var count: Int { table.count }

    subscript(symbol: Symbol) -> String { table[symbol] }

    func symbol(of token: SyntaxToken) -> Symbol { table.symbol(of: token) }

    func symbol(of name: String) -> Symbol { table.symbol(of: name) }

    /// The symbol of a name; nil if the file has never had it.
    func existingSymbol(of name: String) -> Symbol? { table.existingSymbol(of: name) }
}
