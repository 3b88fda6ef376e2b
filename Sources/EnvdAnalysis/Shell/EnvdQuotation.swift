/// What becomes of a script that envd puts between single quotes and takes apart again by itself (Go's `google/shlex`), before any
/// shell sees it: `bash -c 'SCRIPT'`.
struct EnvdQuotation: Sendable {
    enum Outcome: Sendable, Hashable {
        /// All of it reaches the shell, perhaps without its quotes.
        case whole
        /// The shell's script ends at this offset, and the rest become its arguments.
        case cut(at: Int)
        /// A quote is not closed: what follows this offset is dropped.
        case unclosed(at: Int)
    }

    let outcome: Outcome
    /// What the shell reads, and for each of its bytes where it stands in the script.
    let bytes: [UInt8]
    let offsets: [Int]
    /// The first quote that does not reach the shell; UTF-8 bytes in the script.
    let firstQuote: Int?
    /// The texts between pairs of quotes that the shell sees without them.
    let exposed: [Range<Int>]
    /// Whether `'\''` or `'"'"'` stands in it: the author knows of the quotes around the script.
    let isDeliberate: Bool

    init(_ script: [UInt8]) {
        enum Place { case quoted, bare, escape, double, doubleEscape }
        var place = Place.quoted
        var bytes: [UInt8] = []
        var offsets: [Int] = []
        var firstQuote: Int?
        var exposed: [Range<Int>] = []
        var opening = 0
        var cut: Int?
        var isDeliberate = false
        bytes.reserveCapacity(script.count)
        offsets.reserveCapacity(script.count)

        // The closing quote that envd writes is read as one more byte.
        reading: for at in 0...script.count {
            let byte = at < script.count ? script[at] : UInt8(ascii: "'")
            func keep() {
                bytes.append(byte)
                offsets.append(at)
            }
            switch place {
            case .quoted where byte == "'":
                if at == script.count { break reading }
                if firstQuote == nil { firstQuote = at }
                opening = at + 1
                place = .bare
            case .quoted: keep()
            case .bare:
                switch byte {
                case "'":
                    if at == script.count {
                        // envd's own closing quote opens a text that never ends.
                        self.init(
                            .unclosed(at: firstQuote ?? at), bytes, offsets, firstQuote, exposed, isDeliberate)
                        return
                    }
                    if at > opening { exposed.append(opening..<at) }
                    place = .quoted
                case "\"": place = .double
                case "\\":
                    if at + 1 < script.count, script[at + 1] == "'" { isDeliberate = true }
                    place = .escape
                case " ", "\t", "\r", "\n":
                    cut = at
                    break reading
                default: keep()
                }
            case .escape:
                keep()
                place = .bare
                if at == opening + 1 { opening = at + 1 }
            case .double:
                switch byte {
                case "\"":
                    place = .bare
                    if at >= 2, script[at - 1] == "'" { isDeliberate = true }
                    opening = at + 1
                case "\\": place = .doubleEscape
                default: keep()
                }
            case .doubleEscape:
                keep()
                place = .double
            }
        }
        if let cut {
            self.init(.cut(at: cut), bytes, offsets, firstQuote, exposed, isDeliberate)
        } else if place == .quoted || place == .bare {
            self.init(.whole, bytes, offsets, firstQuote, exposed, isDeliberate)
        } else {
            self.init(.unclosed(at: firstQuote ?? 0), bytes, offsets, firstQuote, exposed, isDeliberate)
        }
    }

    private init(
        _ outcome: Outcome, _ bytes: [UInt8], _ offsets: [Int], _ firstQuote: Int?, _ exposed: [Range<Int>],
        _ isDeliberate: Bool
    ) {
        self.outcome = outcome
        self.bytes = bytes
        self.offsets = offsets
        self.firstQuote = firstQuote
        self.exposed = exposed
        self.isDeliberate = isDeliberate
    }
}
