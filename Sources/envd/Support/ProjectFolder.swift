extension Path {
    /// The nearest folder, from this one upward, that has a `build.envd`; the search ends at the top of a git repository.
    var nearestProgramFolder: Path? {
        var candidate = self
        // No path is longer than 4,096 bytes.
        for _ in 0..<4_096 {
            if candidate.appending("build.envd".utf8).status() != nil { return candidate }
            let isTop = candidate.resolved.map { $0.bytes == Array("/".utf8) } ?? true
            if isTop || candidate.appending(".git".utf8).status() != nil { break }
            candidate = candidate.above
        }
        return nil
    }

    /// The folder above a folder, by a path that means the same to the user: `..` where there is nothing to cut off.
    private var above: Path {
        let last = lastComponent
        if bytes == Array(".".utf8) || last.isEmpty { return Path(bytes: "..".utf8) }
        // Cutting off a symbolic link would lead to where the link stands.
        let isLink = status(followingLinks: false)?.isSymbolicLink ?? true
        if isLink || last == Array("..".utf8) || last == Array(".".utf8) { return appending("..".utf8) }
        return parent
    }

    /// Whether it is a folder or something in it; both without symbolic links and `..`.
    func isWithin(_ folder: Path) -> Bool {
        if bytes == folder.bytes || folder.bytes == Array("/".utf8) { return true }
        return bytes.starts(with: folder.bytes + [UInt8(ascii: "/")])
    }
}
