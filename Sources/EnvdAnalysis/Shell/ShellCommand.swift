/// One program that a shell script runs: `A=b sudo apt-get install -y curl`.
struct ShellCommand: Sendable, Hashable {
    /// UTF-8 bytes in the script, from the first word to the last.
    var range: Range<Int>
    /// The program and its arguments, without assignments, `sudo` and the like before it.
    var words: [ShellWord]
    /// `NAME=value` before the program.
    var assignments: [ShellWord] = []
    /// The word `sudo` before the program.
    var sudo: ShellWord?
    /// What follows a redirection, with its operator.
    var redirections: [(op: ShellOperator, target: ShellWord)] = []
    /// The operator before and behind it; nil at the ends of the script.
    var before: ShellOperator?
    var after: ShellOperator?
    /// How many parentheses, braces, conditions and loops it stands in.
    var depth = 0

    /// The program without its folder; empty if there are only assignments or redirections.
    var name: String {
        guard let text = words.first?.value else { return "" }
        guard text.utf8.contains(UInt8(ascii: "/")) else { return text }
        return text.split(separator: "/").last.map(String.init) ?? text
    }

    var arguments: ArraySlice<ShellWord> { words.dropFirst() }

    /// The arguments that are no options.
    var operands: [ShellWord] { arguments.filter { !$0.text.hasPrefix("-") } }

    /// Whether one of these options is given: `-y`, also within `-qy`, or `--yes`.
    func has(_ options: String...) -> Bool {
        arguments.contains { word in
            let text = word.text
            return options.contains { option in
                if option.hasPrefix("--") { return text == option || text.hasPrefix(option + "=") }
                guard option.count == 2, let letter = option.last else { return text == option }
                return text.hasPrefix("-") && !text.hasPrefix("--") && text.dropFirst().contains(letter)
            }
        }
    }

    static func == (a: ShellCommand, b: ShellCommand) -> Bool { a.range == b.range && a.words == b.words }
    func hash(into hasher: inout Hasher) { hasher.combine(range) }
}

/// The commands of a script, in their order.
struct ShellCommandList {
    private(set) var commands: [ShellCommand] = []
    /// Whether it defines functions or sets its own arguments, so that `$1` means something.
    private(set) var setsParameters = false

    private var depth = 0
    private var before: ShellOperator?
    private var words: [ShellWord] = []
    private var redirections: [(op: ShellOperator, target: ShellWord)] = []

    init(_ tokens: [ShellToken]) {
        var index = 0
        while index < tokens.count {
            defer { index += 1 }
            switch tokens[index] {
            case .word(let word): words.append(word)
            case .operator(let op) where op.isRedirection:
                guard index + 1 < tokens.count, case .word(let target) = tokens[index + 1] else { continue }
                redirections.append((op, target))
                index += 1
            case .operator(let op):
                if op.text == "(", !words.isEmpty { setsParameters = true }
                finish(after: op)
                if op.text == "(" { depth += 1 }
                if op.text == ")" { depth = max(0, depth - 1) }
                // A line that ends behind `&&` or `|` goes on in the next.
                if op.text != "\n" || before == nil || before?.text == ";" { before = op }
            }
        }
        finish(after: nil)
    }

    /// Words that begin a structure, and how the words behind them are read.
    private static let openings: Set<String> = ["if", "while", "until", "{"]
    private static let heads: Set<String> = ["for", "case", "select", "[[", "function"]
    private static let closings: Set<String> = ["fi", "done", "esac", "}"]
    private static let fillers: Set<String> = ["then", "do", "else", "elif", "!", "time"]

    private mutating func finish(after: ShellOperator?) {
        defer {
            words = []
            redirections = []
        }
        var rest = words[...]
        while let first = rest.first, !first.isQuoted {
            if ShellCommandList.openings.contains(first.raw) {
                depth += 1
            } else if ShellCommandList.closings.contains(first.raw) {
                depth = max(0, depth - 1)
            } else if ShellCommandList.heads.contains(first.raw) {
                if first.raw != "[[" { depth += first.raw == "function" ? 0 : 1 }
                if first.raw == "function" { setsParameters = true }
                return
            } else if !ShellCommandList.fillers.contains(first.raw) {
                break
            }
            rest.removeFirst()
        }
        guard !rest.isEmpty || !redirections.isEmpty else { return }
        let start = rest.first?.range.lowerBound ?? redirections[0].op.range.lowerBound
        let end = max(rest.last?.range.upperBound ?? 0, redirections.last?.target.range.upperBound ?? 0)
        var command = ShellCommand(range: start..<max(start, end), words: [])
        command.redirections = redirections
        command.before = before
        command.after = after
        command.depth = depth
        strip(&rest, into: &command)
        command.words = Array(rest)
        if command.name == "set", command.operands.first != nil { setsParameters = true }
        commands.append(command)
        before = nil
    }

    /// Programs that run the one behind them, with the options that take a word.
    private static let wrappers: [String: Set<String>] = [
        "sudo": ["-u", "-g", "-h", "-p", "-C", "-D", "--user", "--group"], "env": ["-u", "-C", "-S"],
        "nohup": [], "exec": ["-a"], "command": [], "builtin": [], "nice": ["-n"], "ionice": ["-c", "-n"],
        "timeout": ["-s", "-k"], "stdbuf": ["-i", "-o", "-e"],
    ]

    private mutating func strip(_ rest: inout ArraySlice<ShellWord>, into command: inout ShellCommand) {
        while let first = rest.first {
            if ShellCommandList.isAssignment(first) {
                command.assignments.append(first)
                rest.removeFirst()
                continue
            }
            guard rest.count > 1, let name = first.value, let valued = ShellCommandList.wrappers[name] else { return }
            if name == "sudo" { command.sudo = first }
            rest.removeFirst()
            while let option = rest.first, option.text.hasPrefix("-"), rest.count > 1 {
                rest.removeFirst()
                if valued.contains(option.text), rest.count > 1 { rest.removeFirst() }
            }
            if name == "timeout", rest.count > 1 { rest.removeFirst() }
        }
    }

    private static func isAssignment(_ word: ShellWord) -> Bool {
        let bytes = Array(word.raw.utf8)
        guard let first = bytes.first, first.isShellNameStart,
            let end = bytes.firstIndex(where: { !$0.isShellNamePart })
        else { return false }
        return bytes[end] == "=" || (bytes[end] == "+" && end + 1 < bytes.count && bytes[end + 1] == "=")
    }
}
