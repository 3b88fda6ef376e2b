#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import EnvdLanguage
import EnvdSyntax

/// Brings the envd files of a git repository at one commit into the user's cache, by running git.
///
/// Nothing of the repository is run, and git checks nothing out: the files are read from its database of objects, so
/// that hooks, filters, links and submodules play no part.
struct GitRemote: Sendable {
    let cache: RepositoryCache
    let timeout: Double

    private static let maximumFiles = 1_000
    private static let maximumTotalSize = 64 << 20
    private static let maximumListingSize = 32 << 20
    /// Of any file that git writes, in KiB.
    private static let maximumPackSize = 1 << 20

    /// - Parameter commit: the one to fetch; nil for what the repository's default branch is at.
    /// - Returns: the commit whose files are in the cache now.
    func fetch(_ address: String, commit: String?) async throws -> String {
        let url = try GitURL(address)
        if let commit, cache.folder(of: commit) != nil { return commit }
        let workplace = try Workplace(in: cache)
        defer { workplace.remove() }
        let git = Git(url: url, database: workplace.path + "/git", timeout: timeout)
        try await git.initialize()
        let found: String
        if let commit {
            try await git.fetch(commit)
            found = commit
        } else {
            found = try await git.fetchDefaultBranch()
        }
        if cache.folder(of: found) != nil { return found }
        try await write(git.files(at: found), from: git, to: workplace.path + "/content")
        try workplace.move("content", to: cache.place(of: found))
        return found
    }

    private func write(_ files: [Git.File], from git: Git, to folder: String) async throws {
        guard files.count <= GitRemote.maximumFiles else { throw FetchError("it has \(files.count) envd files") }
        let total = files.reduce(0) { $0 + $1.size }
        guard total <= GitRemote.maximumTotalSize, files.allSatisfy({ $0.size <= SyntaxLimits.fileSize }) else {
            throw FetchError("its envd files are too large")
        }
        let contents = try await git.contents(files)
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (file, content) in zip(files, contents) {
                let path = "\(folder)/\(file.path)"
                if let slash = path.lastIndex(of: "/") {
                    try manager.createDirectory(atPath: String(path[..<slash]), withIntermediateDirectories: true)
                }
                try Data(content).write(to: URL(fileURLWithPath: path))
            }
        } catch {
            throw FetchError("its files cannot be written to '\(folder)'")
        }
    }

    /// git itself, with one repository of its own to fetch into.
    private struct Git: Sendable {
        let url: GitURL
        let database: String
        let timeout: Double
        private let programs: ProgramRunner

        private static let wanted = "refs/envd/wanted"

        struct File: Sendable {
            let path: String
            let object: String
            let size: Int
        }

        init(url: GitURL, database: String, timeout: Double) {
            self.url = url
            self.database = database
            self.timeout = timeout
            var environment: [String: String?] = [
                "GIT_ALLOW_PROTOCOL": url.transport, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true",
                "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never", "GIT_LFS_SKIP_SMUDGE": "1",
                "GIT_NO_REPLACE_OBJECTS": "1", "GIT_ATTR_NOSYSTEM": "1", "LC_ALL": "C",
            ]
            // Set while git runs a hook, and about another repository then.
            for name in [
                "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
                "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
            ] {
                environment.updateValue(nil, forKey: name)
            }
            if getenv("GIT_SSH_COMMAND") == nil, getenv("GIT_SSH") == nil {
                environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes"
            }
            programs = ProgramRunner(environment: environment)
        }

        func initialize() async throws {
            // No template: it could bring hooks.
            _ = try await run(["init", "--quiet", "--bare", "--template=", database], limit: 64 << 10)
        }

        func fetchDefaultBranch() async throws -> String {
            try await fetch(refspec: "+HEAD:\(Git.wanted)", depth: 1)
            let output = try await run(inDatabase: ["rev-parse", "--verify", "\(Git.wanted)^{commit}"], limit: 4 << 10)
            let commit = output.text.filter { !$0.isNewline }
            guard RepositoryCache.isCommit(commit) else { throw FetchError("git names no commit of \(url.text)") }
            return commit
        }

        func fetch(_ commit: String) async throws {
            do {
                try await fetch(refspec: "+\(commit):\(Git.wanted)", depth: 1)
            } catch let refused as FetchError where refused.kind == .failure {
                // Not every server hands out what is no branch's end; then the whole history has to come.
                try await fetch(refspec: "+HEAD:\(Git.wanted)", depth: nil)
                let known = try await attempt(inDatabase: ["cat-file", "-e", "\(commit)^{commit}"])
                guard known else { throw FetchError(.missing, "\(url.text) has no commit \(commit)") }
            }
        }

        private func fetch(refspec: String, depth: Int?) async throws {
            let options = [
                "--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--no-write-fetch-head",
            ]
            let shallow = depth.map { ["--depth=\($0)"] } ?? []
            _ = try await run(
                inDatabase: ["fetch"] + options + shallow + ["--end-of-options", url.text, refspec], limit: 64 << 10)
        }

        /// The envd files of a commit that are plain files.
        func files(at commit: String) async throws -> [File] {
            let listing = try await run(
                inDatabase: ["ls-tree", "-r", "-z", "-l", "--full-tree", commit],
                limit: GitRemote.maximumListingSize)
            return try listing.text.split(separator: "\0").compactMap { line throws -> File? in
                // MODE TYPE OBJECT SIZE<tab>PATH
                guard let tab = line.firstIndex(of: "\t") else { return nil }
                let path = String(line[line.index(after: tab)...])
                let fields = line[..<tab].split(separator: " ", omittingEmptySubsequences: true)
                guard fields.count == 4, fields[0].hasPrefix("100"), path.hasSuffix(".envd"), let size = Int(fields[3])
                else { return nil }
                let parts = path.split(separator: "/", omittingEmptySubsequences: false)
                guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.lowercased() == ".git" })
                else { throw FetchError("\(url.text) has a file '\(path.prefix(200))', which leads out of it") }
                return File(path: path, object: String(fields[2]), size: size)
            }
        }

        /// The contents of files, in their order.
        func contents(_ files: [File]) async throws -> [ArraySlice<UInt8>] {
            let names = files.map { $0.object + "\n" }.joined()
            let limit = files.reduce(1 << 16) { $0 + $1.size + 128 }
            let output = try await run(inDatabase: ["cat-file", "--batch"], input: names, limit: limit)
            var rest = output.bytes[...]
            return try files.map { file throws in
                // OBJECT TYPE SIZE, the content, and a newline.
                guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw FetchError("git was cut short") }
                let header = String(decoding: rest[..<end], as: UTF8.self)
                rest = rest[(end + 1)...]
                guard header == "\(file.object) blob \(file.size)", rest.count > file.size else {
                    throw FetchError("git did not print '\(file.path)'")
                }
                let content = rest.prefix(file.size)
                rest = rest.dropFirst(file.size + 1)
                return content
            }
        }

        // MARK: - Running it

        private func run(
            inDatabase arguments: [String], input: String = "", limit: Int
        ) async throws -> (text: String, bytes: [UInt8]) {
            try await run(["--git-dir=\(database)"] + arguments, input: input, limit: limit)
        }

        private func attempt(inDatabase arguments: [String]) async throws -> Bool {
            try await start(["--git-dir=\(database)"] + arguments, input: "", limit: 64 << 10).isSuccess
        }

        private func run(
            _ arguments: [String], input: String = "", limit: Int
        ) async throws -> (text: String, bytes: [UInt8]) {
            let result = try await start(arguments, input: input, limit: limit)
            guard result.isSuccess else { throw failure(result.errors) }
            return (result.output, result.bytes)
        }

        private func start(_ arguments: [String], input: String, limit: Int) async throws -> ProgramRunner.Result {
            let settings = [
                "core.hooksPath=/dev/null", "core.fsmonitor=false", "gc.auto=0", "maintenance.auto=false",
                "fetch.writeCommitGraph=false", "advice.detachedHead=false",
            ]
            // The shell only sets the limit on the size of files, which git inherits.
            let script = "ulimit -f \(GitRemote.maximumPackSize * 2) && exec git \"$@\""
            return try await programs.run(
                "sh", ["-c", script, "sh"] + settings.flatMap { ["-c", $0] } + arguments, input: input, limit: limit,
                seconds: timeout)
        }

        /// What git complained about last, in one line.
        private func failure(_ errors: String) -> FetchError {
            let lines = errors.split(whereSeparator: \.isNewline).map(String.init)
            let line =
                lines.last { $0.hasPrefix("fatal:") || $0.hasPrefix("error:") } ?? lines.last ?? "no reason given"
            if line.contains("not found") && line.contains("repository") {
                return FetchError(.missing, "git cannot fetch \(url.text): \(line.prefix(300))")
            }
            let wantsLogin = ["terminal prompts disabled", "Authentication failed", "Permission denied"]
                .contains { errors.contains($0) }
            return FetchError(
                "git cannot fetch \(url.text): \(line.prefix(300))",
                advice: wantsLogin ? "it is private or does not exist; try 'git ls-remote \(url.text)'" : "")
        }
    }
}

/// A folder in the cache to prepare a library in, which moves to its place when it is whole.
private struct Workplace {
    let path: String
    private let cache: RepositoryCache

    private static let prefix = ".new-"

    init(in cache: RepositoryCache) throws(FetchError) {
        self.cache = cache
        path = "\(cache.path)/\(Workplace.prefix)\(getpid())-\(UInt32.random(in: .min ... .max))"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FetchError("cannot make the folder '\(path)'")
        }
        removeAbandoned()
    }

    /// Removes what processes left behind that were ended in the middle.
    private func removeAbandoned() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.path)) ?? []
        for name in names where name.hasPrefix(Workplace.prefix) {
            let digits = name.dropFirst(Workplace.prefix.count).prefix { $0 != "-" }
            guard let owner = pid_t(digits), owner > 0, kill(owner, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: "\(cache.path)/\(name)")
        }
    }

    func move(_ name: String, to place: String) throws(FetchError) {
        guard rename("\(path)/\(name)", place) != 0 else { return }
        // Somebody else was faster, with the same content.
        if access(place, F_OK) == 0 { return }
        throw FetchError("cannot make the folder '\(place)'")
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
