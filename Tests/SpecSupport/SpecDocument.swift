import EnvdMarkdown
import Foundation
import Testing

/// A Markdown document under `Tests/Specs` that reads as a specification and runs as a test.
///
/// Prose explains; fenced code blocks hold a source (` ```envd ` or ` ```starlark `), and after it what is expected of
/// it, under an info string that names the kind of expectation (` ```tree `, ` ```diagnostics `):
///
///     @Test(arguments: SpecDocument.paths(in: "syntax"))
///     func specs(path: String) throws {
///         try SpecDocument(contentsOf: path).verify { specCase, expectation in
///             switch expectation.kind {
///             case "tree": dump(SourceFile(bytes: specCase.source.bytes))
///             default: nil
///             }
///         }
///     }
///
/// With `UPDATE_SPECS=1` in the environment, `verify` rewrites the expectations in place instead of comparing them,
/// so that a change of behaviour shows as a diff of the document.
package struct SpecDocument {
    package let path: String
    package let cases: [SpecCase]
    /// The lines of the document without their line ends.
    let lines: [String]

    package init(contentsOf path: String) throws {
        self.init(path: path, text: String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self))
    }

    package init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        cases = SpecCase.cases(in: MarkdownDocument(text))
    }

    /// The documents in a folder under `Tests/Specs`, at any depth, in alphabetical order; the folder itself if there are
    /// none, so that the test that asks for them fails instead of running zero times.
    package static func paths(in folder: String, testsFolder: String = #filePath) -> [String] {
        let specs = URL(fileURLWithPath: testsFolder).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Specs").appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: specs.path)?.compactMap { $0 as? String } ?? []
        let documents = names.filter { $0.hasSuffix(".md") }.sorted().map { specs.appendingPathComponent($0).path }
        return documents.isEmpty ? [specs.path] : documents
    }

    /// Holds every expectation of the document against what `produce` gives for it.
    ///
    /// A difference is recorded as an issue at its line in the document. So is an expectation for which `produce`
    /// returns nil (a kind that it does not know), a source without expectation, and a document without cases: none of
    /// them would ever fail otherwise.
    package func verify(produce: (SpecCase, CodeBlock) throws -> String?) throws {
        if cases.isEmpty { record("the document has no cases", line: 1) }
        var rewrites: [(block: CodeBlock, actual: String)] = []
        for specCase in cases {
            if specCase.expectations.isEmpty {
                record("\(specCase.title): nothing is expected of this source", line: specCase.line)
            }
            for expectation in specCase.expectations {
                guard let produced = try produce(specCase, expectation) else {
                    record("\(specCase.title): nobody knows how to check '\(expectation.info)'", line: expectation.line)
                    continue
                }
                let actual = produced.isEmpty || produced.hasSuffix("\n") ? produced : produced + "\n"
                guard actual != expectation.text else { continue }
                if Self.updates {
                    rewrites.append((expectation, actual))
                } else {
                    let difference = lineDifference(expected: expectation.text, actual: actual)
                    record("\(specCase.title): \(expectation.kind) differs\n\(difference)", line: expectation.line)
                }
            }
        }
        if !rewrites.isEmpty {
            try rewritten(rewrites).write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    /// Whether expectations are to be rewritten rather than compared.
    package static var updates: Bool {
        ProcessInfo.processInfo.environment["UPDATE_SPECS"] == "1"
    }

    /// The text of the document with other contents in some of its blocks.
    func rewritten(_ rewrites: [(block: CodeBlock, actual: String)]) -> String {
        var lines = lines
        // From the end, so that the line numbers before stay right.
        for (block, actual) in rewrites.sorted(by: { $0.block.line > $1.block.line }) {
            let fence = block.fence(enclosing: actual)
            let content = actual.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            let opening = fence + (block.info.isEmpty ? "" : block.info)
            lines.replaceSubrange(
                (block.lines.lowerBound - 1)..<block.lines.upperBound, with: [opening] + content + [fence])
        }
        return lines.joined(separator: "\n")
    }

    private func record(_ message: String, line: Int) {
        let name = URL(fileURLWithPath: path).lastPathComponent
        Issue.record(
            Comment(rawValue: message),
            sourceLocation: SourceLocation(fileID: "Specs/\(name)", filePath: path, line: line, column: 1))
    }
}
