import EnvdSyntax

/// Formats files of the envd language as black formats Python.
///
/// Works chunk by chunk: what a chunk is formatted to depends on nothing but the chunk and a few traits of its file, so the
/// chunks of a large file can be formatted side by side.
package struct Formatter: Sendable {
    package let style: Style

    package init(style: Style = Style()) {
        self.style = style
    }

    /// Runs a function for 0, 1, … up to a count, in any order and on any threads, and ends when all have ended.
    package typealias Concurrently = (_ count: Int, _ body: @escaping @Sendable (Int) -> Void) -> Void

    /// The formatted file, its line breaks as in the file's first line, with a line break at its end.
    ///
    /// Never changes what the program means: the result is parsed and compared with the file before it is returned.
    package static func format(_ file: SourceFile, style: Style = Style()) throws(FormatError) -> [UInt8] {
        try Formatter(style: style).format(file)
    }

    /// - Parameter concurrently: what runs the parts of a large file.
    package func format(
        _ file: SourceFile, concurrently: Concurrently? = nil
    ) throws(FormatError) -> [UInt8] {
        if file.hasDiagnostics, let first = file.diagnostics.first { throw .syntax(first: first) }
        let source = file.bytes
        let hasReturns = source.contains(0x0D)
        let hasByteOrderMark = source.starts(with: [0xEF, 0xBB, 0xBF])
        let normalized = hasReturns ? SourceFile(bytes: LineBreaks.unified(source)) : file
        var pass = FormatPass(normalized, style: style, concurrently: concurrently)
        // What one pass adds (a comma, parentheses) can change what the next one does. black takes two passes for that
        // reason; more are only needed where black gives up.
        var last: SourceFile?
        if !pass.isIdentity(of: normalized, without: hasByteOrderMark ? 3 : 0) {
            for _ in 1..<Self.maximumPasses {
                let file = SourceFile(bytes: pass.joined)
                if file.hasDiagnostics, let finding = file.diagnostics.first {
                    throw .notEquivalent(reason: Equivalence.describe(finding))
                }
                let next = FormatPass(file, after: pass, style: style)
                last = file
                if next.joined == pass.joined { break }
                last = nil
                pass = next
            }
        }
        var out = pass.joined
        if out.isEmpty, source.contains(0x0A) { out = [0x0A] }
        if hasReturns { out = LineBreaks.converted(out, to: LineBreaks.kind(of: source)) }
        if hasByteOrderMark { out = [0xEF, 0xBB, 0xBF] + out }
        if out == source { return out }
        let result = hasReturns || hasByteOrderMark ? nil : last
        if let difference = Equivalence.difference(between: file, and: result ?? SourceFile(bytes: out)) {
            throw .notEquivalent(reason: difference)
        }
        return out
    }

    static let maximumPasses = 5
}
