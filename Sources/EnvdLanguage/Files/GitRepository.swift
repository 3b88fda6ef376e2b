#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The git repository that a directory is in, asked through `git`.
///
/// Only commands that read objects are run. Neither the work tree nor the index is touched, no hook or filter is run, and
/// nothing is fetched, whatever the configuration of the repository says: it may have come with the repository.
package struct GitRepository: Sendable {
    /// Absolute.
    private let directory: String
    /// Of the directory within the repository, with a slash at the end; empty for its top.
    let prefix: String

    /// - Throws: if the directory is in no work tree.
    package init(containing directory: String) throws(ProjectDirectory.ReadError) {
        self.directory = directory
        let answer = try GitRepository.run(["rev-parse", "--is-inside-work-tree", "--show-prefix"], in: directory)
        guard answer.status == 0 else {
            if answer.complaint.contains("not a git repository") {
                throw .init(description: "'\(directory)' is in no git repository")
            }
            throw .init(description: "git: \(GitRepository.reason(answer))")
        }
        let lines = answer.text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.first == "true", lines.count == 2 else {
            throw .init(description: "'\(directory)' is in no work tree of a git repository")
        }
        prefix = String(lines[1].hasSuffix("\n") ? lines[1].dropLast() : lines[1])
    }

    /// The full name of the commit that a revision leads to; nil if there is no such revision.
    package func commit(_ revision: String) throws(ProjectDirectory.ReadError) -> String? {
        guard !revision.isEmpty else { return nil }
        let answer = try run(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        let name = answer.text.split(separator: "\n").last.map(String.init) ?? ""
        return answer.status == 0 && GitObjectFormat(nameLength: name.utf8.count) != nil ? name : nil
    }

    struct TreeEntry {
        let path: TreePath
        /// Git's six octal digits.
        let mode: String
        let object: String
    }

    /// What a commit holds below the directory; nil if the directory is not in it.
    func files(in commit: String) throws(ProjectDirectory.ReadError) -> [TreeEntry]? {
        let tree = prefix.isEmpty ? commit + "^{tree}" : "\(commit):\(prefix.dropLast())"
        let known = try run(["rev-parse", "--verify", "--quiet", "--end-of-options", tree])
        guard known.status == 0, let object = known.text.split(separator: "\n").last else { return nil }
        let answer = try run(["ls-tree", "-r", "-t", "-z", "--full-tree", String(object)])
        guard answer.status == 0 else { throw .init(description: "git ls-tree: \(GitRepository.reason(answer))") }
        var entries: [TreeEntry] = []
        // MODE SP TYPE SP OBJECT TAB PATH NUL
        for record in answer.output.split(separator: 0) {
            guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
            let fields = record[..<tab].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 3 else { continue }
            entries.append(
                TreeEntry(path: TreePath(bytes: Array(record[(tab + 1)...])), mode: fields[0], object: fields[2]))
        }
        return entries
    }

    /// The content of a blob as it is stored: no filter, no conversion of line ends.
    func blob(_ object: String) throws(ProjectDirectory.ReadError) -> [UInt8] {
        let answer = try run(["cat-file", "blob", object])
        guard answer.status == 0 else { throw .init(description: "git cat-file: \(GitRepository.reason(answer))") }
        return answer.output
    }

    /// The attributes that a commit holds in the directories that the directory is in.
    func attributesAbove(in commit: String) -> [[UInt8]?] {
        let folders = prefix.split(separator: "/")
        return folders.indices.map { depth in
            let path = (folders[..<depth] + [".gitattributes"]).joined(separator: "/")
            return try? blob("\(commit):\(path)")
        }
    }

    /// Of an object, in bytes; nil if that is not known.
    func size(of object: String) throws(ProjectDirectory.ReadError) -> Int? {
        let answer = try run(["cat-file", "-s", object])
        return Int(answer.text.filter { $0 != "\n" })
    }

    // MARK: - Running git

    private struct Answer {
        let status: Int32
        let output: [UInt8]
        let complaint: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    private static let maximumSeconds = 30
    private static let maximumOutput = 256 << 20

    private func run(_ arguments: [String]) throws(ProjectDirectory.ReadError) -> Answer {
        try GitRepository.run(arguments, in: directory)
    }

    private static func run(_ arguments: [String], in directory: String) throws(ProjectDirectory.ReadError) -> Answer {
        let safety = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]
        do throws(ChildProcess.Failure) {
            let process = try ChildProcess(
                ["git", "-C", directory] + safety + arguments, environment: environment, seconds: maximumSeconds,
                limit: maximumOutput)
            return Answer(status: process.status, output: process.output, complaint: process.complaint)
        } catch {
            switch error {
            case .notFound: throw .init(description: "cannot read a revision: there is no git on the PATH")
            case .cannotStart(let code):
                throw .init(description: "cannot run git: \(String(cString: strerror(code)))")
            case .timedOut: throw .init(description: "git gave no answer within \(maximumSeconds) seconds")
            case .tooMuchOutput: throw .init(description: "git: more than \(maximumOutput >> 20) MiB")
            }
        }
    }

    /// The user's environment, the settings of the system and of the user among it, because those say which
    /// repositories of other owners are trusted. What would lead git to another repository, as it is set within hooks,
    /// goes; a partial clone must not fetch what it lacks, since the repository says by which program.
    private static var environment: [String] {
        let left = [
            "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE",
            "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_NAMESPACE",
            "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE",
            "GIT_WORK_TREE",
        ]
        let set = [
            "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
        ]
        var variables = set.map { "\($0.key)=\($0.value)" }.sorted()
        for (name, value) in ProcessInfo.processInfo.environment where !left.contains(name) && set[name] == nil {
            variables.append("\(name)=\(value)")
        }
        return variables
    }

    private static func reason(_ answer: Answer) -> String {
        let line = answer.complaint.split(separator: "\n").first.map(String.init) ?? "exit status \(answer.status)"
        let bare = line.hasPrefix("fatal: ") ? String(line.dropFirst(7)) : line
        return String(bare.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
    }
}

extension GitObjectFormat {
    init?(nameLength: Int) {
        switch nameLength {
        case 40: self = .sha1
        case 64: self = .sha256
        default: return nil
        }
    }
}
