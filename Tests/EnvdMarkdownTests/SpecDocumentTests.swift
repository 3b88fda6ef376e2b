import Foundation
import Testing

@testable import SpecSupport

/// The specification reader itself: what it takes for a case, and that it notices what is wrong.
@Suite struct SpecDocumentTests {
    private let text = """
        # Numbers

        Prose with a block that is none of ours:

        ```
        $ envd lint
        ```

        ## Hexadecimal

        ```envd
        0x10
        ```

        The first.

        ```tree
        Number
        ```

        ```envd unterminated
        0xff
        ```

        ```tree
        Name
        ```
        """

    @Test func aCaseIsASourceAndWhatFollowsIt() {
        let cases = SpecDocument(path: "numbers.md", text: text).cases
        #expect(cases.map(\.title) == ["Numbers / Hexadecimal", "Numbers / Hexadecimal (2)"])
        #expect(cases.map(\.line) == [11, 21])
        #expect(cases.map { String(decoding: $0.source.bytes, as: UTF8.self) } == ["0x10\n", "0xff"])
        #expect(cases.map { $0.expectations.map(\.kind) } == [["tree"], ["tree"]])
    }

    @Test func aDifferenceIsAnIssueAtItsLine() throws {
        try withKnownIssue {
            try SpecDocument(path: "numbers.md", text: text).verify { _, _ in "Number" }
        } matching: { issue in
            issue.sourceLocation?.line == 25
                && issue.comments.contains { $0.rawValue.contains("- Name\n+ Number") }
        }
    }

    @Test(arguments: ["# Nothing\n", "```envd\nx\n```\n", "```envd\nx\n```\n```unknown\ny\n```\n"])
    func whatCouldNeverFailIsAnIssue(text: String) throws {
        withKnownIssue {
            try SpecDocument(path: "empty.md", text: text).verify { _, block in block.kind == "tree" ? "" : nil }
        }
    }

    @Test func rewritingChangesNothingButTheExpectation() {
        let document = SpecDocument(path: "numbers.md", text: text)
        let rewritten = document.rewritten([(document.cases[0].expectations[0], "Number\n```\n")])
        #expect(rewritten == text.replacingOccurrences(of: "```tree\nNumber\n```", with: "````tree\nNumber\n```\n````"))
    }

    @Test func escapesStandForBytes() {
        let block = CodeBlock(info: "envd escaped unterminated", text: "a\\r\\n\\xff\\0\\q\\\\n\n", lines: 1...3)
        #expect(block.bytes == Array("a\r\n".utf8) + [0xFF, 0] + Array("\\q\\n".utf8))
    }

    @Test func documentsAreFoundAtAnyDepth() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let folder = root.appendingPathComponent("Specs/syntax/deep")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["b.md", "a.md", "c.txt"] {
            try Data().write(to: folder.appendingPathComponent(name))
        }
        let paths = SpecDocument.paths(in: "syntax", testsFolder: root.path + "/SpecSupport/SpecDocument.swift")
        #expect(paths.map { String($0.suffix(9)) } == ["deep/a.md", "deep/b.md"])
    }
}
