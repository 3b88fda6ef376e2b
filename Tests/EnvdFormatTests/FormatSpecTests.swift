import EnvdFormat
import EnvdSyntax
import SpecSupport
import Testing

/// The documents under `Tests/Specs/format`: a program, and what it is formatted to.
@Test(arguments: SpecDocument.paths(in: "format"))
func formatSpecs(path: String) throws {
    try SpecDocument(contentsOf: path).verify { specCase, expectation in
        switch expectation.kind {
        case "formatted":
            do throws(FormatError) {
                return String(decoding: try Formatter.format(SourceFile(bytes: specCase.source.bytes)), as: UTF8.self)
            } catch {
                return describe(error)
            }
        default: return nil
        }
    }
}

private func describe(_ error: FormatError) -> String {
    switch error {
    case .syntax(let first): "error: \(first.message)"
    case .notEquivalent(let reason): "not equivalent: \(reason)"
    }
}
