/// Three designs of a dispatch loop, each with the two programs that every engine is judged by: what the choice of
/// registers and of values of one word rests on. Prints a Markdown table; the numbers in `ARCHITECTURE.md` come from here.
///
/// All of them do the whole of what an engine must do in its loop: check the kinds of operands and overflow, count steps
/// at calls and jumps backwards, and be able to fail in an operation that is not inlined. Only what differs is different:
/// where operands lie, and how wide a value is.
@main
struct DispatchDesigns {
    static let rounds = 25

    static func main() throws(DesignError) {
        let designs: [(name: String, fib: () throws(DesignError) -> Int, loop: () throws(DesignError) -> Int)] = [
            ("registers, values of one word", RegistersOfOneWord.fib, RegistersOfOneWord.loop),
            ("registers, values of two words", RegistersOfTwoWords.fib, RegistersOfTwoWords.loop),
            ("stack, values of one word", StackOfOneWord.fib, StackOfOneWord.loop),
        ]
        print("| design | fib(25) | loop of 1,000,000 |")
        print("|--------|---------|-------------------|")
        for design in designs {
            let fib = try best(wanted: 75_025, design.fib)
            let loop = try best(wanted: 999_999_000_000, design.loop)
            print("| \(design.name) | \(fib) | \(loop) |")
        }
    }

    /// The shortest of many rounds, in milliseconds.
    private static func best(
        wanted: Int, _ work: () throws(DesignError) -> Int
    ) throws(DesignError) -> String {
        let clock = ContinuousClock()
        var best = Duration.seconds(3600)
        for _ in 0..<rounds {
            let start = clock.now
            let result = try work()
            best = min(best, start.duration(to: clock.now))
            guard result == wanted else { throw DesignError(message: "got \(result), want \(wanted)") }
        }
        let microseconds = best.components.attoseconds / 1_000_000_000_000
        let fraction = String(microseconds % 1000 + 1000).dropFirst().prefix(2)
        return "\(microseconds / 1000).\(fraction) ms"
    }
}

struct DesignError: Error {
    let message: String
}

/// An operation and its operands, in eight bytes as in the engine.
struct Instruction {
    enum Opcode: UInt8 {
        case add, addNumber, multiplyNumber, loadNumber, load, store, less, jumpIfFalse, jumpUnlessLessNumber
        case nextNumber, call, returnValue
    }

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

    @inline(__always)
    static func signed(_ operand: UInt16) -> Int { Int(Int16(bitPattern: operand)) }
}

/// A number in the upper part of a word, under a tag of fifteen ones.
struct Word {
    static let tag: UInt64 = 0xFFFE_0000_0000_0000
    var bits: UInt64

    @inline(__always)
    init(_ number: Int) {
        bits = Word.tag | (UInt64(bitPattern: Int64(number)) & ~Word.tag)
    }

    @inline(__always)
    init(shifted: Int) {
        bits = Word.tag | UInt64(bitPattern: Int64(shifted)) >> 15
    }

    @inline(__always)
    var isNumber: Bool { bits >= Word.tag }

    @inline(__always)
    var shifted: Int { Int(truncatingIfNeeded: bits << 15) }

    @inline(__always)
    var number: Int { shifted >> 15 }

    @inline(never)
    static func fail(_ left: Word, _ right: Word) throws(DesignError) -> Word {
        throw DesignError(message: "not two numbers: \(left.bits), \(right.bits)")
    }
}

/// A tag and a number of 64 bits.
struct TwoWords {
    var tag: Int
    var number: Int

    @inline(never)
    static func fail(_ left: TwoWords, _ right: TwoWords) throws(DesignError) -> TwoWords {
        throw DesignError(message: "not two numbers: \(left.tag), \(right.tag)")
    }
}

/// The memory that a design runs in.
struct Memory<Value> {
    struct Frame {
        var pc: UnsafePointer<Instruction>
        var base: UnsafeMutablePointer<Value>
        var destination: Int
    }

    let values = UnsafeMutablePointer<Value>.allocate(capacity: 4096)
    let frames = UnsafeMutablePointer<Frame>.allocate(capacity: 256)
    let fuel = UnsafeMutablePointer<Int>.allocate(capacity: 1)

    init(_ values: [Value]) {
        for (index, value) in values.enumerated() { (self.values + index).initialize(to: value) }
        fuel.initialize(to: 1 << 40)
    }

    func deallocate() {
        values.deallocate()
        frames.deallocate()
        fuel.deallocate()
    }
}

func allocate(_ instructions: [Instruction]) -> UnsafeMutablePointer<Instruction> {
    let result = UnsafeMutablePointer<Instruction>.allocate(capacity: instructions.count)
    for (index, instruction) in instructions.enumerated() { (result + index).initialize(to: instruction) }
    return result
}
