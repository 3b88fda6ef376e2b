import Synchronization

/// Set by the handler of SIGINT and SIGTERM, which may do nothing else.
private let isInterrupted = Atomic<Bool>(false)

/// Checks again whenever something has changed, until Ctrl-C.
func watchingLint(_ options: LintOptions) throws(CommandFailure) {
    for number in [SIGINT, SIGTERM] {
        signal(number) { _ in isInterrupted.store(true, ordering: .relaxed) }
    }
    while !isInterrupted.load(ordering: .relaxed) {
        // Before the files are read: what changes meanwhile is seen the next time.
        let state = watchedState(options)
        if StandardOutput.isTerminal {
            var output = StandardOutput()
            output.write("\u{1B}[H\u{1B}[2J\u{1B}[3J")
            try output.flush()
        }
        do throws(CommandFailure) {
            _ = try LintRun(options).run()
        } catch {
            // Settings that are being edited may be wrong for a moment.
            report(error.message)
        }
        writeToStandardError("watching for changes; Ctrl-C ends\n")
        repeat {
            usleep(500_000)
        } while !isInterrupted.load(ordering: .relaxed) && watchedState(options) == state
    }
}

/// Which files there are to check, and when they and the settings for them were written.
private func watchedState(_ options: LintOptions) -> [Path: FileState] {
    var paths: Set<Path> = []
    let endings = [".envd"] + MarkdownPrograms.endings
    for source in InputSource.all(options.arguments.paths, standardInputName: nil, endings: endings) {
        guard let path = source.path else { continue }
        paths.insert(path)
    }
    let folders = Set(paths.map(\.parent)).union([Path(bytes: ".".utf8)])
    for folder in folders { paths.formUnion(SettingsFiles.candidates(for: folder.appending("x".utf8))) }
    // What they load may lie anywhere in their projects.
    for project in Set(folders.compactMap(\.nearestProgramFolder)) {
        guard let name = String(validating: project.bytes, as: UTF8.self) else { continue }
        paths.formUnion(SourceFileSearch([name]).files)
        paths.insert(project.appending("envd.lock".utf8))
    }
    if let baseline = options.arguments.baseline { paths.insert(Path(argument: baseline)) }
    var state: [Path: FileState] = [:]
    for path in paths { state[path] = path.status().map(FileState.init) }
    return state
}

/// What tells that a file was written.
private struct FileState: Equatable {
    let identity: FileIdentity
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    init(_ information: stat) {
        identity = FileIdentity(information)
        size = Int(information.st_size)
        seconds = Int(information.st_mtim.tv_sec)
        nanoseconds = Int(information.st_mtim.tv_nsec)
    }
}
