/// A pattern as a small machine: states, of which some take a character and all others lead on at once.
struct PatternProgram {
    enum Instruction {
        /// Goes to the next instruction with a character of the set of that number.
        case take(Int)
        /// Goes to both.
        case split(Int, Int)
        case jump(Int)
        case assertion(Pattern.Assertion)
        case match
    }

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    private var work = 0

    /// The largest number of instructions: with it a search through a megabyte stays within its bound.
    static let maximumSize = 10_000
    /// Parts that take no instruction count as well: `((){1000}){1000}` is short and would take a million of them.
    private static let maximumWork = 100_000

    init(_ pattern: Pattern, pattern text: String) throws(PatternError) {
        let tooLarge = PatternError(reason: .tooLarge, fragment: String(text.prefix(40)))
        try compile(pattern, tooLarge)
        instructions.append(.match)
    }

    private mutating func compile(_ pattern: Pattern, _ tooLarge: PatternError) throws(PatternError) {
        work += 1
        guard instructions.count < Self.maximumSize, work < Self.maximumWork else { throw tooLarge }
        switch pattern {
        case .empty: break
        case .set(let set):
            instructions.append(.take(sets.count))
            sets.append(set)
        case .assertion(let assertion): instructions.append(.assertion(assertion))
        case .sequence(let parts):
            for part in parts { try compile(part, tooLarge) }
        case .alternatives(let branches): try compile(branches: branches, tooLarge)
        case .repetition(let part, let minimum, let maximum):
            for _ in 0..<minimum { try compile(part, tooLarge) }
            guard let maximum else { return try compile(star: part, tooLarge) }
            var splits: [Int] = []
            for _ in minimum..<maximum {
                splits.append(instructions.count)
                instructions.append(.jump(0))
                try compile(part, tooLarge)
            }
            for split in splits { instructions[split] = .split(split + 1, instructions.count) }
        }
    }

    private mutating func compile(branches: [Pattern], _ tooLarge: PatternError) throws(PatternError) {
        var jumps: [Int] = []
        for (index, branch) in branches.enumerated() {
            let start = instructions.count
            if index < branches.count - 1 { instructions.append(.jump(0)) }
            try compile(branch, tooLarge)
            guard index < branches.count - 1 else { continue }
            jumps.append(instructions.count)
            instructions.append(.jump(0))
            instructions[start] = .split(start + 1, instructions.count)
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func compile(star part: Pattern, _ tooLarge: PatternError) throws(PatternError) {
        let start = instructions.count
        instructions.append(.jump(0))
        try compile(part, tooLarge)
        instructions.append(.jump(start))
        instructions[start] = .split(start + 1, instructions.count)
    }
}
