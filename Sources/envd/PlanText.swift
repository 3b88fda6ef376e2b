import EnvdLanguage
import LLB
import Terminal

/// A plan for people: the steps with the lines that ask for them, how the environment runs, and what was assumed.
struct PlanText {
    private let plan: Plan
    private let request: PlanRequest
    private let steps: [PlanStep]

    /// Of a title or a call, this many columns are shown.
    private static let maximumWidth = 56

    init(_ plan: Plan, _ request: PlanRequest) {
        self.plan = plan
        self.request = request
        steps = plan.steps
    }

    var text: String {
        ([heading, stepTable, runtime] + (plan.facts.isEmpty ? [] : [facts])).joined(separator: "\n")
    }

    private var heading: String {
        let kind = plan.runtime.isDevelopment ? "a development environment" : "an image"
        return "\(request.project.displayPrefix)\(request.file):\(request.function) builds \(kind) "
            + "in \(steps.count) steps with \(request.builder.rawValue).\n"
    }

    private var stepTable: String {
        var rows = [["step", "needs", "", "what it does", "asked for by"]]
        var previous: SourceLocation?
        for step in steps {
            var cause = ""
            if let location = step.locations.first {
                // The same line again is said once.
                cause =
                    location == previous
                    ? "″" : "\(location.file):\(location.line)  \(PlanText.shortened(plan.call(at: location)))"
            }
            previous = step.locations.first
            let needs = step.needs.map(String.init).joined(separator: " ")
            rows.append([String(step.number), needs, step.kind.rawValue, PlanText.shortened(step.title), cause])
        }
        return PlanText.table(rows, rightAligned: [0])
    }

    private var runtime: String {
        let runtime = plan.runtime
        var rows: [[String]] = [["", "when it runs"]]
        func add(_ name: String, _ text: String) {
            if !text.isEmpty { rows.append([name, PlanText.oneLine(text)]) }
        }
        add("user", runtime.user)
        add("directory", runtime.workingDirectory)
        add("entrypoint", runtime.entrypoint.joined(separator: " "))
        add("shell", runtime.shell)
        for daemon in runtime.daemons { add("daemon", daemon.joined(separator: " ")) }
        for script in runtime.initScripts { add("init", script.joined(separator: "; ")) }
        if let port = runtime.jupyterPort {
            add("jupyter", "port 8888, on the host " + (port == 0 ? "any free one" : String(port)))
        }
        for port in runtime.exposedPorts {
            let host = port.hostPort == 0 ? "any free port" : "port \(port.hostPort)"
            let service = port.service.isEmpty ? "" : " (\(port.service))"
            add("port", "\(port.environmentPort)\(service), on the host \(host) of \(port.listenAddress)")
        }
        for mount in runtime.mounts { add("mount", "\(mount.source) at \(mount.target)") }
        for command in runtime.commands { add("command", "\(command.name): \(command.text)") }
        if runtime.gpuCount != 0 { add("gpus", String(runtime.gpuCount)) }
        if runtime.sharedMemory != 0 { add("shared memory", "\(runtime.sharedMemory) MB") }
        if let repository = runtime.repository { add("repository", repository.url) }
        for variable in runtime.environment { add("environment", variable) }
        return PlanText.table(rows)
    }

    private var facts: String {
        let rows = plan.facts.map { [$0.subject.kind, "\($0.subject.name): \($0.origin.text)"] }
        return PlanText.table([["", "it depends on"]] + rows)
    }

    // MARK: - Layout

    private static func table(_ rows: [[String]], rightAligned: Set<Int> = []) -> String {
        let columnCount = rows.map(\.count).max() ?? 0
        let widths = (0..<columnCount).map { column in
            rows.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - width(cell))
                line += rightAligned.contains(column) ? padding + cell : cell + padding
                line += "  "
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + $1.columnWidth }
    }

    private static func shortened(_ text: String) -> String {
        let line = oneLine(text)
        guard width(line) > maximumWidth else { return line }
        var kept = ""
        var used = 0
        for scalar in line.unicodeScalars {
            used += scalar.columnWidth
            if used > maximumWidth - 1 { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    private static func oneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            let isBreak = scalar == "\n" || scalar == "\r" || scalar == "\t"
            line.unicodeScalars.append(isBreak ? " " : scalar.disturbsTerminal ? "\u{FFFD}" : scalar)
        }
        return line
    }
}

extension UsedFact.Subject {
    var kind: String {
        switch self {
        case .image: "image"
        case .release: "release"
        case .extension: "extension"
        case .file: "file"
        case .repository: "repository"
        }
    }

    var name: String {
        switch self {
        case .image(let name), .release(let name), .extension(let name), .file(let name), .repository(let name): name
        }
    }
}

extension UsedFact.Origin {
    var text: String {
        switch self {
        case .file(let name): "as \(name) says"
        case .assumed(let reason): "assumed, \(reason)"
        }
    }
}
