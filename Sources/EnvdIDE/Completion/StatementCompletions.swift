import EnvdAnalysis
import EnvdSyntax

/// A statement that begins with a word of the language.
private struct StatementTemplate {
    let keyword: String
    /// With placeholders.
    let snippet: String
    let documentation: String
}

extension CompletionCollector {
    /// The words that statements begin with at the place.
    mutating func addStatements() {
        let isInFunction =
            place.scopeNode.map { node in
                node.kind == .defStmt || node.ancestors.contains { $0.kind == .defStmt }
            } ?? false
        let isInLoop =
            place.scopeNode.map { node in
                node.kind == .forStmt || node.ancestors.prefix { $0.kind != .defStmt }.contains { $0.kind == .forStmt }
            } ?? false
        let isTest = analysis.place.isTest
        if isInFunction || isTest {
            add("if", "if ${1:condition}:\n\t$0", "Run statements if a condition holds.")
            add("for", "for ${1:item} in ${2:items}:\n\t$0", "Run statements for each element.")
            add("elif", "elif ${1:condition}:\n\t$0", "Another condition, if those above do not hold.")
            add("else", "else:\n\t$0", "What to do if no condition above holds.")
            if checked.fileDialect.contains(.whileLoops) {
                add("while", "while ${1:condition}:\n\t$0", "Run statements as long as a condition holds.")
            }
        }
        add("pass", "pass", "Do nothing.")
        if isInFunction { add("return", "return $0", "End the function with a value.") }
        if isInLoop || isInFunction {
            add("break", "break", "Leave the loop.", rank: isInLoop ? .keyword : .other)
            add("continue", "continue", "Go on with the next element.", rank: isInLoop ? .keyword : .other)
        }
        // A file's top level defines and loads.
        let rank: Completion.Rank.Group = isInFunction || isTest ? .keyword : .optional
        add("def", "def ${1:name}($2):\n\t$0", "Define a function.", rank: rank)
        guard !isInFunction else { return }
        add("load", "load(\"${1:path}\", \"${2:name}\")$0", "Take names from another file.", rank: rank)
        if !isTest, checked.global("build") == nil {
            addSnippet(
                "build", "def build():\n\tbase(dev=True)\n\t$0", "def build():",
                "The function that envd runs to build the environment.")
        }
    }

    private mutating func add(
        _ keyword: String, _ snippet: String, _ documentation: String, rank: Completion.Rank.Group = .keyword
    ) {
        var item = Completion(keyword, .keyword, rank: Completion.Rank(rank), documentation: .text(documentation))
        if options.takesSnippets, snippet != keyword {
            item.insertion = snippet
            item.format = .snippet
        }
        add(item)
    }

    private mutating func addSnippet(_ name: String, _ snippet: String, _ plain: String, _ documentation: String) {
        var item = Completion(
            name, .snippet, rank: Completion.Rank(.required), insertion: plain, origin: plain,
            documentation: .text(documentation))
        if options.takesSnippets {
            item.insertion = snippet
            item.format = .snippet
        }
        add(item)
    }

    /// The words that expressions begin with.
    mutating func addExpressionKeywords() {
        for (word, text) in [("not", "Whether a value does not hold."), ("lambda", "A function without a name.")] {
            add(Completion(word, .keyword, rank: Completion.Rank(.keyword), documentation: .text(text)))
        }
        if place.brackets.map({ $0.kind != .argumentList && $0.kind != .parameterList }) ?? false {
            add(Completion("for", .keyword, rank: Completion.Rank(.keyword), documentation: .text("A comprehension.")))
        }
    }

    /// The words that can stand behind an expression.
    mutating func addOperators() {
        for (word, text) in [
            ("and", "The second value if the first holds."), ("or", "The first value if it holds, else the second."),
            ("in", "Whether a value is in a collection."), ("not in", "Whether a value is not in a collection."),
            ("if", "A value under a condition."), ("else", "The value if the condition does not hold."),
        ] {
            add(Completion(word, .keyword, rank: Completion.Rank(.keyword), documentation: .text(text)))
        }
        if let kind = place.brackets?.kind, kind != .parameterList {
            add(Completion("for", .keyword, rank: Completion.Rank(.keyword), documentation: .text("A comprehension.")))
        }
    }
}

extension CompletionCollector {
    /// The rules that a comment can silence, if the cursor is in the brackets of such a comment.
    mutating func addRules() -> CompletionList? {
        guard case .comment = place.kind, let comment = analysis.suppressedRules(at: place.offset) else { return nil }
        var collector = CompletionCollector(
            analysis, options, place, prefix: file.bytes(in: comment.typed.lowerBound..<place.offset), wanted: nil)
        for rule in allRules {
            collector.add(
                Completion(
                    rule.code, .value, rank: Completion.Rank(.expected), origin: rule.group.rawValue,
                    documentation: .text(rule.summary)))
        }
        return collector.list(replacing: comment.typed)
    }
}
