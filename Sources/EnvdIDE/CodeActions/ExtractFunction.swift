import EnvdAnalysis
import EnvdSyntax

// Makes a function of selected statements. It takes the variables that they read and gives back those that they write.

let extractFunction = CodeActionProvider(name: "extract-function", kind: .extract) { place in
    guard let found = ExtractedStatements(place) else { return [] }
    return [
        place.offer("extract-function", "Extract into a function", .extract) { found.edit(place.analysis) }
    ]
}

/// Selected statements of one block, with what they share with the rest of their function.
private struct ExtractedStatements {
    let statements: [SyntaxNode]
    let whole: SyntaxNode
    var parameters: [String] = []
    var results: [String] = []

    /// In UTF-8 bytes of the file.
    private let range: Range<Int>

    /// Nil if it is not certain that the program stays the same.
    init?(_ place: CodeActionPlace) {
        guard !place.range.isEmpty, let statements = ExtractedStatements.selected(place),
            let first = statements.first, let last = statements.last
        else { return nil }
        self.statements = statements
        whole = first.topLevelStatement
        range = first.range.lowerBound..<last.range.upperBound
        guard whole.kind == .defStmt, !whole.isBroken, let function = first.enclosingFunction,
            function.kind == .defStmt, place.file.indentation(before: first.range.lowerBound) != nil,
            ExtractedStatements.endsLine(last), !leavesEarly,
            !statements.contains(where: { $0.descendants.contains(where: ExtractedStatements.makesFunction) }),
            let names = place.analysis.checked.ownNames(at: whole.range.lowerBound)
        else { return nil }
        guard collect(names, function) else { return nil }
    }

    /// The statements that a selection covers, but for blanks and comments at its ends.
    private static func selected(_ place: CodeActionPlace) -> [SyntaxNode]? {
        guard let first = place.file.token(at: place.range.lowerBound)?.parent?.statement else { return nil }
        func isCovered(_ node: SyntaxNode) -> Bool {
            place.range.lowerBound <= node.range.lowerBound && node.range.upperBound <= place.range.upperBound
        }
        var start = first
        // The outermost that begins there and is covered as a whole.
        while let outer = start.parent?.statement, outer.range.lowerBound == start.range.lowerBound, isCovered(outer) {
            start = outer
        }
        guard isCovered(start), let suite = start.parent, suite.kind == .suite else { return nil }
        let statements = suite.children.filter { child in
            child.range.lowerBound < place.range.upperBound && child.range.upperBound > place.range.lowerBound
        }
        guard statements.first == start, statements.allSatisfy({ isCovered($0) && Stmt.accepts($0.kind) }) else {
            return nil
        }
        return statements
    }

    /// Whether nothing else stands on the line behind a statement.
    private static func endsLine(_ statement: SyntaxNode) -> Bool {
        switch statement.lastToken?.kind {
        case .newline?, .dedent?: true
        default: false
        }
    }

    private static func makesFunction(_ node: SyntaxNode) -> Bool {
        switch node.kind {
        case .defStmt, .lambdaExpr, .loadStmt, .namedExpr, .yieldExpr, .typeAnnotation: true
        default: ForeignStmt.accepts(node.kind)
        }
    }

    /// Whether they may go elsewhere than to the statement behind them.
    private var leavesEarly: Bool {
        for statement in statements {
            for node in statement.descendants {
                switch node.kind {
                case .returnStmt: return true
                case .breakStmt, .continueStmt:
                    let loop = node.ancestors.first { $0.kind == .forStmt || $0.kind == .whileStmt }
                    guard let loop, range.lowerBound <= loop.range.lowerBound, loop.range.upperBound <= range.upperBound
                    else { return true }
                default: continue
                }
            }
        }
        return false
    }

    // MARK: - Variables

    private mutating func collect(_ names: NameResolution, _ function: SyntaxNode) -> Bool {
        func isInside(_ place: Range<Int>) -> Bool { range.contains(place.lowerBound) }
        for id in 0..<names.ownBindingCount {
            let binding = names.bindings[id]
            guard binding.scope != 0 else { continue }
            let uses = names.uses.filter { $0.binding == id }
            let written = binding.occurrences.filter { isInside($0.range) }
            let isRead = uses.contains { isInside($0.range) }
            guard isRead || !written.isEmpty else { continue }
            let scope = names.scopes[binding.scope]
            // The variable of a comprehension within the statements goes with it.
            if scope.kind == .comprehension {
                guard range.contains(scope.start) else { return false }
                continue
            }
            let isOwn = scope.start == function.range.lowerBound
            guard isOwn else {
                // A variable of a function around this one may change at any time, but for a parameter that nobody assigns.
                guard written.isEmpty, binding.occurrences.count == 1, binding.isParameter else { return false }
                parameters.append(names.name(of: binding))
                continue
            }
            // Who remembers the variable would see another one.
            if uses.contains(where: { isInNested($0.scope, of: binding.scope, names) }), !written.isEmpty {
                return false
            }
            let isBoundBefore = binding.occurrences.contains { !isInside($0.range) }
            if isBoundBefore {
                guard isCertain(binding, function) else { return false }
                parameters.append(names.name(of: binding))
            } else {
                guard isWrittenFirst(binding, uses, function) else { return false }
            }
            if !written.isEmpty, uses.contains(where: { !isInside($0.range) }) {
                guard isBoundBefore || isAlwaysWritten(binding) else { return false }
                results.append(names.name(of: binding))
            }
        }
        return true
    }

    private func isInNested(_ scope: Scope.ID, of own: Scope.ID, _ names: NameResolution) -> Bool {
        var next: Scope.ID? = scope
        while let current = next, current != own {
            if names.scopes[current].kind == .function { return true }
            next = names.scopes[current].parent
        }
        return false
    }

    /// Whether a variable has a value in any case when the statements begin: a parameter, what is assigned above in a block
    /// around them, the variable of a loop around them.
    private func isCertain(_ binding: Binding, _ function: SyntaxNode) -> Bool {
        binding.occurrences.contains { occurrence in
            if occurrence.isParameter { return true }
            guard occurrence.effect <= range.lowerBound,
                let statement = whole.content == statements[0].content
                    ? enclosingStatement(of: occurrence.range.lowerBound) : nil
            else { return false }
            switch statement.kind {
            case .assignStmt:
                guard AssignStmt(statement)?.op?.kind == .equal else { return false }
                return statement.parent.map { suite in statements[0].ancestors.contains { $0 == suite } } ?? false
            case .forStmt: return ForStmt(statement)?.suite.map { isAround($0.node) } ?? false
            case .defStmt:
                return statement.parent.map { suite in statements[0].ancestors.contains { $0 == suite } } ?? false
            default: return false
            }
        }
    }

    private func isAround(_ node: SyntaxNode) -> Bool { statements[0].ancestors.contains { $0 == node } }

    private func enclosingStatement(of offset: Int) -> SyntaxNode? {
        var found: SyntaxNode?
        for node in whole.descendants where node.range.contains(offset) && Stmt.accepts(node.kind) { found = node }
        return found
    }

    /// Whether the statements give a variable a value before they read it, if only they bind it.
    private func isWrittenFirst(_ binding: Binding, _ uses: [NameUse], _ function: SyntaxNode) -> Bool {
        if isAlwaysWritten(binding) {
            guard let first = firstAssignment(binding) else { return false }
            return uses.allSatisfy {
                !range.contains($0.range.lowerBound) || $0.range.lowerBound > first.range.upperBound
            }
        }
        // The variable of a loop that nobody reads outside of it.
        let loops = binding.occurrences.map { enclosingStatement(of: $0.range.lowerBound).flatMap(ForStmt.init) }
        return uses.allSatisfy { use in
            loops.contains { $0?.suite?.range.contains(use.range.lowerBound) ?? false }
        }
    }

    private func isAlwaysWritten(_ binding: Binding) -> Bool { firstAssignment(binding) != nil }

    private func firstAssignment(_ binding: Binding) -> SyntaxNode? {
        statements.first { statement in
            guard let assignment = AssignStmt(statement), assignment.op?.kind == .equal, let target = assignment.target
            else { return false }
            return binding.occurrences.contains { target.range.contains($0.range.lowerBound) }
        }
    }

    // MARK: - The edit

    func edit(_ analysis: FileAnalysis) -> ProjectEdit? {
        let file = analysis.file
        guard let first = statements.first, let last = statements.last else { return nil }
        let start = first.range.lowerBound
        guard let indentation = file.indentation(before: start) else { return nil }
        let lineBreak = file.lineBreak(near: whole.range.lowerBound)
        let name = analysis.freshName("extracted")
        let end = file.lineEnd(of: max(start, last.range.upperBound))
        let step = "    "
        var body = ""
        for line in lines(file, start, end) {
            body += reindented(line, from: indentation, to: step, file) + lineBreak
        }
        if !results.isEmpty { body += "\(step)return \(results.joined(separator: ", "))\(lineBreak)" }
        let call = "\(name)(\(parameters.joined(separator: ", ")))"
        let statement = results.isEmpty ? call : "\(results.joined(separator: ", ")) = \(call)"
        let place = placeBefore(whole, file)
        let definition =
            "def \(name)(\(parameters.joined(separator: ", "))):\(lineBreak)\(body)\(lineBreak)\(lineBreak)"
        return ProjectEdit(
            SourceEdit(range: place..<place, replacement: definition),
            SourceEdit(range: start..<end, replacement: statement))
    }

    /// The lines of the statements, each with whether a text began on an earlier one, so that its blanks belong to the text.
    private func lines(_ file: SourceFile, _ start: Int, _ end: Int) -> [(range: Range<Int>, isInText: Bool)] {
        var found: [(range: Range<Int>, isInText: Bool)] = []
        var at = start
        while at < end || found.isEmpty {
            let lineEnd = min(file.lineEnd(of: at), end)
            let token = file.token(at: at)
            let isInText = token.map { $0.range.lowerBound < at && at < $0.range.upperBound } ?? false
            found.append((at..<lineEnd, isInText && !found.isEmpty))
            let next = file.nextLineStart(of: at)
            if next <= at { break }
            at = next
        }
        return found
    }

    private func reindented(
        _ line: (range: Range<Int>, isInText: Bool), from old: String, to new: String, _ file: SourceFile
    ) -> String {
        let text = file.text(in: line.range)
        if line.isInText { return text }
        if line.range.lowerBound == statements[0].range.lowerBound { return new + text }
        if text.allSatisfy({ $0 == " " || $0 == "\t" }) { return "" }
        return text.hasPrefix(old) ? new + text.dropFirst(old.count) : text
    }

    /// Before a statement of the top level and the comments that stand directly above it.
    private func placeBefore(_ statement: SyntaxNode, _ file: SourceFile) -> Int {
        var place = statement.range.lowerBound
        guard let token = statement.firstToken else { return place }
        for piece in token.leadingTrivia.reversed() {
            switch piece.kind {
            case .comment: place = piece.range.lowerBound
            case .lineBreak:
                // A blank line ends what belongs to the statement.
                if file.lineStart(of: piece.range.lowerBound) == piece.range.lowerBound { return place }
            case .blanks: continue
            default: return place
            }
        }
        return place
    }
}
