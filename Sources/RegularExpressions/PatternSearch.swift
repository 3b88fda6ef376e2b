/// One search for a pattern: all the states that the text so far can lead to, a character at a time.
struct PatternSearch {
    private let program: PatternProgram
    private var remainingSteps: Int
    /// The states to go on from, each once.
    private var seeds: [Int] = []
    private var nextSeeds: [Int] = []
    /// For each instruction the place of the text, counted from 1, at which it was last visited.
    private var visits: [Int]
    private var pending: [Int] = []

    init(_ program: PatternProgram, maximumSteps: Int) {
        self.program = program
        remainingSteps = maximumSteps
        visits = [Int](repeating: 0, count: program.instructions.count)
    }

    /// - Returns: whether the pattern is somewhere in the text; nil if the search took too many steps.
    mutating func run(_ text: [UInt8]) -> Bool? {
        var position = 0
        var place = 0
        var previous: UInt32?
        while true {
            let (scalar, length) = Self.scalar(text, at: position)
            place += 1
            // A match may begin anywhere.
            seeds.append(0)
            if advance(over: scalar, after: previous, place: place) { return true }
            if remainingSteps < 0 { return nil }
            guard scalar != nil else { return false }
            position += length
            previous = scalar
            swap(&seeds, &nextSeeds)
            nextSeeds.removeAll(keepingCapacity: true)
        }
    }

    /// Follows every state over one character; nil is the end of the text.
    ///
    /// - Returns: whether a match ends before the character.
    private mutating func advance(over scalar: UInt32?, after previous: UInt32?, place: Int) -> Bool {
        for seed in seeds {
            pending.append(seed)
            while let index = pending.popLast() {
                if visits[index] == place { continue }
                visits[index] = place
                remainingSteps -= 1
                switch program.instructions[index] {
                case .match:
                    pending.removeAll(keepingCapacity: true)
                    return true
                case .jump(let target): pending.append(target)
                case .split(let first, let second):
                    pending.append(second)
                    pending.append(first)
                case .assertion(let assertion):
                    if Self.holds(assertion, between: previous, and: scalar) { pending.append(index + 1) }
                case .take(let set):
                    if let scalar, program.sets[set].contains(scalar) { nextSeeds.append(index + 1) }
                }
            }
        }
        return false
    }

    private static func holds(_ assertion: Pattern.Assertion, between left: UInt32?, and right: UInt32?) -> Bool {
        switch assertion {
        case .textStart: left == nil
        case .textEnd: right == nil
        case .lineStart: left == nil || left == 0x0A
        case .lineEnd: right == nil || right == 0x0A
        case .wordBoundary: isWord(left) != isWord(right)
        case .noWordBoundary: isWord(left) == isWord(right)
        }
    }

    private static func isWord(_ scalar: UInt32?) -> Bool {
        switch scalar ?? 0 {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    /// The character at a place of UTF-8 text and the bytes that it takes; U+FFFD and one byte for what is none, nil
    /// at the end.
    private static func scalar(_ text: [UInt8], at position: Int) -> (UInt32?, Int) {
        guard position < text.count else { return (nil, 0) }
        let first = text[position]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(first), position + length <= text.count else { return (0xFFFD, 1) }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for byte in text[(position + 1)..<(position + length)] {
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let isOverlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000)
        guard !isOverlong, Unicode.Scalar(value) != nil else { return (0xFFFD, 1) }
        return (value, length)
    }
}
