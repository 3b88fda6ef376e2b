import EnvdLanguage

/// What is kept for this user on this machine. All of it can be deleted at any time.
enum UserCache {
    /// The facts that were asked for on this machine, for programs without a lock file.
    static var facts: Path? { folder.map { Path(bytes: "\($0)/facts.json".utf8) } }

    /// The files of included libraries.
    static var repositories: RepositoryCache? { folder.map { RepositoryCache(path: "\($0)/repositories") } }

    /// Where editors find the files that are part of the tool. A folder for each version, as these differ.
    static func prelude(_ name: String) -> Path? {
        folder.map { Path(bytes: "\($0)/prelude-\(Version.current)/\(name)".utf8) }
    }

    /// The files that `envd fmt` need not read.
    static var formattedFiles: Path? { folder.map { Path(bytes: "\($0)/formatted-\(Version.current)".utf8) } }

    private static var folder: String? {
        let caches = environmentVariable("XDG_CACHE_HOME") ?? environmentVariable("HOME").map { $0 + "/.cache" }
        // A relative path would mean another folder for every command (XDG Base Directory Specification).
        guard let caches, caches.utf8.first == UInt8(ascii: "/") else { return nil }
        return caches + "/envd-tools"
    }
}

extension Path {
    /// Makes the folder, and those that it lies in, unless they are there.
    func makeFolders() -> Bool {
        if status()?.isDirectory == true { return true }
        guard parent != self, parent.makeFolders() else { return false }
        return withCString { mkdir($0, 0o755) } == 0 || status()?.isDirectory == true
    }
}

/// A variable of the process's environment; nil if it is not set or empty.
func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}
