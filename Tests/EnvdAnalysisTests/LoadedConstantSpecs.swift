import EnvdAnalysis
import EnvdSyntax
import SpecSupport
import Testing

/// The documents under `Tests/Specs/lint-loads`: programs with all that the rules that everybody gets say of them when nothing is run,
/// but it is known what they load.
@Suite struct LoadedConstantSpecs {
    @Test(arguments: SpecDocument.paths(in: "lint-loads"))
    func specs(path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            guard expectation.kind == "findings" else { return nil }
            let file = SourceFile(bytes: specCase.source.bytes)
            return lint(
                file, dialect: .envd, environment: .envd, modules: specCase.source.modules(loadedBy: file)
            ).map { LintSpecs.line(of: $0, in: file) }.joined(separator: "\n")
        }
    }
}
