import EnvdLanguage
import PlanRendering

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
        try self.init(argument, options.request(directory: directory), options) { try makePlan($0) }
    }

    /// - Parameters:
    ///   - request: of the plan as it now is.
    ///   - options: for the other plan.
    init(_ argument: String, _ request: PlanRequest, _ options: PlanOptions, plan make: (PlanRequest) throws -> Plan)
        throws
    {
        let (other, former) = try PlanDiff.former(argument, request, options)
        let plan = try make(request)
        self.request = request
        self.plan = plan
        self.other = other
        difference = try PlanDiff.reading { () throws(ProjectDirectory.ReadError) in
            switch former {
            case .saved(let snapshot): try PlanDifference(plan, request, since: snapshot)
            case .planned(let former, let files):
                try PlanDifference(plan, request, since: former, files, named: other.name)
            }
        }
    }

    // MARK: - The other side

    private enum Former {
        case saved(PlanSnapshot)
        case planned(PlanRequest, any FileTree)
    }

    private static func former(
        _ argument: String, _ request: PlanRequest, _ options: PlanOptions
    ) throws -> (Other, Former) {
        let path = Path(argument: argument)
        let name = path.displayName
        guard let status = path.status() else {
            let (commit, tree) = try tree(of: argument, request.project, name)
            let project = ProjectDirectory(
                tree, inPlaceOf: request.project, displayPrefix: "\(name):\(request.project.displayPrefix)")
            let former = try options.request(like: request, in: project)
            return (.revision(argument, commit: commit), .planned(former, tree))
        }
        if status.isDirectory {
            let folder = try reading { () throws(ProjectDirectory.ReadError) in try ProjectDirectory(argument) }
            let former = try options.request(like: request, in: folder.inPlace(of: request.project))
            return (.directory(name), .planned(former, DiskTree(folder.path)))
        }
        let bytes = try path.read()
        if bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") {
            return (.savedPlan(name), .saved(try snapshot(savedIn: bytes, path)))
        }
        let former = try self.request(like: request, for: path)
        return (.file(name), .planned(former, DiskTree(request.project.path)))
    }

    private static func tree(
        of revision: String, _ project: ProjectDirectory, _ name: String
    ) throws(CommandFailure) -> (String, GitTree) {
        do {
            return try GitTree.files(of: project, in: revision)
        } catch {
            throw CommandFailure(
                "cannot compare with '\(name)': it is no file and no directory, and as for git, \(error)")
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
        let isColored = isForStandardOutput && StandardOutput.wantsColor
        let style = TerminalStyle(isColored: format == .text && isColored)
        let text = PlanDiffText(diff, style: style, isFull: full)
        let json = { PlanJSON(PlanRecord(diff, summary: text.summary)).text + "\n" }
        try write(Array((format == .json ? json() : text.text).utf8))
        if !diff.difference.isEmpty { throw ExitStatus.findings }
    }
}
