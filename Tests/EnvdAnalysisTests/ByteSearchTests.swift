import Testing

@testable import EnvdAnalysis

@Suite struct ByteSearchTests {
    /// Against a look at each place. Few letters, so that much nearly fits, and all lengths about the sixteen that are compared at once.
    @Test func findsWhatALookAtEachPlaceFinds() {
        var random = SystemRandomNumberGenerator()
        let wanted: [StaticString] = ["a", "ab", "aba", "abcab", "abababababababababab"]
        for count in 0..<80 {
            for _ in 0..<20 {
                let text = (0..<count).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0..<3, using: &random) }
                for wanted in wanted {
                    let bytes = wanted.withUTF8Buffer { Array($0) }
                    for start in [0, 1, count] {
                        let expected = (start..<max(start, count)).first { text[$0...].starts(with: bytes) }
                        let found = text.withUnsafeBufferPointer { $0.firstPlace(of: wanted, from: start) }
                        #expect(found == expected, "\(text), \(wanted) from \(start)")
                    }
                }
            }
        }
    }
}
