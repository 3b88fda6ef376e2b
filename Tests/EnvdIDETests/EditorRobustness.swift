import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import Foundation
import Testing

/// Whatever the text and wherever the cursor, editor features have an answer whose ranges lie within the file.
@Suite struct EditorRobustness {
    /// The programs of `Examples`.
    private static let examples: [String] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Examples")
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".envd") }.sorted().compactMap {
            try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
        }
    }()

    /// What people leave behind while they type.
    private static let fragments = [
        "def build():\n    install.", "def build():\n    base(im", "def build():\n    install.python_packages(name=[\"",
        "load(\"", "load(\"lib.envd\", \"", "x = [1, 2\ndef f(", "def f(a, *", "f(a=1, **", "# envd: ignore[", "\"\"\"",
        "'😀", "x.é.",
        "def f():\r\n    ", "install.apt_packages(\r\n    name=[\r\n        ", "lambda x: x.", "{\"a\": ",
        "f(\"a\" \"b", "a if b else ",
        "[x for x in ", "runtime.expose(envd_port=", "if x == \"", "\u{FEFF}x = ", "f(((((((", "x[\"", "return ", "\0",
        ")))", "@a\n",
    ]

    private static let files = [
        "lib.envd":
            "def tools(port, name=\"a\"):\n    \"\"\"Tools.\n\n    Args:\n      port (int): where.\n    \"\"\"\n    return [name]\n",
        "data/a.csv": "1\n", "requirements.txt": "numpy\n",
    ]

    @Test func examplesAreThere() { #expect(Self.examples.count >= 4) }

    @Test(arguments: examples) func everyOffsetOfExamples(text: String) {
        check(SourceFile(text), everyOffset: true)
    }

    @Test func everyOffsetOfFragments() {
        for text in Self.fragments {
            check(SourceFile(text), everyOffset: true)
            check(SourceFile("def f(x):\n    y = [x]\n    return y\n\n" + text + "\n\nz = 1\n"), everyOffset: true)
        }
    }

    /// An editor asks at the end of what is typed.
    @Test(arguments: examples) func everyBeginningOfExamples(text: String) {
        let bytes = Array(text.utf8)
        let project = ListedProject(Self.files)
        let analysis = project.analysis(SourceFile(""))
        var file = analysis.file
        for end in bytes.indices {
            file = file.replacing(end..<end, with: [bytes[end]])
            analysis.update(file)
            check(analysis, at: end + 1)
        }
    }

    @Test(arguments: [1, UInt64.random(in: 0..<UInt64.max)]) func mutatedExamples(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for text in Self.examples {
            for _ in 0..<6 {
                var bytes = Array(text.utf8)
                for _ in 0..<(1 + random.below(6)) {
                    let at = random.below(bytes.count + 1)
                    switch random.below(4) {
                    case 0: bytes.removeSubrange(at..<min(bytes.count, at + random.below(20)))
                    case 1: bytes.insert(contentsOf: random.pick(Self.fragments).utf8, at: at)
                    case 2: bytes.insert(random.pick(Array("()[]{}\"'.,:=\n\r\t #\\é".utf8)), at: at)
                    default: if at < bytes.count { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
                    }
                }
                let file = SourceFile(bytes: bytes)
                let analysis = ListedProject(Self.files).analysis(file)
                for _ in 0..<25 { check(analysis, at: random.below(bytes.count + 1)) }
            }
        }
    }

    private func check(_ file: SourceFile, everyOffset: Bool) {
        let analysis = ListedProject(Self.files).analysis(file)
        for offset in 0...file.utf8Count { check(analysis, at: offset) }
        for hint in analysis.inlayHints(in: 0..<file.utf8Count) { #expect(hint.place <= file.utf8Count) }
    }

    private func check(_ analysis: FileAnalysis, at offset: Int) {
        let count = analysis.file.utf8Count
        let list = analysis.completions(at: offset, CompletionAbilities(takesSnippets: true))
        let isRangeRight =
            list.replaced.upperBound <= count && list.replaced.lowerBound <= offset
            && offset <= list.replaced.upperBound
        #expect(isRangeRight, "\(list.replaced) around \(offset) of \(count)")
        #expect(list.items.count <= CompletionList.maximumCount)
        for item in list.items {
            for edit in item.otherEdits {
                let isApart =
                    edit.range.upperBound <= list.replaced.lowerBound
                    || list.replaced.upperBound <= edit.range.lowerBound
                if !isApart || edit.range.upperBound > count {
                    Issue.record("\(item.label): \(edit.range) at \(offset)")
                }
            }
        }
        if let hover = analysis.hover(at: offset), hover.range.upperBound > count || hover.markdown.isEmpty {
            Issue.record("hover at \(offset): \(hover.range)")
        }
        for entry in analysis.signatureHelp(at: offset)?.entries ?? [] {
            let isRight =
                entry.signature.parameterRanges.allSatisfy { $0.upperBound <= entry.signature.label.utf8.count }
                && (entry.activeParameter.map { entry.signature.parameterRanges.indices.contains($0) } ?? true)
                && entry.parameterDocumentation.count == entry.signature.parameterRanges.count
            if !isRight { Issue.record("signature at \(offset): \(entry.signature.label)") }
        }
    }
}

/// A generator of random numbers that gives the same ones for the same seed (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}
