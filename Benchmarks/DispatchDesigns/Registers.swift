/// The programs for both designs with registers: operands are numbers of registers.
enum RegisterPrograms {
    /// r0 is n; a call takes the callee's registers from the one after its own on.
    static let fib = [
        Instruction(.jumpUnlessLessNumber, 0, 2, 1), Instruction(.returnValue, 0),
        Instruction(.addNumber, 2, 0, -1), Instruction(.call, 1), Instruction(.addNumber, 3, 0, -2),
        Instruction(.call, 2), Instruction(.add, 1, 1, 2), Instruction(.returnValue, 1),
    ]

    /// r0 is the sum, r1 and r2 are the counter and its end, r3 is the loop variable. It begins at the third instruction.
    static let loop = [
        Instruction(.multiplyNumber, 4, 3, 2), Instruction(.add, 0, 0, 4), Instruction(.nextNumber, 1, 3, -3),
        Instruction(.returnValue, 0),
    ]
    static let loopStart = 2
}

enum RegistersOfOneWord {
    static func fib() throws(DesignError) -> Int {
        try run(RegisterPrograms.fib, from: 0, [Word(25)])
    }

    static func loop() throws(DesignError) -> Int {
        try run(RegisterPrograms.loop, from: RegisterPrograms.loopStart, [Word(0), Word(0), Word(1_000_000)])
    }

    private static func run(_ program: [Instruction], from start: Int, _ values: [Word]) throws(DesignError) -> Int {
        let memory = Memory(values)
        let code = allocate(program)
        defer {
            memory.deallocate()
            code.deallocate()
        }
        return try dispatch(code, start, memory).number
    }

    @inline(never)
    private static func dispatch(
        _ code: UnsafeMutablePointer<Instruction>, _ start: Int, _ memory: Memory<Word>
    ) throws(DesignError) -> Word {
        var pc = UnsafePointer(code + start)
        var r = memory.values
        var frame = memory.frames
        while true {
            let i = pc.pointee
            pc += 1
            switch i.opcode {
            case .add:
                let (x, y) = (r[Int(i.b)], r[Int(i.c)])
                if x.bits & y.bits >= Word.tag {
                    let (sum, overflow) = x.shifted.addingReportingOverflow(y.shifted)
                    if !overflow {
                        r[Int(i.a)] = Word(shifted: sum)
                        continue
                    }
                }
                r[Int(i.a)] = try Word.fail(x, y)
            case .addNumber:
                let x = r[Int(i.b)]
                if x.isNumber {
                    let (sum, overflow) = x.shifted.addingReportingOverflow(Instruction.signed(i.c) << 15)
                    if !overflow {
                        r[Int(i.a)] = Word(shifted: sum)
                        continue
                    }
                }
                r[Int(i.a)] = try Word.fail(x, x)
            case .multiplyNumber:
                let x = r[Int(i.b)]
                if x.isNumber {
                    let (product, overflow) = x.shifted.multipliedReportingOverflow(by: Instruction.signed(i.c))
                    if !overflow {
                        r[Int(i.a)] = Word(shifted: product)
                        continue
                    }
                }
                r[Int(i.a)] = try Word.fail(x, x)
            case .jumpUnlessLessNumber:
                let x = r[Int(i.a)]
                if !x.isNumber { _ = try Word.fail(x, x) }
                if x.number >= Instruction.signed(i.b) { pc += Instruction.signed(i.c) }
            case .nextNumber:
                memory.fuel.pointee -= 1
                if memory.fuel.pointee < 0 { _ = try Word.fail(r[0], r[0]) }
                let number = r[Int(i.a)].number
                if number < r[Int(i.a) + 1].number {
                    r[Int(i.b)] = Word(number)
                    r[Int(i.a)] = Word(number + 1)
                    pc += Instruction.signed(i.c)
                }
            case .call:
                memory.fuel.pointee -= 1
                if memory.fuel.pointee < 0 { _ = try Word.fail(r[0], r[0]) }
                frame.initialize(to: .init(pc: pc, base: r, destination: Int(i.a)))
                frame += 1
                r += Int(i.a) + 1
                pc = UnsafePointer(code)
            case .returnValue:
                let value = r[Int(i.a)]
                if frame == memory.frames { return value }
                frame -= 1
                (pc, r) = (frame.pointee.pc, frame.pointee.base)
                r[frame.pointee.destination] = value
            case .loadNumber, .load, .store, .less, .jumpIfFalse:
                throw DesignError(message: "an instruction of the stack design")
            }
        }
    }
}

enum RegistersOfTwoWords {
    static func fib() throws(DesignError) -> Int {
        try run(RegisterPrograms.fib, from: 0, [25])
    }

    static func loop() throws(DesignError) -> Int {
        try run(RegisterPrograms.loop, from: RegisterPrograms.loopStart, [0, 0, 1_000_000])
    }

    private static func run(_ program: [Instruction], from start: Int, _ values: [Int]) throws(DesignError) -> Int {
        let memory = Memory(values.map { TwoWords(tag: 1, number: $0) })
        let code = allocate(program)
        defer {
            memory.deallocate()
            code.deallocate()
        }
        return try dispatch(code, start, memory).number
    }

    @inline(never)
    private static func dispatch(
        _ code: UnsafeMutablePointer<Instruction>, _ start: Int, _ memory: Memory<TwoWords>
    ) throws(DesignError) -> TwoWords {
        var pc = UnsafePointer(code + start)
        var r = memory.values
        var frame = memory.frames
        while true {
            let i = pc.pointee
            pc += 1
            switch i.opcode {
            case .add:
                let (x, y) = (r[Int(i.b)], r[Int(i.c)])
                if x.tag & y.tag == 1 {
                    let (sum, overflow) = x.number.addingReportingOverflow(y.number)
                    if !overflow {
                        r[Int(i.a)] = TwoWords(tag: 1, number: sum)
                        continue
                    }
                }
                r[Int(i.a)] = try TwoWords.fail(x, y)
            case .addNumber:
                let x = r[Int(i.b)]
                if x.tag == 1 {
                    let (sum, overflow) = x.number.addingReportingOverflow(Instruction.signed(i.c))
                    if !overflow {
                        r[Int(i.a)] = TwoWords(tag: 1, number: sum)
                        continue
                    }
                }
                r[Int(i.a)] = try TwoWords.fail(x, x)
            case .multiplyNumber:
                let x = r[Int(i.b)]
                if x.tag == 1 {
                    let (product, overflow) = x.number.multipliedReportingOverflow(by: Instruction.signed(i.c))
                    if !overflow {
                        r[Int(i.a)] = TwoWords(tag: 1, number: product)
                        continue
                    }
                }
                r[Int(i.a)] = try TwoWords.fail(x, x)
            case .jumpUnlessLessNumber:
                let x = r[Int(i.a)]
                if x.tag != 1 { _ = try TwoWords.fail(x, x) }
                if x.number >= Instruction.signed(i.b) { pc += Instruction.signed(i.c) }
            case .nextNumber:
                memory.fuel.pointee -= 1
                if memory.fuel.pointee < 0 { _ = try TwoWords.fail(r[0], r[0]) }
                let number = r[Int(i.a)].number
                if number < r[Int(i.a) + 1].number {
                    r[Int(i.b)] = TwoWords(tag: 1, number: number)
                    r[Int(i.a)] = TwoWords(tag: 1, number: number + 1)
                    pc += Instruction.signed(i.c)
                }
            case .call:
                memory.fuel.pointee -= 1
                if memory.fuel.pointee < 0 { _ = try TwoWords.fail(r[0], r[0]) }
                frame.initialize(to: .init(pc: pc, base: r, destination: Int(i.a)))
                frame += 1
                r += Int(i.a) + 1
                pc = UnsafePointer(code)
            case .returnValue:
                let value = r[Int(i.a)]
                if frame == memory.frames { return value }
                frame -= 1
                (pc, r) = (frame.pointee.pc, frame.pointee.base)
                r[frame.pointee.destination] = value
            case .loadNumber, .load, .store, .less, .jumpIfFalse:
                throw DesignError(message: "an instruction of the stack design")
            }
        }
    }
}
