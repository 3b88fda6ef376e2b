import ArgumentParser
import EnvdFormat
import EnvdServer

/// `envd lsp`: serves an editor over standard input and output.
struct LSPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp", _superCommandName: Envd.name,
        abstract: "Serve an editor.",
        discussion: """
            Speaks the Language Server Protocol on standard input and output. Editors start it; there is nothing to see \
            for a person.

            Exit status: 0 if the editor sent 'shutdown' before it left, else 1.
            """)

    // What editors pass to every server they start.
    @Flag(help: "Use standard input and output, which is the only way there is.")
    var stdio = false

    @Option(
        name: .customLong("clientProcessId"), help: ArgumentHelp("End when this process does.", valueName: "pid"))
    var clientProcessID: Int32?

    func run() throws {
        let disk = DiskSurroundings()
        let server = LanguageServer(
            version: Version.current,
            style: { path in
                // Read anew each time, so that a change of the settings holds at once. What is wrong with them `envd fmt` says.
                var settings = FormatSettingsFiles()
                let found = try? settings.settings(for: path.map { Path(bytes: $0.utf8) })
                return Style(found?.settings)
            },
            surroundings: { disk.surroundings(of: $0) }, preludeFile: preludeFileOnDisk)
        let status = server.run(
            input: STDIN_FILENO, output: STDOUT_FILENO, clientProcessID: clientProcessID)
        if let status = ExitStatus(rawValue: status), status != .clean { throw status }
    }
}
