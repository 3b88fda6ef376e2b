import EnvdSyntax
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Takes real files (the preludes and the examples), deletes one token or one quote, and looks at what is said: nearly
/// always one finding, and next to nothing but the statement itself parses anew.
@Suite struct OneFindingTests {
    private static let files: [[UInt8]] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var out: [[UInt8]] = []
        for folder in ["Sources/EnvdLanguage/Prelude", "Examples"] {
            let base = root.appending(path: folder).path
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: base)) ?? []
            for name in names.sorted() where name.hasSuffix(".envd") {
                if let data = FileManager.default.contents(atPath: base + "/" + name) { out.append(Array(data)) }
            }
        }
        return out
    }()

    @Test func oneMistakeHasOneFindingAndDamagesNothingElse() {
        var broken = 0
        var withSeveral = 0
        var withDamage = 0
        for bytes in Self.files {
            let file = SourceFile(bytes: bytes)
            guard file.diagnostics.isEmpty else { continue }
            let before = Set(file.chunks.map { ObjectIdentifier($0.chunk) })
            for statement in file.statements {
                for token in statement.tokens where !token.range.isEmpty {
                    var deletions = [token.range]
                    if token.kind == .string {
                        deletions.append(token.range.lowerBound..<(token.range.lowerBound + 1))
                        deletions.append((token.range.upperBound - 1)..<token.range.upperBound)
                    }
                    for deletion in deletions {
                        let edited = file.replacing(deletion, with: [])
                        let findings = edited.diagnostics.count
                        if findings == 0 { continue }
                        broken += 1
                        if findings > 1 { withSeveral += 1 }
                        // The statement itself and a neighbour, whose leading trivia or cut line may move.
                        let lost = before.subtracting(edited.chunks.map { ObjectIdentifier($0.chunk) }).count
                        if lost > 2 { withDamage += 1 }
                    }
                }
            }
        }
        #expect(broken > 2_000)
        #expect(Double(withSeveral) < 0.04 * Double(broken), "\(withSeveral) of \(broken) have several findings")
        #expect(Double(withDamage) < 0.005 * Double(broken), "\(withDamage) of \(broken) damage other statements")
    }
}
