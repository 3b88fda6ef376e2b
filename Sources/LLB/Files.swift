/// A change of a file system that needs no process.
///
/// An owner that is given by name is looked up in the file system that is changed; which input that is, is filled in.
package enum FileChange {
    case copy(from: State, Operation.Copy)
    /// Copies from what the changes make of a state, within the same operation.
    indirect case copyChanged([FileChange], of: State, Operation.Copy)
    case makeFile(Operation.MakeFile)
    case makeDirectory(Operation.MakeDirectory)
    case makeSymlink(Operation.MakeSymlink)
    case remove(Operation.Remove)
}

extension State {
    /// Applies changes one after another in one operation. Paths may be relative to the working directory.
    package func file(_ changes: [FileChange], options: OperationOptions = .init()) throws(LLBError) -> State {
        guard !changes.isEmpty else { return self }
        var actions = FileActions(graph)
        try actions.add(changes, to: self)
        var dependencies: [Graph.Output] = []
        FileActions.visit(changes, of: self, into: &dependencies)
        let vertex = try graph.add(
            .file(actions.operations), inputs: actions.table.inputs, dependencies: dependencies,
            isPlatformSpecific: false, capabilities: [.fileBase], options: completing(options))
        return replacing(output: Graph.Output(vertex: vertex, index: 0))
    }
}

/// The actions of one operation. Actions use inputs of the operation and the results of earlier actions, and the
/// numbers of the latter follow those of all inputs, which are known only at the end.
private struct FileActions {
    private enum Reference {
        case nothing
        case input(Int)
        case action(Int)
    }

    let graph: Graph
    private(set) var table = InputTable()
    private var actions: [(input: Reference, secondary: Reference, kind: Operation.FileAction.Kind)] = []

    /// Changes within changes are followed recursively.
    private static let maximumDepth = 64

    init(_ graph: Graph) {
        self.graph = graph
    }

    var operations: [Operation.FileAction] {
        actions.enumerated().map { index, action in
            Operation.FileAction(
                input: number(action.input), secondaryInput: number(action.secondary),
                output: index == actions.count - 1 ? 0 : Operation.none, kind: action.kind)
        }
    }

    private func number(_ reference: Reference) -> Int {
        switch reference {
        case .nothing: Operation.none
        case .input(let index): index
        case .action(let index): table.inputs.count + index
        }
    }

    mutating func add(_ changes: [FileChange], to base: State, depth: Int = 1) throws(LLBError) {
        guard depth <= FileActions.maximumDepth else { throw .actionsTooDeep(limit: FileActions.maximumDepth) }
        let index = try input(base)
        var previous = index.map(Reference.input) ?? .nothing
        for change in changes {
            var secondary = Reference.nothing
            switch change {
            case .copy(let source, _): secondary = try input(source).map(Reference.input) ?? .nothing
            case .copyChanged(let inner, let state, _):
                guard !inner.isEmpty else {
                    secondary = try input(state).map(Reference.input) ?? .nothing
                    break
                }
                try add(inner, to: state, depth: depth + 1)
                secondary = .action(actions.count - 1)
            case .makeFile, .makeDirectory, .makeSymlink, .remove: break
            }
            actions.append((previous, secondary, base.resolved(change, input: index ?? Operation.none)))
            previous = .action(actions.count - 1)
        }
    }

    private mutating func input(_ state: State) throws(LLBError) -> Int? {
        guard state.graph === graph else { throw .foreignState }
        return state.output.map { table.index(of: $0, in: graph) }
    }

    /// The client visits the sources of the last action first, although it numbers those of the first one first.
    static func visit(_ changes: [FileChange], of base: State, into order: inout [Graph.Output]) {
        func visit(_ output: Graph.Output?) {
            if let output, !order.contains(output) { order.append(output) }
        }
        for change in changes.reversed() {
            visit(base.output)
            switch change {
            case .copy(let source, _): visit(source.output)
            case .copyChanged(let inner, let state, _):
                visit(inner.isEmpty ? state.output : nil)
                FileActions.visit(inner, of: state, into: &order)
            case .makeFile, .makeDirectory, .makeSymlink, .remove: break
            }
        }
    }
}

extension State {
    /// The change with paths as seen from the working directory.
    ///
    /// - Parameter input: where names of accounts are looked up.
    fileprivate func resolved(_ change: FileChange, input: Int) -> Operation.FileAction.Kind {
        switch change {
        case .copy(let source, let copy), .copyChanged(_, let source, let copy):
            var copy = copy
            let path = ImagePath.clean(copy.source)
            copy.source = ImagePath.isAbsolute(path) ? path : ImagePath.join(source.directory, path)
            copy.destination = ImagePath.absolute(copy.destination, in: directory, keepsSlash: true)
            copy.owner = copy.owner?.lookedUp(in: input)
            if !copy.symbolicMode.isEmpty { copy.mode = 0 }
            return .copy(copy)
        case .makeFile(var file):
            file.path = ImagePath.absolute(file.path, in: directory)
            file.mode &= 0o777
            file.owner = file.owner?.lookedUp(in: input)
            return .makeFile(file)
        case .makeDirectory(var made):
            made.path = ImagePath.absolute(made.path, in: directory)
            made.mode &= 0o777
            made.owner = made.owner?.lookedUp(in: input)
            return .makeDirectory(made)
        case .makeSymlink(var link):
            // Unlike all others, the client leaves these paths as they are.
            link.owner = link.owner?.lookedUp(in: input)
            return .makeSymlink(link)
        case .remove(var removal):
            removal.path = ImagePath.absolute(removal.path, in: directory)
            return .remove(removal)
        }
    }
}

extension Operation.Owner {
    /// An owner as `chown` takes it, `user:group` or `user`; what is no number is a name, but `root` is 0.
    package init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(
            user: parts.first.map(Operation.Account.init(_:)),
            group: parts.count == 2 ? Operation.Account(parts[1]) : nil)
    }

    fileprivate func lookedUp(in input: Int) -> Operation.Owner {
        Operation.Owner(user: user?.lookedUp(in: input), group: group?.lookedUp(in: input))
    }
}

extension Operation.Account {
    fileprivate init(_ text: String) {
        if text == "root" || text.isEmpty {
            self = .id(0)
        } else if let number = Int32(text) {
            self = .id(UInt32(bitPattern: number))
        } else {
            self = .name(text, input: Operation.none)
        }
    }

    fileprivate func lookedUp(in input: Int) -> Operation.Account {
        guard case .name(let name, _) = self else { return self }
        return .name(name, input: input)
    }
}
