extension Evaluation {
    /// Runs the innermost frame until it returns.
    ///
    /// The state of the frame lives in local variables. What has no fast path is done by functions that are not
    /// inlined, so that the compiler keeps those variables in the machine's registers.
    func dispatch() throws(EvaluationError) -> Value {
        let calls = calls
        let heap = heap
        let meter = meter
        let state = heap.state
        var frame = calls.pointee.frames + (calls.pointee.frameCount - 1)
        var code = frame.pointee.code
        var pc = frame.pointee.pc
        var r = frame.pointee.registers
        do throws(EvaluationError) {
            while true {
                let i = pc.pointee
                pc += 1
                let a = Int(i.a)
                let b = Int(i.b)
                let c = Int(i.c)
                switch i.opcode {

                // MARK: Moving values

                case .loadConstant:
                    r[a] = code.pointee.constants[i.wide]
                case .loadInteger:
                    r[a] = Value(payload: i.wide)
                case .move:
                    r[a] = r[b]
                case .clear:
                    r[a] = .unbound
                case .checkBound:
                    if r[a].isUnbound { throw Failure.unassigned(local: a, code) }
                case .loadGlobal:
                    let value = frame.pointee.globals.pointee.values[i.wide]
                    if value.isUnbound { throw Failure.unassigned(global: i.wide, frame) }
                    r[a] = value
                case .storeGlobal:
                    frame.pointee.globals.pointee.values[i.wide] = r[a]
                case .loadPredeclared:
                    r[a] = frame.pointee.globals.pointee.predeclared[i.wide]
                case .makeCell:
                    r[a] = heap.cell(r[a])
                case .loadCell:
                    let value = CellObject(r[b]).content
                    if value.isUnbound { throw Failure.unassigned(local: b, code) }
                    r[a] = value
                case .storeCell:
                    CellObject(r[a]).layout.pointee.content = r[b]
                case .loadCaptured:
                    let value = CellObject(frame.pointee.captures[b]).content
                    if value.isUnbound { throw Failure.unassigned(captured: b, code) }
                    r[a] = value

                // MARK: Operators

                case .add:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag {
                        let (sum, overflow) = x.shifted.addingReportingOverflow(y.shifted)
                        if !overflow {
                            r[a] = Value(shifted: sum)
                            continue
                        }
                    }
                    r[a] = try Operators.binary(.add, x, y, meter)
                case .subtract:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag {
                        let (difference, overflow) = x.shifted.subtractingReportingOverflow(y.shifted)
                        if !overflow {
                            r[a] = Value(shifted: difference)
                            continue
                        }
                    }
                    r[a] = try Operators.binary(.subtract, x, y, meter)
                case .multiply:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag {
                        let (product, overflow) = x.shifted.multipliedReportingOverflow(by: y.smallInteger)
                        if !overflow {
                            r[a] = Value(shifted: product)
                            continue
                        }
                    }
                    r[a] = try Operators.binary(.multiply, x, y, meter)
                case .modulo:
                    let (x, y) = (r[b], r[c])
                    // Of positive integers, the result of the hardware's division is the right one.
                    if x.bits & y.bits >= Value.integerTag, x.shifted >= 0, y.shifted > 0 {
                        r[a] = Value(payload: x.smallInteger % y.smallInteger)
                        continue
                    }
                    r[a] = try Operators.binary(.modulo, x, y, meter)
                case .floorDivide:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag, x.shifted >= 0, y.shifted > 0 {
                        r[a] = Value(payload: x.smallInteger / y.smallInteger)
                        continue
                    }
                    r[a] = try Operators.binary(.floorDivide, x, y, meter)
                case .bitAnd:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag {
                        r[a] = Value(bits: x.bits & y.bits)
                        continue
                    }
                    r[a] = try Operators.binary(.bitAnd, x, y, meter)
                case .bitOr:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag {
                        r[a] = Value(bits: x.bits | y.bits)
                        continue
                    }
                    r[a] = try Operators.binary(.bitOr, x, y, meter)
                case .bitXor:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag {
                        r[a] = Value(bits: x.bits ^ y.bits | Value.integerTag)
                        continue
                    }
                    r[a] = try Operators.binary(.bitXor, x, y, meter)
                case .shiftRight:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag, y.smallInteger >= 0, y.smallInteger <= Int32.max {
                        r[a] = Value(payload: x.smallInteger >> y.smallInteger)
                        continue
                    }
                    r[a] = try Operators.binary(.shiftRight, x, y, meter)
                case .isIn:
                    r[a] = .bool(try Containment.contains(r[c], r[b], meter))
                case .notIn:
                    r[a] = .bool(try !Containment.contains(r[c], r[b], meter))
                case .divide, .shiftLeft:
                    r[a] = try Operators.binary(Operators.operation(i.opcode), r[b], r[c], meter)
                case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
                    r[a] = .bool(try Operators.compare(Operators.operation(i.opcode), r[b], r[c], meter))
                case .addInteger:
                    let x = r[b]
                    let number = Instruction.signed(i.c)
                    if x.isSmallInteger {
                        let (sum, overflow) = x.shifted.addingReportingOverflow(number << Value.integerShift)
                        if !overflow {
                            r[a] = Value(shifted: sum)
                            continue
                        }
                    }
                    r[a] = try Operators.binary(.add, x, Value(payload: number), meter)
                case .subtractInteger:
                    let x = r[b]
                    let number = Instruction.signed(i.c)
                    if x.isSmallInteger {
                        let (sum, overflow) = x.shifted.subtractingReportingOverflow(number << Value.integerShift)
                        if !overflow {
                            r[a] = Value(shifted: sum)
                            continue
                        }
                    }
                    r[a] = try Operators.binary(.subtract, x, Value(payload: number), meter)
                case .addInPlace:
                    let (x, y) = (r[b], r[c])
                    if x.bits & y.bits >= Value.integerTag {
                        let (sum, overflow) = x.shifted.addingReportingOverflow(y.shifted)
                        if !overflow {
                            r[a] = Value(shifted: sum)
                            continue
                        }
                    }
                    r[a] = try Operators.addInPlace(x, y, meter)
                case .bitOrInPlace:
                    r[a] = try Operators.bitOrInPlace(r[b], r[c], meter)
                case .negate:
                    r[a] = try Arithmetic.negate(r[b], heap)
                case .plus:
                    r[a] = try Arithmetic.plus(r[b])
                case .invert:
                    r[a] = try Arithmetic.invert(r[b], heap)
                case .not:
                    r[a] = .bool(!r[b].isTrue)

                // MARK: Jumps

                case .jump:
                    pc += i.wide
                case .jumpIfFalse:
                    let value = r[a]
                    if value.bits == Value.false.bits || value.bits != Value.true.bits && !value.isTrue {
                        pc += i.wide
                    }
                case .jumpIfTrue:
                    let value = r[a]
                    if value.bits == Value.true.bits || value.bits != Value.false.bits && value.isTrue {
                        pc += i.wide
                    }
                case .jumpUnlessEqual:
                    let (x, y) = (r[a], r[b])
                    let holds: Bool
                    if x.bits & y.bits >= Value.integerTag {
                        holds = x.bits == y.bits
                    } else {
                        holds = try Operators.compare(.equal, x, y, meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessNotEqual:
                    let (x, y) = (r[a], r[b])
                    let holds: Bool
                    if x.bits & y.bits >= Value.integerTag {
                        holds = x.bits != y.bits
                    } else {
                        holds = try Operators.compare(.notEqual, x, y, meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessLess:
                    let (x, y) = (r[a], r[b])
                    let holds: Bool
                    if x.bits & y.bits >= Value.integerTag {
                        holds = x.shifted < y.shifted
                    } else {
                        holds = try Operators.compare(.less, x, y, meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessLessOrEqual:
                    let (x, y) = (r[a], r[b])
                    let holds: Bool
                    if x.bits & y.bits >= Value.integerTag {
                        holds = x.shifted <= y.shifted
                    } else {
                        holds = try Operators.compare(.lessOrEqual, x, y, meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessGreater:
                    let (x, y) = (r[a], r[b])
                    let holds: Bool
                    if x.bits & y.bits >= Value.integerTag {
                        holds = x.shifted > y.shifted
                    } else {
                        holds = try Operators.compare(.greater, x, y, meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessGreaterOrEqual:
                    let (x, y) = (r[a], r[b])
                    let holds: Bool
                    if x.bits & y.bits >= Value.integerTag {
                        holds = x.shifted >= y.shifted
                    } else {
                        holds = try Operators.compare(.greaterOrEqual, x, y, meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessEqualInteger:
                    let x = r[a]
                    let number = Instruction.signed(i.b)
                    let holds: Bool
                    if x.isSmallInteger {
                        holds = x.smallInteger == number
                    } else {
                        holds = try Operators.compare(.equal, x, Value(payload: number), meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessNotEqualInteger:
                    let x = r[a]
                    let number = Instruction.signed(i.b)
                    let holds: Bool
                    if x.isSmallInteger {
                        holds = x.smallInteger != number
                    } else {
                        holds = try Operators.compare(.notEqual, x, Value(payload: number), meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessLessInteger:
                    let x = r[a]
                    let number = Instruction.signed(i.b)
                    let holds: Bool
                    if x.isSmallInteger {
                        holds = x.smallInteger < number
                    } else {
                        holds = try Operators.compare(.less, x, Value(payload: number), meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessLessOrEqualInteger:
                    let x = r[a]
                    let number = Instruction.signed(i.b)
                    let holds: Bool
                    if x.isSmallInteger {
                        holds = x.smallInteger <= number
                    } else {
                        holds = try Operators.compare(.lessOrEqual, x, Value(payload: number), meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessGreaterInteger:
                    let x = r[a]
                    let number = Instruction.signed(i.b)
                    let holds: Bool
                    if x.isSmallInteger {
                        holds = x.smallInteger > number
                    } else {
                        holds = try Operators.compare(.greater, x, Value(payload: number), meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpUnlessGreaterOrEqualInteger:
                    let x = r[a]
                    let number = Instruction.signed(i.b)
                    let holds: Bool
                    if x.isSmallInteger {
                        holds = x.smallInteger >= number
                    } else {
                        holds = try Operators.compare(.greaterOrEqual, x, Value(payload: number), meter)
                    }
                    if !holds { pc += Instruction.signed(i.c) }
                case .jumpBack:
                    state.pointee.fuel &-= 1
                    if state.pointee.fuel < 0 { try meter.check() }
                    pc += i.wide
                case .beginLoop:
                    try LoopState.begin(r + a, meter)
                case .nextElement:
                    state.pointee.fuel &-= 1
                    if state.pointee.fuel < 0 { try meter.check() }
                    if LoopState.next(r + a, into: r + c, heap) { pc += Instruction.signed(i.b) }
                case .nextElementFar:
                    state.pointee.fuel &-= 1
                    if state.pointee.fuel < 0 { try meter.check() }
                    if LoopState.next(r + a, into: r + (a + 4), heap) { pc += i.wide }
                case .endLoop:
                    Iteration.unlock(r[a])

                // MARK: Parts of values

                case .makeList:
                    r[a] = heap.list(UnsafeBufferPointer(start: r + b, count: c))
                case .makeTuple:
                    r[a] = heap.tuple(UnsafeBufferPointer(start: r + b, count: c))
                case .extendList:
                    ListObject(r[a]).append(UnsafeBufferPointer(start: r + b, count: c), heap)
                case .listToTuple:
                    r[a] = heap.tuple(UnsafeBufferPointer(ListObject(r[a]).elements))
                case .appendElement:
                    let list = ListObject(r[a])
                    if list.count >= Limits.elements { throw Failure.tooLong() }
                    list.append(r[b], heap)
                case .makeDict:
                    r[a] = heap.newDict().value
                case .addEntry:
                    guard try TableObject(r[a]).insert(r[b], r[b + 1], meter) else {
                        throw try Failure.duplicateKey(r[b], meter)
                    }
                case .setEntry:
                    try TableObject(r[a]).insert(r[b], r[b + 1], meter)
                case .index:
                    let (container, key) = (r[b], r[c])
                    if container.isObject {
                        switch container.header.pointee.kind {
                        case .list where key.isSmallInteger:
                            let list = ListObject(container)
                            let offset = key.smallInteger
                            if offset >= 0, offset < list.count {
                                r[a] = list.layout.pointee.start[offset]
                                continue
                            }
                        case .dict:
                            let table = TableObject(container)
                            let position = try table.find(key, try Hashing.hash(key, meter), meter)
                            if position >= 0 {
                                r[a] = table.layout.pointee.entries[position].value
                                continue
                            }
                        case .tuple where key.isSmallInteger:
                            let tuple = TupleObject(container)
                            let offset = key.smallInteger
                            if offset >= 0, offset < tuple.count {
                                r[a] = tuple.start[offset]
                                continue
                            }
                        default: break
                        }
                    }
                    r[a] = try Indexing.element(container, key, meter)
                case .setIndex:
                    try Indexing.setElement(r[a], r[b], r[c], meter)
                case .slice:
                    r[a] = try Indexing.slice(r[b], from: r[c], to: r[c + 1], by: r[c + 2], meter)
                case .attribute:
                    r[a] = try Attributes.value(of: r[b], code.pointee.attributes + c, heap)
                case .checkAttribute:
                    let attribute = code.pointee.attributes + b
                    if attribute.pointee.method(of: r[a]) == nil {
                        _ = try Attributes.value(of: r[a], attribute, heap)
                    }
                case .setAttribute:
                    throw Failure.unassignable(r[a], code.pointee.attributes[b])
                case .unpack:
                    try Operators.unpack(r[b], into: r + a, count: c, meter)

                // MARK: Functions

                case .call:
                    frame.pointee.pc = pc
                    state.pointee.fuel &-= 1
                    if state.pointee.fuel < 0 { try meter.check() }
                    let callee = r[a]
                    guard callee.isObject(of: .function) else {
                        r[c] = try callHost(callee, r + (a + 1), b, frame)
                        continue
                    }
                    let function = FunctionObject(callee)
                    let target = function.layout.pointee.code
                    let registers = r + (a + 1)
                    if registers + Int(target.pointee.registerCount) > calls.pointee.stackEnd
                        || calls.pointee.frameCount >= calls.pointee.frameLimit || !target.pointee.allowsRecursion
                    {
                        try checkCall(function, registers)
                    }
                    if !target.pointee.isPositional || b != Int(target.pointee.positionalCount) {
                        try ArgumentBinding.bind(
                            Arguments(positional: registers, b), to: function, in: registers, meter)
                    }
                    frame += 1
                    calls.pointee.frameCount &+= 1
                    frame.initialize(
                        to: CallFrame(
                            code: target, pc: target.pointee.instructions, registers: registers,
                            captures: function.captures, globals: function.layout.pointee.globals, destination: c,
                            isEntry: false))
                    code = target
                    pc = target.pointee.instructions
                    r = registers
                case .callMethod:
                    frame.pointee.pc = pc
                    state.pointee.fuel &-= 1
                    if state.pointee.fuel < 0 { try meter.check() }
                    let attribute = code.pointee.attributes + c
                    if let method = attribute.pointee.method(of: r[a]) {
                        r[a] = try callHost(
                            method, receiver: r[a], Arguments(positional: r + (a + 1), b),
                            top: r + Int(code.pointee.registerCount))
                        continue
                    }
                    let callee = try Attributes.value(of: r[a], attribute, heap)
                    guard callee.isObject(of: .function) else {
                        r[a] = try callHost(callee, r + (a + 1), b, frame)
                        continue
                    }
                    let function = FunctionObject(callee)
                    let registers = r + (a + 1)
                    try checkCall(function, registers)
                    try ArgumentBinding.bind(Arguments(positional: registers, b), to: function, in: registers, meter)
                    push(function, registers, destination: a)
                    frame += 1
                    code = frame.pointee.code
                    pc = frame.pointee.pc
                    r = registers
                case .callWithShape:
                    frame.pointee.pc = pc
                    state.pointee.fuel &-= 1
                    if state.pointee.fuel < 0 { try meter.check() }
                    if try call(code.pointee.shapes + b, frame, base: a, destination: c) {
                        frame += 1
                        code = frame.pointee.code
                        pc = frame.pointee.pc
                        r = frame.pointee.registers
                    }
                case .makeFunction:
                    r[a] = makeFunction(code.pointee.functions[i.wide], defaults: r + (a + 1), frame)
                case .returnValue, .returnNone:
                    let value = i.opcode == .returnValue ? r[a] : .none
                    calls.pointee.frameCount &-= 1
                    if frame.pointee.isEntry { return value }
                    let destination = frame.pointee.destination
                    frame -= 1
                    code = frame.pointee.code
                    pc = frame.pointee.pc
                    r = frame.pointee.registers
                    r[destination] = value
                case .load:
                    frame.pointee.pc = pc
                    try load(code.pointee.owner.loads[a], frame)
                case .readBody:
                    try readBody(frame)
                    code = frame.pointee.code
                    pc = frame.pointee.pc
                }
            }
        } catch {
            (calls.pointee.frames + (calls.pointee.frameCount - 1)).pointee.pc = pc
            unwind(error)
            throw error
        }
    }

    /// Takes the frames that an error leaves, up to the one that the host called, off the stack.
    private func unwind(_ error: EvaluationError) {
        while calls.pointee.frameCount > 0 {
            let frame = calls.pointee.frames[calls.pointee.frameCount - 1]
            let code = frame.code.pointee.owner
            let instruction = frame.instruction
            error.leave(code.stackFrame(at: instruction))
            for loop in code.loops where loop.instructions.contains(instruction) {
                Iteration.unlock(frame.registers[loop.register])
            }
            calls.pointee.frameCount -= 1
            if frame.isEntry { return }
        }
    }
}
