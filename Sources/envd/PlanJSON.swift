import EnvdLanguage
import LLB

/// A plan for programs: the same as `PlanText`, with nothing shortened.
struct PlanJSON {
    private let plan: Plan
    private let request: PlanRequest
    private typealias Member = (String, (inout JSONWriter) -> Void)

    init(_ plan: Plan, _ request: PlanRequest) {
        self.plan = plan
        self.request = request
    }

    var text: String {
        var writer = JSONWriter()
        writer.object([
            ("program", { $0.string("\(request.project.displayPrefix)\(request.file):\(request.function)") }),
            ("builder", { $0.string(request.builder.rawValue) }),
            ("steps", { $0.array(plan.steps) { $0.object(members(of: $1)) } }),
            ("runtime", { $0.object(runtimeMembers) }),
            ("facts", { $0.array(plan.facts) { $0.object(members(of: $1)) } }),
        ])
        return writer.text
    }

    private func members(of step: PlanStep) -> [Member] {
        var members: [Member] = [
            ("step", { $0.number(step.number) }),
            ("kind", { $0.string(step.kind.rawValue) }),
            ("title", { $0.string(step.title) }),
            ("digest", { $0.string(step.digest.description) }),
            ("needs", { $0.array(step.needs) { $0.number($1) } }),
        ]
        if !step.locations.isEmpty {
            members.append(
                (
                    "locations",
                    { writer in
                        writer.array(step.locations) { writer, location in
                            writer.object([
                                ("file", { $0.string(location.file) }),
                                ("line", { $0.number(location.line) }),
                                ("column", { $0.number(location.column) }),
                                ("start", { $0.number(location.range.lowerBound) }),
                                ("end", { $0.number(location.range.upperBound) }),
                            ])
                        }
                    }
                ))
        }
        return members
    }

    private var runtimeMembers: [Member] {
        let runtime = plan.runtime
        func texts(_ list: [String]) -> (inout JSONWriter) -> Void {
            { $0.array(list) { $0.string($1) } }
        }
        func lists(_ list: [[String]]) -> (inout JSONWriter) -> Void {
            { $0.array(list) { writer, words in writer.array(words) { $0.string($1) } } }
        }
        var members: [Member] = [
            ("image", { $0.string(runtime.image) }),
            ("user", { $0.string(runtime.user) }),
            ("workingDirectory", { $0.string(runtime.workingDirectory) }),
            ("entrypoint", texts(runtime.entrypoint)),
            ("environment", texts(runtime.environment)),
            ("shell", { $0.string(runtime.shell) }),
            ("daemons", lists(runtime.daemons)),
            ("init", lists(runtime.initScripts)),
            (
                "commands",
                { $0.object(runtime.commands.map { command in (command.name, { $0.string(command.text) }) }) }
            ),
            (
                "ports",
                { writer in
                    writer.array(runtime.exposedPorts) { writer, port in
                        writer.object([
                            ("port", { $0.number(port.environmentPort) }),
                            ("hostPort", { $0.number(port.hostPort) }),
                            ("service", { $0.string(port.service) }),
                            ("listenAddress", { $0.string(port.listenAddress) }),
                        ])
                    }
                }
            ),
            (
                "mounts",
                { writer in
                    writer.array(runtime.mounts) { writer, mount in
                        writer.object([
                            ("source", { $0.string(mount.source) }), ("target", { $0.string(mount.target) }),
                        ])
                    }
                }
            ),
            ("gpus", { $0.number(runtime.gpuCount) }),
            ("sharedMemoryMegabytes", { $0.number(runtime.sharedMemory) }),
        ]
        if let port = runtime.jupyterPort { members.append(("jupyterHostPort", { $0.number(port) })) }
        if let repository = runtime.repository {
            members.append(
                (
                    "repository",
                    {
                        $0.object([
                            ("url", { $0.string(repository.url) }),
                            ("description", { $0.string(repository.description) }),
                        ])
                    }
                ))
        }
        return members
    }

    private func members(of fact: UsedFact) -> [Member] {
        let origin: Member =
            switch fact.origin {
            case .file(let name): ("file", { $0.string(name) })
            case .assumed(let reason): ("assumed", { $0.string(reason) })
            }
        return [("kind", { $0.string(fact.subject.kind) }), ("name", { $0.string(fact.subject.name) }), origin]
    }
}
