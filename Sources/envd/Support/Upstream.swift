import ArgumentParser

/// Hands what this binary does not answer to the upstream `envd`, so that it can take its place on the PATH.
enum Upstream {
    /// Options that this binary answers before any command.
    private static let ownOptions: Set<String> = [
        "-h", "--help", "--version", "--help-hidden", "--experimental-dump-help", "--generate-completion-script",
    ]

    /// Whether the upstream `envd` is to answer these arguments.
    ///
    /// That is so when the first one is a word that is no command of ours (`envd up`), or an option that only upstream
    /// has (`envd --debug up`).
    static func answers(_ arguments: [String]) -> Bool {
        guard let first = arguments.first else { return false }
        if first == "help" {
            return arguments.count > 1 && !arguments[1].hasPrefix("-") && !Envd.commandNames.contains(arguments[1])
        }
        if first.hasPrefix("-") {
            return !ownOptions.contains(String(first.prefix { $0 != "=" }))
        }
        return !Envd.commandNames.contains(first)
    }

    /// Names, in the environment, the binaries that the command has passed through already, as `DEVICE:INODE` with
    /// spaces between: two copies of this binary on the PATH must not hand a command to each other for ever.
    private static let visitedVariable = "ENVD_TOOLS_VISITED"

    /// Becomes the upstream `envd`, or says why it could not.
    static func replaceProcess(_ arguments: [String]) -> CommandFailure {
        var visited = Set((environment(visitedVariable) ?? "").split(separator: " ").map(String.init))
        if let own = FileIdentity(Path(bytes: "/proc/self/exe".utf8)) { visited.insert(own.description) }

        let searchPath = environment("PATH") ?? ""
        for folder in searchPath.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
            // An empty entry is the current folder, as POSIX has it.
            let candidate = Path(bytes: folder.isEmpty ? ".".utf8[...] : folder).appending("envd".utf8)
            guard let information = candidate.status(), information.isRegularFile else { continue }
            let identity = FileIdentity(information).description
            guard !visited.contains(identity), candidate.withCString({ access($0, X_OK) }) == 0 else { continue }

            setenv(visitedVariable, (visited.sorted() + [identity]).joined(separator: " "), 1)
            let executable = candidate.bytes.contains(UInt8(ascii: "/")) ? candidate : Path(bytes: "./envd".utf8)
            _ = executable.withCString { execv($0, UnsafePointer(CommandLine.unsafeArgv)) }
            return CommandFailure("cannot run '\(executable.displayName)': \(systemErrorMessage(errno))")
        }
        return CommandFailure(complaint(about: arguments.first ?? ""))
    }

    private static func complaint(about word: String) -> String {
        let kind = word.hasPrefix("-") ? "option" : "command"
        let name = Path(bytes: word.utf8).displayName
        return "'\(name)' is no \(kind) of this envd, and there is no other envd on the PATH to hand it to"
            + " (see 'envd --help')"
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

extension FileIdentity: CustomStringConvertible {
    var description: String { "\(device):\(inode)" }
}
