import EnvdSyntax
import Starlark
import Synchronization

/// A file of the prelude: a part of envd's API, written in the envd language and embedded in the binary.
package struct PreludeFile: Sendable {
    /// How the file is called in `load` statements, tracebacks and editors: `@envd/v1/install.envd`.
    package let name: String
    package let bytes: [UInt8]

    /// What every name of a prelude file begins with. A user's file cannot have such a name.
    package static let namePrefix = "@envd/"

    package static func isPreludeName(_ name: String) -> Bool {
        name.utf8.starts(with: namePrefix.utf8)
    }

    /// The files of version 1 of the API, public ones first.
    package static let all: [PreludeFile] = [
        PreludeFile("universe", PackageResources.universe_envd),
        PreludeFile("install", PackageResources.install_envd),
        PreludeFile("config", PackageResources.config_envd),
        PreludeFile("io", PackageResources.io_envd),
        PreludeFile("runtime", PackageResources.runtime_envd),
        PreludeFile("data", PackageResources.data_envd),
        PreludeFile("checks", PackageResources.checks_envd),
        PreludeFile("development", PackageResources.development_envd),
        PreludeFile("languages", PackageResources.languages_envd),
        PreludeFile("layout", PackageResources.layout_envd),
        PreludeFile("payloads", PackageResources.payloads_envd),
        PreludeFile("plan", PackageResources.plan_envd),
        PreludeFile("python", PackageResources.python_envd),
    ]

    /// The files whose functions a program calls as `install.…` and so on.
    package static let modules = ["install", "config", "io", "runtime", "data"]

    static func name(of part: String) -> String { "\(namePrefix)v1/\(part).envd" }

    private init(_ part: String, _ bytes: [UInt8]) {
        name = PreludeFile.name(of: part)
        self.bytes = bytes
    }

    package var source: SourceFile { SourceFile(bytes: bytes) }

    /// The file compiled. A process compiles each file once: a server makes plans all day.
    func program() throws(EvaluationError) -> Program {
        if let known = PreludeFile.programs.withLock({ $0[name] }) { return known }
        let program = try Program(source, named: name)
        PreludeFile.programs.withLock { $0[name] = program }
        return program
    }

    private static let programs = Mutex<[String: Program]>([:])
}
