import EnvdAnalysis
import EnvdSyntax
import SpecSupport
import Testing

/// The documents under `Tests/Specs/lint`: sources with what the linter says of syntax and names in them. What else it has to
/// say stands in the pages of its rules.
/// `envd library` is the language of preludes, which has type annotations.
@Suite struct LintSpecs {
    @Test(arguments: SpecDocument.paths(in: "lint"))
    func specs(path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            guard expectation.kind == "findings" else { return nil }
            let source = specCase.source
            let isLibrary = source.words.contains("library")
            let dialect: Dialect = source.kind == "starlark" ? .starlark : isLibrary ? .library : .envd
            let file = SourceFile(bytes: source.bytes)
            let rules = allRules.filter { $0.group == .names }
            return lint(file, dialect: dialect, environment: .envd, rules: rules)
                .map { LintSpecs.line(of: $0, in: file) }.joined(separator: "\n")
        }
    }

    /// `LINE:COLUMN-LINE:COLUMN SEVERITY CODE: MESSAGE`, counted from 1 in scalars; the second place is behind the range.
    static func line(of finding: Finding, in file: SourceFile) -> String {
        func place(_ offset: Int) -> String {
            let position = file.position(at: offset, encoding: .utf32)
            return "\(position.line + 1):\(position.column + 1)"
        }
        return "\(place(finding.range.lowerBound))-\(place(finding.range.upperBound)) "
            + "\(finding.severity.rawValue) \(finding.code): \(finding.message)"
    }
}
