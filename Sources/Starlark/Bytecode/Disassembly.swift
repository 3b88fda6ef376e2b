extension Program {
    /// The code of the program and of all functions in it as text, one line an instruction: where it comes from in the
    /// source, what it does, and the names and constants that its operands stand for.
    package var disassembly: String {
        var output = ""
        Disassembler(program: self).write(toplevel, to: &output)
        return output
    }
}

/// Writes instructions for people.
private struct Disassembler {
    let program: Program

    func write(_ function: FunctionCode, to output: inout String) {
        guard let code = try? function.complete() else {
            output += "\(function.name) is damaged\n"
            return
        }
        let place = code.file.stackFrame(function: code.name, range: code.range)
        output += "\(code.name) (\(place.file):\(place.line)): "
        output += "\(count(code.instructionCount, "instruction")), \(count(code.registerCount, "register"))"
        if !code.captures.isEmpty {
            output += ", captures \(code.details.content.capturedNames.joined(separator: ", "))"
        }
        output += "\n"
        for index in 0..<code.instructionCount {
            let instruction = code.layout.pointee.instructions[index]
            let position = code.stackFrame(at: index)
            let source = "\(position.line):\(position.column)"
            let text = describe(instruction, at: index, code)
            output += "  \(padded(String(index), 5))  \(padded(source, 8))  \(text)\n"
        }
        for function in code.functions {
            output += "\n"
            write(function, to: &output)
        }
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }

    private func describe(_ i: Instruction, at index: Int, _ code: FunctionCode) -> String {
        let (a, b, c) = (Int(i.a), Int(i.b), Int(i.c))
        func register(_ number: Int) -> String {
            code.slotName(number).map { "r\(number)(\($0))" } ?? "r\(number)"
        }
        func registers(_ first: Int, _ count: Int) -> String {
            count == 0 ? "nothing" : count == 1 ? register(first) : "\(register(first))…r\(first + count - 1)"
        }
        func target(_ distance: Int) -> String { "→ \(index + 1 + distance)" }
        func attribute(_ number: Int) -> String { ".\(code.layout.pointee.attributes[number].text)" }
        let name = "\(i.opcode)"
        switch i.opcode {
        case .loadConstant:
            return "\(name) \(register(a)) = \(constant(code.layout.pointee.constants[i.wide]))"
        case .loadInteger: return "\(name) \(register(a)) = \(i.wide)"
        case .loadGlobal: return "\(name) \(register(a)) = \(program.globalNames[i.wide])"
        case .storeGlobal: return "\(name) \(program.globalNames[i.wide]) = \(register(a))"
        case .loadPredeclared: return "\(name) \(register(a)) = \(program.predeclaredNames[i.wide].name)"
        case .loadCaptured: return "\(name) \(register(a)) = \(code.details.content.capturedNames[b])"
        case .move, .loadCell, .negate, .plus, .invert, .not: return "\(name) \(register(a)) = \(register(b))"
        case .storeCell: return "\(name) \(register(a)) = \(register(b))"
        case .clear, .checkBound, .makeCell, .listToTuple, .makeDict, .beginLoop, .endLoop, .returnValue:
            return "\(name) \(register(a))"
        case .returnNone, .readBody: return name
        case .addInteger, .subtractInteger:
            return "\(name) \(register(a)) = \(register(b)), \(Instruction.signed(i.c))"
        case .jump, .jumpBack: return "\(name) \(target(i.wide))"
        case .jumpIfFalse, .jumpIfTrue: return "\(name) \(register(a)) \(target(i.wide))"
        case .jumpUnlessEqual, .jumpUnlessNotEqual, .jumpUnlessLess, .jumpUnlessLessOrEqual, .jumpUnlessGreater,
            .jumpUnlessGreaterOrEqual:
            return "\(name) \(register(a)), \(register(b)) \(target(Instruction.signed(i.c)))"
        case .jumpUnlessEqualInteger, .jumpUnlessNotEqualInteger, .jumpUnlessLessInteger,
            .jumpUnlessLessOrEqualInteger, .jumpUnlessGreaterInteger, .jumpUnlessGreaterOrEqualInteger:
            return "\(name) \(register(a)), \(Instruction.signed(i.b)) \(target(Instruction.signed(i.c)))"
        case .nextElement:
            return "\(name) \(register(c)) of \(register(a)) \(target(Instruction.signed(i.b)))"
        case .nextElementFar: return "\(name) \(register(a + 4)) of \(register(a)) \(target(i.wide))"
        case .makeList, .makeTuple, .extendList: return "\(name) \(register(a)) = \(registers(b, c))"
        case .appendElement: return "\(name) \(register(a)), \(register(b))"
        case .addEntry, .setEntry: return "\(name) \(register(a))[\(register(b))] = \(register(b + 1))"
        case .setIndex: return "\(name) \(register(a))[\(register(b))] = \(register(c))"
        case .slice: return "\(name) \(register(a)) = \(register(b))[\(registers(c, 3))]"
        case .attribute: return "\(name) \(register(a)) = \(register(b))\(attribute(c))"
        case .setAttribute, .checkAttribute: return "\(name) \(register(a))\(attribute(b))"
        case .unpack: return "\(name) \(registers(a, c)) = \(register(b))"
        case .call: return "\(name) \(register(c)) = \(register(a))(\(registers(a + 1, b)))"
        case .callMethod: return "\(name) \(register(a))\(attribute(c))(\(registers(a + 1, b)))"
        case .callWithShape:
            return "\(name) \(register(c)) = \(register(a))\(shape(code.layout.pointee.shapes[b], from: a + 1, code))"
        case .makeFunction: return "\(name) \(register(a)) = \(code.functions[i.wide].name)"
        case .load:
            let load = code.loads[a]
            return "\(name) \(load.items.map(\.name).joined(separator: ", ")) from \"\(load.module)\""
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .bitAnd, .bitOr, .bitXor, .shiftLeft,
            .shiftRight, .isIn, .notIn, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
            .addInPlace, .bitOrInPlace, .index:
            return "\(name) \(register(a)) = \(register(b)), \(register(c))"
        }
    }

    private func shape(_ shape: CallShape, from first: Int, _ code: FunctionCode) -> String {
        var parts: [String] = []
        var register = first
        for _ in 0..<shape.positionalCount {
            parts.append("r\(register)")
            register += 1
        }
        for index in 0..<shape.nameCount {
            parts.append("\(StringObject(shape.names[index]).text) = r\(register)")
            register += 1
        }
        if shape.hasVariadic {
            parts.append("*r\(register)")
            register += 1
        }
        if shape.hasKeywords { parts.append("**r\(register)") }
        let attribute = shape.attribute < 0 ? "" : ".\(code.layout.pointee.attributes[shape.attribute].text)"
        return "\(attribute)(\(parts.joined(separator: ", ")))"
    }

    /// Constants are numbers and strings: printing one cannot fail, but for one that is very long.
    private func constant(_ value: Value) -> String {
        let meter = Meter(limits: .unlimited, cancellation: CancellationFlag(), heap: program.storage.heap)
        defer { meter.deallocate() }
        let text = (try? Printer.representation(value, meter).text) ?? value.typeName
        return text.count > 60 ? "\(text.prefix(60))…" : text
    }
}
