import EnvdAnalysis
import EnvdSyntax

struct RecheckResult: Encodable {
    var sourceBytes: Int
    /// Nanoseconds of the first check of the whole file.
    var first: Int64
    /// Nanoseconds of each edit with its parse, the check, and the list of all findings; a list for each round over all edits.
    var rounds: [[Int64]]
    /// How many findings there are after the last edit.
    var findings: Int
    /// How many chunks were checked again for each edit of the last round.
    var checked: [Int]
}

/// Edits one after the other, as somebody types them, with all findings after each.
func measureRecheck(_ edits: [Edit], of source: [UInt8], rounds: Int) throws(BenchmarkError) -> RecheckResult {
    let clock = ContinuousClock()
    var result = RecheckResult(sourceBytes: source.count, first: 0, rounds: [], findings: 0, checked: [])
    for _ in 0...rounds {
        var times: [Int64] = []
        let begin = clock.now
        let checked = CheckedFile(
            SourceFile(bytes: source), dialect: .envd, environment: .envd, keepsDependencies: true)
        result.first = begin.duration(to: clock.now).wholeNanoseconds
        result.checked = []
        for edit in edits {
            let start = clock.now
            checked.update(checked.file.replacing(edit.range, with: edit.text))
            result.findings = checked.findings.count
            ChunkMemory.rest()
            times.append(start.duration(to: clock.now).wholeNanoseconds)
            result.checked.append(checked.checkedCount)
        }
        result.rounds.append(times)
        // Fast and wrong would be no result.
        let fresh = CheckedFile(checked.file, dialect: .envd, environment: .envd)
        guard fresh.findings == checked.findings else { throw .wrongFindings }
    }
    result.rounds.removeFirst()
    return result
}
