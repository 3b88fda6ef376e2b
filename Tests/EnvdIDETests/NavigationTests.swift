import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import Foundation
import SpecSupport
import Testing

@Suite struct NavigationTests {
    /// The names that a definition leads to, with the text at each place.
    private func definitions(_ text: String, at word: String, after marker: String = "") throws -> [String] {
        let file = SourceFile(text)
        let analysis = FileAnalysis(file)
        let start = marker.isEmpty ? text.startIndex : try #require(text.firstRange(of: marker)).upperBound
        let place = try #require(text[start...].firstRange(of: word)).lowerBound
        let found = analysis.definition(at: text.utf8.distance(from: text.startIndex, to: place))
        return (found?.targets ?? []).map { target in
            let source = analysis.source(of: target.file)
            let line = source?.position(at: target.nameRange.lowerBound, encoding: .utf8).line ?? -1
            return "\(target.file == .current ? "here" : "\(target.file)"):\(line + 1)"
        }
    }

    @Test func localsShadowGlobals() throws {
        let text = "x = 1\n\ndef f(x):\n    return x\n\ny = x\n"
        #expect(try definitions(text, at: "x", after: "return ") == ["here:3"])
        #expect(try definitions(text, at: "x", after: "y = ") == ["here:1"])
    }

    @Test func comprehensionsHaveTheirOwnNames() throws {
        let text = "n = 3\nxs = [n for n in range(n)]\n"
        #expect(try definitions(text, at: "n for", after: "xs = [") == ["here:2"])
        #expect(try definitions(text, at: "n)", after: "range(") == ["here:1"])
    }

    @Test func allAssignmentsOfAVariableAreItsDefinitions() throws {
        #expect(
            try definitions(
                "def f(a):\n    if a:\n        b = 1\n    else:\n        b = 2\n    return b\n", at: "b",
                after: "return ")
                == ["here:3", "here:5"])
    }

    @Test func methodsAndTheAPILeadToTheirDeclarations() throws {
        #expect(
            try definitions("x = \"a\".upper()\n", at: "upper").map { $0.split(separator: ":").first } == [
                "stubs(\"string\")"
            ])
        let found = try definitions("def build():\n    install.python(version=\"3.11\")\n", at: "python")
        #expect(found.count == 1 && found[0].hasPrefix("prelude(\"@envd/v1/install.envd\")"))
        let parameter = try definitions("def build():\n    install.python(version=\"3.11\")\n", at: "version")
        #expect(parameter.count == 1 && parameter[0].hasPrefix("prelude(\"@envd/v1/install.envd\")"))
    }

    @Test func whatMeansNothingLeadsNowhere() throws {
        #expect(try definitions("x = unknown\n", at: "unknown") == [])
        #expect(try definitions("x = 1  # x\n", at: "x", after: "# ") == [])
    }

    // MARK: - Any text, any place

    /// All questions at all offsets of a text.
    private func askEverywhere(_ text: [UInt8]) {
        let analysis = FileAnalysis(SourceFile(bytes: text))
        var tokens = SemanticTokenCache()
        for offset in 0...text.count {
            for target in analysis.definition(at: offset)?.targets ?? [] {
                let count = analysis.source(of: target.file)?.utf8Count ?? 0
                #expect(target.nameRange.upperBound <= count && target.range.upperBound <= count)
            }
            _ = analysis.declaration(at: offset)
            _ = analysis.typeDefinition(at: offset)
            for reference in analysis.references(at: offset) where reference.file == .current {
                #expect(reference.range.upperBound <= text.count)
            }
            let highlights = analysis.highlights(at: offset)
            // What is marked is where the question was asked, too.
            if let origin = analysis.definition(at: offset)?.origin, !highlights.isEmpty {
                #expect(
                    highlights.contains { $0.range.overlaps(origin) || origin.contains($0.range.lowerBound) },
                    "\(offset) in \(String(decoding: text, as: UTF8.self).debugDescription)")
            }
        }
        var last = 0
        tokens.visit(analysis, isLexical: true) { offset, _, found in
            for token in found {
                #expect(offset + Int(token.start) >= last)
                last = offset + Int(token.start) + Int(token.length)
                #expect(last <= text.count)
            }
        }
        _ = analysis.codeLenses
    }

    private static let texts = [
        "load(\"a.envd\", \"b\", c=\"d\")\n\n\ndef build(x, *args, y=1, **kwargs):\n    \"\"\"Doc.\"\"\"\n    z = [i for i in x if i]\n"
            + "    base(dev=True)\n    install.python_packages(name=[\"é😀\", z])\n    return struct(a=z).a\n",
        "load(\"a.envd\", é c=\"d\")\nprint(é, c, d)\n",
        "x = {1: 2}\nfor k, (a, b) in x.items():\n    if k:\n        x[k] += lambda q: q + k\n",
        "def f(a: list[int] = [], b: \"str\" = None) -> int:\n    # type: (list, str) -> int\n    def g():\n        return f(b=a)\n    return g\n",
    ]

    @Test(arguments: texts) func wholeTexts(text: String) { askEverywhere(Array(text.utf8)) }

    @Test(arguments: texts) func tornTexts(text: String) {
        let bytes = Array(text.utf8)
        for end in stride(from: 0, to: bytes.count, by: 7) { askEverywhere(Array(bytes[..<end])) }
    }

    @Test(arguments: [1, UInt64(Date().timeIntervalSince1970)]) func changedTexts(seed: UInt64) {
        var state = seed
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, limit)
        }
        let pieces = [
            "(", ")", "[", "\"", "'", ".", "=", ",", "\n", "    ", "def ", "lambda ", "load(", ":", "x", "é", "\r\n",
            "#", "*", "\\",
        ]
        for _ in 0..<60 {
            var bytes = Array(Self.texts[random(Self.texts.count)].utf8)
            for _ in 0...random(4) {
                let place = random(bytes.count)
                let end = min(bytes.count, place + random(6))
                bytes.replaceSubrange(place..<end, with: Array(pieces[random(pieces.count)].utf8))
            }
            askEverywhere(bytes)
        }
    }
}
