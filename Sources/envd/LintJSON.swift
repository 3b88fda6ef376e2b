import EnvdAnalysis
import EnvdSyntax
import Synchronization

/// Writes what `Tests/Specs/lint/lint-output.schema.json` describes while files are still being checked: the findings of a file as soon
/// as those of the files before it are written. There may be tens of thousands, and so they need not all be kept.
final class LintJSONOutput: Sendable {
    private struct State {
        /// What is to be written once it is its turn, by the places of the files.
        var waiting: [Int: [UInt8]] = [:]
        var next = 0
        var isEmpty = true
        var output = StandardOutput()
    }

    private let state = Mutex(State())
    /// What stands before the findings.
    private static let head = parts([]).head

    /// - Parameters:
    ///   - report: nil if the file could not be checked.
    ///   - index: the file's place among all, each of which has to be put once.
    func put(_ report: LintReport?, at index: Int) {
        let findings = report.map(LintJSONOutput.findings) ?? []
        // Who reads slowly holds up everything: what is not written yet would else pile up.
        state.withLock { state in
            state.waiting[index] = findings
            while let next = state.waiting.removeValue(forKey: state.next) {
                state.next += 1
                if next.isEmpty { continue }
                // Each finding begins with a comma, but for the very first.
                state.output.write(bytes: state.isEmpty ? LintJSONOutput.head + next[1...] : next)
                state.isEmpty = false
            }
        }
    }

    /// Writes the rest.
    ///
    /// - Parameter names: those of the files that have been checked.
    func finish(_ names: [String]) throws(CommandFailure) {
        let failure = state.withLock { state -> CommandFailure? in
            let (head, tail) = LintJSONOutput.parts(names)
            state.output.write(bytes: state.isEmpty ? head : Array("\n  ".utf8))
            state.output.write(bytes: tail)
            do throws(CommandFailure) {
                try state.output.flush()
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// What stands before and behind the findings.
    private static func parts(_ names: [String]) -> (head: [UInt8], tail: [UInt8]) {
        var json = JSONWriter()
        json.object([
            ("version", { $0.number(1) }),
            ("findings", { $0.array([Int]()) { _, _ in } }),
            ("files", { $0.array(names) { $0.string($1) } }),
        ])
        // The first list in it is that of the findings.
        let end = json.bytes.firstIndex(of: UInt8(ascii: "]")) ?? json.bytes.endIndex
        return (Array(json.bytes[..<end]), json.bytes[end...] + Array("\n".utf8))
    }

    /// The findings of one file, as elements of the list of all: a comma stands before each.
    private static func findings(_ report: LintReport) -> [UInt8] {
        if report.findings.isEmpty { return [] }
        let positions = PositionTable(report.file, encoding: .utf32)
        var writer = JSONWriter()
        writer.string(report.name)
        let name = writer.bytes
        // Not a byte more than is reserved here can be written, and none is looked at before it is.
        let capacity = report.findings.reduce(0) { $0 + FindingsJSON.maximumLength(of: $1, name) }
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var json = FindingsJSON(buffer, name, positions)
            for finding in report.findings { json.add(finding) }
            count = json.count
        }
    }
}

/// Writes findings of one file, as `JSONWriter` would; that one has a closure for each member, which was most of the time that
/// printing took.
private struct FindingsJSON {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0
    private let positions: PositionTable
    /// The line of the place that was written last.
    private var line = 0
    /// The file's name, as JSON.
    private let name: [UInt8]

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ name: [UInt8], _ positions: PositionTable) {
        self.buffer = buffer
        self.name = name
        self.positions = positions
    }

    /// How much a finding, a related place, a fix and an edit take without their texts, at most: what is fixed, and all numbers.
    private static let frame = 512
    /// How much a byte of a text takes at most, as `\u001b`.
    private static let escape = 6

    /// No finding takes more, in bytes.
    static func maximumLength(of finding: Finding, _ name: [UInt8]) -> Int {
        var text = finding.code.utf8.count + finding.message.utf8.count
        var frames = 1
        if let related = finding.related {
            frames += 1
            text += related.note.utf8.count
        }
        for fix in finding.fixes {
            frames += 1 + fix.edits.count
            text += fix.title.utf8.count
            for edit in fix.edits { text += edit.replacement.utf8.count }
        }
        return frames * frame + name.count + escape * text
    }

    mutating func add(_ finding: Finding) {
        put(",\n    {\n      \"file\": ")
        name.withUnsafeBufferPointer { put($0) }
        put(",\n      \"code\": ")
        plain(finding.code)
        put(",\n      \"severity\": ")
        plain(finding.severity.rawValue)
        put(",\n      \"message\": ")
        string(finding.message)
        put(",\n      \"range\": {\n        \"start\": {\n          \"offset\": ")
        place(finding.range.lowerBound, ",\n          \"line\": ", ",\n          \"column\": ")
        put("\n        },\n        \"end\": {\n          \"offset\": ")
        place(finding.range.upperBound, ",\n          \"line\": ", ",\n          \"column\": ")
        put("\n        }\n      },\n      \"fixes\": [")
        for (index, fix) in finding.fixes.enumerated() {
            if index > 0 { put(",") }
            add(fix)
        }
        put(finding.fixes.isEmpty ? "]" : "\n      ]")
        if let related = finding.related {
            put(",\n      \"related\": {\n        \"note\": ")
            string(related.note)
            put(",\n        \"range\": {\n          \"start\": {\n            \"offset\": ")
            place(related.range.lowerBound, ",\n            \"line\": ", ",\n            \"column\": ")
            put("\n          },\n          \"end\": {\n            \"offset\": ")
            place(related.range.upperBound, ",\n            \"line\": ", ",\n            \"column\": ")
            put("\n          }\n        }\n      }")
        }
        put("\n    }")
    }

    private mutating func add(_ fix: Fix) {
        put("\n        {\n          \"title\": ")
        string(fix.title)
        put(fix.isSafe ? ",\n          \"safe\": true" : ",\n          \"safe\": false")
        put(",\n          \"edits\": [")
        for (index, edit) in fix.edits.enumerated() {
            if index > 0 { put(",") }
            put(
                "\n            {\n              \"range\": {\n                \"start\": {\n                  \"offset\": "
            )
            place(edit.range.lowerBound, ",\n                  \"line\": ", ",\n                  \"column\": ")
            put("\n                },\n                \"end\": {\n                  \"offset\": ")
            place(edit.range.upperBound, ",\n                  \"line\": ", ",\n                  \"column\": ")
            put("\n                }\n              },\n              \"replacement\": ")
            string(edit.replacement)
            put("\n            }")
        }
        put(fix.edits.isEmpty ? "]\n        }" : "\n          ]\n        }")
    }

    private mutating func place(_ offset: Int, _ line: StaticString, _ column: StaticString) {
        let position = positions.position(at: offset, near: &self.line)
        number(offset)
        put(line)
        number(position.line + 1)
        put(column)
        number(position.column + 1)
    }

    private mutating func number(_ value: Int) {
        let maximumLength = 10
        guard value >= 0, value < 10_000_000_000, buffer.count &- count >= maximumLength, let to = buffer.baseAddress
        else {
            var text = String(value)
            return text.withUTF8 { put($0) }
        }
        var (length, limit) = (1, 10)
        while value >= limit {
            length &+= 1
            limit = limit &* 10
        }
        // Digits from the last to the first.
        var (rest, place) = (UInt(bitPattern: value), count &+ length)
        count = place
        repeat {
            place &-= 1
            to[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
    }

    /// A text that needs no escapes.
    private mutating func plain(_ value: String) {
        var value = value
        put("\"")
        value.withUTF8 { put($0) }
        put("\"")
    }

    /// Most texts need no escapes.
    private mutating func string(_ value: String) {
        var value = value
        let isPlain = value.withUTF8 { text in
            guard !FindingsJSON.holdsEscaped(text) else { return false }
            put("\"")
            put(text)
            put("\"")
            return true
        }
        guard !isPlain else { return }
        var writer = JSONWriter()
        writer.string(value)
        writer.bytes.withUnsafeBufferPointer { put($0) }
    }

    /// Whether a text has bytes that are not written as they are, or may not be.
    private static func holdsEscaped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        func isEscaped(_ byte: UInt8) -> Bool {
            byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        }
        let ones: UInt64 = 0x0101_0101_0101_0101
        /// Whether a byte may be smaller than a limit, of bytes below 0x80; never false where one is.
        func mayHoldBelow(_ limit: UInt64, _ word: UInt64) -> UInt64 { (word &- limit &* ones) & ~word }
        var place = 0
        while let base = text.baseAddress, place &+ 8 <= text.count {
            let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self)
            let found =
                word | mayHoldBelow(0x20, word) | mayHoldBelow(1, word ^ (ones &* 0x7F))
                | mayHoldBelow(1, word ^ (ones &* 0x22)) | mayHoldBelow(1, word ^ (ones &* 0x5C))
            if found & (ones &* 0x80) != 0 {
                for index in place..<(place &+ 8) where isEscaped(text[index]) { return true }
            }
            place &+= 8
        }
        while place < text.count {
            if isEscaped(text[place]) { return true }
            place &+= 1
        }
        return false
    }

    // In its callers the length is known, and a short text takes a few moves.
    @inline(__always)
    private mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    private mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let from = bytes.baseAddress, let to = buffer.baseAddress, bytes.count <= buffer.count &- count else {
            return
        }
        (to + count).update(from: from, count: bytes.count)
        count &+= bytes.count
    }
}
