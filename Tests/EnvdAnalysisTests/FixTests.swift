import EnvdAnalysis
import EnvdSyntax
import Testing

@Suite struct FixTests {
    /// A finding for each place where a text stands, with a fix that puts another in its place.
    private func replacing(_ old: String, _ new: String, isSafe: Bool = true) -> ([UInt8]) -> [Finding] {
        { bytes in
            let old = Array(old.utf8)
            return bytes.indices.filter { bytes[$0...].starts(with: old) }.map { index in
                let range = index..<(index + old.count)
                let fix = Fix("Replace", replace: range, with: new, isSafe: isSafe)
                return Finding(code: "test", severity: .warning, range: range, message: "test", fixes: [fix])
            }
        }
    }

    private func fixed(
        _ source: String, _ kind: FixKind = .safe, findings: ([UInt8]) -> [Finding]
    ) -> (text: String, result: FixedText) {
        let result = fixing(Array(source.utf8), kind) { bytes in
            (findings(bytes), SourceFile(bytes: bytes).diagnostics.count)
        }
        return (String(decoding: result.bytes, as: UTF8.self), result)
    }

    @Test func allPlacesAreMendedAtOnce() {
        let (text, result) = fixed("a = b\nb = a\n", findings: replacing("a", "long"))
        #expect(text == "long = b\nb = long\n")
        #expect(result.count == 2)
    }

    @Test func onlySafeFixesUnlessAsked() {
        #expect(fixed("a = 1\n", .safe, findings: replacing("a", "b", isSafe: false)).text == "a = 1\n")
        #expect(fixed("a = 1\n", .all, findings: replacing("a", "b", isSafe: false)).text == "b = 1\n")
    }

    @Test func whatTouchesWaitsForTheNextRound() {
        // "aa" stands at 0, 1 and 2: the first and the last touch the second.
        let (text, result) = fixed("aaaa = 1\n", findings: replacing("aa", "b"))
        #expect(text == "bb = 1\n")
        #expect(result.count == 2)
    }

    @Test func fixesThatUndoEachOtherEnd() {
        let (_, result) = fixed("a = 1\n") { bytes in
            bytes.first == UInt8(ascii: "a") ? replacing("a", "c")(bytes) : replacing("c", "a")(bytes)
        }
        #expect(result.count == 10)
    }

    @Test func aFixThatBreaksTheProgramIsRefusedAndTheOthersAreMade() {
        let (text, result) = fixed("a = 1\nb = 2\nc = 3\n") { bytes in
            replacing("b = 2", "b = (")(bytes) + replacing("a", "x")(bytes) + replacing("c", "z")(bytes)
        }
        #expect(text == "x = 1\nb = 2\nz = 3\n")
        #expect(result.refused == ["Replace"])
    }

    @Test func editsThatDoNotFitAreLeftOut() {
        let edits = [SourceEdit(range: 2..<9, replacement: "x"), SourceEdit(range: 0..<1, replacement: "y")]
        #expect(applying(edits, to: Array("abc".utf8)) == Array("ybc".utf8))
    }

    @Test func severalEditsOfAFixGoTogether() {
        let (text, _) = fixed("f(a)\n") { bytes in
            guard bytes.contains(UInt8(ascii: "(")) else { return [] }
            let fix = Fix(
                title: "Subscript",
                edits: [SourceEdit(range: 1..<2, replacement: "["), SourceEdit(range: 3..<4, replacement: "]")],
                isSafe: true)
            return [Finding(code: "test", severity: .warning, range: 0..<4, message: "test", fixes: [fix])]
        }
        #expect(text == "f[a]\n")
    }
}

@Suite struct SelectionTests {
    private func codes(_ selection: RuleSelection) -> Set<String> { Set(selection.rules().map(\.code)) }

    @Test func withoutAWordAllAreAskedThatAreNotOptIn() {
        #expect(codes(RuleSelection()) == Set(defaultRules.map(\.code)))
        #expect(codes(RuleSelection(select: [.all])) == Set(allRules.map(\.code)))
    }

    @Test func theNarrowerWins() {
        #expect(codes(RuleSelection(select: [.rule("set-function")])) == ["set-function"])
        #expect(codes(RuleSelection(select: [.rule("set-function")], ignore: [.group(.names)])) == ["set-function"])
        #expect(codes(RuleSelection(select: [.rule("set-function")], ignore: [.rule("set-function")])) == [])
        let names = codes(RuleSelection(select: [.group(.names)], ignore: [.rule("set-function"), .all]))
        #expect(names.contains("undefined-name") && !names.contains("set-function"))
        #expect(!codes(RuleSelection(ignore: [.group(.names)])).contains("undefined-name"))
    }

    @Test func namesAreHeldAgainstRulesAndGroups() throws {
        #expect(try RuleSelector("all") == .all)
        #expect(try RuleSelector("names") == .group(.names))
        #expect(try RuleSelector("set-function") == .rule("set-function"))
        let error = try #require(throws: RuleSelector.UnknownName.self) { try RuleSelector("set-functoin") }
        #expect(error.description == "no rule or group is called 'set-functoin'; did you mean 'set-function'?")
    }
}
