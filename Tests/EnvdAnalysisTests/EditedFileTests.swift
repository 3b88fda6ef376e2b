import EnvdSyntax
import Foundation
import SpecSupport
import Testing

@testable import EnvdAnalysis

/// Whatever is edited in whatever order: what is known of the file is what a look at all of it would find.
///
/// The programs are those of the rules' pages, of the type specs and of the examples, put together at random, so that every
/// kind of finding stands in them and names are bound in many places. `EDIT_SEED` and `EDIT_PROGRAMS` choose others.
@Suite struct EditedFileTests {
    private static let sources: [[UInt8]] = {
        let root = RulePages.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        var found: [[UInt8]] = []
        for folder in ["Sources/EnvdAnalysis/Pages", "Tests/Specs/types", "Tests/Specs/lint"] {
            let folder = root.appendingPathComponent(folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            for name in names.sorted() where name.hasSuffix(".md") {
                let document = try? SpecDocument(contentsOf: folder.appendingPathComponent(name).path)
                found += document?.cases.map(\.source.bytes) ?? []
            }
        }
        return found
    }()

    /// What an edit has made superfluous holds the file, and is otherwise kept until nobody waits.
    @Test func aFileThatIsClosedRightBehindEditsGoes() {
        weak var gone: CheckedFile?
        do {
            let checked = CheckedFile(
                SourceFile("def f(a):\n    return a\n"), dialect: .envd, environment: .envd, infersTypes: true,
                keepsDependencies: true)
            for _ in 0..<3 {
                let end = checked.file.utf8Count - 1
                checked.update(checked.file.replacing(end..<end, with: Array("1".utf8)))
            }
            #expect(!checked.discarded.isEmpty)
            checked.close()
            gone = checked
        }
        #expect(gone == nil)
    }

    @Test func editsFindWhatAFreshLookFinds() {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["EDIT_SEED"].flatMap(UInt64.init) ?? 5
        let count = environment["EDIT_PROGRAMS"].flatMap(Int.init) ?? 60
        #expect(EditedFileTests.sources.count > 400)
        for number in 0..<count {
            var editing = Editing(seed: seed &+ UInt64(number), sources: EditedFileTests.sources)
            guard editing.run(steps: 25) else {
                Issue.record("EDIT_SEED=\(seed &+ UInt64(number)): \(editing.report)")
                return
            }
        }
    }

    /// What a function does inside is its own affair.
    @Test(arguments: [
        // An edit, and how many of the file's chunks are checked again.
        ("def f(a):\n    return [a]\n\nx = f(1)\ny = len(x)\n", "[a]", "[a, a]", 1),
        // The type of `f` is another one, and so is that of `x`.
        ("def f(a):\n    return [a]\n\nx = f(1)\ny = len(x)\nz = 3\n", "[a]", "\"a\"", 3),
        // What `x` is made of matters to those who use it.
        ("x = 1\ny = 2\ndef f():\n    return x\n", "x = 1", "x = 3", 2),
        // A comment above a function moves it, and that is all.
        ("# one\ndef f():\n    return 1\n\ny = f()\n", "# one", "# one two", 1),
        // Nobody knows of a local variable.
        ("def f():\n    a = 1\n    return a\n\ndef g():\n    return f()\n", "a = 1", "a = 2", 1),
        // A name that is defined at last.
        ("def f():\n    return gg\n\ndef g():\n    return 1\n", "def g(", "def gg(", 2),
        // A function that others call gets another parameter.
        ("def f(a):\n    pass\n\ndef g():\n    f(1)\n\ndef h():\n    f(2)\n", "(a)", "(a, b)", 3),
    ])
    func onlyWhatDependsOnAnEditIsCheckedAgain(source: String, old: String, new: String, count: Int) throws {
        let checked = CheckedFile(
            SourceFile(source), dialect: .envd, environment: .envd, rules: allRules, keepsDependencies: true)
        let place = try #require(source.range(of: old))
        let start = source.utf8.distance(from: source.startIndex, to: place.lowerBound)
        checked.update(checked.file.replacing(start..<(start + old.utf8.count), with: Array(new.utf8)))
        #expect(checked.checkedCount == count)
    }

    /// A function that calls no function of the API still decides which run, and in which order.
    @Test(arguments: [
        // An edit, and what such rules find then.
        ("    two()\n    one()\n", "    one()\n    two()\n", ["duplicate-package"]),
        ("    two()\n", "    two( )\n", ["conda-order", "duplicate-package"]),
        ("    one()\n", "    1 + 1\n", ["conda-order", "duplicate-package"]),
        ("    two()\n", "    1 + 1\n", ["duplicate-package"]),
        // What a name does that is no call is not known, nor what one means that nobody defines, nor what broken code does.
        ("    one()\n", "    print(one)\n", ["duplicate-package"]),
        ("    one()\n", "    on()\n", ["duplicate-package"]),
        ("    one()\n", "    one(\n", ["duplicate-package"]),
    ])
    func rulesAboutTheProgramSeeWhatFunctionsCall(old: String, new: String, found: [String]) throws {
        let source = """
            def build():
                base(dev=True)
                every()

            def every():
                two()
                one()

            def one():
                install.conda()

            def two():
                install.conda_packages(name=["numpy=1.2"])
                install.conda_packages(name=["numpy=1.2"])

            """
        let checked = CheckedFile(
            SourceFile(source), dialect: .envd, environment: .envd, rules: allRules, keepsDependencies: true)
        func findings(_ file: CheckedFile) -> [String] {
            Set(file.findings.map(\.code)).intersection(["conda-order", "duplicate-package"]).sorted()
        }
        func edit(_ old: String, _ new: String) throws {
            let text = String(decoding: checked.file.bytes, as: UTF8.self)
            let place = try #require(text.range(of: old))
            let start = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
            checked.update(checked.file.replacing(start..<(start + old.utf8.count), with: Array(new.utf8)))
            let fresh = CheckedFile(checked.file, dialect: .envd, environment: .envd, rules: allRules)
            #expect(checked.findings == fresh.findings)
        }
        #expect(findings(checked) == ["conda-order", "duplicate-package"])
        try edit(old, new)
        #expect(findings(checked) == found)
        try edit("def two():\n", "# Packages.\ndef two():\n")
        #expect(findings(checked) == found)
        try edit(new, old)
        #expect(findings(checked) == ["conda-order", "duplicate-package"])
    }

    @Test func codeThatComesAboveALoadIsSeen() {
        let checked = CheckedFile(
            SourceFile("load(\"lib.envd\", \"a\")\nprint(a)\n"), dialect: .envd, environment: .envd, rules: allRules,
            keepsDependencies: true)
        #expect(!checked.findings.contains { $0.code == "late-load" })
        checked.update(checked.file.replacing(0..<0, with: Array("x = []\n".utf8)))
        #expect(checked.findings.contains { $0.code == "late-load" })
    }

    @Test func whatStandsBetweenTwoEditsIsNotCheckedAgain() throws {
        let source = (0..<40).map { "def f\($0)():\n    a = 1\n    return [a, \($0)]\n" }.joined(separator: "\n")
        let checked = CheckedFile(
            SourceFile(source), dialect: .envd, environment: .envd, rules: allRules, keepsDependencies: true)
        var file = checked.file
        for (old, new) in [("[a, 30]", "[a, 31]"), ("[a, 0]", "[a, 12]")] {
            let place = try #require(source.range(of: old))
            let start = source.utf8.distance(from: source.startIndex, to: place.lowerBound)
            file = file.replacing(start..<(start + old.utf8.count), with: Array(new.utf8))
        }
        checked.update(file)
        #expect(checked.checkedCount == 2)
    }
}

/// A file that is edited at random.
private struct Editing {
    private(set) var report = ""
    private var random: SplitMix
    private let sources: [[UInt8]]
    private let dialect: Dialect

    init(seed: UInt64, sources: [[UInt8]]) {
        random = SplitMix(seed: seed)
        self.sources = sources
        dialect = seed % 4 == 3 ? .everything : .envd
    }

    /// - Returns: whether all went well.
    mutating func run(steps: Int) -> Bool {
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 1...5, using: &random) { text += source() }
        let checked = CheckedFile(
            SourceFile(bytes: text), dialect: dialect, environment: .envd, rules: allRules, keepsDependencies: true)
        var history: [SourceFile] = []
        for step in 0..<steps {
            var file = checked.file
            var edits: [String] = []
            history.append(file)
            // Edits may come in numbers: a name that is changed everywhere, a file that is formatted.
            for _ in 0..<([1, 1, 2, 3].randomElement(using: &random) ?? 1) {
                let (range, replacement) = edit(file, step: step, history)
                edits.append(
                    """
                    \(range) of
                    \(String(decoding: file.bytes, as: UTF8.self))
                    became
                    \(String(decoding: replacement, as: UTF8.self))
                    """)
                file = file.replacing(range, with: replacement)
            }
            checked.update(file)
            let fresh = CheckedFile(file, dialect: dialect, environment: .envd, rules: allRules)
            guard checked.findings == fresh.findings else {
                let (mine, others) = (Set(checked.findings), Set(fresh.findings))
                func shown(_ findings: Set<Finding>) -> String {
                    findings.map { "\($0.code) \($0.range) \($0.message)" }.sorted().joined(separator: "\n")
                }
                report = """
                    step \(step): \(edits.joined(separator: "\n"))
                    only after the edit:
                    \(shown(mine.subtracting(others)))
                    only in a fresh look:
                    \(shown(others.subtracting(mine)))
                    """
                return false
            }
        }
        return true
    }

    private mutating func source() -> [UInt8] { sources.randomElement(using: &random) ?? [] }

    private mutating func edit(
        _ file: SourceFile, step: Int, _ history: [SourceFile]
    ) -> (Range<Int>, [UInt8]) {
        let end = file.utf8Count
        func place(_ random: inout SplitMix) -> Int { Int.random(in: 0...end, using: &random) }
        let tokens = file.statements.flatMap { $0.tokens.filter { !$0.range.isEmpty } }
        let names = tokens.filter { $0.kind == .identifier }
        let statements = file.statements
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            // One character more, as somebody types it.
            let place = place(&random)
            return (place..<place, Array("ax1 \n(.\"=#".utf8).randomElement(using: &random).map { [$0] } ?? [])
        case 1:
            let place = place(&random)
            return (max(0, place - 1)..<place, [])
        case 2, 3, 4:
            // A name is another one.
            guard let old = names.randomElement(using: &random), let new = names.randomElement(using: &random) else {
                fallthrough
            }
            return (old.range, new.bytes)
        case 5:
            guard let token = tokens.randomElement(using: &random) else { fallthrough }
            return (token.range, tokens.randomElement(using: &random)?.bytes ?? [])
        case 6:
            // A statement goes.
            guard let statement = statements.randomElement(using: &random) else { fallthrough }
            return (statement.range, [])
        case 7:
            // A statement is there twice.
            guard let statement = statements.randomElement(using: &random) else { fallthrough }
            let place = (statements.randomElement(using: &random) ?? statement).range.lowerBound
            return (place..<place, Array(statement.text.utf8) + [0x0A])
        case 8:
            let place = (statements.randomElement(using: &random)?.range.lowerBound) ?? 0
            return (place..<place, source())
        case 9:
            // A comment.
            let place = (statements.randomElement(using: &random)?.range.lowerBound) ?? 0
            return (place..<place, Array("# a comment\n".utf8))
        case 10:
            // All as it was some time ago.
            if let old = history.randomElement(using: &random) { return (0..<end, old.bytes) }
            return (0..<0, source())
        default:
            // A larger part goes.
            let (a, b) = (place(&random), place(&random))
            return (min(a, b)..<min(max(a, b), min(a, b) + 200), [])
        }
    }
}
