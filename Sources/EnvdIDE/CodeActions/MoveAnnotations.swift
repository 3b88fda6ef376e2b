import EnvdAnalysis
import EnvdSyntax

// Says types where envd reads over them: in a function's docstring, or in a comment behind an assignment. envd itself refuses
// annotations.

let moveAnnotations = CodeActionProvider(name: "move-annotations", kind: .quickFix) { place in
    let findings = place.findings.filter { $0.code == "type-annotation" }
    if let node = place.enclosing({ $0 == .assignStmt }), let assignment = AssignStmt(node),
        let annotation = assignment.typeAnnotation, let type = annotation.type, assignment.value != nil
    {
        let file = place.file
        let end = assignment.range.upperBound
        let rest = file.bytes(in: end..<file.lineEnd(of: end))
        guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), !node.content.hasDiagnostics, isOneLine(type.node) else {
            return []
        }
        return [
            place.offer(
                "move-annotations:assignment", "Move the type into a comment", .quickFix, isPreferred: true,
                findings: findings
            ) {
                ProjectEdit(
                    SourceEdit(range: annotation.range, replacement: ""),
                    SourceEdit(range: end..<(end + rest.count), replacement: "  # type: \(file.text(in: type.range))"))
            }
        ]
    }
    guard let node = place.enclosing({ $0 == .defStmt }), let function = DefStmt(node),
        let moving = AnnotationMove(function, place.file), moving.touches(place.range) || !findings.isEmpty
    else { return [] }
    return [
        place.offer(
            "move-annotations:\(node.range.lowerBound)", "Move the types into the docstring", .quickFix,
            isPreferred: true, findings: findings
        ) { moving.edit.map { ProjectEdit($0) } }
    ]
}

private func isOneLine(_ node: SyntaxNode) -> Bool { !node.text.utf8.contains { $0 == 0x0A || $0 == 0x0D } }

/// The annotations of a function, and where its docstring takes them.
private struct AnnotationMove {
    private let function: DefStmt
    private let file: SourceFile
    private var parameters: [(name: String, type: String, range: Range<Int>)] = []
    private var result: (type: String, range: Range<Int>)?

    /// Nil if there are none, or they cannot be moved.
    init?(_ function: DefStmt, _ file: SourceFile) {
        self.function = function
        self.file = file
        guard !function.node.content.hasDiagnostics else { return nil }
        for parameter in function.parameterList?.parameters.map({ $0 }) ?? [] {
            guard let annotation = parameter.typeAnnotation, let type = annotation.type else { continue }
            guard let name = parameter.name?.text, isOneLine(type.node) else { return nil }
            parameters.append(
                ((parameter.prefix?.text ?? "") + name, file.text(in: type.range), annotation.range))
        }
        if let annotation = function.returnAnnotation, let type = annotation.type {
            guard isOneLine(type.node) else { return nil }
            result = (file.text(in: type.range), annotation.range)
        }
        guard !parameters.isEmpty || result != nil, function.suite?.indent != nil else { return nil }
    }

    /// Whether a range is in the head of the function.
    func touches(_ range: Range<Int>) -> Bool {
        let end = function.colon?.range.upperBound ?? function.range.upperBound
        return function.range.lowerBound <= range.lowerBound && range.upperBound <= end
    }

    var edit: [SourceEdit]? {
        var edits = parameters.map { SourceEdit(range: $0.range, replacement: "") }
        if let result {
            // The blank before the arrow goes too.
            var start = result.range.lowerBound
            while start > 0, file.bytes(in: (start - 1)..<start).first == 0x20 { start -= 1 }
            edits.append(SourceEdit(range: start..<result.range.upperBound, replacement: ""))
        }
        guard let first = function.suite?.statements.first(where: { _ in true }) else { return nil }
        let start = first.range.lowerBound
        guard let indentation = file.indentation(before: start) else { return nil }
        let lineBreak = file.lineBreak(near: start)
        if let token = docstring(first) {
            guard let insertion = insertion(token, indentation, lineBreak) else { return nil }
            return edits + [insertion]
        }
        let text = "\"\"\"" + sections(indentation, lineBreak, isFirst: true) + "\"\"\"\(lineBreak)\(indentation)"
        return edits + [SourceEdit(range: start..<start, replacement: text)]
    }

    private func docstring(_ statement: Stmt) -> SyntaxToken? {
        guard case .literal(let literal)? = ExprStmt(statement.node)?.value, let token = literal.token,
            token.kind == .string
        else { return nil }
        return token
    }

    /// The sections of Google's style, the last line ending in blanks for the quotes.
    private func sections(_ indentation: String, _ lineBreak: String, isFirst: Bool) -> String {
        var text = ""
        func add(_ line: String) { text += lineBreak + indentation + line }
        if !parameters.isEmpty {
            if isFirst { text += "Args:" } else { add("Args:") }
            for parameter in parameters { add("    \(parameter.name) (\(parameter.type)):") }
        }
        if let result {
            if !parameters.isEmpty { text += lineBreak }
            if isFirst, parameters.isEmpty { text += "Returns:" } else { add("Returns:") }
            add("    \(result.type):")
        }
        return text + lineBreak + indentation
    }

    /// Behind what the docstring says already; nil if it has such sections, or is written in one line's quotes.
    private func insertion(_ token: SyntaxToken, _ indentation: String, _ lineBreak: String) -> SourceEdit? {
        guard token.quoteWidth == 3, !token.isBroken else { return nil }
        let content = token.contentRange
        let text = file.bytes(in: content)
        let marks = ["Args:", "Arguments:", "Parameters:", "Returns:", "Return:", "Parameters\n", ":param", ":rtype"]
        guard !marks.contains(where: { mark in text.indices.contains { text[$0...].starts(with: mark.utf8) } }) else {
            return nil
        }
        let blanks = text.reversed().prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }.count
        let start = content.upperBound - blanks
        return SourceEdit(
            range: start..<content.upperBound,
            replacement: (blanks < text.count ? lineBreak : "") + sections(indentation, lineBreak, isFirst: false))
    }
}
