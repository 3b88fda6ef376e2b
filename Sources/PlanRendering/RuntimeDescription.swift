import EnvdLanguage

/// How the environment runs when it is built, line by line: `port  6006 (tensorboard), on the host any free port`.
package struct RuntimeDescription: Sendable {
    package private(set) var lines: [Line] = []

    package struct Line: Sendable, Hashable {
        package let name: String
        package let text: String
    }

    package init(_ runtime: RuntimeSettings) {
        add("image", runtime.image)
        add("user", runtime.user)
        add("directory", runtime.workingDirectory)
        add("entrypoint", RuntimeDescription.command(runtime.entrypoint))
        add("shell", runtime.shell)
        for daemon in runtime.daemons { add("daemon", RuntimeDescription.command(daemon)) }
        for script in runtime.initScripts { add("init", script.joined(separator: "; ")) }
        if let port = runtime.jupyterPort {
            add("jupyter", "port 8888, on the host " + (port == 0 ? "any free port" : "port \(port)"))
        }
        for port in runtime.exposedPorts {
            let host = port.hostPort == 0 ? "any free port" : "port \(port.hostPort)"
            let service = port.service.isEmpty ? "" : " (\(port.service))"
            let address = port.listenAddress.isEmpty ? "" : " of \(port.listenAddress)"
            add("port", "\(port.environmentPort)\(service), on the host \(host)\(address)")
        }
        for mount in runtime.mounts { add("mount", "\(mount.source) at \(mount.target)") }
        for command in runtime.commands { add("command", "\(command.name): \(command.text)") }
        if runtime.gpuCount != 0 { add("gpus", runtime.gpuCount < 0 ? "all" : String(runtime.gpuCount)) }
        if runtime.sharedMemory != 0 { add("shared memory", "\(runtime.sharedMemory) MB") }
        if let repository = runtime.repository {
            let note = repository.description.isEmpty ? "" : " (\(repository.description))"
            add("repository", repository.url + note)
        }
        for variable in runtime.environment { add("environment", variable) }
    }

    private mutating func add(_ name: String, _ text: String) {
        if !text.isEmpty { lines.append(Line(name: name, text: text)) }
    }

    private static func command(_ words: [String]) -> String {
        words.map(ReadableCommand.quoted).joined(separator: " ")
    }
}
