extension Program {
    /// The program as bytes.
    ///
    /// - Parameter text: what it was compiled from.
    /// - Throws: if it was itself read from an archive that is damaged.
    package func archive(of text: [UInt8]) throws(EvaluationError) -> [UInt8] {
        var body = ArchiveWriter()
        body.write(globalNames.count)
        for name in globalNames { body.write(name) }
        body.write(firstLoadedGlobal)
        body.write(predeclaredNames.count)
        for (name, range) in predeclaredNames {
            body.write(name)
            body.write(range)
        }
        body.write(loads.count)
        for name in loads { body.write(name) }
        try body.write(toplevel)

        var archive = ArchiveWriter()
        archive.bytes = ProgramArchive.magic
        archive.write(ProgramArchive.version)
        archive.write(Opcode.allCases.count)
        archive.write(word: ProgramArchive.fingerprint(of: text))
        archive.write(body.strings.count)
        for string in body.strings { archive.write(string) }
        archive.bytes += body.bytes
        return archive.bytes
    }
}

private struct ArchiveWriter {
    var bytes: [UInt8] = []
    /// By number.
    private(set) var strings: [[UInt8]] = []
    private var numbers: [[UInt8]: Int] = [:]

    // MARK: - Parts

    /// - Parameter number: not negative.
    mutating func write(_ number: Int) {
        var rest = UInt(bitPattern: number)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A number of either sign; small ones are short.
    mutating func write(signed number: Int) {
        write(number << 1 ^ number >> (Int.bitWidth - 1))
    }

    mutating func write(_ flag: Bool) {
        bytes.append(flag ? 1 : 0)
    }

    mutating func write(word: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
    }

    mutating func write(_ content: [UInt8]) {
        write(content.count)
        bytes += content
    }

    mutating func write(_ name: String) {
        write(string: Array(name.utf8))
    }

    private mutating func write(string content: [UInt8]) {
        if let number = numbers[content] { return write(number) }
        numbers[content] = strings.count
        write(strings.count)
        strings.append(content)
    }

    mutating func write(_ range: SourceRange) {
        write(range.range.lowerBound)
        write(range.range.count)
    }

    private mutating func write(_ constant: Value) {
        func write(_ kind: ProgramArchive.ConstantKind) { self.write(kind.rawValue) }
        switch constant.storage {
        case .string(let content):
            write(.string)
            self.write(string: Array(content.bytes))
        case .bytes(let content):
            write(.bytes)
            self.write(string: Array(content.bytes))
        case .bigInteger(let integer):
            write(.integer)
            self.write(integer.decimal)
        case .int(let number) where !constant.isSmallInteger:
            write(.integer)
            self.write(String(number))
        default:
            write(.word)
            self.write(word: constant.bits)
        }
    }

    // MARK: - Functions

    mutating func write(_ function: FunctionCode) throws(EvaluationError) {
        let code = try function.complete()
        write(code.name)
        write(code.range)
        write(code.allowsRecursion)
        let signature = code.signature
        write(signature.parameters.count)
        for name in signature.parameters { write(name) }
        write(signature.positionalCount)
        write(signature.hasOptionalPositional)
        write((signature.variadicSlot ?? -1) + 1)
        write((signature.keywordsSlot ?? -1) + 1)
        write(code.captures.count)
        for capture in code.captures {
            switch capture {
            case .local(let slot): write(slot << 1)
            case .captured(let index): write(index << 1 | 1)
            }
        }
        write(code.details.content.slotNames.count)
        try writePart { (part) throws(EvaluationError) in try part.writeBody(of: code) }
    }

    /// Writes something with its length in front.
    private mutating func writePart(_ write: (inout ArchiveWriter) throws(EvaluationError) -> Void)
        throws(EvaluationError)
    {
        // It has a writer of its own, which goes on with this one's table.
        var part = self
        part.bytes = []
        try write(&part)
        strings = part.strings
        numbers = part.numbers
        self.write(part.bytes)
    }

    private mutating func write(_ details: FunctionDetails.Content) {
        write(details.ranges.count)
        // Instructions that follow each other are close to each other in the source.
        var place = 0
        for range in details.ranges {
            write(signed: range.range.lowerBound - place)
            write(range.range.count)
            place = range.range.lowerBound
        }
        for names in [details.slotNames, details.capturedNames] {
            write(names.count)
            for name in names { write(name) }
        }
    }

    private mutating func writeBody(of code: FunctionCode) throws(EvaluationError) {
        try writePart { (part) throws(EvaluationError) in part.write(code.details.content) }
        write(code.registerCount)
        write(code.instructionCount)
        for index in 0..<code.instructionCount { write(word: code.layout.pointee.instructions[index].word) }
        write(code.loops.count)
        for loop in code.loops {
            write(loop.instructions.lowerBound)
            write(loop.instructions.count)
            write(loop.register)
        }
        write(code.constantCount)
        for index in 0..<code.constantCount { write(code.layout.pointee.constants[index]) }
        write(code.attributeCount)
        for index in 0..<code.attributeCount { write(code.layout.pointee.attributes[index].text) }
        write(code.shapeCount)
        for index in 0..<code.shapeCount { write(code.layout.pointee.shapes[index]) }
        write(code.loads.count)
        for load in code.loads {
            write(load.module)
            write(load.items.count)
            for item in load.items {
                write(item.name)
                write(item.global)
                write(item.range)
            }
        }
        write(code.functions.count)
        for function in code.functions { try write(function) }
    }

    private mutating func write(_ shape: CallShape) {
        write(shape.positionalCount)
        write(shape.nameCount)
        for index in 0..<shape.nameCount { write(string: Array(StringObject(shape.names[index]).bytes)) }
        write(shape.hasVariadic)
        write(shape.hasKeywords)
        write(shape.attribute + 1)
    }
}
