import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax
import Foundation
import SpecSupport
import Testing

/// The page of every rule: it explains the rule, `envd explain` prints it, and its examples are the rule's test.
///
/// Below "Bad" every source has findings of the rule, below "Good" none. Sources are checked with that rule alone, and those that are
/// programs are run, so that a rule that looks at calls finds the same in the calls as they happen.
/// ` ```envd files:a.txt=x%0A,data/ ` says what there is in the project; content is percent-encoded and `numpy` if not given.
/// The source itself is `build.envd`, or what `at:lib/tools.envd` says.
@Suite struct RulePages {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/EnvdAnalysis/Pages")

    @Test(arguments: allRules.map(\.code))
    func page(code: String) throws {
        let rule = try #require(allRules.first { $0.code == code })
        let path = RulePages.folder.appendingPathComponent("\(code).md").path
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasPrefix("# \(code)\n\n"))
        for heading in ["Why", "Bad", "Good"] { #expect(text.contains("\n## \(heading)\n"), "no heading \(heading)") }
        #expect(!rule.summary.isEmpty)
        if !SpecDocument.updates { #expect(rule.page == text) }
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            guard expectation.kind == "findings" else { return nil }
            let source = specCase.source
            let file = SourceFile(bytes: source.bytes)
            let dialect: Dialect =
                source.kind == "starlark" ? .starlark : source.words.contains("library") ? .library : .envd
            let project = project(of: source)
            let run =
                rule.asksPlan && dialect == .envd ? RulePages.dryRun(file, RulePages.files(of: source) ?? [:]) : nil
            let plan = run.map { PlanKnowledge.known(PlanFindings(of: file, $0, project: project, rules: [rule])) }
            let findings = lint(
                file, dialect: dialect, environment: .envd, project: project,
                modules: source.modules(loadedBy: file), rules: [rule], plan: plan ?? .notAsked)
            let isGood = specCase.title.contains("/ Good")
            #expect(findings.isEmpty == isGood, "\(code), \(specCase.title): \(findings.map(\.message))")
            for fix in findings.flatMap(\.fixes) { try check(fix, in: file) }
            return findings.map { LintSpecs.line(of: $0, in: file) }.joined(separator: "\n")
        }
    }

    /// A fix leaves a program that parses as well as the one before.
    private func check(_ fix: Fix, in file: SourceFile) throws {
        var fixed = file
        for edit in fix.edits.reversed() {
            fixed = fixed.replacing(edit.range, with: Array(edit.replacement.utf8))
        }
        #expect(fixed.diagnostics.count <= file.diagnostics.count, "'\(fix.title)' breaks the program")
    }

    /// Runs a program among files that are nowhere on disk; nil if it is none.
    static func dryRun(_ file: SourceFile, _ files: [String: String]) -> DryRun? {
        guard PlanFindings.isProgram(file) else { return nil }
        var contents = files.mapValues { Array($0.utf8) }
        contents["build.envd"] = file.bytes
        return Planner.dryRun(PlanRequest(project: ProjectDirectory(inMemory: MemoryTree(contents))))
    }

    static func files(of source: CodeBlock) -> [String: String]? {
        guard let list = source.words.first(where: { $0.hasPrefix("files:") }) else { return nil }
        var contents: [String: String] = [:]
        for item in list.dropFirst("files:".count).split(separator: ",") {
            let parts = item.split(separator: "=", maxSplits: 1)
            contents[String(parts[0])] = parts.count > 1 ? String(parts[1]).removingPercentEncoding : "numpy\n"
        }
        return contents
    }

    private func project(of source: CodeBlock) -> ProjectView? {
        guard let files = RulePages.files(of: source) else { return nil }
        let names = Set(files.keys)
        return ProjectView(
            status: { path in
                if path.hasPrefix("/") || path.hasPrefix("..") { return .outside }
                let path = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
                if path == "." || path.isEmpty { return .directory }
                if names.contains(path) { return .file }
                let folder = path.hasSuffix("/") ? path : path + "/"
                return names.contains { $0.hasPrefix(folder) } ? .directory : .missing
            },
            content: { files[$0].map { Array($0.utf8) } },
            hostPathExists: { names.contains($0) })
    }

    @Test func everyPageIsOfARule() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: RulePages.folder.path)
        #expect(Set(names) == Set(allRules.map { "\($0.code).md" }))
    }

    @Test func rulesAreInOrder() {
        #expect(allRules.map(\.code) == allRules.map(\.code).sorted())
        #expect(Set(allRules.map(\.code)).count == allRules.count)
    }
}
