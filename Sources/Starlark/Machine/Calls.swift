/// The arguments of a call where they lie: positional ones, and named ones as names and values.
struct Arguments {
    var positional: UnsafeMutablePointer<Value>
    var count: Int
    /// Strings.
    var names: UnsafePointer<Value>
    var values: UnsafeMutablePointer<Value>
    var namedCount: Int

    @inline(__always)
    init(positional: UnsafeMutablePointer<Value>, _ count: Int) {
        self.positional = positional
        self.count = count
        names = UnsafePointer(positional)
        values = positional
        namedCount = 0
    }

    @inline(__always)
    init(
        positional: UnsafeMutablePointer<Value>, _ count: Int, names: UnsafePointer<Value>,
        values: UnsafeMutablePointer<Value>, _ namedCount: Int
    ) {
        self.positional = positional
        self.count = count
        self.names = names
        self.values = values
        self.namedCount = namedCount
    }
}

extension Evaluation {
    // MARK: - Calls of functions in files

    /// Refuses a call that would nest too deeply or, where that is not allowed, recursively.
    @inline(never)
    func checkCall(_ function: FunctionObject, _ registers: UnsafeMutablePointer<Value>) throws(EvaluationError) {
        let code = function.layout.pointee.code
        if registers + Int(code.pointee.registerCount) > calls.pointee.stackEnd
            || calls.pointee.frameCount >= calls.pointee.frameLimit
        {
            throw stackOverflow
        }
        if code.pointee.allowsRecursion { return }
        for index in 0..<calls.pointee.frameCount where calls.pointee.frames[index].code == code {
            throw EvaluationError("function \(code.pointee.owner.name) called recursively")
        }
    }

    /// Puts a function's own code in place of what stands for it until it is called.
    @inline(never)
    func readBody(_ frame: UnsafeMutablePointer<CallFrame>) throws(EvaluationError) {
        let code = UnsafePointer(try frame.pointee.code.pointee.owner.complete().layout)
        guard frame.pointee.registers + Int(code.pointee.registerCount) <= calls.pointee.stackEnd else {
            throw stackOverflow
        }
        frame.pointee.code = code
        frame.pointee.pc = code.pointee.instructions
    }

    private var stackOverflow: EvaluationError {
        EvaluationError("call stack too deep: \(calls.pointee.frameCount) nested calls", kind: .limit(.depth))
    }

    /// Adds a frame for a function whose parameters are bound.
    func push(
        _ function: FunctionObject, _ registers: UnsafeMutablePointer<Value>, destination: Int, isEntry: Bool = false
    ) {
        let code = function.layout.pointee.code
        (calls.pointee.frames + calls.pointee.frameCount).initialize(
            to: CallFrame(
                code: code, pc: code.pointee.instructions, registers: registers, captures: function.captures,
                globals: function.layout.pointee.globals, destination: destination, isEntry: isEntry))
        calls.pointee.frameCount += 1
    }

    /// A call with named or unpacked arguments.
    ///
    /// - Returns: true if there is a new frame, false if the result is in its register already.
    @inline(never)
    func call(
        _ shape: UnsafePointer<CallShape>, _ frame: UnsafeMutablePointer<CallFrame>, base: Int, destination: Int
    ) throws(EvaluationError) -> Bool {
        let code = frame.pointee.code
        let r = frame.pointee.registers
        var callee = r[base]
        var method: Unmanaged<HostFunction>?
        if shape.pointee.attribute >= 0 {
            let attribute = code.pointee.attributes + shape.pointee.attribute
            method = attribute.pointee.method(of: callee)
            if method == nil { callee = try Attributes.value(of: callee, attribute, heap) }
        }
        var top = r + Int(code.pointee.registerCount)
        var arguments = Arguments(
            positional: r + (base + 1), shape.pointee.positionalCount, names: shape.pointee.names,
            values: r + (base + 1 + shape.pointee.positionalCount), shape.pointee.nameCount)
        if shape.pointee.hasVariadic || shape.pointee.hasKeywords {
            try flatten(&arguments, shape, top: &top)
        }
        if let method {
            r[destination] = try callHost(method, receiver: callee, arguments, top: top)
            return false
        }
        guard callee.isObject(of: .function) else {
            r[destination] = try callHost(callee, arguments, top: top)
            return false
        }
        let function = FunctionObject(callee)
        try checkCall(function, top)
        try ArgumentBinding.bind(arguments, to: function, in: top, meter)
        push(function, top, destination: destination)
        return true
    }

    /// Adds what `*args` and `**kwargs` stand for, in registers above all others.
    private func flatten(
        _ arguments: inout Arguments, _ shape: UnsafePointer<CallShape>, top: inout UnsafeMutablePointer<Value>
    ) throws(EvaluationError) {
        var unpacked = arguments.values + arguments.namedCount
        var rest: UnsafeBufferPointer<Value> = UnsafeBufferPointer(start: nil, count: 0)
        if shape.pointee.hasVariadic {
            rest = try elements(ofVariadic: unpacked.pointee)
            unpacked += 1
        }
        var keywords: TableObject?
        if shape.pointee.hasKeywords {
            guard unpacked.pointee.isObject(of: .dict) else {
                throw EvaluationError("argument after ** must be a dict, not \(unpacked.pointee.typeName)")
            }
            keywords = TableObject(unpacked.pointee)
        }
        let count = arguments.count + rest.count
        let namedCount = arguments.namedCount + (keywords?.count ?? 0)
        guard calls.pointee.stackEnd - top > count + 2 * namedCount else {
            throw EvaluationError("too many arguments: \(count + namedCount)", kind: .limit(.depth))
        }
        let names = top + count
        let flat = Arguments(
            positional: top, count, names: names, values: top + (count + namedCount), namedCount)
        flat.positional.update(from: arguments.positional, count: arguments.count)
        if let start = rest.baseAddress { (flat.positional + arguments.count).update(from: start, count: rest.count) }
        names.update(from: arguments.names, count: arguments.namedCount)
        flat.values.update(from: arguments.values, count: arguments.namedCount)
        if let keywords {
            var place = arguments.namedCount
            for slot in keywords.slots where slot.isLive {
                guard slot.key.isObject(of: .string) else {
                    throw EvaluationError("keys of the argument after ** must be strings, not \(slot.key.typeName)")
                }
                names[place] = slot.key
                flat.values[place] = slot.value
                place += 1
            }
        }
        top += count + 2 * namedCount
        arguments = flat
    }

    private func elements(ofVariadic value: Value) throws(EvaluationError) -> UnsafeBufferPointer<Value> {
        guard Iteration.isIterable(value) else {
            throw EvaluationError("argument after * must be iterable, not \(value.typeName)")
        }
        return try Iteration.view(value, meter)
    }

    @inline(never)
    func makeFunction(
        _ code: UnsafePointer<FunctionCode.Layout>, defaults: UnsafeMutablePointer<Value>,
        _ frame: UnsafeMutablePointer<CallFrame>
    ) -> Value {
        let owner = code.pointee.owner
        let defaultCount = Int(code.pointee.parameterCount)
        let layout = heap.allocate(
            FunctionObject.Layout.self, extra: (defaultCount + owner.captures.count) * MemoryLayout<Value>.stride)
        layout.initialize(
            to: FunctionObject.Layout(
                header: ObjectHeader(.function), code: code, globals: frame.pointee.globals,
                defaultCount: Int32(defaultCount), captureCount: Int32(owner.captures.count)))
        let function = FunctionObject(layout: layout)
        function.defaults.update(from: defaults, count: defaultCount)
        for (index, capture) in owner.captures.enumerated() {
            function.captures[index] =
                switch capture {
                case .local(let register): frame.pointee.registers[register]
                case .captured(let outer): frame.pointee.captures[outer]
                }
        }
        return function.value
    }

    // MARK: - Calls of host functions

    /// Calls what is no function of a file with positional arguments in registers.
    @inline(__always)
    func callHost(
        _ callee: Value, _ arguments: UnsafeMutablePointer<Value>, _ count: Int,
        _ frame: UnsafeMutablePointer<CallFrame>
    ) throws(EvaluationError) -> Value {
        try callHost(
            callee, Arguments(positional: arguments, count),
            top: frame.pointee.registers + Int(frame.pointee.code.pointee.registerCount))
    }

    func callHost(
        _ callee: Value, _ arguments: Arguments, top: UnsafeMutablePointer<Value>
    ) throws(EvaluationError) -> Value {
        guard callee.isObject(of: .builtin) else {
            throw EvaluationError("cannot call \(callee.typeName) value: it is not a function")
        }
        let layout = BuiltinObject(callee).layout
        return try callHost(layout.pointee.function, receiver: layout.pointee.receiver, arguments, top: top)
    }

    /// - Parameter top: the first register that the call leaves alone.
    @inline(never)
    func callHost(
        _ function: Unmanaged<HostFunction>, receiver: Value, _ arguments: Arguments,
        top: UnsafeMutablePointer<Value>
    ) throws(EvaluationError) -> Value {
        let outerTop = calls.pointee.top
        calls.pointee.top = top
        defer { calls.pointee.top = outerTop }
        do {
            return try function._withUnsafeGuaranteedRef {
                try $0.body(HostCall($0, receiver: receiver, arguments, self))
            }
        } catch {
            let function = function.takeUnretainedValue()
            var error = error as? EvaluationError ?? EvaluationError("\(error)")
            // An error of a function that this one called back keeps its own words.
            if error.isFresh { error = error.prefixed(function.name) }
            error.leave(StackFrame(function: function.name, file: "<builtin>", range: nil, line: 0, column: 0))
            throw error
        }
    }

    // MARK: - Calls by the host

    /// Calls any callable value from the host.
    func invoke(_ callee: Value, _ arguments: Arguments) throws(EvaluationError) -> Value {
        try meter.step()
        guard callee.isObject(of: .function) else { return try callHost(callee, arguments, top: calls.pointee.top) }
        let function = FunctionObject(callee)
        let registers = calls.pointee.top
        try checkCall(function, registers)
        try ArgumentBinding.bind(arguments, to: function, in: registers, meter)
        return try enter { () throws(EvaluationError) in
            push(function, registers, destination: 0, isEntry: true)
            return try dispatch()
        }
    }

    /// Bounds how much of the host's stack the program takes by calling host functions that call it back.
    func enter<Result>(_ body: () throws(EvaluationError) -> Result) throws(EvaluationError) -> Result {
        guard calls.pointee.reentries < CallState.reentryLimit else {
            throw EvaluationError(
                "call stack too deep: \(calls.pointee.reentries) nested calls by built-in functions",
                kind: .limit(.depth))
        }
        calls.pointee.reentries += 1
        let outerTop = calls.pointee.top
        defer {
            calls.pointee.reentries -= 1
            calls.pointee.top = outerTop
        }
        return try body()
    }
}

/// Matches the arguments of a call with the parameters of a function.
enum ArgumentBinding {
    /// - Parameter registers: those of the new frame; they may begin with the positional arguments themselves.
    @inline(never)
    static func bind(
        _ arguments: Arguments, to function: FunctionObject, in registers: UnsafeMutablePointer<Value>, _ meter: Meter
    ) throws(EvaluationError) {
        let code = function.layout.pointee.code
        let positionalCount = Int(code.pointee.positionalCount)
        let parameterCount = Int(code.pointee.parameterCount)
        let bound = min(arguments.count, positionalCount)
        var rest = Value.none
        if code.pointee.variadicRegister >= 0 {
            rest = meter.heap.tuple(
                UnsafeBufferPointer(start: arguments.positional + bound, count: arguments.count - bound))
        } else if arguments.count > bound {
            throw tooMany(arguments.count, code.pointee.owner)
        }
        if registers != arguments.positional { registers.update(from: arguments.positional, count: bound) }
        for index in bound..<max(bound, parameterCount) { registers[index] = .unbound }
        var keywords = Value.none
        if arguments.namedCount > 0 || code.pointee.keywordsRegister >= 0 {
            keywords = try bindNamed(arguments, code, registers, meter)
        }
        for index in bound..<max(bound, parameterCount) where registers[index].isUnbound {
            let fallback = function.defaults[index]
            if fallback.isUnbound { throw missing(function, registers, bound) }
            registers[index] = fallback
        }
        if code.pointee.variadicRegister >= 0 { registers[Int(code.pointee.variadicRegister)] = rest }
        if code.pointee.keywordsRegister >= 0 { registers[Int(code.pointee.keywordsRegister)] = keywords }
    }

    private static func bindNamed(
        _ arguments: Arguments, _ code: UnsafePointer<FunctionCode.Layout>,
        _ registers: UnsafeMutablePointer<Value>, _ meter: Meter
    ) throws(EvaluationError) -> Value {
        let rest = code.pointee.keywordsRegister >= 0 ? meter.heap.newDict() : nil
        for argument in 0..<arguments.namedCount {
            let name = StringObject(arguments.names[argument])
            let index = index(of: name, in: code)
            if index >= 0 {
                guard registers[index].isUnbound else { throw duplicate(name, code.pointee.owner) }
                registers[index] = arguments.values[argument]
            } else if let rest {
                guard try rest.insert(name.value, arguments.values[argument], meter) else {
                    throw duplicate(name, code.pointee.owner)
                }
            } else {
                let owner = code.pointee.owner
                let hint = Spelling.hint(for: name.text, among: owner.signature.parameters)
                throw EvaluationError("\(owner.name): unexpected keyword argument \(name.text)\(hint)")
            }
        }
        return rest?.value ?? .none
    }

    /// -1 if there is none.
    private static func index(of name: StringObject, in code: UnsafePointer<FunctionCode.Layout>) -> Int {
        let names = code.pointee.parameterNames
        let count = Int(code.pointee.parameterCount)
        // Nearly always the call and the function are of the same program, and the names the same objects.
        for index in 0..<count where names[index].bits == name.value.bits { return index }
        for index in 0..<count where StringObject(names[index]).hasSameContent(as: name) { return index }
        return -1
    }

    private static func missing(
        _ function: FunctionObject, _ registers: UnsafeMutablePointer<Value>, _ bound: Int
    ) -> EvaluationError {
        let code = function.code
        let parameters = code.signature.parameters
        let missing = parameters.indices.filter {
            $0 >= bound && registers[$0].isUnbound && function.defaults[$0].isUnbound
        }
        return EvaluationError(
            "\(code.name): missing argument\(missing.count == 1 ? "" : "s") for "
                + missing.map { parameters[$0] }.joined(separator: ", "))
    }

    private static func duplicate(_ name: StringObject, _ code: FunctionCode) -> EvaluationError {
        EvaluationError("\(code.name): got multiple values for parameter \(name.text)")
    }

    private static func tooMany(_ count: Int, _ code: FunctionCode) -> EvaluationError {
        let limit = code.signature.positionalCount
        let want = limit == 0 ? "none" : code.signature.hasOptionalPositional ? "at most \(limit)" : "\(limit)"
        return EvaluationError(
            "\(code.name): got \(count) positional argument\(count == 1 ? "" : "s"), want \(want)")
    }
}
