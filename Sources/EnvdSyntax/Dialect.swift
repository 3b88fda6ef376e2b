/// What a program may use of the language. The parser reads all of it always; a dialect says what is a finding.
///
/// The options are those of starlark-go's `syntax.FileOptions`, and type annotations, which starlark-go does not parse.
package struct Dialect: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let set = Dialect(rawValue: 1 << 0)
    package static let whileLoops = Dialect(rawValue: 1 << 1)
    package static let topLevelControl = Dialect(rawValue: 1 << 2)
    package static let globalReassign = Dialect(rawValue: 1 << 3)
    package static let recursion = Dialect(rawValue: 1 << 4)
    package static let typeAnnotations = Dialect(rawValue: 1 << 5)

    /// What the real envd accepts in a `build.envd`: it switches on recursion alone.
    package static let envd: Dialect = [.recursion]
    /// The envd language of preludes and libraries that only these tools read.
    package static let library: Dialect = [.recursion, .typeAnnotations]
    /// All that starlark-go can be told to accept.
    package static let starlark: Dialect = [.set, .whileLoops, .topLevelControl, .globalReassign, .recursion]
    package static let everything: Dialect = [.starlark, .typeAnnotations]
}

extension SourceFile {
    /// Findings about statements that parse but that a dialect switches off, in source order. What a dialect says of
    /// names (`set`, reassigned globals) is not syntax and not told here.
    package func dialectDiagnostics(_ dialect: Dialect) -> [SyntaxDiagnostic] {
        chunks.flatMap { $0.chunk.dialectDiagnostics(dialect, at: $0.offset) }
    }
}

extension Chunk {
    /// A chunk's part of `SourceFile.dialectDiagnostics`, given where it begins in the file.
    package func dialectDiagnostics(_ dialect: Dialect, at offset: Int) -> [SyntaxDiagnostic] {
        var out: [SyntaxDiagnostic] = []
        var functionEnd = 0
        for index in 0..<Int(nodeCount) {
            let record = nodes[index]
            let kind = SyntaxKind(trusted: UInt8(truncatingIfNeeded: record.kind))
            if kind == .defStmt { functionEnd = max(functionEnd, index + Int(record.size)) }
            var node: SyntaxNode { SyntaxNode(content: content, chunkOffset: offset, index: index) }
            let code: SyntaxDiagnosticCode
            switch kind {
            case .typeAnnotation where !dialect.contains(.typeAnnotations),
                .returnAnnotation where !dialect.contains(.typeAnnotations):
                out.append(
                    SyntaxDiagnostic(
                        code: .typeAnnotation, range: node.range,
                        message: "envd does not read type annotations: say the type in the docstring"))
                continue
            case .whileStmt where !dialect.contains(.whileLoops): code = .whileLoop
            case .ifStmt, .forStmt, .whileStmt:
                if index < functionEnd || dialect.contains(.topLevelControl) { continue }
                code = .topLevelControl
            default: continue
            }
            guard let keyword = node.firstToken else { continue }
            let message =
                code == .whileLoop
                ? "envd has no while: use for … in range(n)"
                : "'\(keyword.text)' stands inside a function only"
            out.append(SyntaxDiagnostic(code: code, range: keyword.range, message: message))
        }
        return out
    }
}
