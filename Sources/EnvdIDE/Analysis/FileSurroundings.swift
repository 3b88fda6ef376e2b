import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

/// What is around a file, and how it is to be looked at. The command line answers from the disk and the settings, tests from lists.
package struct FileSurroundings: Sendable {
    /// Nil for a document that is no file.
    package var project: Project?
    package var place: ModulePlace
    package var rules: [Rule]
    /// Of the rules whose findings the project takes for more or less severe than others do.
    package var severities: [String: Severity]
    /// Runs the program that the file is; nil if nobody can.
    package var dryRun: (@Sendable (SourceFile) -> DryRun?)?

    package init(
        project: Project? = nil, place: ModulePlace = ModulePlace(nil), rules: [Rule] = defaultRules,
        severities: [String: Severity] = [:], dryRun: (@Sendable (SourceFile) -> DryRun?)? = nil
    ) {
        self.project = project
        self.place = place
        self.rules = rules
        self.severities = severities
        self.dryRun = dryRun
    }
}
