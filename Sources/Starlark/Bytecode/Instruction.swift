/// One step of a program: an operation and three operands of 16 bits, most of them numbers of registers. `b` and `c`
/// together form one operand of 32 bits where an operation says *wide*.
struct Instruction {
    var opcode: Opcode
    var a: UInt16
    var b: UInt16
    var c: UInt16

    init(_ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
        self.opcode = opcode
        self.a = UInt16(truncatingIfNeeded: a)
        self.b = UInt16(truncatingIfNeeded: b)
        self.c = UInt16(truncatingIfNeeded: c)
    }

    /// As an archive has it; nil if there is no such operation.
    init?(word: UInt64) {
        guard let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: word)) else { return nil }
        self.opcode = opcode
        a = UInt16(truncatingIfNeeded: word >> 16)
        b = UInt16(truncatingIfNeeded: word >> 32)
        c = UInt16(truncatingIfNeeded: word >> 48)
    }

    var word: UInt64 { UInt64(opcode.rawValue) | UInt64(a) << 16 | UInt64(b) << 32 | UInt64(c) << 48 }

    init(_ opcode: Opcode, _ a: Int = 0, wide: Int) {
        self.init(opcode, a, wide & 0xFFFF, wide >> 16)
    }

    @inline(__always)
    var wide: Int { Int(Int32(bitPattern: UInt32(b) | UInt32(c) << 16)) }

    /// `b` or `c` as a signed number.
    @inline(__always)
    static func signed(_ operand: UInt16) -> Int { Int(Int16(bitPattern: operand)) }
}

/// What an instruction does. `r[x]` is a register; a jump is relative to the instruction that follows it.
enum Opcode: UInt8, CaseIterable {
    // MARK: Moving values
    /// r[a] = constants[wide]
    case loadConstant
    /// r[a] = wide, a number
    case loadInteger
    /// r[a] = r[b]
    case move
    /// r[a] = unbound
    case clear
    /// Fails if r[a], a local variable, is unbound.
    case checkBound
    /// r[a] = globals[wide]; fails if it is unbound.
    case loadGlobal
    /// globals[wide] = r[a]
    case storeGlobal
    /// r[a] = predeclared[wide]
    case loadPredeclared
    /// r[a] = a new cell with r[a] in it
    case makeCell
    /// r[a] = the content of the cell in r[b]; fails if it is unbound.
    case loadCell
    /// The content of the cell in r[a] = r[b]
    case storeCell
    /// r[a] = the content of captures[b]; fails if it is unbound.
    case loadCaptured

    // MARK: Operators
    // r[a] = r[b] op r[c], in the order of `BinaryOperator`.
    case add, subtract, multiply, divide, floorDivide, modulo
    case bitAnd, bitOr, bitXor, shiftLeft, shiftRight
    case isIn, notIn
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    /// r[a] = r[b] + c, a signed number
    case addInteger
    /// r[a] = r[b] - c, a signed number
    case subtractInteger
    /// r[a] = r[b] += r[c], which extends a list in place
    case addInPlace
    /// r[a] = r[b] |= r[c], which updates a dict in place
    case bitOrInPlace
    /// r[a] = op r[b]
    case negate, plus, invert, not

    // MARK: Jumps
    /// Goes to pc + wide.
    case jump
    /// Goes to pc + wide if r[a] is false, or true.
    case jumpIfFalse, jumpIfTrue
    // Goes to pc + c, signed, unless r[a] op r[b].
    case jumpUnlessEqual, jumpUnlessNotEqual, jumpUnlessLess, jumpUnlessLessOrEqual, jumpUnlessGreater
    case jumpUnlessGreaterOrEqual
    // Goes to pc + c, signed, unless r[a] op b, a signed number.
    case jumpUnlessEqualInteger, jumpUnlessNotEqualInteger, jumpUnlessLessInteger, jumpUnlessLessOrEqualInteger
    case jumpUnlessGreaterInteger, jumpUnlessGreaterOrEqualInteger
    /// Goes to pc + wide, backwards, and counts a step.
    case jumpBack
    /// Begins to walk over r[a], with the state of the loop in r[a]...r[a + 3].
    case beginLoop
    /// r[c] = the next element of the loop in r[a], and goes to pc + b, signed; goes on if there is none.
    case nextElement
    /// Like `nextElement`, but r[a + 4] takes the element and wide is the distance.
    case nextElementFar
    /// Ends the loop in r[a].
    case endLoop

    // MARK: Parts of values
    /// r[a] = [r[b], ...], of c elements
    case makeList
    /// r[a] = (r[b], ...), of c elements
    case makeTuple
    /// r[a] += r[b], ..., of c elements, where r[a] is a list under construction
    case extendList
    /// r[a] = the tuple of the list r[a]
    case listToTuple
    /// Appends r[b] to the list r[a] under construction.
    case appendElement
    /// r[a] = {}
    case makeDict
    /// r[a][r[b]] = r[b + 1], in a dict display: fails if the key is there.
    case addEntry
    /// r[a][r[b]] = r[b + 1], in a comprehension
    case setEntry
    /// r[a] = r[b][r[c]]
    case index
    /// r[a][r[b]] = r[c]
    case setIndex
    /// r[a] = r[b][r[c]:r[c + 1]:r[c + 2]]
    case slice
    /// r[a] = r[b].attributes[c]
    case attribute
    /// Fails if r[a] has no attributes[b]: what is called is looked up before its arguments are evaluated.
    case checkAttribute
    /// Fails: r[a].attributes[b] cannot be assigned.
    case setAttribute
    /// r[a], r[a + 1], ... = r[b], of c elements
    case unpack

    // MARK: Functions
    /// r[c] = r[a](r[a + 1], ...), of b arguments
    case call
    /// r[a] = r[a].attributes[c](r[a + 1], ...), of b arguments
    case callMethod
    /// r[c] = a call as shapes[b] describes it, from r[a] on
    case callWithShape
    /// r[a] = the function of functions[wide] with its defaults from r[a + 1] on
    case makeFunction
    /// Returns r[a].
    case returnValue
    /// Returns None.
    case returnNone
    /// Loads a module as loads[a] says.
    case load
    /// Goes on with the function's own instructions, which are read now if that has not happened before.
    case readBody
}

extension Opcode {
    init(_ operation: BinaryOperator) {
        switch operation {
        case .add: self = .add
        case .subtract: self = .subtract
        case .multiply: self = .multiply
        case .divide: self = .divide
        case .floorDivide: self = .floorDivide
        case .modulo: self = .modulo
        case .bitAnd: self = .bitAnd
        case .bitOr: self = .bitOr
        case .bitXor: self = .bitXor
        case .shiftLeft: self = .shiftLeft
        case .shiftRight: self = .shiftRight
        case .isIn: self = .isIn
        case .notIn: self = .notIn
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        }
    }

    /// The jumps that test a comparison, of two registers and of a register and a number.
    static func jumpUnless(_ operation: BinaryOperator) -> (registers: Opcode, integer: Opcode)? {
        switch operation {
        case .equal: (.jumpUnlessEqual, .jumpUnlessEqualInteger)
        case .notEqual: (.jumpUnlessNotEqual, .jumpUnlessNotEqualInteger)
        case .less: (.jumpUnlessLess, .jumpUnlessLessInteger)
        case .lessOrEqual: (.jumpUnlessLessOrEqual, .jumpUnlessLessOrEqualInteger)
        case .greater: (.jumpUnlessGreater, .jumpUnlessGreaterInteger)
        case .greaterOrEqual: (.jumpUnlessGreaterOrEqual, .jumpUnlessGreaterOrEqualInteger)
        default: nil
        }
    }
}
