import EnvdSyntax

/// The names in a list of arguments or parameters, as far as it has been read. Nearly all lists are short; only long ones need a set.
struct ListedNames {
    private var names: [SyntaxToken] = []
    private var manyNames: Set<String> = []

    private static let fewNames = 16

    var isEmpty: Bool { names.isEmpty }

    /// - Returns: whether the name has not been there before.
    mutating func insert(_ name: SyntaxToken) -> Bool {
        let isNew: Bool
        if names.count < ListedNames.fewNames {
            isNew = !names.contains { $0.hasSameText(as: name) }
        } else {
            if manyNames.isEmpty { manyNames = Set(names.map(\.text)) }
            isNew = manyNames.insert(name.text).inserted
        }
        if names.isEmpty { names.reserveCapacity(ListedNames.fewNames / 2) }
        names.append(name)
        return isNew
    }
}
