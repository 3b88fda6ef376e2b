/// Reads lines from a terminal, with editing if the terminal can do that.
///
/// A class because it owns the state of the terminal and what has been typed ahead. From the first line on until `close`
/// the terminal sends Ctrl-C as a character instead of ending the program.
package final class LineReader {
    package enum Outcome: Equatable, Sendable {
        case line(String)
        /// Ctrl-C.
        case interrupted
        /// Ctrl-D on an empty line, or the terminal is gone.
        case end
    }

    private let input: Int32
    private let output: Int32
    private let mode: TerminalMode
    /// Whether the terminal understands more than text.
    private let canEdit: Bool
    private var editor: LineEditor
    private var display = LineDisplay()
    private var decoder = KeyDecoder()
    /// Keys and bytes that have been read and belong to the next line.
    private var waitingKeys: [Key] = []
    private var waitingBytes: [UInt8] = []

    /// - Parameters:
    ///   - isDumb: whether to leave editing to the terminal itself.
    ///   - complete: what a line could go on with, given the text before the cursor.
    /// - Returns: nil if the input is no terminal.
    package init?(
        input: Int32, output: Int32, isDumb: Bool, history: LineHistory,
        complete: @escaping (String) -> LineEditor.Completion
    ) {
        guard let mode = TerminalMode(input) else { return nil }
        self.input = input
        self.output = output
        self.mode = mode
        canEdit = !isDumb && isatty(output) == 1
        editor = LineEditor(history: history, complete: complete)
    }

    /// The lines that were read so far.
    package private(set) var newLines: [String] = []

    /// Gives the terminal back as it was.
    package func close() {
        mode.restore()
    }

    package func readLine(prompt: String) -> Outcome {
        let outcome = canEdit ? editLine(prompt) : readPlainLine(prompt)
        if case .line(let line) = outcome {
            editor.remember(line)
            newLines.append(line)
        }
        return outcome
    }

    // MARK: - Editing

    private func editLine(_ prompt: String) -> Outcome {
        enter()
        defer { leave() }
        editor.begin()
        while true {
            while !waitingKeys.isEmpty {
                if let outcome = handle(waitingKeys.removeFirst(), prompt) { return outcome }
            }
            show(prompt)
            guard readKeys() else { return .end }
        }
    }

    private func handle(_ key: Key, _ prompt: String) -> Outcome? {
        let columns = TerminalMode.columns(output)
        let action = editor.handle(key)
        switch action {
        case .show: break
        case .bell: write("\u{07}")
        case .clearScreen: write(display.clear())
        case .accept(let line):
            write(display.leave(prompt: prompt, text: editor.text, columns: columns))
            return .line(line)
        case .interrupt:
            write(display.leave(prompt: prompt, text: editor.text + Array("^C"), columns: columns))
            return .interrupted
        case .end:
            write(display.leave(prompt: prompt, text: editor.text, columns: columns))
            return .end
        case .list(let names):
            write(display.leave(prompt: prompt, text: editor.text, columns: columns))
            write(LineDisplay.table(names, columns: columns))
        case .suspend:
            write(display.leave(prompt: prompt, text: editor.text, columns: columns))
            leave()
            mode.restore()
            raise(SIGTSTP)
            enter()
        }
        return nil
    }

    private func show(_ prompt: String) {
        var shownPrompt = prompt
        if let search = editor.search {
            shownPrompt = "(\(search.hasFailed ? "failed " : "")search)`\(search.query)': "
        }
        write(
            display.show(
                prompt: shownPrompt, text: editor.text, cursor: editor.cursor, columns: TerminalMode.columns(output)))
    }

    /// The mark around pasted text tells it from keys: `ESC [ ? 2004 h`.
    private func enter() {
        mode.setRaw()
        write("\u{1B}[?2004h")
    }

    private func leave() {
        write("\u{1B}[?2004l")
    }

    /// Waits for keys. An Escape that nothing follows soon is the key of that name.
    ///
    /// - Returns: false at the end of the input.
    private func readKeys() -> Bool {
        while waitingKeys.isEmpty {
            if waitingBytes.isEmpty {
                if decoder.isWaiting, !Self.isReadable(input, within: 50) {
                    waitingKeys += decoder.flush()
                    if !waitingKeys.isEmpty { return true }
                }
                guard let bytes = Self.read(input) else { return false }
                waitingBytes = bytes
            }
            waitingKeys += decoder.decode(waitingBytes)
            waitingBytes = []
        }
        return true
    }

    // MARK: - Without editing

    private func readPlainLine(_ prompt: String) -> Outcome {
        // Before the prompt, after which people and programs begin to type.
        mode.setLines()
        write(prompt)
        while true {
            // Ctrl-D that was typed while something ran.
            if waitingBytes.first == 0x04 {
                waitingBytes.removeFirst()
                write("\n")
                return .end
            }
            if let end = waitingBytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x03 }) {
                let line = String(decoding: waitingBytes[..<end], as: UTF8.self)
                let isInterrupt = waitingBytes[end] == 0x03
                waitingBytes.removeSubrange(...end)
                if isInterrupt { write("\n") }
                return isInterrupt ? .interrupted : .line(line)
            }
            guard let bytes = Self.read(input) else {
                // Ctrl-D behind some text hands over the text.
                guard !waitingBytes.isEmpty else {
                    write("\n")
                    return .end
                }
                defer { waitingBytes = [] }
                return .line(String(decoding: waitingBytes, as: UTF8.self))
            }
            waitingBytes += bytes
        }
    }

    // MARK: - While something runs

    /// Runs something and calls `onInterrupt` for every Ctrl-C meanwhile. What else is typed is kept for the next line.
    package func watchingInterrupts<Result>(
        _ onInterrupt: @escaping @Sendable () -> Void, _ body: () throws -> Result
    ) rethrows -> Result {
        mode.setRaw()
        // What was typed ahead may hold one already.
        if takeInterrupts(from: &waitingBytes) || waitingKeys.contains(.interrupt) {
            waitingKeys.removeAll { $0 == .interrupt }
            onInterrupt()
        }
        let watch = InputWatch(input) { byte in
            guard byte == 0x03 else { return true }
            onInterrupt()
            return false
        }
        defer { waitingBytes += watch.stop() }
        return try body()
    }

    private func takeInterrupts(from bytes: inout [UInt8]) -> Bool {
        let count = bytes.count
        bytes.removeAll { $0 == 0x03 }
        return bytes.count < count
    }

    // MARK: - Bytes

    /// What can be read at once, at least one byte; nil at the end.
    static func read(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return Array(buffer[..<count]) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                _ = isReadable(descriptor, within: -1)
                continue
            }
            return nil
        }
    }

    /// - Parameter milliseconds: how long to wait, -1 for as long as it takes.
    static func isReadable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&poller, 1, milliseconds) > 0
    }

    private func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(output, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EAGAIN {
                var poller = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                poll(&poller, 1, -1)
            } else if errno != EINTR {
                // Nobody is there to see it.
                return
            }
        }
    }
}

// The methods of `LineReader` hide these functions of the C library.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
