/// Operands are pushed and popped; local variables lie below them.
enum StackOfOneWord {
    private static let fibProgram = [
        Instruction(.load, 0), Instruction(.loadNumber, 2), Instruction(.less), Instruction(.jumpIfFalse, 0, 0, 2),
        Instruction(.load, 0), Instruction(.returnValue), Instruction(.load, 0), Instruction(.loadNumber, -1),
        Instruction(.add), Instruction(.call, 1), Instruction(.load, 0), Instruction(.loadNumber, -2),
        Instruction(.add), Instruction(.call, 1), Instruction(.add), Instruction(.returnValue),
    ]

    private static let loopProgram = [
        Instruction(.store, 3), Instruction(.load, 0), Instruction(.load, 3), Instruction(.multiplyNumber, 2),
        Instruction(.add), Instruction(.store, 0), Instruction(.nextNumber, 1, 0, -7), Instruction(.load, 0),
        Instruction(.returnValue),
    ]

    static func fib() throws(DesignError) -> Int {
        try run(fibProgram, from: 0, locals: 1, [Word(25)])
    }

    static func loop() throws(DesignError) -> Int {
        try run(loopProgram, from: 6, locals: 4, [Word(0), Word(0), Word(1_000_000)])
    }

    private static func run(
        _ program: [Instruction], from start: Int, locals: Int, _ values: [Word]
    ) throws(DesignError) -> Int {
        let memory = Memory(values)
        let code = allocate(program)
        defer {
            memory.deallocate()
            code.deallocate()
        }
        return try dispatch(code, start, locals, memory).number
    }

    @inline(never)
    private static func dispatch(
        _ code: UnsafeMutablePointer<Instruction>, _ start: Int, _ locals: Int, _ memory: Memory<Word>
    ) throws(DesignError) -> Word {
        var pc = UnsafePointer(code + start)
        var base = memory.values
        var top = base + locals
        var frame = memory.frames
        while true {
            let i = pc.pointee
            pc += 1
            switch i.opcode {
            case .add:
                let (x, y) = (top[-2], top[-1])
                top -= 1
                if x.bits & y.bits >= Word.tag {
                    let (sum, overflow) = x.shifted.addingReportingOverflow(y.shifted)
                    if !overflow {
                        top[-1] = Word(shifted: sum)
                        continue
                    }
                }
                top[-1] = try Word.fail(x, y)
            case .multiplyNumber:
                let x = top[-1]
                if x.isNumber {
                    let (product, overflow) = x.shifted.multipliedReportingOverflow(by: Instruction.signed(i.a))
                    if !overflow {
                        top[-1] = Word(shifted: product)
                        continue
                    }
                }
                top[-1] = try Word.fail(x, x)
            case .less:
                let (x, y) = (top[-2], top[-1])
                top -= 1
                if x.bits & y.bits < Word.tag { _ = try Word.fail(x, y) }
                top[-1] = Word(x.shifted < y.shifted ? 1 : 0)
            case .jumpIfFalse:
                top -= 1
                if top.pointee.number == 0 { pc += Instruction.signed(i.c) }
            case .loadNumber:
                top.initialize(to: Word(Instruction.signed(i.a)))
                top += 1
            case .load:
                top.initialize(to: base[Int(i.a)])
                top += 1
            case .store:
                top -= 1
                base[Int(i.a)] = top.pointee
            case .nextNumber:
                memory.fuel.pointee -= 1
                if memory.fuel.pointee < 0 { _ = try Word.fail(base[0], base[0]) }
                let number = base[Int(i.a)].number
                if number < base[Int(i.a) + 1].number {
                    top.initialize(to: Word(number))
                    top += 1
                    base[Int(i.a)] = Word(number + 1)
                    pc += Instruction.signed(i.c)
                }
            case .call:
                memory.fuel.pointee -= 1
                if memory.fuel.pointee < 0 { _ = try Word.fail(base[0], base[0]) }
                frame.initialize(to: .init(pc: pc, base: base, destination: 0))
                frame += 1
                base = top - Int(i.a)
                top = base + locals
                pc = UnsafePointer(code)
            case .returnValue:
                let value = top[-1]
                if frame == memory.frames { return value }
                frame -= 1
                top = base + 1
                top[-1] = value
                (pc, base) = (frame.pointee.pc, frame.pointee.base)
            case .addNumber, .jumpUnlessLessNumber:
                throw DesignError(message: "an instruction of the register designs")
            }
        }
    }
}
