import ArgumentParser
import EnvdFormat

/// `envd fmt`: rewrites files in the one layout that needs no discussion, black's.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", _superCommandName: Envd.name,
        abstract: "Format files as black formats Python.",
        discussion: """
            Folders are searched for build.envd and *.envd; hidden folders and what .gitignore leaves out are not. Files \
            with syntax errors are left alone. What a program does never changes: every result is parsed and compared \
            with the file before it is written.

            In Markdown files the blocks ```envd are formatted, as 'envd lint --help' says of them.

            Files that were found formatted and have not changed since are not read again; which ones these are is kept in \
            the user's cache folder.

            Settings stand below [tool.black] or [tool.envd.format] of pyproject.toml, or in the table 'format' of \
            envd.toml, beside a file or above it: 'line-length', 'skip-string-normalization', \
            'skip-magic-trailing-comma' and, in ours, 'exclude'.
            """
    )

    @Flag(help: "Write nothing; list the files that would change.")
    var check = false

    @Flag(help: "Write nothing; show what would change as a unified diff.")
    var diff = false

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Columns that a line should not exceed (default: 88).", valueName: "n"))
    var lineLength: Int?

    @Flag(name: [.customShort("S"), .long], help: "Leave quotes and prefixes of strings as they are.")
    var skipStringNormalization = false

    @Flag(
        name: [.customShort("C"), .long], help: "A comma behind the last element does not ask for one element a line.")
    var skipMagicTrailingComma = false

    @Option(
        help: ArgumentHelp(
            "A pattern as in .gitignore of files in folders to leave out; may be repeated.", valueName: "pattern"))
    var exclude: [String] = []

    @Flag(help: "Leave out what is excluded even if it is named.")
    var forceExclude = false

    @Flag(help: "Read every file, and remember of none that it is formatted.")
    var noCache = false

    @Flag(help: "Search folders for Markdown files too.")
    var markdown = false

    @Option(help: ArgumentHelp("The name of what comes from standard input.", valueName: "name"))
    var stdinFilename: String?

    @Argument(help: ArgumentHelp("Files and folders, '-' for standard input.", valueName: "path"))
    var paths: [String] = []

    func validate() throws {
        if let lineLength, !(1...10_000).contains(lineLength) {
            throw ValidationError("--line-length has to be a number from 1 to 10000")
        }
    }

    func run() throws {
        let status = try FormatRun(self).run()
        if status != .clean { throw status }
    }
}
