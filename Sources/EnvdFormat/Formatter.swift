import EnvdSyntax

/// Formats files of the envd language as black formats Python.
///
/// Works chunk by chunk: `format(_:…)` of a chunk depends on nothing but the chunk and a few traits of its file, so what
/// was formatted before an edit can be kept for all chunks that the edit left alone.
package struct Formatter: Sendable {
    package let style: Style

    package init(style: Style = Style()) {
        self.style = style
    }

    /// The formatted file, its line breaks as in the file's first line, with a line break at its end.
    ///
    /// Never changes what the program means: the result is parsed and compared with the file before it is returned.
    package static func format(_ file: SourceFile, style: Style = Style()) throws(FormatError) -> [UInt8] {
        try Formatter(style: style).format(file)
    }

    package func format(_ file: SourceFile) throws(FormatError) -> [UInt8] {
        if let first = file.diagnostics.first { throw .syntax(first: first) }
        let source = file.bytes
        var normalized = file
        if source.contains(0x0D) { normalized = SourceFile(bytes: LineBreaks.unified(source)) }
        let hasByteOrderMark = source.starts(with: [0xEF, 0xBB, 0xBF])
        var out = formatUnchecked(normalized)
        // What one pass adds (a comma, parentheses) can change what the next one does. black takes two passes for that
        // reason; more are only needed where black gives up.
        var previous = hasByteOrderMark ? Array(normalized.bytes.dropFirst(3)) : normalized.bytes
        for _ in 1..<Self.maximumPasses where out != previous {
            let pass = SourceFile(bytes: out)
            if let finding = pass.diagnostics.first { throw .notEquivalent(reason: Equivalence.describe(finding)) }
            previous = out
            out = formatUnchecked(pass)
        }
        if out.isEmpty, source.contains(0x0A) { out = [0x0A] }
        if source.contains(0x0D) { out = LineBreaks.converted(out, to: LineBreaks.kind(of: source)) }
        if hasByteOrderMark { out = [0xEF, 0xBB, 0xBF] + out }
        if out == source { return out }
        if let difference = Equivalence.difference(between: file, and: SourceFile(bytes: out)) {
            throw .notEquivalent(reason: difference)
        }
        return out
    }

    private static let maximumPasses = 5

    private func formatUnchecked(_ file: SourceFile) -> [UInt8] {
        let chunks = file.chunks
        var flat: [FlatChunk] = []
        flat.reserveCapacity(chunks.count)
        var roles: [TokenRoles] = []
        roles.reserveCapacity(chunks.count)
        var traits = FileTraits()
        for (index, element) in chunks.enumerated() {
            let chunk = FlatChunk(element.chunk)
            let chunkRoles = element.chunk.withBytes { TokenRoles(chunk, text: $0, isFirstInFile: index == 0) }
            traits.formUnion(chunkRoles.traits)
            flat.append(chunk)
            roles.append(chunkRoles)
        }
        var lines = BlankLines()
        var isVerbatim = false
        for (index, element) in chunks.enumerated() {
            element.chunk.withBytes { text in
                var formatter = ChunkFormatter(
                    flat[index], roles: roles[index], text: text, traits: traits, style: style,
                    hasByteOrderMark: index == 0 && text.starts(with: [0xEF, 0xBB, 0xBF]), startsVerbatim: isVerbatim)
                formatter.run()
                isVerbatim = formatter.endsVerbatim
                lines.append(formatter.output)
            }
        }
        return lines.joined()
    }

    // MARK: - One chunk

    /// What a chunk adds to the traits of its file.
    package func traits(of chunk: Chunk) -> FileTraits {
        let flat = FlatChunk(chunk)
        return chunk.withBytes { TokenRoles(flat, text: $0, isFirstInFile: false).traits }
    }

    /// Formats a chunk without findings, its line breaks LF.
    ///
    /// - Parameter startsVerbatim: what `endsVerbatim` of the chunk before says.
    package func format(
        _ chunk: Chunk, traits: FileTraits, isFirstInFile: Bool, startsVerbatim: Bool = false
    ) -> FormattedChunk {
        let flat = FlatChunk(chunk)
        return chunk.withBytes { text in
            let roles = TokenRoles(flat, text: text, isFirstInFile: isFirstInFile)
            var formatter = ChunkFormatter(
                flat, roles: roles, text: text, traits: traits, style: style,
                hasByteOrderMark: isFirstInFile && text.starts(with: [0xEF, 0xBB, 0xBF]), startsVerbatim: startsVerbatim
            )
            formatter.run()
            var output = formatter.output
            output.endsVerbatim = formatter.endsVerbatim
            return output
        }
    }
}

extension TokenRoles {
    var traits: FileTraits {
        var traits = FileTraits()
        // Python 3.6, which allows the one, allows the other too.
        traits.hasCommaAfterStarInCall = hasCommaAfterStarInCall || hasCommaAfterStarInDef
        traits.hasCommaAfterStarInDef = hasCommaAfterStarInDef
        return traits
    }
}

/// Line breaks of whole files.
enum LineBreaks {
    enum Kind {
        case lineFeed, carriageReturnLineFeed, carriageReturn
    }

    /// As black takes it from the first line.
    static func kind(of source: [UInt8]) -> Kind {
        guard let end = source.firstIndex(of: 0x0A) else { return source.contains(0x0D) ? .carriageReturn : .lineFeed }
        let line = source[..<end]
        if line.last == 0x0D { return line.dropLast().contains(0x0D) ? .carriageReturn : .carriageReturnLineFeed }
        return line.contains(0x0D) ? .carriageReturn : .lineFeed
    }

    /// Every line break as LF.
    static func unified(_ source: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(source.count)
        var at = 0
        while at < source.count {
            if source[at] == 0x0D {
                out.append(0x0A)
                at += at + 1 < source.count && source[at + 1] == 0x0A ? 2 : 1
            } else {
                out.append(source[at])
                at += 1
            }
        }
        return out
    }

    static func converted(_ text: [UInt8], to kind: Kind) -> [UInt8] {
        switch kind {
        case .lineFeed: return text
        case .carriageReturn: return text.map { $0 == 0x0A ? 0x0D : $0 }
        case .carriageReturnLineFeed:
            var out: [UInt8] = []
            out.reserveCapacity(text.count + text.count / 16)
            for byte in text {
                if byte == 0x0A { out.append(0x0D) }
                out.append(byte)
            }
            return out
        }
    }
}
