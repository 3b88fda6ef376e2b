import EnvdAnalysis
import EnvdSyntax

// Gives a selected expression a name, in an assignment before its statement.

let extractVariable = CodeActionProvider(name: "extract-variable", kind: .extract) { place in
    guard let found = ExtractedExpression(place) else { return [] }
    return [
        place.offer("extract-variable", "Extract into a variable", .extract) {
            found.edit(place.analysis)
        }
    ]
}

/// A selected expression that may be computed before its statement.
private struct ExtractedExpression {
    let expression: SyntaxNode
    let statement: SyntaxNode
    /// The blanks before the statement.
    let indentation: String

    /// Nil if it is not certain that the program stays the same.
    init?(_ place: CodeActionPlace) {
        guard !place.range.isEmpty, let node = ExtractedExpression.selected(place), let statement = node.statement,
            !statement.isBroken, let indentation = place.file.indentation(before: statement.range.lowerBound)
        else { return nil }
        // What only a part of a name's meaning is, or no value at all.
        guard node.kind != .nameExpr, !ExtractedExpression.isNoValue(node) else { return nil }
        if EvaluationOrder.isConstant(node) {
            guard !ExtractedExpression.isDocstring(node) else { return nil }
        } else {
            guard EvaluationOrder.isFirst(node, in: statement) else { return nil }
        }
        expression = node
        self.statement = statement
        self.indentation = indentation
    }

    /// The expression that a selection covers, but for blanks at its ends.
    private static func selected(_ place: CodeActionPlace) -> SyntaxNode? {
        let text = place.file.bytes(in: place.range)
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        let front = text.prefix(while: isBlank).count
        let back = text.reversed().prefix(while: isBlank).count
        guard front + back < text.count else { return nil }
        let range = (place.range.lowerBound + front)..<(place.range.upperBound - back)
        var node = place.file.node(covering: range)
        // Of nodes with the same range the outermost is meant.
        while let parent = node?.parent, parent.range == range, Expr.accepts(parent.kind) { node = parent }
        guard let node, node.range == range, Expr.accepts(node.kind) else { return nil }
        return node
    }

    /// Whether the expression stands where no value is computed: what is assigned to, a type, the name of a parameter.
    private static func isNoValue(_ node: SyntaxNode) -> Bool {
        switch node.kind {
        case .starredExpr, .namedExpr, .yieldExpr, .awaitExpr, .errorExpr, .generatorExpr: return true
        default: break
        }
        var child = node
        while let parent = child.parent {
            switch parent.kind {
            case .typeAnnotation, .returnAnnotation, .parameterList, .loadStmt, .loadItem: return true
            case .assignStmt: return AssignStmt(parent)?.value?.node != child
            case .forStmt: return ForStmt(parent)?.target?.node == child
            case .compFor: if CompFor(parent)?.target?.node == child { return true }
            default: if Stmt.accepts(parent.kind) { return false }
            }
            child = parent
        }
        return false
    }

    private static func isDocstring(_ node: SyntaxNode) -> Bool { node.parent?.kind == .exprStmt }

    func edit(_ analysis: FileAnalysis) -> ProjectEdit? {
        let file = analysis.file
        let name = analysis.freshName(wish)
        var value = file.text(in: expression.range)
        let spansLines = value.utf8.contains { $0 == 0x0A || $0 == 0x0D }
        // Outside of the brackets that it stood in, a line break would end it.
        if spansLines, !isBracketed { value = "(\(value))" }
        if let whole = ExprStmt(statement), whole.value?.node == expression {
            return ProjectEdit(
                SourceEdit(
                    range: expression.range.lowerBound..<expression.range.lowerBound, replacement: "\(name) = "),
                SourceEdit(range: expression.range, replacement: value))
        }
        let start = statement.range.lowerBound
        let lineBreak = file.lineBreak(near: start)
        return ProjectEdit(
            SourceEdit(range: start..<start, replacement: "\(name) = \(value)\(lineBreak)\(indentation)"),
            file.replacing(expression.range, withAtom: name))
    }

    private var isBracketed: Bool {
        switch expression.kind {
        case .parenExpr, .listExpr, .dictExpr, .listComp, .dictComp, .setExpr, .setComp: true
        case .literalExpr: true
        default: false
        }
    }

    /// What the value is called where it stands: the parameter that it is for, what a call gets.
    private var wish: String {
        if let keyword = expression.parent.flatMap(KeywordArgument.init), let name = keyword.name?.text { return name }
        switch Expr(expression) {
        case .call(let call)?:
            let word: String? =
                switch call.callee {
                case .name(let name)?: name.name?.text
                case .dot(let dot)?: dot.name?.text
                default: nil
                }
            return word.map { $0.utf8.count > 2 ? "\($0)_result" : $0 } ?? "result"
        case .list?, .listComp?: return "items"
        case .dict?, .dictComp?: return "entries"
        case .dot(let dot)?: return dot.name?.text ?? "value"
        case .literal(let literal)?: return literal.token?.kind == .string ? "text" : "value"
        default: return "value"
        }
    }
}
