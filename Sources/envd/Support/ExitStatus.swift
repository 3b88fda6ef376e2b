/// How a command ended; the same for every command. Thrown from `run()` to end a command with anything but `clean`.
enum ExitStatus: Int32, Error {
    /// The work is done and there is nothing to tell.
    case clean = 0
    /// The work is done and there are findings.
    case findings = 1
    /// The work could not be done: bad usage, an unreadable file, an internal limit.
    case failure = 2
}

/// Why a command could not do its work: one line for the user. Ends the process with `ExitStatus.failure`.
struct CommandFailure: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
