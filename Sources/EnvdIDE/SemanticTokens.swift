import EnvdAnalysis
import EnvdSyntax

/// What a token is, beyond what its letters show, for colours.
package struct SemanticToken: Hashable, Sendable {
    package enum Kind: UInt8, Sendable, CaseIterable {
        case namespace, type, parameter, variable, property, function, method
        // What a client's own grammar knows too.
        case keyword, comment, string, number, `operator`

        /// As the protocol calls them, in their order. To interpolate a case would have the runtime look through all that it knows.
        package static let names = [
            "namespace", "type", "parameter", "variable", "property", "function", "method", "keyword", "comment",
            "string", "number", "operator",
        ]

        package var name: String { Kind.names[Int(rawValue)] }
    }

    package struct Modifiers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The name gets its value here.
        package static let declaration = Modifiers(rawValue: 1)
        /// A name in capitals.
        package static let readonly = Modifiers(rawValue: 2)
        /// Of the language or the API.
        package static let defaultLibrary = Modifiers(rawValue: 4)
        package static let modification = Modifiers(rawValue: 8)
        package static let documentation = Modifiers(rawValue: 16)
        package static let deprecated = Modifiers(rawValue: 32)

        /// In the order of their bits.
        package static let names = [
            "declaration", "readonly", "defaultLibrary", "modification", "documentation", "deprecated",
        ]
    }

    /// In UTF-8 bytes, from the beginning of the chunk.
    package let start: Int32
    package let length: Int32
    package let kind: Kind
    package let modifiers: Modifiers
}

/// The semantic tokens of a file, kept by chunk: after an edit those of the new chunks are made, and all if the top level has come to
/// mean something else.
///
/// What is known of a chunk besides its own text is which of its names are the file's, and which of those are functions.
package struct SemanticTokenCache {
    private var epoch = -1
    private var known: [ObjectIdentifier: Entry] = [:]

    private struct Entry {
        // Holds the identity.
        let chunk: Chunk
        let tokens: [SemanticToken]
    }

    private static let maximumParts = 10_000

    package init() {}

    /// The tokens of each chunk that a range touches, in source order.
    ///
    /// - Parameters:
    ///   - isLexical: whether keywords, comments, strings, numbers and operators are wanted too.
    ///   - body: gets where the chunk begins, in UTF-8 bytes of the file, and its tokens.
    package mutating func visit(
        _ analysis: FileAnalysis, in range: Range<Int>? = nil, isLexical: Bool,
        _ body: (Int, Chunk, [SemanticToken]) -> Void
    ) {
        if epoch != analysis.checked.globalsEpoch {
            known = [:]
            epoch = analysis.checked.globalsEpoch
        }
        let isWhole = range == nil
        // Who only ever asks for parts leaves behind what has been edited since.
        if !isWhole, known.count > SemanticTokenCache.maximumParts { known = [:] }
        var next: [ObjectIdentifier: Entry] = [:]
        for (offset, chunk) in analysis.file.chunks {
            if let range, offset + Int(chunk.utf8Count) <= range.lowerBound || offset >= range.upperBound { continue }
            let id = ObjectIdentifier(chunk)
            let entry = known[id] ?? Entry(chunk: chunk, tokens: tokens(of: chunk, at: offset, analysis, isLexical))
            if isWhole { next[id] = entry } else { known[id] = entry }
            body(offset, chunk, entry.tokens)
        }
        if isWhole { known = next }
    }

    private func tokens(
        of chunk: Chunk, at offset: Int, _ analysis: FileAnalysis, _ isLexical: Bool
    ) -> [SemanticToken] {
        guard let names = analysis.checked.ownNames(at: offset) else { return [] }
        var finder = TokenFinder(analysis.checked, names, offset)
        let statements = chunk.statements(at: offset)
        for statement in statements { finder.visit(statement) }
        if isLexical { finder.addLexical(statements, chunk) }
        return finder.tokens.sorted { $0.start < $1.start }
    }
}

private struct TokenFinder {
    let checked: CheckedFile
    let names: NameResolution
    let offset: Int
    var tokens: [SemanticToken] = []

    init(_ checked: CheckedFile, _ names: NameResolution, _ offset: Int) {
        self.checked = checked
        self.names = names
        self.offset = offset
    }

    mutating func visit(_ statement: SyntaxNode) {
        var typesEnd = -1
        for node in statement.descendants {
            if node.range.lowerBound < typesEnd {
                // Types are no values.
                if node.kind == .nameExpr, let token = NameExpr(node)?.name { add(token, .type, []) }
                continue
            }
            switch node.kind {
            case .typeAnnotation, .returnAnnotation: typesEnd = node.range.upperBound
            case .nameExpr: if let token = NameExpr(node)?.name { addName(token) }
            case .defStmt: if let token = DefStmt(node)?.name { addName(token) }
            case .parameter: if let token = Parameter(node)?.name { addName(token) }
            case .loadItem:
                if let alias = LoadItem(node)?.alias { addName(alias) }
            case .keywordArgument: if let token = KeywordArgument(node)?.name { add(token, .parameter, []) }
            case .dotExpr: if let dot = DotExpr(node) { addAttribute(dot) }
            default: break
            }
        }
    }

    private mutating func addName(_ token: SyntaxToken) {
        let place = token.range.lowerBound
        var modifiers: SemanticToken.Modifiers = []
        let use = names.use(beginningAt: place)
        if use == nil || names.isBinding(at: place) { modifiers.insert(use == nil ? .declaration : .modification) }
        if let id = use?.binding ?? names.binding(beginningAt: place) {
            let binding = names.bindings[id]
            if binding.scope != 0 {
                return add(
                    token, binding.isParameter ? .parameter : binding.isFunction ? .function : .variable, modifiers)
            }
        }
        let name = token.text
        switch checked.kind(ofGlobal: name) {
        case .function: add(token, .function, modifiers)
        case .variable:
            if name.utf8.allSatisfy({ $0 < 0x61 || $0 > 0x7A }) { modifiers.insert(.readonly) }
            add(token, .variable, modifiers)
        case .module: add(token, .namespace, .defaultLibrary)
        case .builtin: add(token, .function, .defaultLibrary)
        case .constant: add(token, .variable, [.defaultLibrary, .readonly])
        case .unknown: break
        }
    }

    private mutating func addAttribute(_ dot: DotExpr) {
        guard let token = dot.name else { return }
        let isCalled =
            dot.node.parent?.kind == .callExpr && dot.node.parent.flatMap(CallExpr.init)?.callee?.node == dot.node
        if case .name(let base)? = dot.base, let name = base.name,
            names.use(beginningAt: name.range.lowerBound)?.binding == nil,
            checked.kind(ofGlobal: name.text) == .module
        {
            return add(token, isCalled ? .function : .property, .defaultLibrary)
        }
        add(token, isCalled ? .method : .property, [])
    }

    private mutating func add(_ token: SyntaxToken, _ kind: SemanticToken.Kind, _ modifiers: SemanticToken.Modifiers) {
        add(token.range, kind, modifiers)
    }

    private mutating func add(_ range: Range<Int>, _ kind: SemanticToken.Kind, _ modifiers: SemanticToken.Modifiers) {
        tokens.append(
            SemanticToken(
                start: Int32(truncatingIfNeeded: range.lowerBound - offset),
                length: Int32(truncatingIfNeeded: range.count), kind: kind, modifiers: modifiers))
    }

    // MARK: - What a grammar knows too

    mutating func addLexical(_ statements: [SyntaxNode], _ chunk: Chunk) {
        for statement in statements {
            for token in statement.tokens {
                switch token.kind {
                case .string, .bytes, .formattedString:
                    let isDocumentation =
                        token.quoteWidth == 3 && token.parent?.parent?.kind == .exprStmt
                    add(token, .string, isDocumentation ? .documentation : [])
                case .integer, .float: add(token, .number, [])
                case .identifier, .newline, .indent, .dedent, .eof, .leftParen, .rightParen, .leftBracket,
                    .rightBracket,
                    .leftBrace, .rightBrace, .comma, .dot, .colon, .semicolon:
                    break
                default: add(token, token.kind.isKeyword ? .keyword : .operator, [])
                }
            }
        }
        for comment in chunk.commentRanges(at: offset) { add(comment, .comment, []) }
    }
}
