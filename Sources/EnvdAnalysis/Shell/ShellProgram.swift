import EnvdSyntax

/// A shell script that the program writes out in a call, as the shell is meant to read it.
struct ShellProgram: Sendable {
    enum Moment: Sendable {
        /// `run`: while the image is built, with `set -euo pipefail`.
        case build
        /// `runtime.init`: when the environment starts, by the supervisor.
        case start
        /// `runtime.command`: by hand, over SSH.
        case exec
    }

    let moment: Moment
    let commands: [ShellCommand]
    let expansions: [ShellExpansion]
    let unclosed: ShellUnclosedQuotation?
    /// Whether parts of it cannot be known: their places hold a command that does nothing.
    let hasUnknownParts: Bool
    let setsParameters: Bool
    /// What envd's own quotation makes of it; nil where there is none.
    let quotation: EnvdQuotation?
    /// The literals that it is made of.
    let literals: [LiteralText]

    /// Where each literal begins in the script.
    private let starts: [Int]
    /// For each byte that was read, its place in the script; nil if they are the same.
    private let offsets: [Int]?

    init(_ parts: [LiteralText?], _ moment: Moment) {
        var script: [UInt8] = []
        var literals: [LiteralText] = []
        var starts: [Int] = []
        for part in parts {
            if let part {
                literals.append(part)
                starts.append(script.count)
                script += part.bytes
            } else {
                script.append(UInt8(ascii: ":"))
            }
            script.append(UInt8(ascii: "\n"))
        }
        self.moment = moment
        self.literals = literals
        self.starts = starts
        hasUnknownParts = literals.count != parts.count
        quotation = moment == .exec ? nil : EnvdQuotation(script)
        if let quotation, quotation.isDeliberate, quotation.outcome == .whole {
            offsets = quotation.offsets
            script = quotation.bytes
        } else {
            offsets = nil
        }
        let lexer = ShellLexer(script)
        let list = ShellCommandList(lexer.tokens)
        commands = list.commands
        setsParameters = list.setsParameters
        expansions = lexer.expansions
        unclosed = lexer.unclosed
    }

    /// The place in the file of a part of what was read.
    func source(_ part: Range<Int>) -> Range<Int> {
        guard let offsets else { return place(part) }
        guard part.lowerBound < offsets.count, !part.isEmpty else { return place(part.lowerBound..<part.lowerBound) }
        return place(offsets[part.lowerBound]..<(offsets[min(part.upperBound, offsets.count) - 1] + 1))
    }

    /// The literal that holds an offset of the script, and the offset in it.
    func literal(at offset: Int) -> (literal: LiteralText, offset: Int)? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : (literals[low - 1], offset - starts[low - 1])
    }

    /// The place in the file of a part of the script as it is written.
    func place(_ part: Range<Int>) -> Range<Int> {
        guard let (literal, offset) = literal(at: part.lowerBound) else { return literals.first?.range ?? 0..<0 }
        guard offset <= literal.bytes.count else { return literal.range }
        return literal.source(offset..<min(offset + part.count, literal.bytes.count))
    }
}

extension ShellProgram {
    /// Whether a function of the API takes scripts.
    static func isFunction(_ name: String) -> Bool {
        name == "run" || name == "runtime.init" || name == "runtime.command"
    }

    /// The shell scripts that a call holds.
    static func programs(of call: APICall, in context: RuleContext) -> [ShellProgram] {
        let moment: Moment
        switch call.name {
        case "run": moment = .build
        case "runtime.init": moment = .start
        case "runtime.command": moment = .exec
        default: return []
        }
        guard let argument = call.arguments.first(where: { $0.parameter.takesScripts }),
            let constant = context.constant(argument.value)
        else { return [] }
        func literal(_ constant: Constant) -> LiteralText? {
            constant.text.map { LiteralText(($0, constant.range), in: context.file) }
        }
        if let entries = constant.entries {
            return entries.compactMap { literal($0.value) }.map { ShellProgram([$0], moment) }
        }
        guard let elements = constant.elements, !elements.isEmpty else { return [] }
        let parts = elements.map(literal)
        guard parts.contains(where: { $0 != nil }) else { return [] }
        return [ShellProgram(parts, moment)]
    }
}

extension RuleContext {
    /// The commands of a call that run while the image is built.
    func buildCommands(of call: APICall) -> [(program: ShellProgram, command: ShellCommand)] {
        guard call.name == "run" else { return [] }
        return shellPrograms(of: call).flatMap { program in program.commands.map { (program, $0) } }
    }
}
