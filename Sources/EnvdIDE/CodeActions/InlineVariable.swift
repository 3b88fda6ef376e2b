import EnvdAnalysis
import EnvdSyntax

// Puts the value of a variable where the variable is read, and takes the variable away.

let inlineVariable = CodeActionProvider(name: "inline-variable", kind: .inline) { place in
    guard let found = InlinedVariable(place) else { return [] }
    return [
        place.offer("inline-variable", "Inline '\(found.name)'", .inline) { found.edit(place.analysis) }
    ]
}

/// A variable whose value may as well stand where it is read.
private struct InlinedVariable {
    let name: String
    let assignment: SyntaxNode
    let value: SyntaxNode
    let uses: [Range<Int>]

    /// Nil if it is not certain that the program stays the same.
    init?(_ place: CodeActionPlace) {
        guard let token = place.touchedToken, token.kind == .identifier, !token.content.hasDiagnostics,
            let meaning = place.analysis.checked.semantics(at: token.range.lowerBound)?.meaning(of: token)
        else { return nil }
        let occurrences: [Binding.Occurrence]
        switch meaning {
        case .local(let local): (name, occurrences) = (local.name, local.occurrences)
        case .global(let global):
            (name, occurrences) = (global, place.analysis.checked.global(global)?.occurrences ?? [])
        default: return nil
        }
        let file = place.file
        guard occurrences.count == 1, occurrences[0].kind == .variable,
            let assignment = file.token(at: occurrences[0].range.lowerBound)?.parent?.parent.flatMap(AssignStmt.init),
            assignment.op?.kind == .equal, assignment.typeAnnotation == nil,
            case .name(let target)? = assignment.target, target.range == occurrences[0].range,
            let value = assignment.value, !assignment.node.isBroken,
            file.indentation(before: assignment.range.lowerBound) != nil,
            assignment.node.lastToken?.kind == .newline
        else { return nil }
        self.assignment = assignment.node
        self.value = value.node
        let found = place.analysis.references(to: meaning, isCancelled: { false })
        // What other files load stays.
        guard found.allSatisfy({ $0.file == .current && $0.role != .load }) else { return nil }
        uses = found.filter { $0.role == .read }.map(\.range)
        guard !uses.isEmpty, isCertain(file, place.analysis) else { return nil }
    }

    private func isCertain(_ file: SourceFile, _ analysis: FileAnalysis) -> Bool {
        // A comment within the value would go to a place that it says nothing about.
        guard !file.hasComment(in: value.range) else { return false }
        let areSound = uses.allSatisfy {
            !isAnnotated($0, file) && !(file.token(at: $0.lowerBound)?.content.hasDiagnostics ?? true)
        }
        guard areSound else { return false }
        if EvaluationOrder.isConstant(value) {
            return uses.allSatisfy { isBehind($0, file) && !isChanged($0, file) }
        }
        guard uses.count == 1, let node = file.token(at: uses[0].lowerBound)?.parent, node.kind == .nameExpr,
            let statement = node.statement, statement.parent == assignment.parent,
            EvaluationOrder.isFirst(node, in: statement), isNext(statement, file, analysis)
        else { return false }
        return true
    }

    /// Whether a place is reached only when the variable has its value: it stands behind, in the same block or within it.
    private func isBehind(_ use: Range<Int>, _ file: SourceFile) -> Bool {
        guard use.lowerBound >= assignment.range.upperBound, let node = file.token(at: use.lowerBound)?.parent else {
            return false
        }
        guard let suite = assignment.parent else { return true }
        return node.ancestors.contains { $0 == suite }
    }

    /// `x += 1` reads the variable and gives it a value.
    private func isChanged(_ use: Range<Int>, _ file: SourceFile) -> Bool {
        guard let parent = file.token(at: use.lowerBound)?.parent?.parent, let other = AssignStmt(parent) else {
            return false
        }
        return other.target?.range.contains(use.lowerBound) ?? false
    }

    private func isAnnotated(_ use: Range<Int>, _ file: SourceFile) -> Bool {
        file.token(at: use.lowerBound)?.parent?.ancestors.contains {
            $0.kind == .typeAnnotation || $0.kind == .returnAnnotation
        } ?? true
    }

    /// Whether a statement comes right after the assignment.
    private func isNext(_ statement: SyntaxNode, _ file: SourceFile, _ analysis: FileAnalysis) -> Bool {
        if let suite = assignment.parent {
            let statements = Array(suite.children)
            guard let index = statements.firstIndex(of: assignment), index + 1 < statements.count else { return false }
            return statements[index + 1] == statement
        }
        guard statement.parent == nil, statement.range.lowerBound > assignment.range.lowerBound else { return false }
        let end = assignment.lastToken?.range.upperBound ?? assignment.range.upperBound
        let between = file.bytes(in: end..<statement.range.lowerBound)
        if assignment.content == statement.content {
            let statements = assignment.content.statements(at: assignment.chunkOffset)
            guard let index = statements.firstIndex(of: assignment) else { return false }
            return index + 1 < statements.count && statements[index + 1] == statement
        }
        // Only comments and blank lines are between two statements of the top level that follow each other.
        var isComment = false
        for byte in between {
            switch byte {
            case 0x0A, 0x0D: isComment = false
            case UInt8(ascii: "#"): isComment = true
            case 0x20, 0x09: continue
            default: if !isComment { return false }
            }
        }
        return true
    }

    // MARK: - The edit

    func edit(_ analysis: FileAnalysis) -> ProjectEdit? {
        let file = analysis.file
        var edits = [removal(file)]
        let text = file.text(in: value.range)
        for use in uses {
            guard let node = file.token(at: use.lowerBound)?.parent else { return nil }
            edits.append(file.replacing(use, withAtom: needsParentheses(node) ? "(\(text))" : text))
        }
        return ProjectEdit(edits)
    }

    private func removal(_ file: SourceFile) -> SourceEdit {
        let range = assignment.range
        if let suite = assignment.parent, suite.kind == .suite,
            suite.children.filter({ Stmt.accepts($0.kind) }).count == 1
        {
            return SourceEdit(range: range, replacement: "pass")
        }
        let end = file.lineEnd(of: range.upperBound)
        let rest = file.bytes(in: range.upperBound..<end)
        if rest.contains(UInt8(ascii: "#")) || rest.contains(UInt8(ascii: ";")) {
            // A comment stays, on a line of its own.
            let blanks = rest.prefix { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ";") }.count
            return SourceEdit(range: range.lowerBound..<(range.upperBound + blanks), replacement: "")
        }
        return SourceEdit(
            range: file.lineStart(of: range.lowerBound)..<file.nextLineStart(of: range.upperBound), replacement: "")
    }

    private func needsParentheses(_ use: SyntaxNode) -> Bool {
        let parent = use.parent
        switch value.kind {
        case .nameExpr, .parenExpr, .listExpr, .dictExpr, .listComp, .dictComp: return false
        case .literalExpr:
            let isNumber = value.firstToken.map { $0.kind == .integer || $0.kind == .float } ?? false
            return isNumber && parent?.kind == .dotExpr
        case .callExpr, .dotExpr, .indexExpr, .sliceExpr: return spansLines && !isWithinBrackets(use)
        case .tupleExpr: return TupleExpr(value)?.leftParen == nil
        default: break
        }
        if spansLines, !isWithinBrackets(use) { return true }
        switch parent?.kind {
        case .argumentList?, .keywordArgument?, .listExpr?, .tupleExpr?, .returnStmt?, .parenExpr?, .exprStmt?,
            .assignStmt?:
            return false
        default: return true
        }
    }

    private var spansLines: Bool {
        value.content.bytes(
            in: (value.range.lowerBound - value.chunkOffset)..<(value.range.upperBound - value.chunkOffset)
        )
        .contains { $0 == 0x0A || $0 == 0x0D }
    }

    private func isWithinBrackets(_ node: SyntaxNode) -> Bool {
        for ancestor in node.ancestors {
            switch ancestor.kind {
            case .argumentList, .listExpr, .dictExpr, .parenExpr, .listComp, .dictComp: return true
            default: if Stmt.accepts(ancestor.kind) { return false }
            }
        }
        return false
    }
}
