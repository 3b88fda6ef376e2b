/// Finds the files that a command is to work on.
///
/// A file that is named is taken whatever its name is. A folder is walked for files with certain endings; left out are
/// hidden names, what `.gitignore` files leave out, and folders behind symbolic links (so that a walk always ends).
struct SourceFileSearch {
    /// In the order of the arguments, and of the names within a folder; no file twice.
    private(set) var files: [Path] = []
    /// What could not be read, one line each.
    private(set) var failures: [CommandFailure] = []
    private var seen: Set<FileIdentity> = []
    private var named: Set<FileIdentity> = []
    private let endings: [[UInt8]]
    private let log: FileLooks?

    /// - Parameters:
    ///   - arguments: files and folders; none means the current folder.
    ///   - endings: of the names that are looked for in folders; by default those of all files of the language,
    ///     `build.envd` among them.
    ///   - log: takes down what the search looks at.
    init(_ arguments: [String], endings: [String] = [".envd"], log: FileLooks? = nil) {
        self.log = log
        self.endings = endings.map { Array($0.utf8) }
        for argument in arguments.isEmpty ? ["."] : arguments {
            let path = Path(argument: argument)
            guard let information = path.status() else {
                addFailure(path)
                continue
            }
            if information.isDirectory {
                walk(path, GitIgnoreRules(startingAt: path, log: log))
            } else {
                named.insert(FileIdentity(information))
                add(path, information)
            }
        }
    }

    /// Whether the arguments name a file itself, rather than a folder in which it was found.
    func isNamed(_ path: Path) -> Bool {
        !named.isEmpty && FileIdentity(path).map(named.contains) ?? false
    }

    private mutating func add(_ path: Path, _ information: stat) {
        if seen.insert(FileIdentity(information)).inserted { files.append(path) }
    }

    /// Of the last call of the system, which was about the path.
    private mutating func addFailure(_ path: Path) {
        let reason = systemErrorMessage(errno)
        failures.append(CommandFailure("cannot read '\(path.displayName)': \(reason)"))
        log?.noteOther()
    }

    private mutating func walk(_ folder: Path, _ rules: GitIgnoreRules) {
        log?.note(folder, .content)
        let names: [[UInt8]]
        do {
            names = try folder.entries()
        } catch {
            log?.noteOther()
            failures.append(error)
            return
        }
        for name in names where name.first != UInt8(ascii: ".") {
            let path = folder.appending(name)
            guard let own = path.status(followingLinks: false) else {
                // Gone since the folder was read: not there to be checked.
                if errno != ENOENT { addFailure(path) }
                continue
            }
            if own.isDirectory {
                if !rules.ignores(name, isFolder: true) { walk(path, rules.entering(name, at: path)) }
            } else if endings.contains(where: { name.suffix($0.count).elementsEqual($0) }),
                !rules.ignores(name, isFolder: false)
            {
                var target = own
                if own.isSymbolicLink {
                    // Where a link leads may change while its folder does not.
                    log?.noteOther()
                    guard let found = path.status() else {
                        addFailure(path)
                        continue
                    }
                    target = found
                }
                if target.isRegularFile { add(path, target) }
            }
        }
    }
}

extension Path {
    /// The names in a folder, in the order of their bytes.
    func entries() throws(CommandFailure) -> [[UInt8]] {
        guard let folder = withCString({ opendir($0) }) else {
            throw CommandFailure("cannot read '\(displayName)': \(systemErrorMessage(errno))")
        }
        defer { closedir(folder) }
        var names: [[UInt8]] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    UnsafeBufferPointer(start: $0, count: strlen($0)).map(UInt8.init(bitPattern:))
                }
            }
            if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
