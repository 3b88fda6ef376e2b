import EnvdAnalysis
import EnvdSyntax

/// A change that the editor offers at a place: a fix of a finding, or another way to write the same.
package struct CodeAction: Sendable, Hashable {
    /// What it is, in the protocol's words. Clients ask for kinds by their beginnings.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case quickFix = "quickfix"
        case extract = "refactor.extract"
        case inline = "refactor.inline"
        case rewrite = "refactor.rewrite"
        case organizeImports = "source.organizeImports"
        case fixAll = "source.fixAll.envd"

        /// Whether somebody who asks for a kind means this one too: `source` means `source.fixAll.envd`.
        package func isMeant(by asked: String) -> Bool {
            asked.isEmpty || rawValue == asked || rawValue.hasPrefix(asked + ".")
        }
    }

    /// What tells it from others of the same place, so that its edit can be asked for later.
    package let id: String
    /// As a menu shows it.
    package let title: String
    package let kind: Kind
    /// Whether it is what most people would choose.
    package let isPreferred: Bool
    /// What it mends.
    package let findings: [Finding]

    /// Whether its edit makes a file, which not every client can do.
    package var createsFile: Bool { id.hasPrefix("create-file") }
}

extension FileAnalysis {
    /// What can be done at a range, without the edits.
    ///
    /// - Parameters: as for `codeActionOffers`.
    package func codeActions(in range: Range<Int>, kinds: [String]? = nil) -> [CodeAction] {
        codeActionOffers(in: range, kinds: kinds).map(\.action)
    }

    /// The edit of an action that `codeActions` lists for the range; nil if the file no longer has it.
    package func edit(ofCodeAction id: String, in range: Range<Int>) -> ProjectEdit? {
        guard let provider = codeActionProviders.first(where: { id.hasPrefix($0.name) }) else { return nil }
        let place = CodeActionPlace(self, range)
        return provider.offer(place).first { $0.action.id == id }?.edit()
    }

    /// What can be done at a range, with the edits for those who want them at once.
    ///
    /// - Parameters:
    ///   - range: UTF-8 bytes; empty where nothing is selected.
    ///   - kinds: those that are asked for; nil for all.
    package func codeActionOffers(in range: Range<Int>, kinds: [String]? = nil) -> [CodeActionOffer] {
        let place = CodeActionPlace(self, range)
        return codeActionProviders.flatMap { provider -> [CodeActionOffer] in
            let isWanted = kinds.map { asked in asked.contains { provider.kind.isMeant(by: $0) } } ?? true
            return isWanted ? provider.offer(place) : []
        }
    }
}

/// One kind of action, and how it is found.
struct CodeActionProvider: Sendable {
    /// With what the ids of its actions begin; none begins as another one does.
    let name: String
    let kind: CodeAction.Kind
    let offer: @Sendable (CodeActionPlace) -> [CodeActionOffer]
}

package struct CodeActionOffer {
    package let action: CodeAction
    /// Finds the edit, which may take longer than to see that there is one.
    fileprivate let findEdit: () -> ProjectEdit?

    /// The edit; nil if there is nothing to change after all.
    package func edit() -> ProjectEdit? { findEdit().flatMap { $0.isEmpty ? nil : $0 } }
}

/// What actions are asked about. It lives as long as one question.
final class CodeActionPlace {
    let analysis: FileAnalysis
    let range: Range<Int>
    /// Those that the range touches, in source order.
    private(set) lazy var findings: [Finding] = allFindings.filter { finding in
        finding.range.lowerBound <= range.upperBound && range.lowerBound <= finding.range.upperBound
    }
    private(set) lazy var allFindings: [Finding] = analysis.findings

    var file: SourceFile { analysis.file }

    init(_ analysis: FileAnalysis, _ range: Range<Int>) {
        self.analysis = analysis
        let end = analysis.file.utf8Count
        let start = max(0, min(range.lowerBound, end))
        self.range = start..<max(start, min(range.upperBound, end))
    }

    /// The innermost node of some kinds around the range.
    func enclosing(_ accepts: (SyntaxKind) -> Bool) -> SyntaxNode? {
        guard let inner = innermost else { return nil }
        if accepts(inner.kind) { return inner }
        return inner.ancestors.first { accepts($0.kind) }
    }

    /// The innermost node around the range; at the end of a word the word.
    private(set) lazy var innermost: SyntaxNode? = {
        if let token = touchedToken, let parent = token.parent { return parent }
        return file.node(covering: range)
    }()

    /// The name, number or text that the cursor stands in or behind, if nothing is selected.
    private(set) lazy var touchedToken: SyntaxToken? = {
        guard range.isEmpty else { return nil }
        func isWord(_ token: SyntaxToken?) -> SyntaxToken? {
            guard let token else { return nil }
            switch token.kind {
            case .identifier, .string, .bytes, .integer, .float: return token
            default: return nil
            }
        }
        let offset = range.lowerBound
        if let token = file.token(at: offset), token.range.contains(offset), isWord(token) != nil { return token }
        guard offset > 0, let token = file.token(at: offset - 1), token.range.upperBound == offset else { return nil }
        return isWord(token)
    }()

    func offer(
        _ id: String, _ title: String, _ kind: CodeAction.Kind, isPreferred: Bool = false, findings: [Finding] = [],
        edit: @escaping () -> ProjectEdit?
    ) -> CodeActionOffer {
        CodeActionOffer(
            action: CodeAction(id: id, title: title, kind: kind, isPreferred: isPreferred, findings: findings),
            findEdit: edit)
    }
}

/// All of them, in the order in which a menu shows them.
let codeActionProviders: [CodeActionProvider] = [
    findingFixes, addArguments, createFile, pinImage, moveAnnotations, extractVariable, extractFunction,
    inlineVariable, sortList, convertList, fixRule, suppressFinding, migrateAPI, organizeLoads, fixAll,
]
