/// What the bytes that the fuzzer invents mean: a program, and edits of it.
///
/// The bytes up to the first record separator (U+001E) are the program. Each record after it is one edit: two bytes for
/// the place (big-endian, a fraction of the length of the text), one for how many bytes are deleted, the rest is inserted.
/// A text without a separator, such as any file of the corpus, gets edits that follow from its own bytes, so that no
/// input leaves incremental parsing untested.
struct FuzzInput {
    var program: [UInt8]
    var edits: [FuzzEdit]

    private static let separator: UInt8 = 0x1E
    /// More edits find nothing that fewer do not, and cost the time of other inputs.
    private static let maximumEditCount = 16

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let records = bytes.split(
            separator: Self.separator, maxSplits: Self.maximumEditCount, omittingEmptySubsequences: false)
        program = records.first.map { Array($0) } ?? []
        edits = records.dropFirst().compactMap { FuzzEdit(record: Array($0)) }
        if records.count < 2 { edits = Self.derivedEdits(of: program) }
    }

    private static func derivedEdits(of program: [UInt8]) -> [FuzzEdit] {
        var random = SplitMix64(state: program.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
        return (0..<4).map { _ in
            let insertion =
                switch random.next() % 4 {
                case 0: [UInt8]()
                case 1: [UInt8(truncatingIfNeeded: random.next())]
                default: Array(snippets[Int(random.next() % UInt64(snippets.count))].utf8)
                }
            return FuzzEdit(
                place: UInt16(truncatingIfNeeded: random.next()), deletion: UInt8(random.next() % 4),
                insertion: insertion)
        }
    }

    /// Texts that change what stands after them.
    private static let snippets = [
        "(", ")", "[", "]", "{", "}", "\"", "'", "\"\"\"", "'''", "\n", "\r", "\r\n", "\\", "\\\n", "#", "    ", "\t",
        "\n\n",
        ":", ",", "def f(x):\n", "if x:\n    y\n", "else:\n", "r\"", "x = ", "\u{FEFF}", "\0", "lambda ",
    ]
}

/// A replacement, at a place that fits whatever text it is applied to.
struct FuzzEdit {
    var place: UInt16
    var deletion: UInt8
    var insertion: [UInt8]

    init(place: UInt16, deletion: UInt8, insertion: [UInt8]) {
        self.place = place
        self.deletion = deletion
        self.insertion = insertion
    }

    init?(record: [UInt8]) {
        guard record.count >= 3 else { return nil }
        self.init(
            place: UInt16(record[0]) << 8 | UInt16(record[1]), deletion: record[2],
            insertion: Array(record.dropFirst(3)))
    }

    /// The bytes that the edit replaces in a text of `count` bytes.
    func range(inTextOf count: Int) -> Range<Int> {
        let start = count * Int(place) / Int(UInt16.max)
        return start..<min(count, start + Int(deletion))
    }
}

/// Sebastiano Vigna's generator: small, and the same everywhere.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
