import Synchronization

extension Program {
    /// Reads a program that was written by `archive(of:)`.
    ///
    /// - Parameters:
    ///   - archive: what this engine wrote, and nothing else: instructions are not checked.
    ///   - text: what the program was compiled from.
    ///   - file: the name of the file in errors and tracebacks.
    /// - Throws: if the archive is not of that text and this version of the engine.
    package init(archive: [UInt8], of text: [UInt8], named file: String) throws(ProgramArchive.Problem) {
        let file = FileReference(name: file, text: text)
        var cursor = ArchiveCursor(archive)
        for byte in ProgramArchive.magic where try cursor.byte() != byte { throw .damaged }
        guard try cursor.number() == ProgramArchive.version, try cursor.number() == Opcode.allCases.count,
            try cursor.word() == ProgramArchive.fingerprint(of: text)
        else { throw .outdated }
        let reader = try ArchiveReader(file, &cursor)
        globalNames = try cursor.list { (cursor) throws(ProgramArchive.Problem) in try reader.name(&cursor) }
        firstLoadedGlobal = try cursor.number()
        predeclaredNames = try cursor.list { (cursor) throws(ProgramArchive.Problem) in
            (name: try reader.name(&cursor), range: try cursor.range())
        }
        loads = try cursor.list { (cursor) throws(ProgramArchive.Problem) in try reader.name(&cursor) }
        toplevel = try reader.function(&cursor, depth: 0)
        storage = reader.storage
        self.file = file
    }
}

/// What all functions of an archived program are read with: the table of its strings, and the heap of its constants.
final class ArchiveReader: @unchecked Sendable {
    let file: FileReference
    let storage = HeapStorage()
    /// Held by whoever reads a body after the program.
    let lock = Mutex<Void>(())
    private let bytes: [UInt8]
    /// Where the strings lie in the archive.
    private let places: [SourceRange]
    /// As constants, as far as they were needed.
    private var constants: [Value]

    /// Functions within functions are read by a function that calls itself.
    private static let maximumDepth = 100

    init(_ file: FileReference, _ cursor: inout ArchiveCursor) throws(ProgramArchive.Problem) {
        self.file = file
        bytes = cursor.bytes
        places = try cursor.list { (cursor) throws(ProgramArchive.Problem) in
            SourceRange(try cursor.skip(cursor.number()))
        }
        constants = [Value](repeating: .unbound, count: places.count)
    }

    // MARK: - Strings and constants

    func name(_ cursor: inout ArchiveCursor) throws(ProgramArchive.Problem) -> String {
        String(decoding: bytes[try place(cursor.number())], as: UTF8.self)
    }

    private func place(_ number: Int) throws(ProgramArchive.Problem) -> Range<Int> {
        guard places.indices.contains(number) else { throw .damaged }
        return places[number].range
    }

    /// Equal strings are one object, as they are when a program is compiled.
    private func string(_ cursor: inout ArchiveCursor) throws(ProgramArchive.Problem) -> Value {
        let number = try cursor.number()
        let place = try place(number)
        if constants[number].isUnbound {
            constants[number] = frozen(
                bytes.withUnsafeBufferPointer { storage.heap.string(ByteView(rebasing: $0[place])) })
        }
        return constants[number]
    }

    private func frozen(_ value: Value) -> Value {
        value.freeze()
        return value
    }

    private func constant(_ cursor: inout ArchiveCursor) throws(ProgramArchive.Problem) -> Value {
        switch ProgramArchive.ConstantKind(rawValue: try cursor.number()) {
        case .word:
            let value = Value(bits: try cursor.word())
            guard !value.isObject else { throw .damaged }
            return value
        case .string: return try string(&cursor)
        case .bytes: return frozen(storage.heap.bytes(Array(bytes[try place(cursor.number())])))
        case .integer:
            let text = try name(&cursor)
            let digits = text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
            guard let magnitude = BigInteger(digits: digits.utf8, radix: 10) else { throw .damaged }
            let isNegative = digits.utf8.count < text.utf8.count
            return frozen(
                storage.heap.integer(BigInteger(magnitude: magnitude.magnitude, isNegative: isNegative)))
        case nil: throw .damaged
        }
    }

    // MARK: - Functions

    /// A function and its body, but of the functions in the file itself the bodies only when they are called.
    func function(_ cursor: inout ArchiveCursor, depth: Int) throws(ProgramArchive.Problem) -> FunctionCode {
        guard depth < ArchiveReader.maximumDepth else { throw .damaged }
        let header = try header(&cursor)
        let slotCount = try cursor.number()
        let body = try cursor.skip(cursor.number())
        if depth == 1 {
            return FunctionCode(header, slotCount: slotCount, deferring: DeferredBody(header, body, self))
        }
        return try complete(header, body, depth: depth)
    }

    private func header(_ cursor: inout ArchiveCursor) throws(ProgramArchive.Problem) -> FunctionCode.Header {
        let name = try name(&cursor)
        let range = try cursor.range()
        let allowsRecursion = try cursor.flag()
        var signature = FunctionSignature()
        let count = try cursor.count()
        signature.parameters.reserveCapacity(count)
        signature.parameterNames.reserveCapacity(count)
        for _ in 0..<count {
            let place = cursor
            signature.parameters.append(try self.name(&cursor))
            cursor = place
            signature.parameterNames.append(try string(&cursor))
        }
        signature.positionalCount = try cursor.number()
        signature.hasOptionalPositional = try cursor.flag()
        signature.variadicSlot = try cursor.index()
        signature.keywordsSlot = try cursor.index()
        let captures = try cursor.list { (cursor) throws(ProgramArchive.Problem) in
            let place = try cursor.number()
            return place & 1 == 0 ? FunctionCode.Capture.local(place >> 1) : .captured(place >> 1)
        }
        return FunctionCode.Header(
            name: name, file: file, range: range, signature: signature, captures: captures,
            allowsRecursion: allowsRecursion)
    }

    /// The function whose body lies in a part of the archive.
    func complete(
        _ header: FunctionCode.Header, _ place: Range<Int>, depth: Int
    ) throws(ProgramArchive.Problem) -> FunctionCode {
        var cursor = ArchiveCursor(bytes, place)
        let details = try cursor.skip(cursor.number())
        var body = FunctionCode.Body()
        body.registerCount = try cursor.number()
        body.instructions = try cursor.words(Instruction.init(word:))
        body.loops = try cursor.list { (cursor) throws(ProgramArchive.Problem) in
            let first = try cursor.number()
            let count = try cursor.number()
            return FunctionCode.LoopRange(instructions: first..<first + count, register: try cursor.number())
        }
        body.constants = try cursor.list { (cursor) throws(ProgramArchive.Problem) in try constant(&cursor) }
        body.attributes = try cursor.list { (cursor) throws(ProgramArchive.Problem) in
            AttributeName(try string(&cursor))
        }
        body.shapes = try cursor.list { (cursor) throws(ProgramArchive.Problem) in try shape(&cursor) }
        body.loads = try cursor.list { (cursor) throws(ProgramArchive.Problem) in try load(&cursor) }
        body.functions = try cursor.list { (cursor) throws(ProgramArchive.Problem) in
            try function(&cursor, depth: depth + 1)
        }
        return FunctionCode(header, body, FunctionDetails(self, details))
    }

    /// What lies in a part of the archive for errors and tracebacks. To be called from any thread: nothing is kept.
    func details(_ place: Range<Int>) throws(ProgramArchive.Problem) -> FunctionDetails.Content {
        var cursor = ArchiveCursor(bytes, place)
        var start = 0
        let ranges = try cursor.list { (cursor) throws(ProgramArchive.Problem) in
            start = start &+ (try cursor.signedNumber())
            return SourceRange(from: start, count: try cursor.number())
        }
        return FunctionDetails.Content(
            ranges: ranges,
            slotNames: try cursor.list { (cursor) throws(ProgramArchive.Problem) in try self.name(&cursor) },
            capturedNames: try cursor.list { (cursor) throws(ProgramArchive.Problem) in try self.name(&cursor) })
    }

    private func shape(
        _ cursor: inout ArchiveCursor
    ) throws(ProgramArchive.Problem) -> FunctionCode.ShapeDescription {
        FunctionCode.ShapeDescription(
            positionalCount: try cursor.number(),
            names: try cursor.list { (cursor) throws(ProgramArchive.Problem) in try string(&cursor) },
            hasVariadic: try cursor.flag(), hasKeywords: try cursor.flag(), attribute: try cursor.index())
    }

    private func load(
        _ cursor: inout ArchiveCursor
    ) throws(ProgramArchive.Problem) -> FunctionCode.LoadDescription {
        FunctionCode.LoadDescription(
            module: try name(&cursor),
            items: try cursor.list { (cursor) throws(ProgramArchive.Problem) in
                .init(name: try name(&cursor), global: try cursor.number(), range: try cursor.range())
            })
    }
}
