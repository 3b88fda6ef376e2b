import Testing

@testable import LLB

@Suite struct DecodingTests {
    private static func message(_ write: (inout ProtobufWriter) -> Void) -> [UInt8] {
        var writer = ProtobufWriter()
        write(&writer)
        return writer.bytes
    }

    /// A definition of one operation.
    private static func definition(_ write: (inout ProtobufWriter) -> Void) -> [UInt8] {
        let operation = message(write)
        return message { $0.presentData(1, operation) }
    }

    private static func only(_ write: (inout ProtobufWriter) -> Void) throws -> LLB.Operation {
        try #require(Definition(decoding: definition(write)).entries.first).operation
    }

    @Test func nothingIsAnEmptyDefinition() throws {
        #expect(try Definition(decoding: []).entries.isEmpty)
        #expect(try Definition(decoding: []).encoded.isEmpty)
    }

    @Test func fieldsMayComeInAnyOrderAndTwice() throws {
        let operation = try Self.only { operation in
            operation.message(2) { exec in
                exec.integer(3, 2)
                exec.message(1) { $0.string(1, "a") }
                exec.message(1) { $0.string(1, "b") }
                exec.integer(3, 1)
            }
            operation.message(10) { $0.string(2, "linux") }
            operation.message(10) { $0.string(1, "arm") }
        }
        guard case .exec(let exec) = operation.body else {
            Issue.record("no process")
            return
        }
        #expect(exec.arguments == ["a", "b"])
        #expect(exec.network == .host)
        #expect(!exec.removesMountStubs)
        #expect(operation.platform == Platform(operatingSystem: "linux", architecture: "arm"))
    }

    @Test func theLastKindOfAnOperationCounts() throws {
        let operation = try Self.only { operation in
            operation.message(6) { _ in }
            operation.message(3) { $0.string(1, "local://x") }
        }
        #expect(operation.body == .source(.init(identifier: "local://x", attributes: [:])))
    }

    @Test func numbersNeedNotBePacked() throws {
        let operation = try Self.only { operation in
            operation.message(2) { exec in
                exec.message(1) { meta in
                    meta.integer(12, 3)
                    meta.packedIntegers(12, [4, -1])
                }
            }
        }
        guard case .exec(let exec) = operation.body else {
            Issue.record("no process")
            return
        }
        #expect(exec.validExitCodes == [3, 4, -1])
    }

    @Test func whatIsNotKnownIsPassedOverAndKept() throws {
        // A number of eight bytes, one of four, a text and a varint.
        let unknown: [UInt8] = [0xa1, 6, 1, 2, 3, 4, 5, 6, 7, 8, 0xad, 6, 1, 2, 3, 4, 0xb2, 6, 1, 65, 0xb8, 6, 1]
        let known = Self.message { $0.message(3) { $0.string(1, "local://x") } }
        let bytes = Self.message { $0.presentData(1, known + unknown) }
        let definition = try Definition(decoding: bytes)
        #expect(definition.entries[0].operation.encoded == known)
        #expect(definition.entries[0].digest == Digest(of: known + unknown))
        #expect(definition.entries[0].encoded == known + unknown)
    }

    @Test(
        "What is no definition is an error",
        arguments: [
            ([0xff], "ends within a number"),
            ([0x0a, 5, 1], "longer than its message"),
            ([UInt8](repeating: 0xff, count: 12), "64 bits"),
            ([0x0a] + [UInt8](repeating: 0xff, count: 9) + [1], "longer than its message"),
            ([0x09, 1, 2], "ends within a field"),
            ([0x0b], "unknown type"), ([0x0f], "unknown type"), ([0x02, 0], "no number"), ([0x08, 1], "another type"),
            (definition { $0.integer(3, 1) }, "another type"),
            (definition { $0.message(3) { $0.data(1, [0xff, 0xfe]) } }, "not UTF-8"),
            (definition { $0.message(1) { $0.string(1, "sha256:x") } }, "no digest"),
            (definition { $0.message(2) { $0.message(2) { $0.integer(6, 9) } } }, "no mount type 9"),
            (definition { $0.message(2) { $0.integer(3, 9) } }, "no network mode 9"),
            (definition { $0.message(4) { $0.message(2) { $0.integer(1, 1) } } }, "no known kind"),
        ])
    func errors(bytes: [UInt8], reason: String) {
        let error = #expect(throws: DecodingError.self) { try Definition(decoding: bytes) }
        #expect(error?.description.contains(reason) == true, "\(error.map(\.description) ?? "")")
    }

    @Test func nestingIsBounded() throws {
        var bytes: [UInt8] = []
        for _ in 0..<7 { bytes = Self.definition { $0.message(5) { $0.presentData(3, bytes) } } }
        #expect(try Definition(decoding: bytes).entries.count == 1)
        for _ in 0..<1_000 { bytes = Self.definition { $0.message(5) { $0.presentData(3, bytes) } } }
        #expect(throws: DecodingError.self) { try Definition(decoding: bytes) }
    }

    @Test func smallInputsDoNotGrowWithoutMeasure() {
        // Two bytes each.
        let many = Self.message { writer in for _ in 0..<1_000 { writer.presentData(7, []) } }
        #expect(throws: DecodingError.self) { try Definition(decoding: many, maximumFields: 999) }
        #expect(throws: Never.self) { try Definition(decoding: many, maximumFields: 1_000) }
        let operations = Self.message { writer in
            for _ in 0..<Graph.maximumOperations + 2 { writer.presentData(1, []) }
        }
        #expect(throws: DecodingError.self) { try Definition(decoding: operations) }
    }

    /// Bytes that are nearly a definition, in every way that one byte can be wrong or missing.
    @Test func damagedDefinitionsAreErrorsOrDefinitions() throws {
        for name in ["agents", "sources"] {
            let bytes = try ClientTests.golden(name, "pb")
            var refused = 0
            for index in bytes.indices {
                for value in [0xff, bytes[index] ^ 1] {
                    var damaged = bytes
                    damaged[index] = value
                    do {
                        let definition = try Definition(decoding: damaged)
                        // Whatever was understood can be printed and written.
                        _ = definition.entries.map(\.json).joined().utf8.count + definition.dot.utf8.count
                        #expect(try Definition(decoding: definition.encoded).entries == definition.entries)
                    } catch {
                        refused += 1
                    }
                }
                if (try? Definition(decoding: Array(bytes[..<index]))) == nil { refused += 1 }
            }
            #expect(refused > bytes.count / 2)
        }
    }
}

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1"), ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("::ffff:1.2.3.4", "1.2.3.4"),
        ("2001:DB8:0:0:1:0:0:0", "2001:db8:0:0:1::"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"), ("0:0:0:0:0:0:0:0", "::"),
    ])
    func shortestForm(text: String, printed: String) {
        #expect(IPAddress(text)?.description == printed)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4.5", ":", ":::", "1:2", "1:2:3:4:5:6:7:8:9", "1::2::3", "g::",
        "12345::", "+1::", "1:2:3:4:5:6:7::8", "::1.2.3", "1.2.3.4::", "localhost", "1:2:3:4:5:6:7:", "::+1",
    ])
    func noAddresses(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
