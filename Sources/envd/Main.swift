import ArgumentParser

/// Where the process starts: decides who answers, and turns every outcome into an exit status and one clear line.
@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if Upstream.answers(arguments) {
            // Returns only if there is nobody to hand the command to.
            let failure = Upstream.replaceProcess(arguments)
            report(failure.message)
            exit(ExitStatus.failure.rawValue)
        }
        // A reader that goes away (`envd lint | head`) ends us silently, even if our parent ignores the signal.
        signal(SIGPIPE, SIG_DFL)
        if !usesManyThreads(arguments) { useOneHeap() }
        exit(runWithLargeStack { run(arguments) }.rawValue)
    }

    /// Whether the command works on several files side by side, or serves. Decided before anything is parsed, for the heaps.
    private static func usesManyThreads(_ arguments: [String]) -> Bool {
        switch arguments.first {
        case LSPCommand.configuration.commandName: return true
        case LintCommand.configuration.commandName, FormatCommand.configuration.commandName:
            // Values of options are rarely names of files; what is taken for one here is only slower.
            let files = arguments.dropFirst().compactMap { Path(argument: $0).status() }
            return files.count != 1 || files[0].isDirectory
        default: return false
        }
    }

    private static func run(_ arguments: [String]) -> ExitStatus {
        if LSPCommand.isPlain(arguments) { return LSPCommand.serve() }
        do {
            var command = try parse(arguments)
            try command.run()
            return .clean
        } catch let failure as CommandFailure {
            report(failure.message)
            return .failure
        } catch let status as ExitStatus {
            return status
        } catch {
            return answer(parserError: error)
        }
    }

    /// The command that the arguments ask for.
    ///
    /// ArgumentParser looks at the definitions of all commands on its way from the root to one of them, which takes longer
    /// than many plans. So the command that the first word names is asked first, by itself. Whatever it has to say other than
    /// that it can run comes from the root, which knows how usage and help are worded.
    private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        let named = Envd.configuration.subcommands.first { $0.configuration.commandName == arguments.first }
        if let named, named.configuration.subcommands.isEmpty,
            let command = try? named.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == named
        {
            return command
        }
        return try Envd.parseAsRoot(arguments)
    }

    /// `--help` and `--version` arrive as errors too; all others are bad usage.
    private static func answer(parserError error: any Error) -> ExitStatus {
        guard Envd.exitCode(for: error) != .success else {
            var output = StandardOutput()
            output.write(Envd.fullMessage(for: error))
            output.write("\n")
            do {
                try output.flush()
            } catch {
                report(error.message)
                return .failure
            }
            return .clean
        }
        let lines = Envd.message(for: error).split(whereSeparator: \.isNewline)
        report(lines.joined(separator: " ") + " (see 'envd --help')")
        return .failure
    }
}

/// Prints one line on standard error, in the shape that every command shares.
func report(_ message: String) {
    writeToStandardError("envd: \(message)\n")
}
