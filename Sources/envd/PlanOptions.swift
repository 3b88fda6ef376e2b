import ArgumentParser
import EnvdLanguage
import EnvdSyntax
import LLB

/// What `plan` and `debug llb` take besides the directory.
struct PlanOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The program and the function in it, with 'build.envd' and 'build' for what is left out.",
            valueName: "file:function"))
    var from: String = "build.envd:build"

    @Option(help: "What will build the graph; only 'docker-container' merges file systems.")
    var builder = BuilderOption.mobyWorker

    @Option(
        help: ArgumentHelp(
            "Who owns the files in the environment, whatever the program says.", valueName: "uid:gid"))
    var owner: String?

    @Option(help: ArgumentHelp("The key that opens a development environment.", valueName: "file"))
    var publicKey: String?

    @Option(help: ArgumentHelp("A table of facts about images and releases, asked first.", valueName: "file"))
    var lock: String?

    enum BuilderOption: String, Choice {
        case mobyWorker = "moby-worker"
        case dockerContainer = "docker-container"

        var builder: PlanRequest.Builder {
            switch self {
            case .mobyWorker: .mobyWorker
            case .dockerContainer: .dockerContainer
            }
        }
    }

    /// The request for a directory, with all the files that it needs read.
    func request(directory: String) throws(CommandFailure) -> PlanRequest {
        var request = PlanRequest(
            project: try failing { () throws(ProjectDirectory.ReadError) in
                try ProjectDirectory(directory)
            })
        try request.setProgram(from)
        request.builder = builder.builder
        if let owner {
            guard let parsed = PlanRequest.Owner(owner) else {
                throw CommandFailure("'\(owner)' is not of the form UID:GID (see 'envd --help')")
            }
            request.owner = parsed
        }
        request.currentOwner = PlanRequest.Owner(user: getuid(), group: getgid())
        request.platform = .host
        request.publicKey = try readPublicKey()
        request.facts = try factSources(projectLock: projectLock(in: request.project))
        return request
    }

    /// The same request for another state of the project, with the facts that were locked there.
    func request(like request: PlanRequest, in project: ProjectDirectory) throws(CommandFailure) -> PlanRequest {
        var other = request
        other.project = project
        let locked = try PlanDiff.reading { () throws(ProjectDirectory.ReadError) in try project.read("envd.lock") }
        other.facts = try factSources(
            projectLock: locked.map { bytes throws(CommandFailure) in
                try factSource(bytes, named: project.displayPrefix + "envd.lock")
            })
        return other
    }

    /// The file that was named, else the key that envd made for this user, if it did.
    private func readPublicKey() throws(CommandFailure) -> String? {
        if let publicKey { return String(decoding: try Path(argument: publicKey).read(), as: UTF8.self) }
        guard let home = environmentVariable("HOME") else { return nil }
        let usual = Path(bytes: "\(home)/.config/envd/id_rsa_envd.pub".utf8)
        return (try? usual.read()).map { String(decoding: $0, as: UTF8.self) }
    }

    private func factSources(projectLock: FactSource?) throws(CommandFailure) -> [FactSource] {
        var sources: [FactSource] = []
        if let lock { sources.append(try factSource(Path(argument: lock))) }
        if let projectLock { sources.append(projectLock) }
        if let cache = UserCache.facts, cache.status() != nil { sources.append(try factSource(cache)) }
        return sources + [.commonImages]
    }

    private func projectLock(in project: ProjectDirectory) throws(CommandFailure) -> FactSource? {
        let path = Path(bytes: "\(project.displayPrefix)envd.lock".utf8)
        return path.status() == nil ? nil : try factSource(path)
    }

    private func factSource(_ path: Path) throws(CommandFailure) -> FactSource {
        try factSource(path.read(), named: path.displayName)
    }

    private func factSource(_ bytes: [UInt8], named name: String) throws(CommandFailure) -> FactSource {
        do {
            return FactSource(file: name, try FactTable(json: bytes), repositories: UserCache.repositories)
        } catch {
            throw CommandFailure("cannot use '\(name)': \(error)")
        }
    }

    private func failing<Result>(
        _ body: () throws(ProjectDirectory.ReadError) -> Result
    ) throws(CommandFailure) -> Result {
        do {
            return try body()
        } catch {
            throw CommandFailure(error.description)
        }
    }
}

extension PlanRequest {
    /// - Parameter text: `FILE:FUNCTION`; what is left out stays as it is.
    mutating func setProgram(_ text: String) throws(CommandFailure) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2 else {
            throw CommandFailure("'\(text)' is not of the form FILE:FUNCTION (see 'envd --help')")
        }
        if let file = parts.first, !file.isEmpty { self.file = file }
        if parts.count == 2, !parts[1].isEmpty { function = parts[1] }
    }
}

extension LLB.Platform {
    /// Upstream plans for the machine that it runs on.
    static var host: Platform {
        #if arch(arm64)
        .linuxARM64
        #else
        .linuxAMD64
        #endif
    }
}

/// Makes a plan, or tells why there is none and ends the command with the exit status that this calls for.
///
/// - Parameter recovers: whether there may be a plan of a program with findings.
func makePlan(_ request: PlanRequest, recovers: Bool = false) throws -> Plan {
    do {
        let plan = try Planner(request, recovers: recovers).plan()
        for line in plan.output { writeToStandardError(line + "\n") }
        report(plan.findings, plan.sources)
        return plan
    } catch {
        throw report(error)
    }
}

/// Tells why there is no plan. Returns how the command ends because of that.
func report(_ error: PlanError) -> any Error {
    for line in error.output { writeToStandardError(line + "\n") }
    report(error.findings, error.sources)
    let place = error.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
    guard error.kind == .program else { return CommandFailure(place + error.message) }
    writeToStandardError(place + error.message + "\n")
    let traceback = Traceback(error.stack, sources: error.sources).text
    if !traceback.isEmpty { writeToStandardError(traceback + "\n") }
    return ExitStatus.findings
}

private func report(_ findings: [PlanFinding], _ sources: [String: SourceFile]) {
    for finding in findings {
        let place = finding.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        writeToStandardError(place + finding.message + "\n")
        // A call in `build` itself is all in the place.
        guard finding.stack.count > 1 else { continue }
        writeToStandardError(Traceback(finding.stack, sources: sources).text + "\n")
    }
}
