import EnvdAnalysis
import EnvdSyntax
import Foundation
import Testing

@testable import EnvdIDE

@Suite struct CodeActionTests {
    private static var seeds: [UInt64] {
        let fresh =
            ProcessInfo.processInfo.environment["ACTION_SEED"].flatMap(UInt64.init) ?? .random(in: 1_000...(.max))
        return Array(1...30) + (0..<5).map { fresh &+ $0 }
    }

    /// Whatever is no fix leaves what programs print as it is, and adds no mistake of syntax.
    @Test func refactoringsKeepTheMeaning() {
        var counts: [String: Int] = [:]
        for seed in CodeActionTests.seeds {
            var random = RandomProject(random: ProjectRandom(seed: seed))
            let project = random.project()
            let output = project.output(of: "build.envd")
            for path in project.files.keys.sorted() {
                let analysis = project.analysis(of: path)
                for range in ranges(in: analysis.file, &random.random) {
                    for action in analysis.codeActions(in: range, kinds: ["refactor", "source.organizeImports"]) {
                        guard let edit = analysis.edit(ofCodeAction: action.id, in: range) else { continue }
                        let after = project.applying(edit, in: path)
                        counts[action.id.split(separator: ":").first.map(String.init) ?? "", default: 0] += 1
                        let message: Comment = "seed \(seed): \(action.id) at \(range) of \(path)"
                        #expect(after.files != project.files, message)
                        #expect(after.syntaxErrorCount <= project.syntaxErrorCount, message)
                        #expect(after.output(of: "build.envd") == output, message)
                    }
                }
            }
        }
        for name in ["extract-variable", "extract-function", "inline-variable", "organize-loads"] {
            #expect(counts[name, default: 0] > 5, "\(name): \(counts[name, default: 0])")
        }
    }

    /// Expressions, names, and statements that follow each other.
    private func ranges(in file: SourceFile, _ random: inout ProjectRandom) -> [Range<Int>] {
        var found: [Range<Int>] = []
        let nodes = file.statements.flatMap { Array($0.descendants) }
        for node in nodes {
            guard let target = AssignStmt(node)?.target, random.chance(50) else { continue }
            found.append(target.range.lowerBound..<target.range.lowerBound)
        }
        for _ in 0..<25 {
            guard let node = nodes.randomElement(using: &random) else { return found }
            if Stmt.accepts(node.kind), let suite = node.parent {
                let statements = Array(suite.children)
                let first = random.below(statements.count)
                let last = first + random.below(statements.count - first)
                found.append(statements[first].range.lowerBound..<statements[last].range.upperBound)
            } else if random.chance(40), let token = node.firstToken {
                found.append(token.range.lowerBound..<token.range.lowerBound)
            } else {
                found.append(node.range)
            }
        }
        return found
    }

    /// What the command line mends, this mends too.
    @Test func fixAllIsWhatTheCommandLineDoes() throws {
        let text =
            "load(\"lib.envd\", \"a\", \"b\")\n\ndef build():\n    base(dev = True)\n    x = len([i for i in [1, 2]]) == True\n    print(a, x)\n"
        let project = EditedProject(["build.envd": text, "lib.envd": "a = 1\nb = 2\n"])
        let analysis = project.analysis(of: "build.envd")
        let edit = try #require(analysis.edit(ofCodeAction: "fix-all", in: 0..<0))
        let modules = analysis.checked.loadedModules
        let expected = fixing(Array(text.utf8), .safe) { bytes in
            let file = SourceFile(bytes: bytes)
            let findings = lint(
                file, dialect: .envd, environment: .envd, project: analysis.project?.view, modules: modules,
                plan: .unknown)
            return (findings, file.diagnostics.count)
        }
        #expect(expected.count > 0)
        #expect(
            project.applying(edit, in: "build.envd").files["build.envd"]
                == String(decoding: expected.bytes, as: UTF8.self))
    }

    @Test func kindsAreHeeded() {
        let project = EditedProject(["build.envd": "x = 1 + 2\ny = x\nz = a\n"])
        let analysis = project.analysis(of: "build.envd")
        func kinds(_ asked: [String]?) -> Set<String> {
            Set(analysis.codeActions(in: 4..<9, kinds: asked).map(\.kind.rawValue))
        }
        #expect(kinds(["refactor"]) == ["refactor.extract"])
        #expect(kinds(["refactor.extract"]) == ["refactor.extract"])
        #expect(kinds(["refactor.extract.constant"]) == [])
        #expect(kinds(["quickfix"]) == [])
        #expect(kinds([]) == [])
        #expect(kinds(nil).contains("refactor.extract"))
    }

    @Test func anActionThatIsGoneHasNoEdit() {
        let analysis = EditedProject(["build.envd": "x = 1\n"]).analysis(of: "build.envd")
        for id in ["", "fix:", "fix:undefined-name:0:1:0", "extract-variable", "nothing", "inline-variable"] {
            #expect(analysis.edit(ofCodeAction: id, in: 0..<1) == nil)
            #expect(analysis.edit(ofCodeAction: id, in: 500..<900) == nil)
        }
    }
}
