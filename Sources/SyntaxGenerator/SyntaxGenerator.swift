import Foundation

/// `SyntaxGenerator [--check] ROOT`: writes `Sources/EnvdSyntax/Generated` from `Grammar`, or with `--check` only
/// says whether it is what the grammar makes (exit status 1 when it is not).
@main
struct SyntaxGenerator {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let check = arguments.first == "--check"
        if check { arguments.removeFirst() }
        let root = URL(fileURLWithPath: arguments.first ?? ".")
        do {
            var grammar = Grammar()
            try grammar.readTokens(String(contentsOf: root.appending(path: "Grammar/tokens.txt"), encoding: .utf8))
            try grammar.readRules(String(contentsOf: root.appending(path: "Grammar/envd.ungram"), encoding: .utf8))
            let writer = Writer(grammar: grammar)
            var stale = false
            for (name, text) in [("SyntaxKind.swift", writer.kinds()), ("SyntaxViews.swift", writer.views())] {
                let file = root.appending(path: "Sources/EnvdSyntax/Generated/\(name)")
                if (try? String(contentsOf: file, encoding: .utf8)) == text { continue }
                if check {
                    print("\(name) is not what Grammar/ makes: run scripts/generate")
                    stale = true
                } else {
                    try text.write(to: file, atomically: true, encoding: .utf8)
                }
            }
            exit(stale ? 1 : 0)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
        }
    }
}
