import ArgumentParser
import EnvdFormat
import EnvdServer

/// `envd lsp`: serves an editor over standard input and output.
struct LSPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp", _superCommandName: Envd.name,
        abstract: "Serve an editor.",
        discussion: """
            Speaks the Language Server Protocol on standard input and output, or on a connection to an editor that waits \
            for one. Editors start it; there is nothing to see for a person.

            Exit status: 0 if the editor sent 'shutdown' before it left, else 1.
            """)

    // What editors pass to every server they start.
    @Flag(help: "Use standard input and output, as without options.")
    var stdio = false

    @Option(help: ArgumentHelp("Connect to a port of this machine.", valueName: "port"))
    var socket: UInt16?

    @Option(help: ArgumentHelp("Connect to a socket of the file system.", valueName: "path"))
    var pipe: String?

    @Option(
        name: .customLong("clientProcessId"), help: ArgumentHelp("End when this process does.", valueName: "pid"))
    var clientProcessID: Int32?

    func run() throws {
        guard [stdio, socket != nil, pipe != nil].filter({ $0 }).count <= 1 else {
            throw CommandFailure("--stdio, --socket and --pipe do not go together (see 'envd --help')")
        }
        var (input, output) = (STDIN_FILENO, STDOUT_FILENO)
        if let socket {
            input = try ClientConnection.toPort(socket)
            output = input
        } else if let pipe {
            input = try ClientConnection.toSocket(at: Path(argument: pipe))
            output = input
        }
        let status = Self.serve(input: input, output: output, clientProcessID: clientProcessID)
        if status != .clean { throw status }
    }

    /// What editors start, as a rule. It needs no parser, which takes as long as the server's own start.
    static func isPlain(_ arguments: [String]) -> Bool { arguments == ["lsp"] || arguments == ["lsp", "--stdio"] }

    /// Serves an editor until it leaves.
    static func serve(
        input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO, clientProcessID: Int32? = nil
    ) -> ExitStatus {
        let disk = DiskSurroundings()
        let server = LanguageServer(
            version: Version.current,
            style: { path in
                // Read anew each time, so that a change of the settings holds at once. What is wrong with them `envd fmt` says.
                var settings = FormatSettingsFiles()
                let found = try? settings.settings(for: path.map { Path(bytes: $0.utf8) })
                return Style(found?.settings)
            },
            surroundings: { disk.surroundings(of: $0) }, preludeFile: preludeFileOnDisk,
            files: DiskWorkspace.files, plans: EditorPlans.service, whenIdle: CodePages.release)
        let status = server.run(input: input, output: output, clientProcessID: clientProcessID)
        return ExitStatus(rawValue: status) ?? .failure
    }
}
