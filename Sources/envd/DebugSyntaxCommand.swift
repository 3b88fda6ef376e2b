import ArgumentParser

/// `envd debug syntax`: the tree of a file.
struct DebugSyntaxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "syntax",
        abstract: "Print the syntax tree of a file, and its syntax findings.")

    @OptionGroup var options: DebugSourceOptions

    @Flag(help: "Print no tree; check that it prints back to the same bytes.")
    var verify = false

    func run() throws {
        let source = try options.source()
        var output = StandardOutput()
        if verify {
            try source.verifyRoundTrip()
        } else {
            source.writeTree(to: &output)
        }
        try source.finish(&output)
    }
}

/// `envd debug tokens`: the tokens of a file with the trivia before each.
struct DebugTokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Print the tokens of a file, and its syntax findings.")

    @OptionGroup var options: DebugSourceOptions

    @Flag(help: "Print no tokens; check that they print back to the same bytes.")
    var verify = false

    func run() throws {
        let source = try options.source()
        var output = StandardOutput()
        if verify {
            try source.verifyRoundTrip()
        } else {
            source.writeTokens(to: &output)
        }
        try source.finish(&output)
    }
}

/// What `debug syntax` and `debug tokens` take.
struct DebugSourceOptions: ParsableArguments {
    @Option(help: "The language that the file is held against.")
    var dialect = DialectOption.envd

    @Option(help: ArgumentHelp("The name of what comes from standard input.", valueName: "name"))
    var stdinFilename: String?

    @Argument(help: ArgumentHelp("The file, '-' for standard input.", valueName: "file"))
    var path: String

    func source() throws(CommandFailure) -> DebugSource {
        try DebugSource(Input(argument: path, standardInputName: stdinFilename), dialect: dialect.dialect)
    }
}
