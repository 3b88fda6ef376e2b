import EnvdFormat
import EnvdSyntax

/// A file to format. Independent of other files, so that each core can have one.
struct FormatJob: Sendable {
    let source: InputSource
    let style: Style

    enum Purpose: Sendable {
        case write, check, diff
    }

    enum Outcome: Sendable {
        /// - Parameters:
        ///   - text: what standard output gets of standard input.
        ///   - record: what is to be remembered of the file.
        case unchanged(text: [UInt8]?, record: FormattedFiles.Record?)
        case changed(name: String, Text)
        /// Lines that say why.
        case refused([String], isStandardInput: Bool)
        case failure(CommandFailure)
    }

    /// What is to be printed of a changed file.
    enum Text: Sendable {
        case nothing
        case formatted([UInt8])
        case difference([UnifiedDiff.Line])
    }

    /// Formats the file and, if that is the purpose, writes it.
    ///
    /// - Parameter known: the files that need not be read.
    func run(_ purpose: Purpose, known: FormattedFiles?, concurrently: Formatter.Concurrently?) -> Outcome {
        do throws(CommandFailure) {
            // Before the file is read, so that a change meanwhile is seen.
            let before = known != nil ? file.flatMap(FormattedFiles.state) : nil
            func record() -> FormattedFiles.Record? {
                guard let file, let before else { return nil }
                return known?.record(before, of: file, style: cacheStyle)
            }
            if let before, known?.contains(before, style: cacheStyle) == true {
                return .unchanged(text: nil, record: record())
            }
            let input = try source.read()
            try checkIsText(input)
            switch try formatted(input, concurrently) {
            case .failure(let findings): return .refused(findings.lines, isStandardInput: input.path == nil)
            case .success(let new):
                let text = purpose == .write && input.path == nil ? new : nil
                if new == input.bytes { return .unchanged(text: text, record: record()) }
                if purpose == .write, let path = input.path {
                    try replaceFile(at: path, expecting: input.bytes, with: new)
                }
                if purpose == .diff {
                    let name = input.displayName
                    let lines = UnifiedDiff.lines(old: input.bytes, new: new, oldName: name, newName: name)
                    return .changed(name: name, .difference(lines))
                }
                return .changed(name: input.displayName, text.map(Text.formatted) ?? .nothing)
            }
        } catch {
            return .failure(error)
        }
    }

    private var file: Path? {
        if case .file(let path, _) = source { path } else { nil }
    }

    /// All that bears on whether a file is formatted, besides its content.
    private var cacheStyle: UInt64 {
        let flags = [
            style.normalizesStrings, style.heedsMagicTrailingComma, file.map(MarkdownPrograms.isMarkdown) ?? false,
        ]
        return flags.reduce(UInt64(style.lineLength)) { $0 << 1 | ($1 ? 1 : 0) }
    }

    /// Bytes that are no text are no program that somebody wants to be laid out, even where they parse as one.
    private func checkIsText(_ input: Input) throws(CommandFailure) {
        if input.bytes.contains(0) { throw CommandFailure("cannot format '\(input.displayName)': a binary file") }
        guard String(validating: input.bytes, as: UTF8.self) == nil else { return }
        var place = 0
        var decoder = UTF8()
        var bytes = input.bytes.makeIterator()
        decoding: while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar): place += UTF8.width(scalar)
            case .emptyInput, .error: break decoding
            }
        }
        let position = LineTable(input.bytes).position(at: place)
        throw CommandFailure(
            "cannot format '\(input.displayName)': line \(position.line + 1) is not UTF-8, at its byte "
                + "\(position.column + 1)")
    }

    /// Why a file was left alone, one line each.
    private struct Findings: Error {
        var lines: [String] = []
    }

    private func formatted(
        _ input: Input, _ concurrently: Formatter.Concurrently?
    ) throws(CommandFailure) -> Result<[UInt8], Findings> {
        let file = try SourceFile(input)
        guard input.isMarkdown else {
            do throws(FormatError) {
                return .success(try Formatter(style: style).format(file, concurrently: concurrently))
            } catch {
                let finding = try finding(of: error, input)
                return .failure(Findings(lines: [line(finding, at: finding.range.lowerBound, in: file, input)]))
            }
        }
        let markdown = MarkdownPrograms(input.bytes)
        var texts: [[UInt8]?] = []
        var findings = Findings()
        for program in markdown.programs {
            do throws(FormatError) {
                texts.append(try Formatter(style: style).format(SourceFile(bytes: program.source)))
            } catch {
                let finding = try finding(of: error, input)
                let place = program.documentRange(finding.range).lowerBound
                findings.lines.append(line(finding, at: place, in: file, input))
            }
        }
        if !findings.lines.isEmpty { return .failure(findings) }
        do throws(MarkdownPrograms.Refusal) {
            return .success(try markdown.replacing(texts))
        } catch {
            throw CommandFailure("cannot format '\(input.displayName)', line \(error.line): \(error.reason)")
        }
    }

    private func finding(of error: FormatError, _ input: Input) throws(CommandFailure) -> SyntaxDiagnostic {
        switch error {
        case .syntax(let finding): return finding
        case .notEquivalent(let reason):
            throw CommandFailure("cannot format '\(input.displayName)': \(reason)")
        }
    }

    private func line(_ finding: SyntaxDiagnostic, at offset: Int, in file: SourceFile, _ input: Input) -> String {
        let position = file.position(at: offset, encoding: .utf32)
        let place = "\(input.displayName):\(position.line + 1):\(position.column + 1)"
        return "\(place): error: \(finding.message) [\(finding.code.name)]\n"
    }
}
