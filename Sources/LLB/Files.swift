/// A change of a file system that needs no process.
package enum FileChange {
    case copy(from: State, Operation.Copy)
    case makeFile(Operation.MakeFile)
    case makeDirectory(Operation.MakeDirectory)
    case remove(Operation.Remove)
}

extension State {
    /// Applies changes one after another in one operation. Paths may be relative to the working directory.
    package func file(_ changes: [FileChange], options: OperationOptions = .init()) throws(LLBError) -> State {
        guard !changes.isEmpty else { return self }
        var table = InputTable()
        let base = output.map { table.index(of: $0, in: graph) } ?? Operation.none
        var secondary: [Int] = []
        for change in changes {
            if case .copy(let source, _) = change {
                guard source.graph === graph else { throw .foreignState }
                secondary.append(source.output.map { table.index(of: $0, in: graph) } ?? Operation.none)
            } else {
                secondary.append(Operation.none)
            }
        }
        let actions = changes.enumerated().map { index, change in
            Operation.FileAction(
                input: index == 0 ? base : table.inputs.count + index - 1, secondaryInput: secondary[index],
                output: index == changes.count - 1 ? 0 : Operation.none, kind: resolved(change))
        }
        let vertex = try graph.add(
            .file(actions), inputs: table.inputs, dependencies: visitingOrder(of: changes),
            isPlatformSpecific: false, capabilities: [.fileBase], options: completing(options))
        return replacing(output: Graph.Output(vertex: vertex, index: 0))
    }

    /// The client visits the sources of the last action first, although it numbers those of the first one first.
    private func visitingOrder(of changes: [FileChange]) -> [Graph.Output] {
        var order: [Graph.Output] = output.map { [$0] } ?? []
        for change in changes.reversed() {
            if case .copy(let source, _) = change, let output = source.output, !order.contains(output) {
                order.append(output)
            }
        }
        return order
    }

    private func resolved(_ change: FileChange) -> Operation.FileAction.Kind {
        switch change {
        case .copy(let source, var copy):
            let path = ImagePath.clean(copy.source)
            copy.source = ImagePath.isAbsolute(path) ? path : ImagePath.join(source.directory, path)
            copy.destination = ImagePath.absolute(copy.destination, in: directory, keepsSlash: true)
            return .copy(copy)
        case .makeFile(var file):
            file.path = ImagePath.absolute(file.path, in: directory)
            file.mode &= 0o777
            return .makeFile(file)
        case .makeDirectory(var made):
            made.path = ImagePath.absolute(made.path, in: directory)
            made.mode &= 0o777
            return .makeDirectory(made)
        case .remove(var removal):
            removal.path = ImagePath.absolute(removal.path, in: directory)
            return .remove(removal)
        }
    }
}
