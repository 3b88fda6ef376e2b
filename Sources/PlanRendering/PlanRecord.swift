import EnvdLanguage
import LLB

/// A plan as plain data: what `envd plan --format json` prints, and what a test gets as a value.
/// `Tests/Specs/plan/plan-output.schema.json` describes it.
///
/// A member that is `absent` is left out in JSON and `None` in a test.
package indirect enum PlanRecord: Sendable {
    case absent
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([PlanRecord])
    /// Members with names of ours.
    case members([(String, PlanRecord)])
    /// Members with names of the user's.
    case map([(String, PlanRecord)])

    package static func texts(_ texts: [String]) -> PlanRecord { .list(texts.map(PlanRecord.text)) }
}

extension PlanRecord {
    /// Counts up when a member goes away or means something else; new members do not change it.
    package static let version = 1

    /// - Parameter program: what was planned: `FILE:FUNCTION`, or the name of a function.
    package init(_ plan: Plan, _ request: PlanRequest, program: String) {
        let steps = plan.steps
        let levels = StepGraph(steps).levels
        self = .members([
            ("version", .number(PlanRecord.version)),
            ("program", .text(program)),
            ("builder", .text(request.builder.rawValue)),
            ("platform", .text("\(request.platform.operatingSystem)/\(request.platform.architecture)")),
            ("steps", .list(zip(steps, levels).map { PlanRecord($0, level: $1) })),
            ("runtime", PlanRecord(plan.runtime)),
            ("facts", .list(plan.facts.map(PlanRecord.init))),
            ("findings", plan.findings.isEmpty ? .absent : .list(plan.findings.map(PlanRecord.init))),
        ])
    }

    private init(_ finding: PlanFinding) {
        self = .members([
            ("message", .text(finding.message)),
            ("location", finding.location.map { PlanRecord($0) } ?? .absent),
        ])
    }

    // MARK: - Steps

    private init(_ step: PlanStep, level: Int) {
        let common: [(String, PlanRecord)] = [
            ("step", .number(step.number)),
            ("kind", .text(step.kind.rawValue)),
            ("title", .text(step.title)),
            ("name", step.name.isEmpty ? .absent : .text(step.name)),
            ("digest", .text(step.digest.description)),
            ("needs", .list(step.needs.map(PlanRecord.number))),
            ("level", .number(level)),
            ("locations", .list(step.locations.map(PlanRecord.init))),
        ]
        self = .members(common + Self.details(step))
    }

    /// What only some kinds of steps have. In a test every step has all of it, so that nobody has to ask for the kind
    /// first.
    private static func details(_ step: PlanStep) -> [(String, PlanRecord)] {
        var source = PlanRecord.absent
        var attributes = PlanRecord.absent
        var process: [(String, PlanRecord)] = [
            ("command", .absent), ("arguments", .absent), ("environment", .absent), ("workingDirectory", .absent),
            ("user", .absent), ("mounts", .absent), ("secrets", .absent), ("devices", .absent), ("network", .absent),
            ("security", .absent),
        ]
        var actions = PlanRecord.absent
        switch step.operation.body {
        case .source(let body):
            source = .text(body.identifier)
            attributes = .map(body.attributes.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
        case .exec(let exec):
            process = [
                ("command", .text(exec.arguments.joined(separator: " "))),
                ("arguments", .texts(exec.arguments)),
                ("environment", .texts(exec.environment)),
                ("workingDirectory", .text(exec.directory)),
                ("user", .text(exec.user)),
                ("mounts", .list(exec.mounts.map { PlanRecord($0, step: step) })),
                ("secrets", .list(exec.secretVariables.map(PlanRecord.init))),
                ("devices", .texts(exec.devices.map(\.name))),
                ("network", .text("\(exec.network)")),
                ("security", .text("\(exec.security)")),
            ]
        case .file(let body): actions = .list(body.map { PlanRecord($0, step: step) })
        case .build, .merge, .diff, nil: break
        }
        return [("source", source), ("attributes", attributes)] + process + [("actions", actions)]
    }

    private init(_ mount: Operation.Mount, step: PlanStep) {
        var members: [(String, PlanRecord)] = [("target", .text(mount.destination))]
        var (cacheID, sharing, size) = (PlanRecord.absent, PlanRecord.absent, PlanRecord.absent)
        var id = PlanRecord.absent
        switch mount.kind {
        case .bind: members.append(("type", .text("bind")))
        case .tmpfs(let bytes):
            members.append(("type", .text("tmpfs")))
            size = .number(bytes)
        case .cache(let id, let mode):
            members.append(("type", .text("cache")))
            cacheID = .text(id)
            sharing = .text("\(mode)")
        case .secret(let agent):
            members.append(("type", .text("secret")))
            id = .text(agent.id)
        case .ssh(let agent):
            members.append(("type", .text("ssh")))
            id = .text(agent.id)
        }
        members += [
            ("step", Self.number(StepDescription.input(mount.input, of: step))),
            ("path", mount.selector.isEmpty ? .absent : .text(mount.selector)),
            ("readonly", .flag(mount.isReadonly)), ("cacheID", cacheID), ("sharing", sharing), ("size", size),
            ("id", id),
        ]
        self = .members(members)
    }

    private init(_ variable: Operation.SecretVariable) {
        self = .members([("id", .text(variable.id)), ("name", .text(variable.name))])
    }

    private init(_ action: Operation.FileAction, step: PlanStep) {
        var (kind, path, source, from) = ("", "", PlanRecord.absent, PlanRecord.absent)
        var (mode, content, owner): (String?, PlanRecord, Operation.Owner?) = (nil, .absent, nil)
        switch action.kind {
        case .copy(let copy):
            (kind, path, source, owner) = ("copy", copy.destination, .text(copy.source), copy.owner)
            from = Self.number(StepDescription.input(action.secondaryInput, of: step))
            mode = StepDescription.mode(copy)
        case .makeFile(let file):
            (kind, path, mode, owner) = ("file", file.path, StepDescription.octal(file.mode), file.owner)
            content = .text(String(decoding: file.data, as: UTF8.self))
        case .makeDirectory(let directory):
            (kind, path, mode, owner) = ("dir", directory.path, StepDescription.octal(directory.mode), directory.owner)
        case .makeSymlink(let link):
            (kind, path, source, owner) = ("symlink", link.path, .text(link.target), link.owner)
        case .remove(let removal): (kind, path) = ("remove", removal.path)
        }
        self = .members([
            ("kind", .text(kind)), ("path", .text(path)), ("source", source), ("from", from),
            ("mode", mode.map(PlanRecord.text) ?? .absent), ("content", content),
            (
                "owner",
                owner.map { .text("\(StepDescription.name($0.user)):\(StepDescription.name($0.group))") } ?? .absent
            ),
        ])
    }

    private static func number(_ number: Int?) -> PlanRecord {
        number.map(PlanRecord.number) ?? .absent
    }

    private init(_ location: SourceLocation) {
        let stack = location.stack.map { call in
            PlanRecord.members(Self.place(call) + [("function", .text(call.function))])
        }
        self = .members(Self.place(location) + [("stack", .list(stack))])
    }

    private static func place(_ location: SourceLocation) -> [(String, PlanRecord)] {
        [
            ("file", .text(location.file)), ("line", .number(location.line)), ("column", .number(location.column)),
            ("start", .number(location.range.lowerBound)), ("end", .number(location.range.upperBound)),
        ]
    }

    // MARK: - The running environment

    private init(_ runtime: RuntimeSettings) {
        let ports = runtime.exposedPorts.map { port in
            PlanRecord.members([
                ("port", .number(port.environmentPort)), ("hostPort", .number(port.hostPort)),
                ("service", .text(port.service)), ("listenAddress", .text(port.listenAddress)),
            ])
        }
        let mounts = runtime.mounts.map { mount in
            PlanRecord.members([("source", .text(mount.source)), ("target", .text(mount.target))])
        }
        let repository = runtime.repository.map { repository in
            PlanRecord.members([("url", .text(repository.url)), ("description", .text(repository.description))])
        }
        self = .members([
            ("image", .text(runtime.image)),
            ("development", .flag(runtime.isDevelopment)),
            ("user", .text(runtime.user)),
            ("workingDirectory", .text(runtime.workingDirectory)),
            ("entrypoint", .texts(runtime.entrypoint)),
            ("environment", .texts(runtime.environment)),
            ("shell", .text(runtime.shell)),
            ("daemons", .list(runtime.daemons.map(PlanRecord.texts))),
            ("init", .list(runtime.initScripts.map(PlanRecord.texts))),
            ("commands", .map(runtime.commands.map { ($0.name, .text($0.text)) })),
            ("ports", .list(ports)),
            ("mounts", .list(mounts)),
            ("gpus", .number(runtime.gpuCount)),
            ("sharedMemoryMegabytes", .number(runtime.sharedMemory)),
            ("jupyterHostPort", runtime.jupyterPort.map(PlanRecord.number) ?? .absent),
            ("repository", repository ?? .absent),
        ])
    }

    // MARK: - Facts

    private init(_ fact: UsedFact) {
        var (file, assumed) = (PlanRecord.absent, PlanRecord.absent)
        switch fact.origin {
        case .file(let name): file = .text(name)
        case .assumed(let reason): assumed = .text(reason)
        }
        self = .members([
            ("kind", .text(fact.subject.kind)), ("name", .text(fact.subject.name)), ("file", file),
            ("assumed", assumed),
        ])
    }
}
