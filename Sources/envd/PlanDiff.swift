import EnvdLanguage
import LLB

/// `envd plan --diff OTHER`: both plans, each with what its files hold.
struct PlanDiff {
    let request: PlanRequest
    let plan: Plan
    let difference: PlanDifference
    let other: Other

    /// What the plan is compared with.
    enum Other {
        case directory(String)
        case file(String)
        case savedPlan(String)
        case revision(String, commit: String)

        /// As the user called it.
        var name: String {
            switch self {
            case .directory(let name), .file(let name), .savedPlan(let name), .revision(let name, _): name
            }
        }
    }

    /// - Parameter argument: the name of a directory or a file, if there is one, else a revision.
    init(_ argument: String, _ options: PlanOptions, directory: String) throws {
        let request = try options.request(directory: directory)
        let path = Path(argument: argument)
        let before: (request: PlanRequest, files: any FileTree)?
        var saved: PlanSnapshot?
        switch path.status() {
        case let status? where status.isDirectory:
            other = .directory(path.displayName)
            let folder = try PlanDiff.reading { () throws(ProjectDirectory.ReadError) in
                try ProjectDirectory(argument)
            }
            before = (
                try options.request(like: request, in: folder.inPlace(of: request.project)), DiskTree(folder.path)
            )
        case .some:
            let bytes = try path.read()
            if bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") {
                other = .savedPlan(path.displayName)
                saved = try PlanDiff.snapshot(savedIn: bytes, path)
                before = nil
            } else {
                other = .file(path.displayName)
                before = (
                    try PlanDiff.request(like: request, for: path), DiskTree(request.project.path)
                )
            }
        case nil:
            let (commit, tree) = try PlanDiff.tree(of: argument, request.project)
            other = .revision(argument, commit: commit)
            let project = ProjectDirectory(
                tree, inPlaceOf: request.project, displayPrefix: "\(path.displayName):\(request.project.displayPrefix)")
            before = (try options.request(like: request, in: project), tree)
        }

        plan = try makePlan(request)
        self.request = request
        let (plan, name) = (plan, other.name)
        difference = try PlanDiff.reading { () throws(ProjectDirectory.ReadError) in
            let files = DiskTree(request.project.path, comparedWith: before?.files)
            let new = try PlanSnapshot(plan, facts: request.facts, files: files)
            guard let before else { return PlanDifference(from: saved ?? new, to: new) }
            let old = try PlanSnapshot(
                PlanDiff.formerPlan(before.request, name), facts: before.request.facts, files: before.files)
            return PlanDifference(from: old, to: new)
        }
    }

    // MARK: - The other side

    /// A plan that cannot be made leaves nothing to compare with, so that it is no finding in the user's program.
    private static func formerPlan(
        _ request: PlanRequest, _ name: String
    ) throws(ProjectDirectory.ReadError) -> Plan {
        do {
            return try Planner(request).plan()
        } catch {
            let place = error.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
            throw .init(description: "there is no plan to compare with in '\(name)': \(place)\(error.message)")
        }
    }

    private static func tree(of revision: String, _ project: ProjectDirectory) throws -> (String, GitTree) {
        try reading { () throws(ProjectDirectory.ReadError) in
            let name = Path(argument: revision).displayName
            let repository: GitRepository
            do {
                repository = try GitRepository(containing: project.path)
            } catch {
                throw .init(
                    description: "cannot compare with '\(name)': there is no such file, and as for revisions, \(error)")
            }
            guard let commit = try repository.commit(revision) else {
                throw .init(description: "cannot compare with '\(name)': it is no file, no directory and no revision")
            }
            guard let tree = try GitTree(repository, commit: commit, checkedOutAt: project.path) else {
                throw .init(description: "cannot compare with '\(name)': the directory is not in that revision")
            }
            return (commit, tree)
        }
    }

    /// The same for another program of the project.
    private static func request(like request: PlanRequest, for path: Path) throws -> PlanRequest {
        let root = Array(request.project.path.utf8)
        guard let resolved = path.resolved?.bytes, resolved.starts(with: root + [UInt8(ascii: "/")]) else {
            throw CommandFailure(
                "cannot compare with '\(path.displayName)': it is not in the directory of the program;"
                    + " compare with the directory that it is in")
        }
        var request = request
        request.file = String(decoding: resolved[(root.count + 1)...], as: UTF8.self)
        return request
    }

    private static func snapshot(savedIn bytes: [UInt8], _ path: Path) throws -> PlanSnapshot {
        do {
            return try PlanSnapshot(savedIn: bytes)
        } catch {
            throw CommandFailure("cannot compare with '\(path.displayName)': \(error)")
        }
    }

    static func reading<Result>(
        _ body: () throws(ProjectDirectory.ReadError) -> Result
    ) throws(CommandFailure) -> Result {
        do {
            return try body()
        } catch {
            throw CommandFailure(error.description)
        }
    }
}

extension PlanDiff {
    /// What a saved plan says for a later `--diff`.
    static func record(of plan: Plan, _ request: PlanRequest) throws -> PlanRecord {
        PlanRecord(
            try reading { () throws(ProjectDirectory.ReadError) in
                try PlanSnapshot(plan, facts: request.facts, files: DiskTree(request.project.path))
            })
    }
}

extension PlanCommand {
    /// Prints what would be rebuilt; that something would is a finding.
    func printDifference(from other: String) throws {
        guard format == .text || format == .json else {
            throw CommandFailure(
                "a difference is printed as text or json, not as \(format.rawValue) (see 'envd --help')")
        }
        let diff = try PlanDiff(other, options, directory: directory)
        let text = PlanDiffText(diff)
        var output = StandardOutput()
        output.write(format == .json ? PlanJSON(PlanRecord(diff, summary: text.summary)).text + "\n" : text.text)
        try output.flush()
        if !diff.difference.isEmpty { throw ExitStatus.findings }
    }
}
