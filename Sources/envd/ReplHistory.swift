import Terminal

/// The file that keeps what was entered, for the next session: `envd-tools/eval-history` in the user's folder for such
/// state (`XDG_STATE_HOME`, else `~/.local/state`).
struct ReplHistory {
    /// Nil if there is no such folder to be had.
    private let path: Path?

    init() {
        func folder(_ variable: String) -> Path? {
            // The specification of these folders leaves out what is relative.
            getenv(variable).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? Path(bytes: $0.utf8) : nil }
        }
        let state = folder("XDG_STATE_HOME") ?? folder("HOME")?.appending(".local/state".utf8)
        path = state?.appending("envd-tools/eval-history".utf8)
    }

    func load() -> LineHistory {
        guard let path, let bytes = try? path.read() else { return LineHistory() }
        return LineHistory(String(decoding: bytes, as: UTF8.self))
    }

    /// Adds lines to the file. That it cannot be written is no reason to disturb anybody.
    func save(_ lines: [String]) {
        guard let path, !lines.isEmpty, makeFolders(path.parent) else { return }
        // Another session may have added its own meanwhile.
        var history = load()
        for line in lines { history.add(line) }
        try? writeWhole(Array(history.text.utf8), to: path, permissions: 0o600)
    }

    private func makeFolders(_ folder: Path) -> Bool {
        if folder.status()?.isDirectory == true { return true }
        guard folder.parent != folder, makeFolders(folder.parent) else { return false }
        return folder.withCString { mkdir($0, 0o700) } == 0 || errno == EEXIST
    }
}
