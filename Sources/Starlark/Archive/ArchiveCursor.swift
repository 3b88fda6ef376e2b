/// A place in an archive. Nothing is read beyond the end of the part that it was made for.
struct ArchiveCursor {
    let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.init(bytes, bytes.indices)
    }

    /// - Parameter part: within `bytes`.
    init(_ bytes: [UInt8], _ part: Range<Int>) {
        self.bytes = bytes
        position = part.lowerBound
        end = part.upperBound
    }

    mutating func byte() throws(ProgramArchive.Problem) -> UInt8 {
        guard position < end else { throw .damaged }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number below 2^48: sums of some of them do not overflow.
    mutating func number() throws(ProgramArchive.Problem) -> Int {
        var result = 0
        for shift in stride(from: 0, to: 49, by: 7) {
            let byte = try byte()
            result |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        throw .damaged
    }

    mutating func signedNumber() throws(ProgramArchive.Problem) -> Int {
        let number = try number()
        return number >> 1 ^ -(number & 1)
    }

    /// A number that was written with one added, so that 0 stands for none.
    mutating func index() throws(ProgramArchive.Problem) -> Int? {
        let number = try number()
        return number == 0 ? nil : number - 1
    }

    mutating func flag() throws(ProgramArchive.Problem) -> Bool { try byte() != 0 }

    mutating func word() throws(ProgramArchive.Problem) -> UInt64 {
        let place = try skip(8)
        return bytes.withUnsafeBytes { ArchiveCursor.word(at: place.lowerBound, in: $0) }
    }

    /// Elements of a word each, which are read in one piece.
    ///
    /// - Parameter element: nil for a word that is none.
    mutating func words<Element>(_ element: (UInt64) -> Element?) throws(ProgramArchive.Problem) -> [Element] {
        let place = try skip(8 * count())
        var result: [Element] = []
        result.reserveCapacity(place.count / 8)
        bytes.withUnsafeBytes { bytes in
            for start in stride(from: place.lowerBound, to: place.upperBound, by: 8) {
                guard let next = element(ArchiveCursor.word(at: start, in: bytes)) else { return }
                result.append(next)
            }
        }
        guard result.count == place.count / 8 else { throw .damaged }
        return result
    }

    @inline(__always)
    private static func word(at place: Int, in bytes: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    mutating func range() throws(ProgramArchive.Problem) -> SourceRange {
        SourceRange(from: try number(), count: try number())
    }

    /// The place of the next `count` bytes, which are passed over.
    mutating func skip(_ count: Int) throws(ProgramArchive.Problem) -> Range<Int> {
        guard count <= end - position else { throw .damaged }
        defer { position += count }
        return position..<position + count
    }

    /// How many elements follow, each of at least a byte.
    mutating func count() throws(ProgramArchive.Problem) -> Int {
        let count = try number()
        guard count <= end - position else { throw .damaged }
        return count
    }

    mutating func list<Element>(
        _ element: (inout ArchiveCursor) throws(ProgramArchive.Problem) -> Element
    ) throws(ProgramArchive.Problem) -> [Element] {
        let count = try count()
        var result: [Element] = []
        result.reserveCapacity(count)
        for _ in 0..<count { result.append(try element(&self)) }
        return result
    }
}
