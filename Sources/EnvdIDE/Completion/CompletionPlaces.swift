import EnvdAnalysis
import EnvdSyntax

extension FileAnalysis {
    /// What can be typed at an offset, in a program that need not be complete.
    ///
    /// - Parameters:
    ///   - offset: in UTF-8 bytes.
    ///   - trigger: the character whose typing made the editor ask, if that was so.
    package func completions(at offset: Int, _ options: CompletionAbilities, trigger: String? = nil) -> CompletionList {
        let place = CursorPlace(file, offset)
        let empty = CompletionList(replaced: place.word)
        if case .string(let token) = place.kind { return completions(in: token, place, options) }
        // These are typed all the time where nothing is to be chosen.
        if trigger == "/" || trigger == "\"" || trigger == "'" { return empty }
        let typed = file.bytes(in: place.typed)
        func collector(wanted: Type? = nil) -> CompletionCollector {
            CompletionCollector(self, options, place, prefix: typed, wanted: wanted)
        }
        switch place.kind {
        case .nothing, .string: return empty
        case .comment:
            var collector = collector()
            return collector.addRules() ?? collector.addTypesOfComment() ?? empty
        case .attribute(let dot):
            var collector = collector(wanted: wantedType(of: .dot(dot)))
            collector.addAttributes(of: dot)
            return collector.list(replacing: place.word)
        case .statement:
            var collector = collector()
            collector.addStatements()
            collector.addNames()
            collector.addLoadableNames()
            return collector.list(replacing: place.word)
        case .argument, .expression:
            let wanted = wantedType(at: place)
            var collector = collector(wanted: wanted)
            if case .argument = place.kind { collector.addArguments() }
            collector.addValues()
            // Such a character is typed all the time: names are shown only beside something to choose from.
            if let trigger, ["(", "=", "[", ","].contains(trigger), collector.items.isEmpty { return empty }
            collector.addNames()
            collector.addExpressionKeywords()
            collector.addLoadableNames()
            return collector.list(replacing: place.word)
        case .annotation:
            var collector = collector()
            collector.addTypes()
            return collector.list(replacing: place.word)
        case .expressionEnd:
            guard place.wordToken != nil else { return empty }
            var collector = collector()
            collector.addOperators()
            return collector.list(replacing: place.word)
        case .loadArgument(let load):
            var collector = collector()
            collector.addLoadArguments(load)
            return collector.list(replacing: place.word)
        }
    }

    /// The type of a value that can stand where an expression stands.
    private func wantedType(of expression: Expr) -> Type? {
        guard let parent = expression.node.parent, let semantics = checked.semantics(at: parent.range.lowerBound) else {
            return nil
        }
        return wantedType(within: parent, at: expression.range.lowerBound, semantics)
    }
}
