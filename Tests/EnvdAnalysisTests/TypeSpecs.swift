import EnvdAnalysis
import EnvdSyntax
import SpecSupport
import Testing

/// The documents under `Tests/Specs/types`: programs with the types that `reveal_type` tells in them, and what the checker finds.
/// ` ```envd files:lib.envd=x%20=%201%0A ` says what they can load.
@Suite struct TypeSpecs {
    @Test(arguments: SpecDocument.paths(in: "types"))
    func specs(path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            let source = specCase.source
            let file = SourceFile(bytes: source.bytes)
            let dialect: Dialect =
                source.kind == "starlark" ? .starlark : source.words.contains("library") ? .library : .envd
            switch expectation.kind {
            case "types":
                let known = knownTypes(
                    in: file, dialect: dialect, environment: .envd, modules: source.modules(loadedBy: file))
                return known.filter(\.isRevealed).map { known in
                    "\(file.position(at: known.range.lowerBound).line + 1): \(known.type)"
                }.joined(separator: "\n")
            case "findings":
                let rules = allRules.filter { $0.group == .types }
                return lint(
                    file, dialect: dialect, environment: .envd, modules: source.modules(loadedBy: file), rules: rules
                )
                .map { LintSpecs.line(of: $0, in: file) }.joined(separator: "\n")
            default: return nil
            }
        }
    }
}
