import EnvdLanguage

/// A file of facts, such as `envd.lock`, and how it is written: sorted, an entry a line where that shows best what changed.
struct LockFile {
    let path: Path
    /// What was in it when it was read; nil if there was no such file.
    private(set) var original: [UInt8]?
    private(set) var table = FactTable()

    init(_ path: Path) throws(CommandFailure) {
        self.path = path
        guard path.status() != nil else { return }
        let bytes = try path.read()
        original = bytes
        do {
            table = try FactTable(json: bytes)
        } catch {
            throw CommandFailure("cannot use '\(path.displayName)': \(error)")
        }
    }

    /// Puts other facts into the file, which is replaced as a whole; nothing happens if they are the same.
    ///
    /// - Throws: also if the file is no longer what was read.
    func write(_ new: FactTable) throws(CommandFailure) {
        let content = Array(LockFile.text(of: new).utf8)
        guard let original else {
            guard path.status() == nil else {
                throw CommandFailure("cannot write '\(path.displayName)': it was made by somebody else meanwhile")
            }
            return try writeWhole(content, to: path)
        }
        if new != table { try replaceFile(at: path, expecting: original, with: content) }
    }

    static func text(of table: FactTable) -> String {
        var writer = JSONWriter()
        var members: [(String, (inout JSONWriter) -> Void)] = []
        func add<Fact>(_ name: String, _ facts: [String: Fact], _ write: @escaping (inout JSONWriter, Fact) -> Void) {
            guard !facts.isEmpty else { return }
            let sorted = facts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            members.append((name, { $0.object(sorted.map { fact in (fact.key, { write(&$0, fact.value) }) }) }))
        }
        add("commits", table.commits) { $0.string($1) }
        add("git", table.git) { $0.string($1) }
        add("images", table.images) { LockFile.write($1, to: &$0) }
        add("releases", table.releases) { $0.string($1) }
        add("vsx", table.extensions) { $0.flag($1) }
        writer.object(members)
        return writer.text + "\n"
    }

    private static func write(_ image: ImageFact, to writer: inout JSONWriter) {
        var members: [(String, (inout JSONWriter) -> Void)] = []
        if let status = image.status { members.append(("status", { $0.number(status) })) }
        if let digest = image.digest { members.append(("digest", { $0.string(digest) })) }
        if let platform = image.platform { members.append(("platform", { $0.string(platform) })) }
        members += [
            ("Env", { $0.array(image.environment) { $0.string($1) } }),
            ("Entrypoint", { $0.array(image.entrypoint) { $0.string($1) } }),
            ("User", { $0.string(image.user) }),
            ("WorkingDir", { $0.string(image.workingDirectory) }),
        ]
        writer.object(members)
    }
}
