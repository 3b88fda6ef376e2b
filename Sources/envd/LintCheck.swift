import EnvdAnalysis
import EnvdSyntax
import ProjectSettings

/// How one file is checked: by which rules, and as what.
struct LintCheck: Sendable {
    private let selected: SelectedRules
    let project: ProjectView?
    /// The files that it may load, and its place among them; nil where nobody can know.
    private let place: DiskModules.FilePlace?
    let isMarkdown: Bool
    /// Nil if programs are not run.
    private let dryRun: LintDryRun?
    /// Tests are read by `envd test` alone, and may use what the real envd refuses.
    private let isTest: Bool

    init(
        _ input: Path?, found: SettingsFiles.Found?, options: LintOptions, graphs: inout DiskModules.Graphs,
        selections: inout SelectedRules.Known
    ) {
        let settings = found?.settings.lint ?? LintSettings()
        let components = found.flatMap { found in input.flatMap { $0.components(from: found.folder) } }
        let ignored = settings.ignored { pattern in components.map { PathPatterns([pattern]).matches($0) } ?? false }
        selected = selections.rules(in: found?.folder, without: ignored) {
            SelectedRules(settings, settings.rules(options.selection(settings.selection), without: ignored))
        }
        let surroundings = input.flatMap { graphs.surroundings(ofFileAt: $0) }
        project = surroundings.map { DiskProject(root: $0.root).view }
        let makesPlans = !options.arguments.noPlan && (settings.plan ?? true)
        dryRun =
            makesPlans
            ? input.flatMap { input in
                surroundings.flatMap { LintDryRun(ofFileAt: input, folder: $0.folder, in: $0.root) }
            } : nil
        isMarkdown = input.map(MarkdownPrograms.isMarkdown) ?? false
        let isTest = TestCommand.endings.contains { ending in
            input.map { $0.bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8) } ?? false
        }
        self.isTest = isTest
        // What a block of a document loads is a file that its readers are to write.
        place = isMarkdown ? nil : input.flatMap { graphs.place(ofFileAt: $0, isTest: isTest) }
    }

    /// The rules that are asked.
    var rules: [Rule] { selected.rules.rules }

    /// What the file loads, found out before anything is mended: what another file gives must not depend on which of them
    /// is mended first.
    func prepare(_ file: SourceFile) { _ = place?.modules(loadedBy: file) }

    /// The findings of a whole file, in the order of the source.
    ///
    /// - Parameter file: the same bytes, parsed.
    func findings(in bytes: [UInt8], _ file: SourceFile) -> [Finding] {
        guard isMarkdown else { return findings(in: file, plan: plan(of: file)) }
        return MarkdownPrograms(bytes).programs.flatMap { program in
            findings(in: SourceFile(bytes: program.source), plan: .unknown).map { finding in
                var moved = finding.with(
                    fixes: finding.fixes.compactMap(program.documentFix),
                    related: finding.related.map { RelatedPlace(program.documentRange($0.range), $0.note) })
                moved.range = program.documentRange(finding.range)
                return moved
            }
        }
    }

    /// The file with its findings mended as far as they can be.
    ///
    /// - Parameter isWanted: whether a finding of a text is to be mended.
    func fixed(
        _ bytes: [UInt8], _ kind: FixKind, isWanted: ([Finding], [UInt8]) -> [Finding]
    ) throws(MarkdownPrograms.Refusal) -> (bytes: [UInt8], count: Int, refused: [String]) {
        func fixed(_ program: [UInt8]) -> FixedText {
            fixing(program, kind) { text in
                // Larger than a tree can be.
                guard text.count <= SyntaxLimits.fileSize else { return ([], .max) }
                let file = SourceFile(bytes: text)
                // No fix that is safe hangs on what a run has shown.
                let plan = kind == .all && !isMarkdown ? plan(of: file) : .unknown
                return (isWanted(findings(in: file, plan: plan), text), file.diagnostics.count)
            }
        }
        guard isMarkdown else {
            let result = fixed(bytes)
            return (result.bytes, result.count, result.refused)
        }
        let markdown = MarkdownPrograms(bytes)
        let results = markdown.programs.map { fixed($0.source) }
        let text = try markdown.replacing(results.map { $0.count > 0 ? $0.bytes : nil })
        return (text, results.reduce(0) { $0 + $1.count }, results.flatMap(\.refused))
    }

    /// What running a program shows; a file that is none has nothing to run.
    private func plan(of file: SourceFile) -> PlanKnowledge {
        guard let dryRun, !isTest, selected.asksPlan, PlanFindings.isProgram(file),
            let run = dryRun.run(file)
        else { return .unknown }
        return .known(PlanFindings(of: file, run, project: project, rules: rules))
    }

    private func findings(in file: SourceFile, plan: PlanKnowledge) -> [Finding] {
        lint(
            file, dialect: isTest ? .everything : .envd, environment: isTest ? .test : .envd, project: project,
            modules: place?.modules(loadedBy: file) ?? LoadedModules(),
            rules: selected.rules, plan: plan
        ).with(selected.severities)
    }
}

/// The rules that settings and arguments select together: for most files the same, and taken from hundreds.
struct SelectedRules: Sendable {
    let rules: RuleSet
    /// Of the rules whose findings the project takes for more or less severe than others do.
    let severities: [String: Severity]
    let asksPlan: Bool

    init(_ settings: LintSettings, _ rules: [Rule]) {
        self.rules = RuleSet(rules)
        var severities: [String: Severity] = [:]
        for rule in rules where settings.severity(of: rule) != rule.severity {
            severities[rule.code] = settings.severity(of: rule)
        }
        self.severities = severities
        asksPlan = rules.contains(where: \.asksPlan)
    }

    /// Those that have been selected in one run.
    struct Known {
        private struct Key: Hashable {
            /// That of the settings; nil if there are none.
            let folder: Path?
            let ignored: [RuleSelector]
        }

        private var known: [Key: SelectedRules] = [:]

        mutating func rules(in folder: Path?, without ignored: [RuleSelector], make: () -> SelectedRules)
            -> SelectedRules
        {
            let key = Key(folder: folder, ignored: ignored)
            if let found = known[key] { return found }
            let new = make()
            known[key] = new
            return new
        }
    }
}
