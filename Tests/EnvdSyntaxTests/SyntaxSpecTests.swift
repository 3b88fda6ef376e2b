import EnvdSyntax
import SpecSupport
import Testing

/// The documents under `Tests/Specs/syntax`: programs, and the tree or the findings that the parser makes of them.
@Suite struct SyntaxSpecTests {
    @Test(arguments: SpecDocument.paths(in: "syntax"))
    func specs(path: String) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            let bytes = specCase.source.bytes
            let file = SourceFile(bytes: bytes)
            if let problem = file.validate(against: bytes) { return problem + "\n" }
            switch expectation.kind {
            case "tree": return tree(of: file)
            case "tokens": return tokens(of: file)
            case "findings": return findings(file.diagnostics, in: file)
            case "envd-findings": return findings(file.dialectDiagnostics(.envd), in: file)
            case "outline": return outline(of: file)
            default: return nil
            }
        }
    }

    /// One node or token a line, indented by depth; the layout tokens left out.
    private func tree(of file: SourceFile) -> String {
        var out = ""
        func add(_ node: SyntaxNode, depth: Int) {
            let indent = String(repeating: "  ", count: depth)
            let elements = node.elements.filter {
                if case .token(let token) = $0 {
                    !["newline", "indent", "dedent"].contains("\(token.kind)")
                } else {
                    true
                }
            }
            if elements.count == 1, case .token(let token) = elements[0] {
                out += "\(indent)\(node.kind) \(token.text.debugDescription)\n"
                return
            }
            out += elements.isEmpty ? "\(indent)\(node.kind) (missing)\n" : "\(indent)\(node.kind)\n"
            for element in elements {
                switch element {
                case .node(let child): add(child, depth: depth + 1)
                case .token(let token): out += "\(indent)  \(token.text.debugDescription)\n"
                }
            }
        }
        for statement in file.statements { add(statement, depth: 0) }
        return out
    }

    /// One token a line with its kind, its text, and the trivia before it that is a comment.
    private func tokens(of file: SourceFile) -> String {
        var out = ""
        for (offset, _) in file.chunks {
            var token = file.token(at: offset).flatMap { $0.chunkOffset == offset ? $0 : nil }
            while let previous = token?.previous { token = previous }
            while let current = token {
                for trivia in current.leadingTrivia where trivia.kind == .comment || trivia.kind == .lineJoin {
                    out += "\(trivia.kind) \(file.text(in: trivia.range).debugDescription)\n"
                }
                out +=
                    current.range.isEmpty ? "\(current.kind)\n" : "\(current.kind) \(current.text.debugDescription)\n"
                token = current.next
            }
        }
        return out
    }

    /// Line, column and length of each finding, its code and its message. Lines and columns count from 1.
    private func findings(_ diagnostics: [SyntaxDiagnostic], in file: SourceFile) -> String {
        if diagnostics.isEmpty { return "none\n" }
        return diagnostics.map { diagnostic in
            let position = file.position(at: diagnostic.range.lowerBound, encoding: .utf32)
            return "\(position.line + 1):\(position.column + 1)+\(diagnostic.range.count) [\(diagnostic.code.name)] "
                + diagnostic.message + "\n"
        }.joined()
    }

    /// The top-level statements: kind, and the text of the first line.
    private func outline(of file: SourceFile) -> String {
        file.statements.map { "\($0.kind): \($0.text.prefix { !$0.isNewline })\n" }.joined()
    }
}
