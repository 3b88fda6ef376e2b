import LLB
import Starlark

/// A change of files, to be given to `State.file`.
final class FileChangeValue: HostValue {
    let change: FileChange
    /// How deep changes are nested in it.
    let depth: Int

    init(_ change: FileChange, depth: Int) {
        self.change = change
        self.depth = depth
    }

    var typeName: String { "FileChange" }
}

/// A file system to copy from that the same operation makes: a state and what is changed of it.
final class ChangedStateValue: HostValue {
    let state: State
    let changes: [FileChange]
    let depth: Int

    init(_ state: State, _ changes: [FileChange], depth: Int) {
        self.state = state
        self.changes = changes
        self.depth = depth
    }

    var typeName: String { "ChangedState" }

    static let function = GraphFunction("changed", "state", "changes") { binding, call, arguments in
        let (changes, depth) = try arguments.changes("changes")
        try binding.charge(512 + changes.count * 256)
        return call.heap.host(ChangedStateValue(try arguments.state("state"), changes, depth: depth + 1))
    }
}

extension BoundArguments {
    /// A list of changes, and how deep they are nested.
    func changes(_ name: String) throws(EvaluationError) -> ([FileChange], depth: Int) {
        var depth = 0
        let changes = try sequence(name).map { value throws(EvaluationError) in
            guard let change = value.asHost(FileChangeValue.self) else {
                throw mismatch(name, value, "list of changes")
            }
            depth = max(depth, change.depth)
            return change.change
        }
        guard !changes.isEmpty else { throw wrong(name, "must not be empty") }
        return (changes, depth)
    }
}

/// What can be done to files: each is a function that makes a change, `llb.copy`, and a method that makes it at once,
/// `State.copy`.
struct FileAction: Sendable {
    let name: String
    let parameters: [String]
    let change: @Sendable (BoundArguments) throws -> FileChangeValue

    static let all: [FileAction] = [copy, mkdir, mkfile, symlink, rm]

    /// Deeper ones could not be released without a deep stack.
    private static let maximumDepth = 16

    private init(
        _ name: String, _ parameters: String..., change: @escaping @Sendable (BoundArguments) throws -> FileChangeValue
    ) {
        self.name = name
        self.parameters = parameters
        self.change = change
    }

    var function: GraphFunction {
        GraphFunction(name, parameters) { binding, call, arguments in
            let change = try change(arguments)
            try binding.charge(change.size)
            return call.heap.host(change)
        }
    }

    var method: StateMethod {
        StateMethod(name, parameters + ["name?", "constraints??"]) { receiver, call, arguments in
            let options = try arguments.options(call, receiver.binding.blame)
            let state = try receiver.state.file([change(arguments).change], options: options)
            return try receiver.binding.value(state, call.heap)
        }
    }

    private static let copy = FileAction(
        "copy", "source", "path", "target", "*", "owner??", "mode??", "create_path?", "follow_symlinks?",
        "contents_only?", "unpack?", "wildcard?", "empty_wildcard?", "include?", "exclude?", "replace?", "created??"
    ) { arguments in
        var copy = Operation.Copy(
            source: try arguments.string("path"), destination: try arguments.string("target"),
            owner: try arguments.owner())
        let mode = arguments.value("mode")
        if mode.asString != nil {
            copy.symbolicMode = try arguments.filledString("mode")
        } else {
            copy.mode = try arguments.optionalInt("mode", 0...0o7777) ?? -1
        }
        copy.createsDestinationPath = try arguments.bool("create_path")
        copy.followsSymlink = try arguments.bool("follow_symlinks")
        copy.copiesDirectoryContents = try arguments.bool("contents_only")
        copy.unpacksArchives = try arguments.bool("unpack")
        copy.allowsWildcard = try arguments.bool("wildcard")
        copy.allowsEmptyWildcard = try arguments.bool("empty_wildcard")
        copy.includePatterns = try arguments.strings("include")
        copy.excludePatterns = try arguments.strings("exclude")
        copy.replacesDestination = try arguments.bool("replace")
        copy.timestamp = try arguments.timestamp()
        if let changed = arguments.value("source").asHost(ChangedStateValue.self) {
            guard changed.depth <= maximumDepth else {
                throw arguments.wrong("source", "changes are nested deeper than \(maximumDepth)")
            }
            return FileChangeValue(.copyChanged(changed.changes, of: changed.state, copy), depth: changed.depth)
        }
        return FileChangeValue(.copy(from: try arguments.state("source"), copy), depth: 0)
    }

    private static let mkdir = FileAction(
        "mkdir", "path", "*", "mode?", "parents?", "owner??", "created??"
    ) { arguments in
        var directory = Operation.MakeDirectory(
            path: try arguments.string("path"), mode: try arguments.permissions("mode", default: 0o755),
            makesParents: try arguments.bool("parents"), owner: try arguments.owner())
        directory.timestamp = try arguments.timestamp()
        return FileChangeValue(.makeDirectory(directory), depth: 0)
    }

    private static let mkfile = FileAction(
        "mkfile", "path", "content", "*", "mode?", "owner??", "created??"
    ) { arguments in
        var file = Operation.MakeFile(
            path: try arguments.string("path"), mode: try arguments.permissions("mode", default: 0o644),
            data: try arguments.byteString("content").bytes, owner: try arguments.owner())
        file.timestamp = try arguments.timestamp()
        return FileChangeValue(.makeFile(file), depth: 0)
    }

    private static let symlink = FileAction(
        "symlink", "target", "path", "*", "owner??", "created??"
    ) { arguments in
        var link = Operation.MakeSymlink(
            target: try arguments.filledString("target"), path: try arguments.filledString("path"),
            owner: try arguments.owner())
        link.timestamp = try arguments.timestamp()
        return FileChangeValue(.makeSymlink(link), depth: 0)
    }

    private static let rm = FileAction("rm", "path", "*", "missing_ok?", "wildcard?") { arguments in
        FileChangeValue(
            .remove(
                .init(
                    path: try arguments.string("path"), allowsNotFound: try arguments.bool("missing_ok"),
                    allowsWildcard: try arguments.bool("wildcard"))), depth: 0)
    }
}

extension FileChangeValue {
    /// About how many bytes it takes.
    fileprivate var size: Int {
        switch change {
        case .makeFile(let file): 1_024 + file.path.utf8.count + file.data.count
        case .makeDirectory(let directory): 1_024 + directory.path.utf8.count
        case .makeSymlink(let link): 1_024 + link.path.utf8.count + link.target.utf8.count
        case .remove(let removal): 1_024 + removal.path.utf8.count
        case .copy(_, let copy), .copyChanged(_, _, let copy):
            (copy.includePatterns + copy.excludePatterns).reduce(
                1_024 + copy.source.utf8.count + copy.destination.utf8.count
            ) { $0 + 16 + $1.utf8.count }
        }
    }
}
