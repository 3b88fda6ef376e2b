import ProjectSettings

/// The programs that the arguments of `envd lint` and `envd fmt` name. Markdown files found in folders count only if the
/// user wants them, by an option or by the project's settings.
func programSources(
    _ arguments: [String], standardInputName: String?, markdown: Bool
) throws(CommandFailure) -> [InputSource] {
    let endings = [".envd"] + MarkdownPrograms.endings
    var settings = SettingsFiles()
    var sources: [InputSource] = []
    for source in InputSource.all(arguments, standardInputName: standardInputName, endings: endings) {
        if case .file(let path, isNamed: false) = source, !markdown, MarkdownPrograms.isMarkdown(path) {
            guard try settings.settings(for: path)?.settings.markdown == true else { continue }
        }
        sources.append(source)
    }
    return sources
}

extension Input {
    /// Whether the programs stand in code blocks.
    var isMarkdown: Bool {
        MarkdownPrograms.isMarkdown(path ?? Path(bytes: displayName.utf8))
    }
}
