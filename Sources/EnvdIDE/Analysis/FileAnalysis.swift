import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// A file that is being edited, with all that features ask of it. After an edit only what it touches is looked at again, and not before
/// somebody asks for something that hangs on it: where folds are, and how the text would be laid out, does not.
///
/// Not for use by several threads at once.
package final class FileAnalysis {
    package private(set) var file: SourceFile
    package let surroundings: FileSurroundings
    /// What was found out last.
    private var known: CheckedFile
    /// Whether that is about an earlier state of the file.
    private var isBehind = false
    /// How many names may be known before all that is known is found out anew: what was typed and is gone stays known otherwise.
    private var nameLimit = 0
    /// What running the program has shown; counts as long as the file is the one that was run.
    private var lastRun: (file: SourceFile, run: DocumentRun)?

    package init(_ file: SourceFile, _ surroundings: FileSurroundings = FileSurroundings()) {
        self.file = file
        self.surroundings = surroundings
        known = FileAnalysis.check(file, surroundings)
        nameLimit = FileAnalysis.nameLimit(known)
    }

    private static func check(_ file: SourceFile, _ surroundings: FileSurroundings) -> CheckedFile {
        let isTest = surroundings.place.isTest
        return CheckedFile(
            file, dialect: isTest ? .everything : .envd, environment: isTest ? .test : .envd,
            project: surroundings.project?.view, modules: FileAnalysis.modules(of: file, surroundings),
            rules: surroundings.rules, infersTypes: true, keepsDependencies: true)
    }

    private static func nameLimit(_ checked: CheckedFile) -> Int { 2 * checked.nameCount + 2_048 }

    deinit {
        // What is kept of single chunks holds the file that it is of.
        known.close()
    }

    /// Docstrings as Markdown, by their text: who types looks at the same ones again and again.
    private var documentation: [String: String] = [:]
    /// How much text that is, in UTF-8 bytes.
    private var documentationLength = 0
    private static let maximumDocumentation = 128 * 1024

    func markdown(ofDocstring text: String) -> String {
        if let known = documentation[text] { return known }
        let markdown = docstringMarkdown(text)
        let length = text.utf8.count + markdown.utf8.count
        guard length <= FileAnalysis.maximumDocumentation else { return markdown }
        if documentationLength + length > FileAnalysis.maximumDocumentation {
            documentation = [:]
            documentationLength = 0
        }
        documentation[text] = markdown
        documentationLength += length
        return markdown
    }

    /// What completion says of names.
    private var writtenNames: [String: (state: NameState, written: WrittenName)] = [:]
    private static let maximumWrittenNames = 4096

    /// What completion says of a name.
    func written(_ name: String, _ state: NameState, _ write: () -> WrittenName) -> WrittenName {
        guard state != .unknown else { return write() }
        if let known = writtenNames[name], known.state == state { return known.written }
        let written = write()
        if writtenNames.count >= FileAnalysis.maximumWrittenNames { writtenNames = [:] }
        writtenNames[name] = (state, written)
        return written
    }

    /// What inlay hints say of chunks, but for steps, with places counted from the chunks' beginnings.
    var knownHints: [CheckedFile.ChunkState: [InlayHint]] = [:]

    /// What other files could give this one; nil until somebody asks, and when another file has changed.
    var knownLoadableNames: [LoadableName]?

    package var project: Project? { surroundings.project }
    package var place: ModulePlace { surroundings.place }

    private static func modules(of file: SourceFile, _ surroundings: FileSurroundings) -> LoadedModules {
        surroundings.project?.graph.modules(loadedBy: file, at: surroundings.place) ?? LoadedModules()
    }

    // MARK: - Changes

    /// - Parameter file: best made from the present one by edits, so that what is the same can be told.
    package func update(_ file: SourceFile) {
        self.file = file
        isBehind = true
    }

    /// The names and types of the file as it now is.
    var checked: CheckedFile {
        catchUp()
        return known
    }

    /// Looks at what edits have touched. Who wants findings has to wait for this first, and can ask in between whether they are still wanted.
    package func catchUp() {
        guard isBehind else { return }
        isBehind = false
        guard known.nameCount <= nameLimit else {
            known.close()
            known = FileAnalysis.check(file, surroundings)
            knownHints = [:]
            writtenNames = [:]
            nameLimit = FileAnalysis.nameLimit(known)
            return
        }
        guard project != nil, known.loadsChange(in: file) else { return known.update(file) }
        known.update(file, modules: FileAnalysis.modules(of: file, surroundings))
    }

    /// Looks at what other files now say about this one.
    ///
    /// - Returns: whether that is something else than before.
    package func updateModules() -> Bool {
        guard project != nil else { return false }
        knownLoadableNames = nil
        let modules = FileAnalysis.modules(of: file, surroundings)
        guard modules != checked.loadedModules else { return false }
        checked.update(file, modules: modules)
        lastRun = nil
        return true
    }

    // MARK: - Running

    /// Whether there is a program to run, and nobody has yet run it as it now is.
    package var wantsRun: Bool {
        guard surroundings.dryRun != nil, !place.isTest, lastRun.map({ !file.isSameState(as: $0.file) }) ?? true,
            surroundings.rules.contains(where: \.asksPlan)
        else { return false }
        return PlanFindings.isProgram(file)
    }

    /// Takes what running the program has shown.
    ///
    /// - Parameter file: what was run.
    /// - Returns: whether the plan is another one than that of the run before.
    @discardableResult package func setRun(_ run: DocumentRun, of file: SourceFile) -> Bool {
        defer { lastRun = (file, run) }
        return lastRun.map { $0.run.planDigest != run.planDigest } ?? true
    }

    /// What running the program has shown; nil if it has not been run as it now is.
    package var run: DocumentRun? {
        guard let lastRun, file.isSameState(as: lastRun.file) else { return nil }
        return lastRun.run
    }

    // MARK: - Findings

    /// Everything that there is to say about the file, in source order.
    package var findings: [Finding] {
        checked.findings(run.map { .known($0.findings) } ?? .unknown).with(surroundings.severities)
    }

    /// Has rules look at what edits have touched, for who asks for findings later.
    ///
    /// - Parameter goesOn: whether nobody waits for something else; asked again and again.
    package func prepareFindings(while goesOn: () -> Bool) { checked.prepareFindings(while: goesOn) }
}

/// Reads what every analysis needs and a process reads once: what the language and the API declare. So the first document that is opened
/// need not wait for it.
package func prepareAnalysis() {
    _ = FileAnalysis(SourceFile("def build():\n    base(dev=True)\n    install.python()\n")).findings
}
