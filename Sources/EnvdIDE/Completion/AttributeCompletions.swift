import EnvdAnalysis
import EnvdLanguage
import EnvdSyntax

extension CompletionCollector {
    /// What can stand behind a dot: what a module, a struct or a state holds, the methods of a value, and templates that turn the value
    /// before the dot into something else.
    mutating func addAttributes(of dot: DotExpr) {
        guard let base = dot.base, let semantics = checked.semantics(at: dot.range.lowerBound) else { return }
        let type = semantics.type(of: base)
        for (name, attribute) in semantics.attributes(of: type) where matches(name) && !name.hasPrefix("_") {
            let meaning = semantics.meaning(ofAttribute: name, of: type)
            let isFunction = if case .function = attribute { true } else { false }
            let isMember = if case .moduleMember? = meaning { true } else { false }
            var item = Completion(
                name, isFunction ? (isMember ? .function : .method) : .field, rank: rank(.local, attribute),
                detail: detail(of: attribute), origin: owner(of: meaning),
                documentation: meaning.map { .meaning($0) } ?? .none)
            if isFunction { item = withCall(item, attribute) }
            add(item)
        }
        if case .module = type { return addOldFunctions(of: base) }
        addTemplates(for: base, type, dot)
    }

    /// Functions that are gone, so that whoever looks for one is told its successor.
    private mutating func addOldFunctions(of base: Expr) {
        guard prefix.count > 2, case .name(let name) = base, let module = name.name?.text else { return }
        for (old, successor) in OldAPI.functions
        where old.hasPrefix(module + ".") && successor.name.hasPrefix(module + ".") {
            var item = Completion(
                String(old.dropFirst(module.utf8.count + 1)), .function, rank: Completion.Rank(.other),
                insertion: String(successor.name.dropFirst(module.utf8.count + 1)), origin: "now \(successor.name)",
                documentation: .text("Older versions of envd had this function. It is now `\(successor.name)`."))
            item.isDeprecated = true
            add(item)
        }
    }

    private func owner(of meaning: Meaning?) -> String {
        switch meaning {
        case .moduleMember(_, let module): module
        case .hostMember(_, let type): type
        case .method(_, let table): table
        default: ""
        }
    }
}

// MARK: - Templates

/// What a value before a dot can be turned into: `names.for` into a loop over it.
private struct PostfixTemplate {
    let name: String
    let description: String
    /// With `%` for the value.
    let text: String
    /// Whether it makes a statement, so that the value has to be one.
    let isStatement: Bool
    let suits: @Sendable (Type) -> Bool

    static let all: [PostfixTemplate] = [
        PostfixTemplate(
            name: "for", description: "for item in value:", text: "for ${1:item} in %:\n\t$0", isStatement: true,
            suits: { $0.element != nil }),
        PostfixTemplate(
            name: "if", description: "if value:", text: "if %:\n\t$0", isStatement: true, suits: { _ in true }),
        PostfixTemplate(
            name: "ifnot", description: "if not value:", text: "if not %:\n\t$0", isStatement: true,
            suits: { _ in true }),
        PostfixTemplate(
            name: "return", description: "return value", text: "return %$0", isStatement: true, suits: { _ in true }),
        PostfixTemplate(
            name: "var", description: "name = value", text: "${1:name} = %$0", isStatement: true, suits: { _ in true }),
        PostfixTemplate(
            name: "print", description: "print(value)", text: "print(%)$0", isStatement: true, suits: { _ in true }),
        PostfixTemplate(
            name: "not", description: "not value", text: "not %$0", isStatement: false, suits: { _ in true }),
        PostfixTemplate(
            name: "len", description: "len(value)", text: "len(%)$0", isStatement: false,
            suits: { type in
                type.members.contains {
                    $0 == .unknown || $0 == .string || $0 == .bytes || $0.element != nil || $0.mayBe(.string)
                }
            }),
        PostfixTemplate(
            name: "str", description: "str(value)", text: "str(%)$0", isStatement: false, suits: { $0 != .string }),
        PostfixTemplate(
            name: "type", description: "type(value)", text: "type(%)$0", isStatement: false, suits: { _ in true }),
        PostfixTemplate(
            name: "sorted", description: "sorted(value)", text: "sorted(%)$0", isStatement: false,
            suits: { $0.element != nil }),
        PostfixTemplate(
            name: "list", description: "list(value)", text: "list(%)$0", isStatement: false,
            suits: { $0.element != nil }),
    ]
}

extension CompletionCollector {
    fileprivate mutating func addTemplates(for base: Expr, _ type: Type, _ dot: DotExpr) {
        guard let dotToken = dot.dot else { return }
        let isAlone = dot.node.parent?.kind == .exprStmt
        let value = base.node.text
        // What spans lines is laid out by hand, and a name that means nothing may be half a word.
        guard !value.contains(where: \.isNewline) else { return }
        for template in PostfixTemplate.all where template.suits(type) && (isAlone || !template.isStatement) {
            if template.isStatement, !options.takesSnippets, template.text.contains("\n") { continue }
            var item = Completion(
                template.name, .snippet, rank: Completion.Rank(.template), detail: "", origin: template.description)
            if options.takesSnippets {
                item.insertion = template.text.replacing("%", with: CallInsertion.escaped(value))
                item.format = .snippet
            } else {
                item.insertion = template.text.replacing("$0", with: "").replacing("${1:name}", with: "name")
                    .replacing("%", with: value)
            }
            let removed = base.range.lowerBound..<dotToken.range.upperBound
            guard removed.upperBound <= place.word.lowerBound else { continue }
            item.otherEdits = [ReplacementEdit(range: removed, replacement: [])]
            item.documentation = .text("`\(value).\(template.name)` becomes `\(template.description)`.")
            add(item)
        }
    }
}
