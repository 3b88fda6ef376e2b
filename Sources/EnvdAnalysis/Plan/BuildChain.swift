import EnvdLanguage
import LLB

/// The operations that change the file system of the environment one after another, from the image to the result: each of them is done
/// again when one before it is.
struct BuildChain {
    /// In the order in which they are done.
    let links: [Link]

    struct Link {
        let operation: Operation
        let location: SourceLocation?
        /// The input that is changed, among the operation's inputs.
        let root: Int?
        /// Whether it looks at files that the client sends: those of the project.
        let readsProject: Bool
    }

    init(_ definition: Definition) {
        var entries: [String: Definition.Entry] = [:]
        for entry in definition.entries { entries[entry.digest.description] = entry }
        func entry(_ input: Operation.Input) -> Definition.Entry? { entries[input.digest.description] }
        func isOfClient(_ operation: Operation, _ input: Int) -> Bool {
            guard operation.inputs.indices.contains(input),
                case .source(let source)? = entry(operation.inputs[input])?.operation.body
            else { return false }
            return source.identifier.hasPrefix("local://")
        }
        var links: [Link] = []
        var next = definition.entries.last?.operation.inputs.first
        while let current = next.flatMap(entry) {
            let operation = current.operation
            var root: Int?
            var readsProject = false
            switch operation.body {
            case .exec(let exec):
                root = exec.mounts.first { $0.destination == "/" }?.input
                readsProject = exec.mounts.contains { $0.destination != "/" && isOfClient(operation, $0.input) }
            case .file(let actions):
                root = actions.first?.input
                readsProject = actions.contains { isOfClient(operation, $0.secondaryInput) }
            default: break
            }
            guard let found = root, operation.inputs.indices.contains(found) else { break }
            links.append(
                Link(
                    operation: operation, location: current.locations.first, root: found, readsProject: readsProject))
            next = operation.inputs[found]
        }
        self.links = links.reversed()
    }
}

extension BuildChain.Link {
    /// What a process does to whatever file system it is given; nil for other operations.
    var process: Operation.Exec? {
        guard case .exec(var exec) = operation.body else { return nil }
        // Where an input stands in the list depends on the others.
        for index in exec.mounts.indices { exec.mounts[index].input = 0 }
        // A path that is added twice does no more than once.
        exec.environment = exec.environment.map { variable in
            guard variable.hasPrefix("PATH=") else { return variable }
            var known: Set<Substring> = []
            return variable.split(separator: ":").filter { known.insert($0).inserted }.joined(separator: ":")
        }
        return exec
    }

    /// What else it uses.
    var otherInputs: [Operation.Input] {
        operation.inputs.enumerated().filter { $0.offset != root }.map(\.element)
    }

    var makesProcess: Bool {
        if case .exec = operation.body { true } else { false }
    }
}
