import EnvdAnalysis
import EnvdIDE

/// A meaning in words that travel to the client and back, for answers that are completed later. What is known by its place alone
/// does not travel, as the place may be another when it comes back.
extension Meaning {
    var words: [String]? {
        switch self {
        case .local: nil
        case .global(let name): ["global", name]
        case .builtin(let name): ["builtin", name]
        case .moduleMember(let name, let module): ["moduleMember", name, module]
        case .hostMember(let name, let type): ["hostMember", name, type]
        case .method(let name, let table): ["method", name, table]
        case .includedMember(let name, let repository): ["includedMember", name, repository]
        case .field(let name): ["field", name]
        case .parameter(let name, let function): function.words.map { ["parameter", name] + $0 }
        case .loaded(let name, let path): ["loaded", name, path]
        case .module(let path): ["module", path]
        }
    }

    /// Nil if the words are none of the server's.
    init?(words: [String]) {
        guard words.count >= 2 else { return nil }
        let name = words[1]
        switch (words[0], words.count) {
        case ("global", 2): self = .global(name)
        case ("builtin", 2): self = .builtin(name)
        case ("moduleMember", 3): self = .moduleMember(name, module: words[2])
        case ("hostMember", 3): self = .hostMember(name, type: words[2])
        case ("method", 3): self = .method(name, table: words[2])
        case ("includedMember", 3): self = .includedMember(name, repository: words[2])
        case ("field", 2): self = .field(name)
        case ("loaded", 3): self = .loaded(name, path: words[2])
        case ("module", 2): self = .module(path: name)
        case ("parameter", 4...6):
            // Nothing is a parameter of a parameter.
            guard words[2] != "parameter", let function = Meaning(words: Array(words[2...])) else { return nil }
            self = .parameter(name, of: function)
        default: return nil
        }
    }
}
