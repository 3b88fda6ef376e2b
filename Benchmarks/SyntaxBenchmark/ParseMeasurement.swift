import EnvdSyntax

struct ParseResult: Encodable {
    var sourceBytes: Int
    var files: Int
    /// Nanoseconds of each measured pass over all files.
    var passes: [Int64]
    /// Top-level statements and findings of one pass: a figure that the optimizer cannot do without.
    var statements: Int
    var findings: Int
}

/// Parses every file and lets go of its tree, again and again.
func measureParse(_ sources: [[UInt8]], warmPasses: Int, passes: Int) -> ParseResult {
    var result = ParseResult(
        sourceBytes: sources.reduce(0) { $0 + $1.count }, files: sources.count, passes: [], statements: 0, findings: 0)
    for pass in 0..<(warmPasses + passes) {
        let duration = ContinuousClock().measure {
            for source in sources {
                keep(SourceFile(bytes: source).utf8Count)
                ChunkMemory.rest()
            }
        }
        if pass >= warmPasses { result.passes.append(duration.wholeNanoseconds) }
    }
    for source in sources {
        let file = SourceFile(bytes: source)
        result.statements += file.statements.count
        result.findings += file.diagnostics.count
    }
    return result
}

/// Uses a value in a way that the optimizer cannot see through.
@inline(never)
@_optimize(none)
func keep(_ value: Int) {}

extension Duration {
    var wholeNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
