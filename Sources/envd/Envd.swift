import ArgumentParser

/// The root command. It only names its subcommands; each of them lives in a file of its own.
struct Envd: ParsableCommand {
    /// For subcommands to name. One that says whose it is does not look for a request for completions when it is asked by itself
    /// (`Main.parse`), for which ArgumentParser parses two hidden commands first: four walks over all conformances of the
    /// binary among other things, 0.2 ms. The root answers such requests.
    static let name = "envd"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Understands the envd language: checks it, formats it, plans it, and serves editors.",
        discussion: """
            Any other word is handed to the next 'envd' on the PATH, with the same arguments and exit status.

            Exit status: 0 clean, 1 findings, 2 the tool could not do its work.
            """,
        version: "envd-tools \(Version.current)",
        subcommands: [
            FormatCommand.self, LintCommand.self, ExplainCommand.self, PlanCommand.self, LockCommand.self,
            EvalCommand.self,
            TestCommand.self,
            LSPCommand.self, Debug.self,
        ]
    )

    /// The words that are answered here; all others belong to the upstream `envd`.
    static var commandNames: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName }
    }
}

/// `envd debug …`: looks beneath the surface.
struct Debug: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug",
        abstract: "Show what the tool sees: the tree, the tokens, the bytecode, the build graph.",
        subcommands: [
            DebugSyntaxCommand.self, DebugTokensCommand.self, DebugBytecodeCommand.self, DebugTypesCommand.self,
            DebugCallsCommand.self,
            DebugLLBCommand.self,
        ]
    )
}
