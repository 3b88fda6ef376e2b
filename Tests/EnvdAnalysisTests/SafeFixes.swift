import EnvdAnalysis
import EnvdSyntax
import Foundation
import SpecSupport
import Testing

/// What `--fix` may apply mends what it is for: over the bad examples of all pages.
@Suite struct SafeFixes {
    @Test(arguments: allRules.map(\.code))
    func mendsTheFinding(code: String) throws {
        let rule = try #require(allRules.first { $0.code == code })
        let path = RulePages.folder.appendingPathComponent("\(code).md").path
        for specCase in try SpecDocument(contentsOf: path).cases {
            let dialect: Dialect = specCase.source.kind == "starlark" ? .starlark : .envd
            func findings(_ file: SourceFile) -> [Finding] {
                lint(file, dialect: dialect, environment: .envd, rules: [rule])
            }
            let file = SourceFile(bytes: specCase.source.bytes)
            let before = findings(file)
            for fix in before.flatMap(\.fixes) where fix.isSafe {
                var fixed = file
                for edit in fix.edits.reversed() {
                    fixed = fixed.replacing(edit.range, with: Array(edit.replacement.utf8))
                }
                #expect(findings(fixed).count < before.count, "\(code): '\(fix.title)' leaves \(fixed.bytes.count)")
            }
        }
    }
}
