import EnvdSyntax

/// What a call of `format` gives.
struct FormatArguments {
    let format: BraceFormat
    let base: Expr
    let positional: [Expr]
    let keywords: [(name: String, range: Range<Int>)]
    /// `*args` or `**kwargs` may give more.
    let isOpen: Bool

    /// Nil unless it is the method of a string that is known.
    init?(_ call: CallExpr, in context: RuleContext) {
        guard case .dot(let dot)? = call.callee, dot.name?.isText("format") == true, let base = dot.base,
            let text = context.constant(base)?.text
        else { return nil }
        self.base = base
        format = BraceFormat(text)
        var positional: [Expr] = []
        var keywords: [(name: String, range: Range<Int>)] = []
        var isOpen = false
        if let list = call.argumentList {
            for argument in list.arguments {
                switch argument {
                case .expr(let value): positional.append(value)
                case .keywordArgument(let keyword):
                    if let name = keyword.name { keywords.append((name.text, keyword.range)) }
                case .unpackArgument: isOpen = true
                }
            }
        }
        self.positional = positional
        self.keywords = keywords
        self.isOpen = isOpen
    }
}
