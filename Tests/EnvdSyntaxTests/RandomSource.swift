/// A generator of random numbers that gives the same ones for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}

/// Random programs of several shapes, well formed before they are edited.
struct RandomSource {
    var random: SeededGenerator

    enum Shape: CaseIterable {
        case buildFile, library, data, nested, strings, oneLine, foreign, soup
    }

    mutating func program(_ shape: Shape, statements: Int) -> [UInt8] {
        var out = ""
        switch shape {
        case .oneLine:
            out = (0..<statements * 3).map { _ in "x = \(expression(2))" }.joined(separator: "; ") + "\n"
        case .soup:
            return (0..<statements * 20).map { _ in random.pick(Self.fragments) }.joined(separator: "").utf8.map { $0 }
        default:
            for _ in 0..<statements { out += topLevel(shape) }
        }
        if random.chance(10) { out = out.replacing("\n", with: "\r\n") }
        if random.chance(5) { out = "\u{FEFF}" + out }
        return Array(out.utf8)
    }

    private mutating func topLevel(_ shape: Shape) -> String {
        if random.chance(15) { return "# \(words())\n" + (random.chance(50) ? "\n" : "") }
        switch shape {
        case .data: return "\(name()) = \(literal(4, indent: ""))\n\n"
        case .strings: return "\(name()) = \(string())\n" + (random.chance(50) ? "run(commands = [\(string())])\n" : "")
        case .nested: return block("", depth: 5)
        case .foreign: return random.pick(Self.foreignStatements) + "\n"
        case .library: return "def \(name())(\(parameters())):\n" + suite("    ", depth: 2) + "\n\n"
        default:
            if random.chance(40) {
                return "def \(name())(\(parameters())):\n    \"\"\"\(words())\n\n    \(words())\n    \"\"\"\n"
                    + suite("    ", depth: 2) + "\n"
            }
            return call() + "\n"
        }
    }

    private mutating func block(_ indent: String, depth: Int) -> String {
        if depth == 0 { return indent + "pass\n" }
        let header = random.pick([
            "if \(expression(1)):", "for x in \(expression(1)):", "while \(expression(1)):", "def \(name())():",
        ])
        return indent + header + "\n" + suite(indent + "    ", depth: depth - 1)
            + (header.hasPrefix("if") && random.chance(50)
                ? indent + "else:\n" + suite(indent + "  ", depth: depth - 1) : "")
    }

    private mutating func suite(_ indent: String, depth: Int) -> String {
        var out = ""
        for _ in 0...random.below(3) {
            if depth > 0, random.chance(25) {
                out += block(indent, depth: depth)
            } else if random.chance(15) {
                out += "\(indent)# \(words())\n"
            } else {
                out += indent + statement() + "\n"
            }
        }
        return out + indent + "pass\n"
    }

    private mutating func statement() -> String {
        switch random.below(5) {
        case 0: "\(name()) = \(expression(3))"
        case 1: "return \(expression(2))"
        case 2: call()
        case 3: "\(name()).\(name())(\(expression(1)), \(name()) = \(expression(1)))"
        default: "\(name()) += \(expression(2))  # \(words())"
        }
    }

    private mutating func call() -> String {
        if random.chance(50) { return "\(name())(\(name()) = \(literal(1, indent: "")))" }
        return
            "\(name())(\n    \(name()) = \(string()),\n    deps = [\n        \(string()),\n        \(string()),\n    ],\n)"
    }

    private mutating func literal(_ depth: Int, indent: String) -> String {
        switch random.below(depth > 0 ? 5 : 2) {
        case 0: return string()
        case 1: return "\(random.below(100_000))"
        case 2, 3:
            let inner = indent + "    "
            let items = (0...random.below(3)).map { _ in "\(inner)\(string()): \(literal(depth - 1, indent: inner)),\n"
            }
            return "{\n" + items.joined() + indent + "}"
        default:
            return "[" + (0...random.below(3)).map { _ in literal(depth - 1, indent: indent) }.joined(separator: ", ")
                + "]"
        }
    }

    private mutating func expression(_ depth: Int) -> String {
        if depth == 0 { return random.chance(50) ? name() : literal(0, indent: "") }
        switch random.below(9) {
        case 0: return "\(expression(depth - 1)) + \(expression(depth - 1))"
        case 1: return "(\(expression(depth - 1)), \(expression(depth - 1)))"
        case 2: return "[x for x in \(expression(depth - 1)) if \(expression(depth - 1))]"
        case 3: return "\(name())(\(expression(depth - 1)))"
        case 4: return "\(name())[\(expression(depth - 1)):]"
        case 5: return "lambda x, y = 1: \(expression(depth - 1))"
        case 6: return "not \(expression(depth - 1))"
        case 7: return "\(expression(depth - 1)) if \(name()) else \(expression(depth - 1))"
        default: return name()
        }
    }

    private mutating func parameters() -> String {
        random.pick(["", "a", "a, b = 1", "*args, **kwargs", "a: int, b: str = \"x\"", "*, key"])
    }

    private mutating func name() -> String {
        random.pick([
            "install", "config", "x", "self", "python_packages", "name_1", "größe", "变量", "t", "load_it", "iffy",
        ])
    }

    private mutating func words() -> String {
        random.pick([
            "a note", "x = 1", "def of it (", "\"quoted\" 'words'", "日本語 comment", "install.apt_packages(name)",
            "# more #",
        ])
    }

    private mutating func string() -> String {
        random.pick([
            "\"numpy\"", "'single'", "\"\"\"triple\nlines\n\"\"\"", "r\"raw\\d\"", "b\"bytes\"", "\"es\\\"cape\\n\"",
            "'''x = 1\n    y(2)\n'''", "\"smile 😀\"", "\"\"", "\"#\"", "rb'\\x'",
        ])
    }

    // MARK: - Edits

    /// Replaces a random range: characters, tokens, lines and blocks, within and across statements.
    mutating func edit(_ source: [UInt8]) -> (range: Range<Int>, replacement: [UInt8]) {
        let at = random.below(source.count + 1)
        func line(_ offset: Int) -> Int {
            var start = offset
            while start > 0, source[start - 1] != 0x0A { start -= 1 }
            return start
        }
        switch random.below(13) {
        case 0: return (at..<at, [random.pick(Array("abcxyz019 _".utf8))])
        case 1: return (at..<at, [random.pick(Array("()[]{}\"'#:\\,.=;@".utf8))])
        case 2: return (at..<at, Array(random.pick(["\n", "\r\n", "\r", "\n    ", "\n\n", "\t", "    "]).utf8))
        case 3: return (at..<min(source.count, at + 1), [])
        case 4: return (at..<min(source.count, at + 1 + random.below(40)), [])
        case 5: return (at..<at, Array(random.pick(Self.fragments).utf8))
        case 6: return (at..<at, Array(random.pick(["\"\"\"", "'''", "\"", "'", "r\"", "b'''"]).utf8))
        case 7:
            // Indentation.
            let start = line(at)
            return random.chance(50) ? (start..<start, Array("    ".utf8)) : (start..<min(source.count, start + 2), [])
        case 8:
            // A block is deleted.
            let start = line(at)
            return (start..<line(min(source.count, start + random.below(300))), [])
        case 9:
            // A block is pasted.
            let from = line(random.below(source.count + 1))
            let to = min(source.count, from + random.below(200))
            let start = line(at)
            return (start..<start, Array(source[from..<max(from, to)]))
        case 10:
            return (
                at..<at,
                random.pick([[0xFF], [0xC3], [0xE2, 0x82], [0xEF, 0xBB, 0xBF], [0], [0xF0, 0x9F, 0x98, 0x80]])
            )
        case 11: return (at..<min(source.count, at + random.below(4)), Array(random.pick(Self.fragments).utf8))
        default:
            return (0..<min(source.count, random.below(5)), Array(random.pick(["", "# x\n", "\u{FEFF}", "    "]).utf8))
        }
    }

    static let fragments = [
        "def f(x):\n", "    pass\n", "if x:\n", "else:\n", "elif y:\n", "for a in b:\n", "(", ")", "[", "]", "{", "}",
        "\"", "'", "\"\"\"", "'''", ":", ",", "=", "==", "not ", " in ", "lambda ", "load(\"a\", \"b\")\n", "return ",
        "#", "\\",
        "\\\n", "\n", "\n\n", "  ", "x", "x.y", "1", "1.5e3", "0x", "f\"{x}\"", "class C:\n", "import os\n", "@dec\n",
        "try:\n",
        "except:\n", "with a as b:\n", "**", "*", "->", ":=", "is ", "foo(\n", "bar(1, 2)\n", "a = b = c\n", "\t", "\r",
        "…", "“",
        "match x:\n    case 1:\n", "async ", "yield ", "++", "&&", "?", "!", "$", "x = [\n", "]\n", "print \"x\"\n",
        ";",
    ]

    static let foreignStatements = [
        "import os", "from a import b", "class A(B):\n    def m(self):\n        pass",
        "try:\n    x()\nexcept E as e:\n    pass",
        "with open(x) as f:\n    y()", "@dec\ndef f():\n    pass", "x = f\"{y}\"", "assert x, \"m\"", "del x",
        "raise E(x)",
        "x is not None", "a < b < c", "{1, 2}", "x = 2 ** 3", "match x:\n    case 1:\n        pass",
        "async def f():\n    await x",
        "def g():\n    global x\n    yield x", "print \"x\"", "x = (y := 1)", "f(*a, **b)", "[*a]", "x = 1 if y",
        "else:\n    pass",
    ]
}
