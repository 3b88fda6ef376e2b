import EnvdSyntax
import Foundation
import LLB
import Testing

@testable import EnvdAnalysis

/// Reading shell commands.
@Suite struct ShellTests {
    /// The words that bash makes of generated commands, and whether it refuses them.
    @Test func wordsAreThoseOfBash() throws {
        var refused = 0
        for line in try goldenLines("shell-words.txt") {
            let columns = line.split(separator: "\t").map { Data($0.utf8) }
            let command = try JSONDecoder().decode(String.self, from: columns[0])
            let expected = try JSONDecoder().decode([String]?.self, from: columns[1])
            let lexer = ShellLexer("w " + command)
            guard let expected else {
                refused += 1
                #expect(lexer.unclosed != nil, "\(command)")
                continue
            }
            #expect(lexer.unclosed == nil, "\(command)")
            let words = lexer.tokens.compactMap { token -> String? in
                if case .word(let word) = token { word.value } else { nil }
            }
            #expect(words == ["w"] + expected, "\(command)")
        }
        #expect(refused > 20)
    }

    /// What envd's quotation leaves of a script, against the splitter that plans use.
    @Test func quotationIsThatOfTheBuilder() {
        var generator = SplitMix(seed: 7)
        let pieces = ["a", "b", " ", "'", "'", "\"", "\\", "'\\''", "\n", "#", "$x", "'x y'", "\t", "ä"]
        var outcomes: [Int] = [0, 0, 0]
        for _ in 0..<20_000 {
            let script = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }.joined()
            let quotation = EnvdQuotation(Array(script.utf8))
            let split = ShellWords.split("bash -c '" + script + "'")
            let kept = String(decoding: quotation.bytes, as: UTF8.self)
            switch quotation.outcome {
            case .whole:
                outcomes[0] += 1
                #expect(split.isComplete && split.words == ["bash", "-c", kept], "\(script.debugDescription)")
            case .cut:
                outcomes[1] += 1
                #expect(split.words.count > 2 && split.words[2] == kept, "\(script.debugDescription)")
            case .unclosed:
                outcomes[2] += 1
                #expect(!split.isComplete && split.words == ["bash", "-c"], "\(script.debugDescription)")
            }
            #expect(quotation.offsets.count == quotation.bytes.count)
        }
        #expect(outcomes.allSatisfy { $0 > 500 }, "\(outcomes)")
    }

    @Test func commandsAndWhatStandsBeforeThem() {
        let list = ShellCommandList(
            ShellLexer(
                "A=1 sudo -u me B=2 /usr/bin/apt-get install -y curl 2>&1 | tee 'a log' && (cd /x; ls) || true &"
            ).tokens)
        #expect(list.commands.map(\.name) == ["apt-get", "tee", "cd", "ls", "true"])
        #expect(list.commands[0].sudo != nil)
        #expect(list.commands[0].assignments.map(\.raw) == ["A=1", "B=2"])
        #expect(list.commands[0].operands.map(\.text) == ["install", "curl"])
        #expect(list.commands[0].has("-y") && list.commands[0].has("--yes") == false)
        #expect(list.commands[1].operands.map(\.text) == ["a log"])
        #expect(list.commands.map(\.depth) == [0, 0, 1, 1, 0])
        #expect(list.commands.map { $0.after?.text } == ["|", "&&", ";", ")", "&"])
    }

    @Test func structures() {
        let script =
            "if test -f a; then\n  cd b\nelse cat c; fi\nfor x in 1 2; do echo $x; done\nwhile read l; do :; done < f"
        let list = ShellCommandList(ShellLexer(script).tokens)
        #expect(list.commands.map(\.name) == ["test", "cd", "cat", "echo", "read", ":", ""])
        #expect(list.commands.prefix(6).allSatisfy { $0.depth == 1 })
        #expect(!list.setsParameters)
        #expect(ShellCommandList(ShellLexer("f() { echo $1; }").tokens).setsParameters)
    }

    @Test func hereDocumentsAreNoCommands() {
        let lexer = ShellLexer("cat <<'E' > f\nrm -rf / \" $1\nE\ncat <<-F\n\t$2\n\tF\nls")
        #expect(ShellCommandList(lexer.tokens).commands.map(\.name) == ["cat", "cat", "ls"])
        #expect(lexer.expansions.map(\.name) == ["2"])
        #expect(lexer.unclosed == nil)
    }

    @Test func expansionsAreFoundWhereTheShellReplacesThem() {
        let lexer = ShellLexer("a $1 '$2' \"$3 ${4:-x} \\$5\" $(b \"$6\") ${7} $$ \\$8 ${#9}")
        #expect(lexer.expansions.filter { Int($0.name) != nil }.map(\.name) == ["1", "3", "4", "6", "7", "9"])
        #expect(lexer.expansions.filter(\.hasDefault).map(\.name) == ["4"])
    }

    @Test func anyBytesHaveTokensInOrder() {
        var generator = SplitMix(seed: 3)
        let alphabet = Array("ab '\"\\$(){}`<>|&;#\n\t=E0".utf8) + [0xC3, 0xFF]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            let lexer = ShellLexer(bytes)
            var end = 0
            for token in lexer.tokens {
                #expect(token.range.lowerBound >= end && token.range.upperBound <= bytes.count, "\(bytes)")
                end = token.range.upperBound
            }
            _ = ShellCommandList(lexer.tokens)
        }
    }

    @Test func deepNestingEnds() {
        for text in ["$(", "${", "\"$(", "(", "<("] {
            _ = ShellCommandList(ShellLexer(String(repeating: text, count: 50_000)).tokens)
        }
    }

    /// Where the bytes of a literal's value are written.
    @Test(arguments: [
        (#""abc""#, 1..<2, 2..<3), (#"'a"b'"#, 2..<3, 3..<4), (#""a\"b""#, 2..<3, 4..<5), (#"r"a\d""#, 1..<3, 3..<5),
        (#""""a b""""#, 2..<3, 5..<6), (#""\n\\x""#, 1..<2, 3..<5), (#""ä.""#, 2..<3, 3..<4),
    ])
    func placesInLiterals(source: String, part: Range<Int>, place: Range<Int>) throws {
        let file = SourceFile(bytes: Array(("x = " + source).utf8))
        let range = 4..<(4 + source.utf8.count)
        let value = try #require(StringLiteral.value(of: Array(source.utf8)))
        let literal = LiteralText((String(decoding: value, as: UTF8.self), range), in: file)
        #expect(literal.isExact)
        #expect(literal.source(part) == (place.lowerBound + 4)..<(place.upperBound + 4))
    }

    @Test func numericEscapesHaveNoPlaces() {
        let file = SourceFile(bytes: Array(#""\x41b""#.utf8))
        let literal = LiteralText(("Ab", 0..<7), in: file)
        #expect(!literal.isExact)
        #expect(literal.source(0..<1) == 0..<7)
    }
}

@Suite struct SecretTests {
    @Test func entropyIsShannons() {
        #expect(abs(SecretPattern.entropy(of: Array("aabb".utf8)) - 1) < 1e-6)
        #expect(abs(SecretPattern.entropy(of: Array("abcdefgh".utf8)) - 3) < 1e-6)
        #expect(SecretPattern.entropy(of: Array("aaaa".utf8)) == 0)
        #expect(abs(SecretPattern.entropy(of: Array("aaab".utf8)) - 0.811278) < 1e-5)
    }

    @Test(arguments: [
        "changeme", "your-api-key-1234567", "/run/secrets/key1", "$(cat key)", "aaaaaaaaaaaaaaa1", "hello world 123456",
    ])
    func placeholdersAreNoSecrets(text: String) { #expect(!SecretPattern.isRandom(text)) }
}

/// A random generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
