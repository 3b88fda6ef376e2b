import Testing

@testable import EnvdAnalysis

@Suite struct SecretPatternTests {
    /// What looks at a few places only says the same as a look at each byte.
    @Test func literalsThatMayHoldSecrets() {
        var random = SystemRandomNumberGenerator()
        let isWord = { (byte: UInt8) in byte.isShellNamePart || byte == UInt8(ascii: "-") }
        var answers: Set<Bool> = []
        for _ in 0..<20_000 {
            // Few bytes that end a word, so that words of all lengths around the limit come.
            let bytes = (0..<Int.random(in: 0..<70, using: &random)).map { _ in
                let kind = Int.random(in: 0..<100, using: &random)
                return kind < 6
                    ? UInt8(ascii: " ")
                    : kind < 20 ? UInt8(ascii: "-") : kind == 20 ? UInt8(ascii: "\\") : UInt8(ascii: "a")
            }
            let expected =
                bytes.contains(UInt8(ascii: "\\"))
                || bytes.split { !isWord($0) }.contains { $0.count >= SecretPattern.minimumLength }
                || bytes.split { $0 != UInt8(ascii: "-") }.contains { $0.count >= 5 }
            let found = bytes.withUnsafeBufferPointer(SecretPattern.mayBe)
            #expect(found == expected, "\(String(decoding: bytes, as: UTF8.self))")
            answers.insert(found)
        }
        #expect(answers.count == 2)
    }
}
