import EnvdAnalysis
import EnvdSyntax
import Terminal

/// A parsed file, as the `debug` commands show it.
struct DebugSource {
    private let name: String
    private let bytes: [UInt8]
    private let file: SourceFile
    private let diagnostics: [SyntaxDiagnostic]

    init(_ input: Input, dialect: Dialect) throws(CommandFailure) {
        name = input.displayName
        bytes = input.bytes
        file = try SourceFile(input)
        diagnostics = file.diagnostics + file.dialectDiagnostics(dialect)
    }

    /// The tree is lossless, and so are its tokens with the trivia between them.
    func verifyRoundTrip() throws(CommandFailure) {
        guard file.bytes == bytes else {
            throw CommandFailure("'\(name)': the tree does not print back to the text that it was made of")
        }
        var end = 0
        var rebuilt: [UInt8] = []
        for token in file.tokens {
            for piece in token.leadingTrivia {
                guard piece.range.lowerBound == end else { break }
                rebuilt += file.bytes(in: piece.range)
                end = piece.range.upperBound
            }
            rebuilt += token.bytes
            end = token.range.upperBound
        }
        guard rebuilt == bytes else {
            throw CommandFailure("'\(name)': the tokens and the trivia between them are not the text")
        }
    }

    /// Nodes by kind and range, tokens by kind, range and text; children are indented under their parents.
    func writeTree(to output: inout StandardOutput) {
        for statement in file.statements { write(statement, depth: 0, to: &output) }
        if let end = file.tokens.last { write(end, depth: 0, to: &output) }
    }

    func writeTokens(to output: inout StandardOutput) {
        for token in file.tokens {
            for piece in token.leadingTrivia {
                output.write("  \(piece.kind) \(piece.range) \(quoted(file.bytes(in: piece.range)))\n")
            }
            write(token, depth: 0, to: &output)
        }
    }

    /// Prints the findings, and ends with the exit status that they call for.
    func finish(_ output: inout StandardOutput) throws {
        for diagnostic in diagnostics {
            let position = file.position(at: diagnostic.range.lowerBound, encoding: .utf32)
            output.write("\(name):\(position.line + 1):\(position.column + 1): error: \(diagnostic.message)")
            output.write(" [\(diagnostic.code.name)]\n")
        }
        try output.flush()
        if !diagnostics.isEmpty { throw ExitStatus.findings }
    }

    private func write(_ node: SyntaxNode, depth: Int, to output: inout StandardOutput) {
        output.write("\(indentation(depth))\(node.kind) \(node.range)\n")
        for element in node.elements {
            switch element {
            case .node(let child): write(child, depth: depth + 1, to: &output)
            case .token(let token): write(token, depth: depth + 1, to: &output)
            }
        }
    }

    private func write(_ token: SyntaxToken, depth: Int, to output: inout StandardOutput) {
        output.write("\(indentation(depth))\(token.kind) \(token.range) \(quoted(token.bytes))\n")
    }

    private func indentation(_ depth: Int) -> String {
        String(repeating: "  ", count: depth)
    }
}

extension SourceFile {
    /// All tokens, the end of the file last.
    fileprivate var tokens: [SyntaxToken] {
        var tokens: [SyntaxToken] = []
        for (offset, _) in chunks {
            var next = token(at: offset)
            while let token = next {
                tokens.append(token)
                next = token.next
            }
        }
        return tokens
    }
}

/// The bytes between double quotes on one line, with what is not printable ASCII or a letter of UTF-8 as an escape.
private func quoted(_ bytes: [UInt8]) -> String {
    var result = "\""
    var rest = bytes[...]
    while let byte = rest.first {
        switch byte {
        case UInt8(ascii: "\""): result += "\\\""
        case UInt8(ascii: "\\"): result += "\\\\"
        case 0x0A: result += "\\n"
        case 0x0D: result += "\\r"
        case 0x09: result += "\\t"
        case 0x20..<0x7F: result.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            if let text = String(validating: rest.prefix(length), as: UTF8.self),
                let scalar = text.unicodeScalars.first,
                !scalar.disturbsTerminal, text.unicodeScalars.count == 1
            {
                result += text
                rest = rest.dropFirst(length)
                continue
            }
            result += "\\x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
        }
        rest = rest.dropFirst()
    }
    return result + "\""
}
