/// What other files say about one file: what its `load` statements and its calls of `include` give. Plain data, so that a file
/// need not be checked again as long as this and the file itself are the same.
package struct LoadedModules: Hashable, Sendable {
    /// By the text of the `load` statement. Of what is missing here nothing is known.
    package let loads: [String: LoadedModule]
    /// By URL.
    package let includes: [String: LoadedModule]
    /// Whether the program of the project loads the file, so that it need not be one itself.
    package let isLoadedByProgram: Bool

    package init(
        loads: [String: LoadedModule] = [:], includes: [String: LoadedModule] = [:], isLoadedByProgram: Bool = false
    ) {
        self.loads = loads
        self.includes = includes
        self.isLoadedByProgram = isLoadedByProgram
    }

    /// What `load(path, …)` gives.
    package func interface(loadedFrom path: String) -> ModuleInterface? {
        if case .known(let interface)? = loads[path] { interface } else { nil }
    }

    /// What is known of a name that is loaded.
    func type(of name: String, from path: String) -> Type {
        interface(loadedFrom: path)?.exports[name]?.type ?? .unknown
    }

    /// Whether what a `load` statement runs is known to declare nothing.
    func isInert(_ path: String) -> Bool {
        interface(loadedFrom: path)?.isInert ?? false
    }
}

/// What a `load` statement leads to.
package enum LoadedModule: Hashable, Sendable {
    case known(ModuleInterface)
    /// There is no such file.
    case missing(MissingModule)
    /// The file loads the one that loads it. The names of the files, from that one to itself.
    case cycle([String])
    case folder
    case outside
    case unknown
}

/// A file that is not there, and what may be meant.
package struct MissingModule: Hashable, Sendable {
    package enum Guess: Hashable, Sendable {
        /// A file in the folder of the one that loads it.
        case beside(String)
        /// The same with the ending `.envd`.
        case ending(String)
        /// A file of that name elsewhere in the project.
        case elsewhere(String)
        /// A file with a similar path.
        case similar(String)

        /// The path to write instead.
        package var path: String {
            switch self {
            case .beside(let path), .ending(let path), .elsewhere(let path), .similar(let path): path
            }
        }
    }

    package let guess: Guess?

    package init(guess: Guess?) {
        self.guess = guess
    }
}
