import ArgumentParser
import EnvdLanguage
import FactFetching
import LLB

/// `envd lock`: asks for what plans of a program have to know of the world, and writes it down.
struct LockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock", _superCommandName: Envd.name,
        abstract: "Ask for what a plan has to know of the world, and write it to 'envd.lock'.",
        discussion: """
            The facts are the configs of images, the latest releases of tools, editor extensions, and the files of \
            included libraries. What 'envd.lock' knows already is kept, what is missing is asked for, and what the program \
            no longer needs is dropped. 'envd plan' reads the file and never uses a network itself.

            Logins come from docker's configuration; GITHUB_TOKEN raises GitHub's limit; HTTPS_PROXY and NO_PROXY are \
            heeded. ENVD_LOCK_DOCKER_HUB_URL, ENVD_LOCK_GITHUB_URL and ENVD_LOCK_OPENVSX_URL name mirrors.
            """)

    @Argument(help: ArgumentHelp("The directory of the program.", valueName: "dir"))
    var directory = "."

    @Option(
        help: ArgumentHelp(
            "The program and the function in it, with 'build.envd' and 'build' for what is left out; may be repeated.",
            valueName: "file:function"))
    var from: [String] = ["build.envd:build"]

    @Flag(help: "Ask again for everything.")
    var update = false

    @Flag(help: "Ask nobody: take what this machine knows already, and fail if that is not enough.")
    var offline = false

    @Flag(help: "Write nothing; exit with status 1 if the file is not up to date.")
    var check = false

    @Option(help: ArgumentHelp("The longest that one fact may take.", valueName: "seconds"))
    var timeout: Double = 60

    @Option(
        help: ArgumentHelp(
            "For which platform, such as linux/arm64 (default: that of the file, else that of this machine).",
            valueName: "platform"))
    var platform: String?

    @Option(
        help: ArgumentHelp(
            "A registry that is asked over HTTP, which is not safe; may be repeated.", valueName: "host:port"))
    var insecureRegistry: [String] = []

    func run() throws {
        guard timeout > 0, timeout <= 3600 else {
            throw CommandFailure("--timeout must be between 0 and 3600 seconds")
        }
        if update, offline { throw CommandFailure("--update asks again, which --offline forbids") }
        // A program that ends before it has read its input must not end us.
        signal(SIGPIPE, SIG_IGN)

        let project: ProjectDirectory
        do {
            project = try ProjectDirectory(directory)
        } catch {
            throw CommandFailure(error.description)
        }
        let file = try LockFile(Path(bytes: (project.displayPrefix + "envd.lock").utf8))
        let platform = try choosePlatform(file.table)
        let requests = try from.map { name throws(CommandFailure) in
            var request = PlanRequest(project: project)
            request.platform = platform
            request.publicKey = "ssh-rsa AAAA placeholder"
            try request.setProgram(name)
            return request
        }
        var session = LockSession(programs: requests, file: file, settings: settings(platform), mode: mode)
        let needed = try session.run()
        try finish(file, needed, LockChanges(from: file.table, to: needed))
    }

    private var mode: LockSession.Mode {
        offline ? .offline : check && !update ? .check : update ? .update : .complete
    }

    // MARK: - The result

    private func finish(_ file: LockFile, _ needed: FactTable, _ changes: LockChanges) throws {
        let name = file.path.displayName
        if changes.isEmpty, file.original != nil || needed == FactTable() {
            writeToStandardError("\(name) is up to date\n")
            return
        }
        for line in changes.lines { writeToStandardError(printable(line) + "\n") }
        guard !check else {
            writeToStandardError("\(name) is not up to date: run 'envd lock'\n")
            throw ExitStatus.findings
        }
        try file.write(needed)
        writeToStandardError("wrote \(name)\n")
    }

    // MARK: - Settings

    private func choosePlatform(_ table: FactTable) throws(CommandFailure) -> Platform {
        guard let platform else {
            let known = Set(table.images.values.compactMap(\.platform))
            return known.count == 1 ? known.first.flatMap(Platform.init(text:)) ?? .host : .host
        }
        guard let parsed = Platform(text: platform) else {
            throw CommandFailure("'\(platform)' is not of the form OS/ARCHITECTURE (see 'envd lock --help')")
        }
        return parsed
    }

    private func settings(_ platform: Platform) -> FetchSettings {
        var settings = FetchSettings(platform: platform)
        settings.timeout = timeout
        settings.insecureRegistries = Set(insecureRegistry)
        settings.dockerConfiguration =
            environmentVariable("DOCKER_CONFIG") ?? environmentVariable("HOME").map { $0 + "/.docker" }
        settings.repositories = UserCache.repositories
        settings.dockerHubURL = environmentVariable("ENVD_LOCK_DOCKER_HUB_URL")
        if let url = environmentVariable("ENVD_LOCK_GITHUB_URL") { settings.githubURL = url }
        if let url = environmentVariable("ENVD_LOCK_OPENVSX_URL") { settings.openVSXURL = url }
        settings.githubToken = environmentVariable("GITHUB_TOKEN")
        settings.userAgent = "envd-tools/\(Version.current)"
        for name in FetchSettings.environmentNames {
            if let value = environmentVariable(name) { settings.environment[name] = value }
        }
        return settings
    }
}

extension Platform {
    /// `os/architecture` or `os/architecture/variant`; nil if it is neither.
    init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isWord: (String) -> Bool = { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        }
        guard (2...3).contains(parts.count), parts.allSatisfy(isWord) else { return nil }
        self.init(operatingSystem: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : "")
    }
}
