import Testing

@testable import LLB

@Suite struct OperationEncodingTests {
    @Test("Every operation that the real envd printed encodes to the digest that it printed", arguments: Golden.names)
    func digests(name: String) throws {
        let entries = try Golden(name).entries()
        #expect(entries.count > 10)
        for entry in entries {
            #expect(entry.operation.digest == entry.digest)
        }
    }

    @Test("Every operation prints as the real envd printed it, byte for byte", arguments: Golden.names)
    func lines(name: String) throws {
        let golden = try Golden(name)
        for (entry, line) in zip(try golden.entries(), golden.lines) {
            #expect(entry.json == line)
        }
    }

    @Test func numbersAreVarintsOfSixtyFourBits() {
        var writer = ProtobufWriter()
        writer.integer(1, 300)
        writer.integer(2, 0)
        writer.presentInteger(3, 0)
        writer.integer(4, -1)
        #expect(writer.bytes == [0x08, 0xac, 0x02, 0x18, 0x00, 0x20] + [UInt8](repeating: 0xff, count: 9) + [0x01])
    }

    @Test func mapsAreSortedByTheirBytes() {
        var writer = ProtobufWriter()
        writer.map(2, ["b": "2", "a": "1", "B": ""])
        #expect(
            writer.bytes
                == [0x12, 5, 0x0a, 1, 0x42, 0x12, 0] + [0x12, 6, 0x0a, 1, 0x61, 0x12, 1, 0x31]
                + [0x12, 6, 0x0a, 1, 0x62, 0x12, 1, 0x32])
    }
}
