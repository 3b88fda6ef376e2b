import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax
import Synchronization

/// The files that are part of the tool, parsed when somebody first looks at them and kept: hover and completion ask for them again and
/// again, and parsing one takes longer than all else that they do.
enum ToolSources {
    private static let known = Mutex<[String: SourceFile?]>([:])

    /// A file of the API; nil if there is none of that name.
    static func prelude(_ name: String) -> SourceFile? {
        source(name) { PreludeFile.all.first { $0.name == name }?.source }
    }

    /// Declarations of the language; nil if there are none of that name.
    static func stubs(_ name: String) -> SourceFile? { source(name) { languageStubs(name) } }

    private static func source(_ name: String, _ parse: () -> SourceFile?) -> SourceFile? {
        if let known = known.withLock({ $0[name] }) { return known }
        let fresh = parse()
        known.withLock { $0[name] = .some(fresh) }
        return fresh
    }
}
