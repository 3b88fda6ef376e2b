import EnvdSyntax
import Testing

@Suite struct SyntaxKindTests {
    /// The tree stores kinds as bytes and takes a byte for a kind without a look-up: that is right only as long as raw
    /// values are the enumeration's own representation.
    @Test func rawValuesAreTheRepresentation() {
        for (index, kind) in SyntaxKind.allCases.enumerated() {
            #expect(Int(kind.rawValue) == index)
            #expect(unsafeBitCast(kind, to: UInt8.self) == kind.rawValue)
        }
        #expect(MemoryLayout<SyntaxKind>.size == 1)
    }

    @Test func everyKeywordIsLexedAsItself() {
        for kind in SyntaxKind.allCases where kind.isKeyword {
            let text = kind.fixedText.map { "\($0)" } ?? ""
            #expect(SourceFile("\(text) ").token(at: 0)?.kind == kind)
            #expect(SourceFile("\(text)x ").token(at: 0)?.kind == .identifier)
        }
    }

    @Test func diagnosticNamesAreDistinct() {
        let names = SyntaxDiagnosticCode.allCases.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(SyntaxDiagnosticCode.unclosedTripleString.name == "unclosed-triple-string")
    }
}
