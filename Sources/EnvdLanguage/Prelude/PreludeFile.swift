import EnvdSyntax
import Starlark
import Synchronization

/// A file of the prelude: a part of envd's API, written in the envd language and embedded in the binary.
package struct PreludeFile: Sendable {
    /// How the file is called in `load` statements, tracebacks and editors: `@envd/v1/install.envd`.
    package let name: String
    package let bytes: [UInt8]
    /// The file compiled by `scripts/generate`.
    private let archive: [UInt8]

    /// What every name of a prelude file begins with. A user's file cannot have such a name.
    package static let namePrefix = "@envd/"

    package static func isPreludeName(_ name: String) -> Bool {
        name.utf8.starts(with: namePrefix.utf8)
    }

    /// The files of version 1 of the API, public ones first.
    package static let all: [PreludeFile] = [
        PreludeFile("universe", PackageResources.universe_envd, PackageResources.universe_program),
        PreludeFile("install", PackageResources.install_envd, PackageResources.install_program),
        PreludeFile("config", PackageResources.config_envd, PackageResources.config_program),
        PreludeFile("io", PackageResources.io_envd, PackageResources.io_program),
        PreludeFile("runtime", PackageResources.runtime_envd, PackageResources.runtime_program),
        PreludeFile("data", PackageResources.data_envd, PackageResources.data_program),
        PreludeFile("llb", PackageResources.llb_envd, PackageResources.llb_program),
        PreludeFile("state", PackageResources.state_envd, PackageResources.state_program),
        PreludeFile("checks", PackageResources.checks_envd, PackageResources.checks_program),
        PreludeFile("development", PackageResources.development_envd, PackageResources.development_program),
        PreludeFile("languages", PackageResources.languages_envd, PackageResources.languages_program),
        PreludeFile("layout", PackageResources.layout_envd, PackageResources.layout_program),
        PreludeFile("payloads", PackageResources.payloads_envd, PackageResources.payloads_program),
        PreludeFile("plan", PackageResources.plan_envd, PackageResources.plan_program),
        PreludeFile("python", PackageResources.python_envd, PackageResources.python_program),
        PreludeFile("steps", PackageResources.steps_envd, PackageResources.steps_program),
    ]

    /// The files whose functions a program calls as `install.…` and so on.
    package static let modules = ["install", "config", "io", "runtime", "data"]

    /// The file that a program may load: it gives access to the build graph.
    package static let graphName = name(of: "llb")

    static func name(of part: String) -> String { "\(namePrefix)v1/\(part).envd" }

    private init(_ part: String, _ bytes: [UInt8], _ archive: [UInt8]) {
        name = PreludeFile.name(of: part)
        self.bytes = bytes
        self.archive = archive
    }

    /// The file parsed, once in a process.
    package var source: SourceFile {
        PreludeFile.sources.withLock { sources in
            if let known = sources[name] { return known }
            let source = SourceFile(bytes: bytes)
            sources[name] = source
            return source
        }
    }

    /// The file compiled.
    func program() throws(EvaluationError) -> Program {
        // While somebody works on the prelude the archive may be of an older text.
        if let archived = try? archivedProgram() { return archived }
        return try Program(source, named: name)
    }

    func archivedProgram() throws(ProgramArchive.Problem) -> Program {
        try Program(archive: archive, of: bytes, named: name)
    }

    private static let sources = Mutex<[String: SourceFile]>([:])
}
