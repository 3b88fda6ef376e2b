import Testing

@testable import LLB

/// Not Foundation's.
private typealias Operation = LLB.Operation

@Suite struct DefinitionEncodingTests {
    @Test func operationsThenMetadataThenSources() throws {
        let graph = Graph(localUniqueID: "x")
        let here = SourceLocation(file: "build.envd", range: 3..<8, line: 2, column: 1)
        var options = OperationOptions(customName: "n", location: here)
        options.ignoresCache = true
        var definition = try graph.image("alpine", options: options).definition()
        let entry = definition.entries[0]
        let last = definition.entries[1]
        definition.sources = SourceMap(of: definition, in: ["build.envd": Array("ab\nc(\nd)\n".utf8)])

        var expected = ProtobufWriter()
        expected.data(1, entry.operation.encoded)
        expected.data(1, last.operation.encoded)
        let metadata: [(digest: Digest, metadata: (inout ProtobufWriter) -> Void)] = [
            (
                entry.digest,
                { message in
                    message.bool(1, true)
                    message.map(2, ["llb.customname": "n"])
                    message.message(5) {
                        $0.string(1, "source.image")
                        $0.bool(2, true)
                    }
                }
            ),
            (
                last.digest,
                { message in
                    for name in ["constraints", "meta.description", "meta.ignorecache", "platform"] {
                        message.message(5) {
                            $0.string(1, name)
                            $0.bool(2, true)
                        }
                    }
                }
            ),
        ]
        for (digest, write) in metadata.sorted(by: { $0.digest < $1.digest }) {
            expected.message(2) { member in
                member.string(1, digest.description)
                member.message(2, write)
            }
        }
        expected.message(3) { sources in
            sources.message(1) { member in
                member.string(1, entry.digest.description)
                member.message(2) { locations in
                    locations.message(1) { location in
                        location.message(2) { range in
                            range.message(1) { $0.integer(1, 2) }
                            range.message(2) {
                                $0.integer(1, 3)
                                $0.integer(2, 2)
                            }
                        }
                    }
                }
            }
            sources.message(2) { file in
                file.string(1, "build.envd")
                file.string(2, "ab\nc(\nd)\n")
                file.string(4, "Starlark")
            }
        }
        #expect(definition.encoded == expected.bytes)
    }

    @Test func numbersOfAListArePacked() {
        var writer = ProtobufWriter()
        writer.packedIntegers(12, [])
        writer.packedIntegers(12, [0, 300])
        #expect(writer.bytes == [0x62, 3, 0x00, 0xac, 0x02])
    }
}
