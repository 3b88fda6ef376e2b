import EnvdSyntax

/// A replacement of the bytes `range` by `text`.
struct Edit {
    var range: Range<Int>
    var text: [UInt8]

    /// Reads one edit a line: the offset, the number of deleted bytes, the inserted bytes in hexadecimal (`-` for none).
    static func list(from bytes: [UInt8]) throws(BenchmarkError) -> [Edit] {
        var edits: [Edit] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard
                words.count == 3, let offset = Int(words[0]), let deleted = Int(words[1]), offset >= 0, deleted >= 0,
                let text = words[2] == "-" ? [] : hexadecimal(words[2])
            else { throw .malformedEdit(line: edits.count + 1) }
            edits.append(Edit(range: offset..<(offset + deleted), text: text))
        }
        return edits
    }

    private static func hexadecimal(_ word: String) -> [UInt8]? {
        let digits = word.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == word.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

struct EditResult: Encodable {
    var sourceBytes: Int
    /// Nanoseconds of each edit, a list for each round over all edits.
    var rounds: [[Int64]]
}

func measureEdits(_ edits: [Edit], of source: [UInt8], rounds: Int) -> EditResult {
    let clock = ContinuousClock()
    let file = SourceFile(bytes: source)
    var result = EditResult(sourceBytes: source.count, rounds: [])
    for _ in 0...rounds {  // the first one warms up
        var times: [Int64] = []
        for edit in edits {
            let start = clock.now
            let edited = file.replacing(edit.range, with: edit.text)
            times.append(start.duration(to: clock.now).wholeNanoseconds)
            keep(edited.utf8Count)
            ChunkMemory.rest()
        }
        result.rounds.append(times)
    }
    result.rounds.removeFirst()
    return result
}

func measureSession(_ edits: [Edit], of source: [UInt8], rounds: Int) -> EditResult {
    let clock = ContinuousClock()
    var result = EditResult(sourceBytes: source.count, rounds: [])
    for _ in 0...rounds {
        var times: [Int64] = []
        var file = SourceFile(bytes: source)
        for edit in edits {
            let start = clock.now
            file = file.replacing(edit.range, with: edit.text)
            ChunkMemory.rest()
            times.append(start.duration(to: clock.now).wholeNanoseconds)
        }
        keep(file.utf8Count)
        result.rounds.append(times)
    }
    result.rounds.removeFirst()
    return result
}
