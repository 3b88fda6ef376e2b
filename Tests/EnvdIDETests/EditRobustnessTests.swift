import EnvdAnalysis
import EnvdSyntax
import Foundation
import Testing

@testable import EnvdIDE

/// Renames, actions, hierarchies and links have an answer at every place of any text.
@Suite struct EditRobustnessTests {
    private static let examples: [String] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Examples")
        let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".envd") }.sorted().compactMap { name in
            try? String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
        }
    }()

    /// Asks everything at a place.
    private func ask(_ analysis: FileAnalysis, at offset: Int, _ random: inout ProjectRandom) {
        _ = try? analysis.renameTarget(at: offset)
        _ = try? analysis.rename(at: offset, to: "fresh_name")
        _ = analysis.linkedEditingRanges(at: offset)
        _ = analysis.callHierarchy(at: offset)
        _ = analysis.incomingCalls(at: offset)
        _ = analysis.outgoingCalls(ofFunctionAt: offset)
        let range = offset..<min(analysis.file.utf8Count, offset + random.below(60))
        for range in [offset..<offset, range] {
            for action in analysis.codeActions(in: range) where random.chance(action.id.hasPrefix("fix-") ? 2 : 30) {
                guard let edit = analysis.edit(ofCodeAction: action.id, in: range) else { continue }
                for part in edit.files where part.file == .current {
                    var end = 0
                    for change in part.edits {
                        #expect(change.range.lowerBound >= end && change.range.upperBound <= analysis.file.utf8Count)
                        end = change.range.upperBound
                    }
                }
            }
        }
    }

    private func ask(_ text: [UInt8], step: Int, _ random: inout ProjectRandom) {
        let file = SourceFile(bytes: text)
        let project = EditedProject(["lib.envd": "def helper(x):\n    return x\n"]).project
        let place = ModulePlace(EditedProject.id("build.envd"))
        let analysis = FileAnalysis(file, FileSurroundings(project: project, place: place))
        _ = analysis.documentLinks()
        _ = analysis.outgoingCallsOfFile()
        _ = projectSymbols(of: file, matching: "bu")
        for offset in stride(from: 0, through: text.count, by: step) { ask(analysis, at: offset, &random) }
    }

    @Test func everyPlaceOfTheExamples() {
        #expect(EditRobustnessTests.examples.count > 5)
        var random = ProjectRandom(seed: 1)
        for text in EditRobustnessTests.examples { ask(Array(text.utf8), step: 7, &random) }
    }

    @Test(arguments: [7, UInt64.random(in: 0...(.max))])
    func brokenTexts(seed: UInt64) {
        var random = ProjectRandom(seed: seed)
        let pieces = [
            "(", ")", "[", "\"", "'", "\"\"\"", "\n", "\r\n", "    ", "def ", "load(", "=", ",", ".", ":", "é😀", "#",
            "\\", "lambda ", "for ", "if ",
        ]
        for text in EditRobustnessTests.examples {
            var bytes = Array(text.utf8)
            switch random.below(3) {
            case 0: bytes = Array(bytes.prefix(random.below(bytes.count + 1)))
            default:
                for _ in 0..<(1 + random.below(8)) {
                    let place = random.below(bytes.count + 1)
                    let end = min(bytes.count, place + random.below(12))
                    bytes.replaceSubrange(place..<end, with: Array(random.pick(pieces).utf8))
                }
                if random.chance(30) { bytes.append(UInt8(truncatingIfNeeded: random.below(256))) }
            }
            ask(bytes, step: 11, &random)
        }
    }

    @Test(arguments: [
        "", "\n", "install.", "base(im", "install.python_packages(name=[\"", "load(", "load(\"lib.envd\", \"",
        "def f(\n", "def f():\n",
        "def f():\n    ", "x = (", "é😀", "\u{FEFF}x = 1\r\nload(\"lib.envd\", \"helper\")\r\n", "f(x = ", "lambda x: ",
        "x = lambda: 0\n",
        "load(\"a\", b = \"c\"", "[x for x in", "struct(a = 1).a", "\\", "\"\"\"", "def f(x: str) -> int: pass\n",
    ])
    func shortTexts(text: String) {
        var random = ProjectRandom(seed: 3)
        ask(Array(text.utf8), step: 1, &random)
    }
}
