import EnvdSyntax

/// Whether directives are followed wherever they lead.
///
/// What black keeps of a line inside brackets or blocks is not always a whole part of the program: then its result is
/// another program, or changes with each run, and black refuses the file. Here such a chunk stays as it stands, and the
/// rest of the file is formatted.
enum DirectiveTrust {
    /// Directives are followed where the result holds.
    case checked
    /// Directives are followed, to see whether the result holds.
    case blind

    /// Where a chunk stands, as far as directives are concerned.
    struct Place {
        var isFirstInFile: Bool
        var stateBefore: DirectiveState
    }

    /// Whether a chunk stays the same program when its directives are followed, and comes to rest.
    static func holds(for chunk: Chunk, _ place: Place, style: Style, traits: FileTraits) -> Bool {
        var pass = FormatPass(
            [chunk], style: style, traits: traits, isFileStart: place.isFirstInFile,
            stateBefore: place.stateBefore, trust: .blind)
        for _ in 1..<Formatter.maximumPasses {
            let file = SourceFile(bytes: pass.joined)
            if file.hasDiagnostics || Equivalence.difference(between: [chunk], and: file.chunks.map(\.chunk)) != nil {
                return false
            }
            let next = FormatPass(file, after: pass, style: style, traits: traits)
            if next.joined == pass.joined { return true }
            pass = next
        }
        return false
    }
}
