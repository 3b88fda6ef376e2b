import Starlark

/// How the environment runs once it is built.
package struct RuntimeSettings: Hashable, Sendable {
    package var image = ""
    package var isDevelopment = false
    package var user = ""
    package var workingDirectory = ""
    package var entrypoint: [String] = []
    /// `NAME=value`.
    package var environment: [String] = []
    /// Empty unless it is for development.
    package var shell = ""
    package var daemons: [[String]] = []
    package var initScripts: [[String]] = []
    package var commands: [NamedText] = []
    package var exposedPorts: [ExposedPort] = []
    package var mounts: [HostMount] = []
    /// The port on the host, 0 for any; nil without Jupyter.
    package var jupyterPort: Int?
    package var gpuCount = 0
    /// Megabytes; 0 for the default.
    package var sharedMemory = 0
    package var repository: Repository?

    package struct NamedText: Hashable, Sendable {
        package var name: String
        package var text: String
    }

    package struct ExposedPort: Hashable, Sendable {
        package var environmentPort: Int
        /// 0 for any.
        package var hostPort: Int
        package var service: String
        package var listenAddress: String
    }

    package struct HostMount: Hashable, Sendable {
        package var source: String
        package var target: String
    }

    package struct Repository: Hashable, Sendable {
        package var url: String
        package var description: String
    }
}

// MARK: - Out of the prelude's struct

extension RuntimeSettings {
    /// Reads what `make_plan` of the prelude returns as `runtime`.
    init(_ value: Value) throws(EvaluationError) {
        let fields = try Fields(value)
        image = try fields.text("image")
        isDevelopment = try fields.value("dev").isTrue
        user = try fields.text("user")
        workingDirectory = try fields.text("working_directory")
        entrypoint = try fields.texts("entrypoint")
        environment = try fields.texts("environment")
        shell = try fields.text("shell")
        for command in try fields.list("daemons") { daemons.append(try Fields.texts(command)) }
        for script in try fields.list("init_scripts") { initScripts.append(try Fields.texts(script)) }
        for (name, text) in try fields.value("commands").asDict ?? [] {
            commands.append(NamedText(name: name.asString ?? "", text: text.asString ?? ""))
        }
        for item in try fields.list("expose") {
            let port = try Fields(item)
            exposedPorts.append(
                ExposedPort(
                    environmentPort: try port.number("envd_port"), hostPort: try port.number("host_port"),
                    service: try port.text("service"), listenAddress: try port.text("listen_addr")))
        }
        for item in try fields.list("mounts") {
            let mount = try Fields(item)
            mounts.append(HostMount(source: try mount.text("source"), target: try mount.text("target")))
        }
        let jupyter = try fields.value("jupyter_port")
        jupyterPort = jupyter.isNone ? nil : try fields.number("jupyter_port")
        gpuCount = try fields.number("gpus")
        sharedMemory = try fields.number("shm_size")
        let repository = try fields.value("repo")
        if !repository.isNone {
            let repository = try Fields(repository)
            self.repository = Repository(
                url: try repository.text("url"), description: try repository.text("description"))
        }
    }

    /// A Starlark struct, read field by field. That a field is missing is a mistake in the prelude, not in a program.
    private struct Fields {
        private let fields: [String: Value]

        init(_ value: Value) throws(EvaluationError) {
            guard let fields = value.asFields else { throw EvaluationError("the prelude returned no struct") }
            self.fields = Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
        }

        func value(_ name: String) throws(EvaluationError) -> Value {
            guard let value = fields[name] else { throw EvaluationError("the prelude returned no \(name)") }
            return value
        }

        func text(_ name: String) throws(EvaluationError) -> String {
            guard let text = try value(name).asString else {
                throw EvaluationError("the prelude returned no string as \(name)")
            }
            return text
        }

        func number(_ name: String) throws(EvaluationError) -> Int {
            guard let number = try value(name).asInt else {
                throw EvaluationError("the prelude returned no integer as \(name)")
            }
            return number
        }

        func list(_ name: String) throws(EvaluationError) -> [Value] {
            guard let elements = try value(name).asSequence else {
                throw EvaluationError("the prelude returned no list as \(name)")
            }
            return elements
        }

        func texts(_ name: String) throws(EvaluationError) -> [String] {
            try Fields.texts(value(name))
        }

        static func texts(_ value: Value) throws(EvaluationError) -> [String] {
            var texts: [String] = []
            for element in value.asSequence ?? [] {
                guard let text = element.asString else {
                    throw EvaluationError("the prelude returned \(element.typeName) for a string")
                }
                texts.append(text)
            }
            return texts
        }
    }
}
