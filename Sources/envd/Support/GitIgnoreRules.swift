/// All the `.gitignore` files that have a say about a folder, the most general first.
struct GitIgnoreRules {
    /// The patterns of one file, in the order in which they stand there.
    private struct Layer {
        let patterns: [GitIgnorePattern]
        /// How many folders deep the file stands: the patterns see the rest of the path.
        let depth: Int
    }

    private var layers: [Layer] = []
    /// The folder at which a walk stands, as names from the root of the repository (or of the walk) on.
    private var folder: [[UInt8]] = []
    private let log: FileLooks?

    /// The rules that hold in a folder where a walk begins: those of the folders above it count as far up as the
    /// repository goes that it belongs to, and so does the repository's `.git/info/exclude`.
    ///
    /// The user's global file (`core.excludesFile`) is not read: the same project gives the same findings everywhere.
    ///
    /// - Parameter log: takes down what is looked at.
    init(startingAt start: Path, log: FileLooks? = nil) {
        self.log = log
        var ancestors: [Path] = []
        if let resolved = start.resolved {
            var candidate = resolved
            while true {
                ancestors.append(candidate)
                log?.note(candidate.appending(".git".utf8), .folder)
                if let git = candidate.appending(".git".utf8).status() {
                    if git.isDirectory { addFile(candidate.appending(".git/info/exclude".utf8)) }
                    break
                }
                guard candidate.parent != candidate else {
                    ancestors = [resolved]
                    break
                }
                candidate = candidate.parent
            }
        }
        for (index, ancestor) in ancestors.reversed().enumerated() {
            if index > 0 { folder.append(ancestor.lastComponent) }
            addFile(ancestor.appending(".gitignore".utf8))
        }
    }

    /// The rules that hold in a folder within the one at which these stand.
    func entering(_ name: [UInt8], at path: Path) -> GitIgnoreRules {
        var inner = self
        inner.folder.append(name)
        inner.addFile(path.appending(".gitignore".utf8))
        return inner
    }

    /// Whether what has this name in the folder is ignored. The last pattern that matches decides.
    func ignores(_ name: [UInt8], isFolder: Bool) -> Bool {
        let path = folder + [name]
        for layer in layers.reversed() {
            for pattern in layer.patterns.reversed() where pattern.matches(path[layer.depth...], isFolder: isFolder) {
                return !pattern.isNegated
            }
        }
        return false
    }

    private mutating func addFile(_ path: Path) {
        log?.note(path, .content)
        // git does not follow a `.gitignore` that is a symbolic link.
        guard let status = path.status(followingLinks: false), status.isRegularFile,
            var text = try? path.read()
        else { return }
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        let patterns = text.split(separator: 0x0A).compactMap { line in
            GitIgnorePattern(line: line.last == 0x0D ? line.dropLast() : line)
        }
        if !patterns.isEmpty { layers.append(Layer(patterns: patterns, depth: folder.count)) }
    }
}
