/// What a name in a program stands for, as far as that can be told without running it.
package indirect enum Meaning: Hashable, Sendable {
    /// A variable or a parameter of a function, or a variable of a comprehension.
    case local(LocalName)
    /// A name of the file's top level.
    case global(String)
    /// A name of the language or of the API that the file does not bind: `len`, `base`, `install`.
    case builtin(String)
    /// What a module of the API or the build graph holds, by the module's name: `install.python`.
    case moduleMember(String, module: String)
    /// What a value that only the host can make holds, by the name of its type: `State.run`.
    case hostMember(String, type: String)
    /// A method of a value of the language, by the name of the table in which it is declared: `string.upper`.
    case method(String, table: String)
    /// What an included repository holds.
    case includedMember(String, repository: String)
    /// A field of a struct.
    case field(String)
    /// A parameter that is named at a call, of what is called.
    case parameter(String, of: Meaning)
    /// A name of the file that a `load` statement names: what the text within the statement says, and the path of the statement.
    case loaded(String, path: String)
    /// The file that a `load` statement names.
    case module(path: String)
}

extension Meaning {
    /// The same where what is before has become longer.
    ///
    /// - Parameter distance: in UTF-8 bytes.
    package func shifted(by distance: Int) -> Meaning {
        switch self {
        case .local(let name):
            .local(LocalName(name: name.name, occurrences: name.occurrences.map { $0.shifted(by: distance) }))
        case .parameter(let name, let callee): .parameter(name, of: callee.shifted(by: distance))
        default: self
        }
    }
}

/// A name that a function or a comprehension binds.
package struct LocalName: Hashable, Sendable {
    package let name: String
    /// Where it gets its values, in UTF-8 bytes of the file and in its order; never empty.
    package let occurrences: [Binding.Occurrence]
}

extension Binding.Occurrence {
    package var isParameter: Bool { kind == .parameter }
}
