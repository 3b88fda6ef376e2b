extension Definition {
    /// The definition that `bytes` encode: what `buildctl build` reads, and what `encoded` writes.
    ///
    /// Time and memory are bounded, whatever the bytes are. Fields that are not known here are passed over; those of
    /// operations stay in `Entry.encoded`.
    package init(decoding bytes: [UInt8]) throws(DecodingError) {
        try self.init(decoding: bytes, maximumFields: Definition.maximumFields)
    }

    /// - Parameter maximumFields: how many texts and messages there may be: each may take two bytes of the input and a
    ///   hundred times as much here.
    init(decoding bytes: [UInt8], maximumFields: Int) throws(DecodingError) {
        guard bytes.count <= Definition.maximumEncodedSize else {
            throw .tooLarge("the limit is \(Definition.maximumEncodedSize >> 20) MiB")
        }
        var decoder = DefinitionDecoder(maximumFields: maximumFields)
        self = try decoder.definition(bytes[...])
    }

    package static let maximumEncodedSize = 2 * Graph.maximumSize
    private static let maximumFields = 3_000_000
}

/// Turns protobuf's messages into values. How those of operations look is in `OperationDecoding.swift`.
struct DefinitionDecoder {
    private var remainingFields: Int
    /// Definitions hold operations, and an operation may hold a definition.
    private var depth = 0

    private static let maximumDepth = 8

    init(maximumFields: Int) {
        remainingFields = maximumFields
    }

    // MARK: - Messages

    mutating func fields(
        of bytes: ArraySlice<UInt8>,
        _ body: (inout DefinitionDecoder, Int, ProtobufReader.WireValue) throws(DecodingError) -> Void
    ) throws(DecodingError) {
        var reader = ProtobufReader(bytes)
        while let field = try reader.next() {
            if case .bytes = field.value {
                guard remainingFields > 0 else { throw .tooLarge("it has too many fields") }
                remainingFields -= 1
            }
            try body(&self, field.number, field.value)
        }
    }

    /// An entry of a map.
    mutating func entry<Value>(
        _ bytes: ArraySlice<UInt8>, default value: Value,
        _ body: (inout DefinitionDecoder, ProtobufReader.WireValue) throws(DecodingError) -> Value
    ) throws(DecodingError) -> (key: String, value: Value) {
        var result = (key: "", value: value)
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: result.key = try field.string()
            case 2: result.value = try body(&decoder, field)
            default: break
            }
        }
        return result
    }

    mutating func textEntry(_ field: ProtobufReader.WireValue) throws(DecodingError) -> (key: String, value: String) {
        try entry(field.message(), default: "") { (_, value) throws(DecodingError) in try value.string() }
    }

    // MARK: - The definition

    mutating func definition(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> Definition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= DefinitionDecoder.maximumDepth else { throw .tooLarge("definitions are nested too deep") }
        var operations: [ArraySlice<UInt8>] = []
        var metadata: [String: OperationMetadata] = [:]
        var sources: SourceMap?
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: operations.append(try field.message())
            case 2:
                let member = try decoder.entry(field.message(), default: OperationMetadata()) {
                    (decoder, value) throws(DecodingError) in try decoder.metadata(value.message())
                }
                metadata[member.key] = member.value
            case 3: try decoder.sourceMap(field.message(), into: &sources)
            default: break
            }
        }
        guard operations.count <= Graph.maximumOperations + 1 else {
            throw .tooLarge("the limit is \(Graph.maximumOperations) operations")
        }
        var definition = Definition(entries: [])
        for encoded in operations {
            let bytes = Array(encoded)
            let digest = Digest(of: bytes)
            definition.entries.append(
                Definition.Entry(
                    operation: try operation(encoded), encoded: bytes, digest: digest,
                    metadata: metadata[digest.description] ?? OperationMetadata(), locations: []))
        }
        definition.sources = sources
        return definition
    }

    private mutating func metadata(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> OperationMetadata {
        var metadata = OperationMetadata()
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: metadata.ignoresCache = try field.bool()
            case 2:
                let text = try decoder.textEntry(field)
                metadata.description[text.key] = text.value
            case 4:
                var exports = metadata.exportsCache ?? false
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    if number == 1 { exports = try field.bool() }
                }
                metadata.exportsCache = exports
            case 5:
                let member = try decoder.entry(field.message(), default: false) {
                    (_, value) throws(DecodingError) in try value.bool()
                }
                if member.value { metadata.capabilities.insert(Capability(rawValue: member.key)) }
            case 6:
                var group = metadata.progressGroup ?? .init(id: "", name: "")
                try decoder.fields(of: field.message()) { (_, number, field) throws(DecodingError) in
                    switch number {
                    case 1: group.id = try field.string()
                    case 2: group.name = try field.string()
                    case 3: group.isWeak = try field.bool()
                    default: break
                    }
                }
                metadata.progressGroup = group
            default: break
            }
        }
        return metadata
    }

    // MARK: - Sources

    private mutating func sourceMap(
        _ bytes: ArraySlice<UInt8>, into sources: inout SourceMap?
    ) throws(DecodingError) {
        var map = sources ?? SourceMap()
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1:
                let member = try decoder.entry(field.message(), default: []) {
                    (decoder, value) throws(DecodingError) in try decoder.places(value.message())
                }
                guard let digest = Digest(member.key) else { throw .invalid("a location is of no digest") }
                map.places[digest] = member.value
            case 2: map.files.append(try decoder.sourceFile(field.message()))
            default: break
            }
        }
        sources = map
    }

    private mutating func sourceFile(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> SourceMap.File {
        var file = SourceMap.File(name: "", content: [], language: "")
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: file.name = try field.string()
            case 2: file.content = Array(try field.message())
            case 3: file.definition = try decoder.definition(field.message())
            case 4: file.language = try field.string()
            default: break
            }
        }
        return file
    }

    private mutating func places(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> [SourceMap.Place] {
        var places: [SourceMap.Place] = []
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            guard number == 1 else { return }
            var place = SourceMap.Place(file: 0, ranges: [])
            try decoder.fields(of: field.message()) { (decoder, number, field) throws(DecodingError) in
                switch number {
                case 1: place.file = try field.int32()
                case 2: place.ranges.append(try decoder.range(field.message()))
                default: break
                }
            }
            places.append(place)
        }
        return places
    }

    private mutating func range(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> SourceMap.Range {
        var range = SourceMap.Range(start: .init(line: 0, character: 0), end: .init(line: 0, character: 0))
        try fields(of: bytes) { (decoder, number, field) throws(DecodingError) in
            switch number {
            case 1: range.start = try decoder.position(field.message())
            case 2: range.end = try decoder.position(field.message())
            default: break
            }
        }
        return range
    }

    private mutating func position(_ bytes: ArraySlice<UInt8>) throws(DecodingError) -> SourceMap.Position {
        var position = SourceMap.Position(line: 0, character: 0)
        try fields(of: bytes) { (_, number, field) throws(DecodingError) in
            switch number {
            case 1: position.line = try field.int32()
            case 2: position.character = try field.int32()
            default: break
            }
        }
        return position
    }
}

// MARK: - Values

extension ProtobufReader.WireValue {
    func message() throws(DecodingError) -> ArraySlice<UInt8> {
        guard case .bytes(let bytes) = self else { throw .malformed("a field is of another type") }
        return bytes
    }

    func string() throws(DecodingError) -> String {
        guard let text = String(validating: try message(), as: UTF8.self) else {
            throw .malformed("a text is not UTF-8")
        }
        return text
    }

    private func varint() throws(DecodingError) -> UInt64 {
        guard case .varint(let value) = self else { throw .malformed("a field is of another type") }
        return value
    }

    func int() throws(DecodingError) -> Int {
        Int(Int64(bitPattern: try varint()))
    }

    /// A number of 32 bits, of which the wire may carry more.
    func int32() throws(DecodingError) -> Int {
        Int(Int32(truncatingIfNeeded: try varint()))
    }

    func uint32() throws(DecodingError) -> UInt32 {
        UInt32(truncatingIfNeeded: try varint())
    }

    func bool() throws(DecodingError) -> Bool {
        try varint() != 0
    }

    /// Numbers of 32 bits, packed or one by one.
    func int32s() throws(DecodingError) -> [Int] {
        if case .bytes(let bytes) = self {
            return try ProtobufReader.packed(bytes).map { Int(Int32(truncatingIfNeeded: $0)) }
        }
        return [try int32()]
    }
}
