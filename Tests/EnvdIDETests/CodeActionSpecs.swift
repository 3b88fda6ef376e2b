import EnvdAnalysis
import EnvdSyntax
import Foundation
import SpecSupport
import Testing

@testable import EnvdIDE

/// The documents under `Tests/Specs/actions`: programs with a selection, `«` and `»`, or a cursor, `⌖`, and what an action makes of
/// them.
///
/// After the source ` ```actions ` lists what is offered (`KIND: TITLE`, `*` before what is preferred), ` ```after ID ` has the file
/// after an action, and ` ```file PATH ID ` another file. The words behind `envd` say what there is beside the program: `files:` as in other
/// specifications, `at:` where the program stands.
@Suite struct CodeActionSpecs {
    @Test(arguments: SpecDocument.paths(in: "actions"))
    func specs(path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            let scene = ActionScene(specCase.source)
            let words = expectation.words
            switch expectation.kind {
            case "actions":
                let kinds = words.dropFirst().map { String($0) }
                return scene.analysis.codeActions(in: scene.range, kinds: kinds.isEmpty ? nil : kinds).map { action in
                    "\(action.isPreferred ? "* " : "")\(action.kind.rawValue): \(action.title)"
                }.joined(separator: "\n")
            case "after": return scene.files(after: words.dropFirst().joined(separator: " "))[scene.name]
            case "file":
                guard words.count > 2 else { return nil }
                return scene.files(after: words.dropFirst(2).joined(separator: " "))[words[1]] ?? "no file\n"
            default: return nil
            }
        }
    }
}

/// A program with a selection, in a project.
private struct ActionScene {
    let name: String
    let range: Range<Int>
    let analysis: FileAnalysis
    private let project: EditedProject

    init(_ source: CodeBlock) {
        name = source.words.first { $0.hasPrefix("at:") }.map { String($0.dropFirst("at:".count)) } ?? "build.envd"
        var text = ""
        var marks: [Int] = []
        for character in String(decoding: source.bytes, as: UTF8.self) {
            if "«»⌖".contains(character) { marks.append(text.utf8.count) } else { text.append(character) }
        }
        let start = marks.first ?? 0
        range = start..<max(start, marks.last ?? start)
        var files = [name: text]
        var others: [String: String] = [:]
        let list = source.words.first { $0.hasPrefix("files:") }?.dropFirst("files:".count) ?? ""
        for item in list.split(separator: ",") {
            let parts = item.split(separator: "=", maxSplits: 1)
            let content = parts.count > 1 ? String(parts[1]).removingPercentEncoding ?? "" : ""
            if parts[0].hasSuffix(".envd") {
                files[String(parts[0])] = content
            } else {
                others[String(parts[0])] = content
            }
        }
        project = EditedProject(files, others: others)
        analysis = project.analysis(of: name)
    }

    /// What the files hold after an action whose id begins so.
    func files(after id: String) -> [String: String] {
        let all = analysis.codeActions(in: range)
        guard let action = all.first(where: { $0.id == id }) ?? all.first(where: { $0.id.hasPrefix(id) }) else {
            return [name: "no such action; there are: \(all.map(\.id).joined(separator: ", "))\n"]
        }
        guard let edit = analysis.edit(ofCodeAction: action.id, in: range) else { return [name: "no edit\n"] }
        return project.applying(edit, in: name).files
    }
}
