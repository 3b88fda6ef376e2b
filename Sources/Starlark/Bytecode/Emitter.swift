/// Writes the instructions of one function.
///
/// Local variables are the first registers; temporary values are a stack above them, so a value is released in the
/// reverse order of its making.
final class Emitter {
    /// A place in the code to jump to, known or still to come.
    final class Label {
        fileprivate var position: Int?
        fileprivate var jumps: [Int] = []
    }

    /// A loop around the present place.
    private struct Loop {
        let breakLabel: Label
        let continueLabel: Label
        /// Of its state; nil for a `while`.
        let register: Int?
    }

    private let header: FunctionCode.Header
    private let names: Names
    private var written = FunctionCode.Body()
    private var ranges: [SourceRange] = []
    let constants: ConstantPool
    private let cells: Set<Int>
    private(set) var nextRegister: Int
    private var loops: [Loop] = []
    private var constantNumbers = Numbering<UInt64>()
    private var attributeNumbers = Numbering<String>()
    private var shapeNumbers = Numbering<FunctionCode.ShapeDescription>()
    /// Local variables that have a value for certain at the present place; nil where no way leads.
    private(set) var assigned: Assigned?
    /// Local variables that some instruction checks, which must be unbound at first.
    private var checked: Set<Int> = []
    /// Whether comparisons may jump by themselves: their jumps reach 32,767 instructions far.
    private let fusesComparisons: Bool
    private var overflowed = false

    static let registerLimit = 60_000

    /// A set of local variables, in bits.
    struct Assigned {
        private var words: [UInt64]

        init(first count: Int) {
            words = [UInt64](repeating: .max, count: count / 64)
            if count % 64 > 0 { words.append(1 << UInt64(count % 64) - 1) }
        }

        func contains(_ slot: Int) -> Bool {
            slot / 64 < words.count && words[slot / 64] >> UInt64(slot % 64) & 1 == 1
        }

        mutating func insert(_ slot: Int) {
            while words.count <= slot / 64 { words.append(0) }
            words[slot / 64] |= 1 << UInt64(slot % 64)
        }

        static func merged(_ left: Assigned?, _ right: Assigned?) -> Assigned? {
            guard var left else { return right }
            guard let right else { return left }
            for index in left.words.indices {
                left.words[index] &= index < right.words.count ? right.words[index] : 0
            }
            return left
        }
    }

    /// The names of variables.
    struct Names {
        /// Of the local ones by register.
        var slots: [String]
        var captured: [String]
    }

    private init(
        _ header: FunctionCode.Header, _ names: Names, cells: Set<Int>, constants: ConstantPool, fusesComparisons: Bool
    ) {
        self.header = header
        self.names = names
        self.cells = cells
        self.constants = constants
        self.fusesComparisons = fusesComparisons
        nextRegister = names.slots.count
        var parameters = header.signature.parameters.count
        if header.signature.variadicSlot != nil { parameters += 1 }
        if header.signature.keywordsSlot != nil { parameters += 1 }
        assigned = Assigned(first: parameters)
        written.registerCount = nextRegister
    }

    /// The code of a function.
    ///
    /// - Parameters:
    ///   - header: what is known before the first instruction.
    ///   - cells: the local variables that nested functions share.
    ///   - body: writes the instructions; it may be called twice.
    static func code(
        _ header: FunctionCode.Header, _ names: Names, cells: [Int], constants: ConstantPool,
        body: (Emitter) throws(EvaluationError) -> Void
    ) throws(EvaluationError) -> FunctionCode {
        guard names.slots.count < registerLimit else {
            throw .invalidProgram("the function has too many variables", header.file, header.range)
        }
        for fuses in [true, false] {
            let emitter = Emitter(header, names, cells: Set(cells), constants: constants, fusesComparisons: fuses)
            try body(emitter)
            emitter.emit(.init(.returnNone), header.range)
            if !emitter.overflowed { return emitter.finish() }
        }
        throw .invalidProgram("the function is too large", header.file, header.range)
    }

    private func finish() -> FunctionCode {
        // Jumps are relative, so instructions may be put in front of all others.
        var prologue: [Instruction] = []
        for slot in checked.sorted() where !cells.contains(slot) { prologue.append(Instruction(.clear, slot)) }
        for slot in cells.sorted() {
            if slot >= parameterCount { prologue.append(Instruction(.clear, slot)) }
            prologue.append(Instruction(.makeCell, slot))
        }
        written.instructions = prologue + written.instructions
        ranges = [SourceRange](repeating: header.range, count: prologue.count) + ranges
        written.loops = written.loops.map { loop in
            FunctionCode.LoopRange(
                instructions: loop.instructions.lowerBound + prologue.count..<loop.instructions.upperBound
                    + prologue.count, register: loop.register)
        }
        return FunctionCode(
            header, written,
            FunctionDetails(
                FunctionDetails.Content(ranges: ranges, slotNames: names.slots, capturedNames: names.captured)))
    }

    private var parameterCount: Int {
        header.signature.parameters.count + (header.signature.variadicSlot == nil ? 0 : 1)
            + (header.signature.keywordsSlot == nil ? 0 : 1)
    }

    // MARK: - Instructions

    var position: Int { written.instructions.count }

    func emit(_ instruction: Instruction, _ range: SourceRange) {
        written.instructions.append(instruction)
        ranges.append(range)
    }

    // MARK: - Registers

    /// A register for a temporary value.
    func temporary() throws(EvaluationError) -> Int {
        try temporaries(1)
    }

    /// The first of `count` registers in a row.
    func temporaries(_ count: Int) throws(EvaluationError) -> Int {
        let first = nextRegister
        nextRegister += count
        written.registerCount = max(written.registerCount, nextRegister)
        guard nextRegister <= Emitter.registerLimit else {
            throw .invalidProgram("the function is too large", header.file, header.range)
        }
        return first
    }

    /// Gives back all temporary values from `register` on.
    func release(to register: Int) {
        nextRegister = register
    }

    func isCell(_ slot: Int) -> Bool { cells.contains(slot) }

    // MARK: - Local variables

    /// Makes sure that a local variable has a value when the present place is reached.
    func check(_ slot: Int, _ range: SourceRange) {
        if let assigned, !assigned.contains(slot) {
            checked.insert(slot)
            emit(Instruction(.checkBound, slot), range)
        }
    }

    func markAssigned(_ slot: Int) {
        assigned?.insert(slot)
    }

    /// Goes on from a place where these variables have values.
    func resume(_ state: Assigned?) {
        assigned = state
    }

    /// Nothing leads to the instructions that follow.
    func markUnreachable() {
        assigned = nil
    }

    // MARK: - Jumps

    func place(_ label: Label) {
        label.position = position
        for jump in label.jumps { patch(jump, to: position) }
        label.jumps = []
    }

    func jump(_ opcode: Opcode = .jump, _ register: Int = 0, to label: Label, _ range: SourceRange) {
        emit(Instruction(opcode, register, wide: 0), range)
        aim(position - 1, at: label)
    }

    /// Jumps unless a comparison holds.
    ///
    /// - Returns: false if such a jump is not to be had, and nothing was written.
    func jumpUnless(
        _ operation: BinaryOperator, _ left: Int, _ right: any Expression, to label: Label, _ range: SourceRange
    ) throws(EvaluationError) -> Bool {
        guard fusesComparisons, let opcodes = Opcode.jumpUnless(operation) else { return false }
        if let number = (right as? Constant)?.smallOperand {
            emit(Instruction(opcodes.integer, left, number, 0), range)
        } else {
            let operand = try right.operand(self)
            emit(Instruction(opcodes.registers, left, operand, 0), range)
        }
        aim(position - 1, at: label)
        return true
    }

    private func aim(_ jump: Int, at label: Label) {
        if let target = label.position {
            patch(jump, to: target)
        } else {
            label.jumps.append(jump)
        }
    }

    private func patch(_ jump: Int, to target: Int) {
        let distance = target - (jump + 1)
        var instruction = written.instructions[jump]
        switch instruction.opcode {
        case .jump, .jumpBack, .jumpIfFalse, .jumpIfTrue, .nextElementFar:
            instruction = Instruction(instruction.opcode, Int(instruction.a), wide: distance)
        case .nextElement:
            guard Int16(exactly: distance) != nil else { return overflowed = true }
            instruction.b = UInt16(bitPattern: Int16(distance))
        default:
            guard Int16(exactly: distance) != nil else { return overflowed = true }
            instruction.c = UInt16(bitPattern: Int16(distance))
        }
        written.instructions[jump] = instruction
    }

    // MARK: - Loops

    /// A loop over the value in `register`, which is followed by four more for the loop's state and its element.
    ///
    /// - Parameters:
    ///   - slot: the local variable that takes the elements, if it is as simple as that.
    ///   - assign: assigns the element in a register otherwise.
    func loop(
        over register: Int, _ range: SourceRange, slot: Int?, assign: (Int) throws(EvaluationError) -> Void,
        body: () throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        emit(Instruction(.beginLoop, register), range)
        let before = assigned
        let (start, breakLabel, continueLabel, bodyLabel) = (position, Label(), Label(), Label())
        loops.append(Loop(breakLabel: breakLabel, continueLabel: continueLabel, register: register))
        jump(to: continueLabel, range)
        place(bodyLabel)
        let direct = fusesComparisons ? slot : nil
        if let direct { markAssigned(direct) } else { try assign(register + 4) }
        try body()
        place(continueLabel)
        if fusesComparisons {
            emit(Instruction(.nextElement, register, 0, direct ?? register + 4), range)
            aim(position - 1, at: bodyLabel)
        } else {
            // The far form has no room for the element's register.
            jump(.nextElementFar, register, to: bodyLabel, range)
        }
        place(breakLabel)
        loops.removeLast()
        written.loops.append(FunctionCode.LoopRange(instructions: start..<position, register: register))
        emit(Instruction(.endLoop, register), range)
        assigned = before
    }

    func whileLoop(
        _ range: SourceRange, condition: (Label) throws(EvaluationError) -> Void,
        body: () throws(EvaluationError) -> Void
    ) throws(EvaluationError) {
        let (breakLabel, continueLabel) = (Label(), Label())
        place(continueLabel)
        let before = assigned
        loops.append(Loop(breakLabel: breakLabel, continueLabel: continueLabel, register: nil))
        try condition(breakLabel)
        try body()
        jump(.jumpBack, to: continueLabel, range)
        loops.removeLast()
        place(breakLabel)
        assigned = before
    }

    func breakLoop(_ range: SourceRange) {
        if let loop = loops.last { jump(to: loop.breakLabel, range) }
        markUnreachable()
    }

    func continueLoop(_ range: SourceRange) {
        if let loop = loops.last {
            jump(loop.register == nil ? .jumpBack : .jump, to: loop.continueLabel, range)
        }
        markUnreachable()
    }

    /// Ends the loops around a `return`.
    func endLoops(_ range: SourceRange) {
        for loop in loops.reversed() {
            if let register = loop.register { emit(Instruction(.endLoop, register), range) }
        }
    }

    // MARK: - Tables

    func constant(_ value: Value) -> Int {
        if let known = constantNumbers[value.bits] { return known }
        written.constants.append(value)
        return constantNumbers.add(value.bits)
    }

    func attribute(_ name: String) throws(EvaluationError) -> Int {
        if let known = attributeNumbers[name] { return known }
        guard written.attributes.count < Int(UInt16.max) else {
            throw .invalidProgram("the function is too large", header.file, header.range)
        }
        written.attributes.append(AttributeName(constants.string(name)))
        return attributeNumbers.add(name)
    }

    func shape(_ shape: FunctionCode.ShapeDescription) throws(EvaluationError) -> Int {
        if let known = shapeNumbers[shape] { return known }
        guard written.shapes.count < Int(UInt16.max) else {
            throw .invalidProgram("the function is too large", header.file, header.range)
        }
        written.shapes.append(shape)
        return shapeNumbers.add(shape)
    }

    func function(_ code: FunctionCode) -> Int {
        written.functions.append(code)
        return written.functions.count - 1
    }

    func load(_ description: FunctionCode.LoadDescription) throws(EvaluationError) -> Int {
        guard written.loads.count < Int(UInt16.max) else {
            throw .invalidProgram("the file is too large", header.file, header.range)
        }
        written.loads.append(description)
        return written.loads.count - 1
    }
}

/// The constants of a program: equal strings are one object.
final class ConstantPool {
    let storage = HeapStorage()
    var heap: Heap { storage.heap }
    private var strings: [String: Value] = [:]

    func string(_ text: String) -> Value {
        if let known = strings[text] { return known }
        let value = heap.string(text)
        value.freeze()
        strings[text] = value
        return value
    }

    /// Bytes that are not UTF-8 make a string of their own.
    func string(_ bytes: [UInt8]) -> Value {
        if let text = String(validating: bytes, as: UTF8.self) { return string(text) }
        return frozen(heap.string(ByteString(bytes)))
    }

    func frozen(_ value: Value) -> Value {
        value.freeze()
        return value
    }
}
