// Made from Grammar/ by scripts/generate. Change the grammar, not this file.

/// One of the nodes that the grammar lists for `Stmt`.
package enum Stmt: SyntaxView {
    case def(DefStmt)
    case `if`(IfStmt)
    case `for`(ForStmt)
    case `while`(WhileStmt)
    case assign(AssignStmt)
    case expr(ExprStmt)
    case `return`(ReturnStmt)
    case `break`(BreakStmt)
    case `continue`(ContinueStmt)
    case pass(PassStmt)
    case load(LoadStmt)
    case foreign(ForeignStmt)
    case error(ErrorStmt)

    package init?(_ node: SyntaxNode) {
        switch node.kind {
        case .defStmt:
            self = .def(DefStmt(unchecked: node))
        case .ifStmt:
            self = .`if`(IfStmt(unchecked: node))
        case .forStmt:
            self = .`for`(ForStmt(unchecked: node))
        case .whileStmt:
            self = .`while`(WhileStmt(unchecked: node))
        case .assignStmt:
            self = .assign(AssignStmt(unchecked: node))
        case .exprStmt:
            self = .expr(ExprStmt(unchecked: node))
        case .returnStmt:
            self = .`return`(ReturnStmt(unchecked: node))
        case .breakStmt:
            self = .`break`(BreakStmt(unchecked: node))
        case .continueStmt:
            self = .`continue`(ContinueStmt(unchecked: node))
        case .passStmt:
            self = .pass(PassStmt(unchecked: node))
        case .loadStmt:
            self = .load(LoadStmt(unchecked: node))
        case
            .importStmt, .classStmt, .tryStmt, .withStmt, .raiseStmt, .assertStmt, .delStmt, .globalStmt,
            .asyncStmt, .matchStmt, .decoratedStmt, .commandStmt:
            guard let view = ForeignStmt(node) else { return nil }
            self = .foreign(view)
        case .errorStmt:
            self = .error(ErrorStmt(unchecked: node))
        default: return nil
        }
    }

    package var node: SyntaxNode {
        switch self {
        case .def(let view): view.node
        case .`if`(let view): view.node
        case .`for`(let view): view.node
        case .`while`(let view): view.node
        case .assign(let view): view.node
        case .expr(let view): view.node
        case .`return`(let view): view.node
        case .`break`(let view): view.node
        case .`continue`(let view): view.node
        case .pass(let view): view.node
        case .load(let view): view.node
        case .foreign(let view): view.node
        case .error(let view): view.node
        }
    }

    package static func accepts(_ kind: SyntaxKind) -> Bool {
        switch kind {
        case
            .defStmt, .ifStmt, .forStmt, .whileStmt, .assignStmt, .exprStmt, .returnStmt, .breakStmt, .continueStmt,
            .passStmt, .loadStmt, .importStmt, .classStmt, .tryStmt, .withStmt, .raiseStmt, .assertStmt, .delStmt,
            .globalStmt, .asyncStmt, .matchStmt, .decoratedStmt, .commandStmt, .errorStmt: true
        default: false
        }
    }
}

/// One of the nodes that the grammar lists for `Expr`.
package enum Expr: SyntaxView {
    case name(NameExpr)
    case literal(LiteralExpr)
    case paren(ParenExpr)
    case tuple(TupleExpr)
    case list(ListExpr)
    case dict(DictExpr)
    case listComp(ListComp)
    case dictComp(DictComp)
    case lambda(LambdaExpr)
    case conditional(ConditionalExpr)
    case unary(UnaryExpr)
    case binary(BinaryExpr)
    case dot(DotExpr)
    case call(CallExpr)
    case index(IndexExpr)
    case slice(SliceExpr)
    case foreign(ForeignExpr)
    case error(ErrorExpr)

    package init?(_ node: SyntaxNode) {
        switch node.kind {
        case .nameExpr:
            self = .name(NameExpr(unchecked: node))
        case .literalExpr:
            self = .literal(LiteralExpr(unchecked: node))
        case .parenExpr:
            self = .paren(ParenExpr(unchecked: node))
        case .tupleExpr:
            self = .tuple(TupleExpr(unchecked: node))
        case .listExpr:
            self = .list(ListExpr(unchecked: node))
        case .dictExpr:
            self = .dict(DictExpr(unchecked: node))
        case .listComp:
            self = .listComp(ListComp(unchecked: node))
        case .dictComp:
            self = .dictComp(DictComp(unchecked: node))
        case .lambdaExpr:
            self = .lambda(LambdaExpr(unchecked: node))
        case .conditionalExpr:
            self = .conditional(ConditionalExpr(unchecked: node))
        case .unaryExpr:
            self = .unary(UnaryExpr(unchecked: node))
        case .binaryExpr:
            self = .binary(BinaryExpr(unchecked: node))
        case .dotExpr:
            self = .dot(DotExpr(unchecked: node))
        case .callExpr:
            self = .call(CallExpr(unchecked: node))
        case .indexExpr:
            self = .index(IndexExpr(unchecked: node))
        case .sliceExpr:
            self = .slice(SliceExpr(unchecked: node))
        case .setExpr, .setComp, .generatorExpr, .starredExpr, .namedExpr, .yieldExpr, .awaitExpr:
            guard let view = ForeignExpr(node) else { return nil }
            self = .foreign(view)
        case .errorExpr:
            self = .error(ErrorExpr(unchecked: node))
        default: return nil
        }
    }

    package var node: SyntaxNode {
        switch self {
        case .name(let view): view.node
        case .literal(let view): view.node
        case .paren(let view): view.node
        case .tuple(let view): view.node
        case .list(let view): view.node
        case .dict(let view): view.node
        case .listComp(let view): view.node
        case .dictComp(let view): view.node
        case .lambda(let view): view.node
        case .conditional(let view): view.node
        case .unary(let view): view.node
        case .binary(let view): view.node
        case .dot(let view): view.node
        case .call(let view): view.node
        case .index(let view): view.node
        case .slice(let view): view.node
        case .foreign(let view): view.node
        case .error(let view): view.node
        }
    }

    package static func accepts(_ kind: SyntaxKind) -> Bool {
        switch kind {
        case
            .nameExpr, .literalExpr, .parenExpr, .tupleExpr, .listExpr, .dictExpr, .listComp, .dictComp,
            .lambdaExpr, .conditionalExpr, .unaryExpr, .binaryExpr, .dotExpr, .callExpr, .indexExpr, .sliceExpr,
            .setExpr, .setComp, .generatorExpr, .starredExpr, .namedExpr, .yieldExpr, .awaitExpr, .errorExpr: true
        default: false
        }
    }
}

/// One of the nodes that the grammar lists for `DictItem`.
package enum DictItem: SyntaxView {
    case dictEntry(DictEntry)
    case dictUnpack(DictUnpack)

    package init?(_ node: SyntaxNode) {
        switch node.kind {
        case .dictEntry:
            self = .dictEntry(DictEntry(unchecked: node))
        case .dictUnpack:
            self = .dictUnpack(DictUnpack(unchecked: node))
        default: return nil
        }
    }

    package var node: SyntaxNode {
        switch self {
        case .dictEntry(let view): view.node
        case .dictUnpack(let view): view.node
        }
    }

    package static func accepts(_ kind: SyntaxKind) -> Bool {
        switch kind {
        case .dictEntry, .dictUnpack: true
        default: false
        }
    }
}

/// One of the nodes that the grammar lists for `CompClause`.
package enum CompClause: SyntaxView {
    case compFor(CompFor)
    case compIf(CompIf)

    package init?(_ node: SyntaxNode) {
        switch node.kind {
        case .compFor:
            self = .compFor(CompFor(unchecked: node))
        case .compIf:
            self = .compIf(CompIf(unchecked: node))
        default: return nil
        }
    }

    package var node: SyntaxNode {
        switch self {
        case .compFor(let view): view.node
        case .compIf(let view): view.node
        }
    }

    package static func accepts(_ kind: SyntaxKind) -> Bool {
        switch kind {
        case .compFor, .compIf: true
        default: false
        }
    }
}

/// One of the nodes that the grammar lists for `Argument`.
package enum Argument: SyntaxView {
    case expr(Expr)
    case keywordArgument(KeywordArgument)
    case unpackArgument(UnpackArgument)

    package init?(_ node: SyntaxNode) {
        switch node.kind {
        case
            .nameExpr, .literalExpr, .parenExpr, .tupleExpr, .listExpr, .dictExpr, .listComp, .dictComp,
            .lambdaExpr, .conditionalExpr, .unaryExpr, .binaryExpr, .dotExpr, .callExpr, .indexExpr, .sliceExpr,
            .setExpr, .setComp, .generatorExpr, .starredExpr, .namedExpr, .yieldExpr, .awaitExpr, .errorExpr:
            guard let view = Expr(node) else { return nil }
            self = .expr(view)
        case .keywordArgument:
            self = .keywordArgument(KeywordArgument(unchecked: node))
        case .unpackArgument:
            self = .unpackArgument(UnpackArgument(unchecked: node))
        default: return nil
        }
    }

    package var node: SyntaxNode {
        switch self {
        case .expr(let view): view.node
        case .keywordArgument(let view): view.node
        case .unpackArgument(let view): view.node
        }
    }

    package static func accepts(_ kind: SyntaxKind) -> Bool {
        switch kind {
        case
            .nameExpr, .literalExpr, .parenExpr, .tupleExpr, .listExpr, .dictExpr, .listComp, .dictComp,
            .lambdaExpr, .conditionalExpr, .unaryExpr, .binaryExpr, .dotExpr, .callExpr, .indexExpr, .sliceExpr,
            .setExpr, .setComp, .generatorExpr, .starredExpr, .namedExpr, .yieldExpr, .awaitExpr, .errorExpr,
            .keywordArgument, .unpackArgument: true
        default: false
        }
    }
}

/// One of the nodes that the grammar lists for `ForeignStmt`.
package enum ForeignStmt: SyntaxView {
    case `import`(ImportStmt)
    case `class`(ClassStmt)
    case `try`(TryStmt)
    case with(WithStmt)
    case raise(RaiseStmt)
    case assert(AssertStmt)
    case del(DelStmt)
    case global(GlobalStmt)
    case `async`(AsyncStmt)
    case match(MatchStmt)
    case decorated(DecoratedStmt)
    case command(CommandStmt)

    package init?(_ node: SyntaxNode) {
        switch node.kind {
        case .importStmt:
            self = .`import`(ImportStmt(unchecked: node))
        case .classStmt:
            self = .`class`(ClassStmt(unchecked: node))
        case .tryStmt:
            self = .`try`(TryStmt(unchecked: node))
        case .withStmt:
            self = .with(WithStmt(unchecked: node))
        case .raiseStmt:
            self = .raise(RaiseStmt(unchecked: node))
        case .assertStmt:
            self = .assert(AssertStmt(unchecked: node))
        case .delStmt:
            self = .del(DelStmt(unchecked: node))
        case .globalStmt:
            self = .global(GlobalStmt(unchecked: node))
        case .asyncStmt:
            self = .`async`(AsyncStmt(unchecked: node))
        case .matchStmt:
            self = .match(MatchStmt(unchecked: node))
        case .decoratedStmt:
            self = .decorated(DecoratedStmt(unchecked: node))
        case .commandStmt:
            self = .command(CommandStmt(unchecked: node))
        default: return nil
        }
    }

    package var node: SyntaxNode {
        switch self {
        case .`import`(let view): view.node
        case .`class`(let view): view.node
        case .`try`(let view): view.node
        case .with(let view): view.node
        case .raise(let view): view.node
        case .assert(let view): view.node
        case .del(let view): view.node
        case .global(let view): view.node
        case .`async`(let view): view.node
        case .match(let view): view.node
        case .decorated(let view): view.node
        case .command(let view): view.node
        }
    }

    package static func accepts(_ kind: SyntaxKind) -> Bool {
        switch kind {
        case
            .importStmt, .classStmt, .tryStmt, .withStmt, .raiseStmt, .assertStmt, .delStmt, .globalStmt,
            .asyncStmt, .matchStmt, .decoratedStmt, .commandStmt: true
        default: false
        }
    }
}

/// One of the nodes that the grammar lists for `ForeignExpr`.
package enum ForeignExpr: SyntaxView {
    case set(SetExpr)
    case setComp(SetComp)
    case generator(GeneratorExpr)
    case starred(StarredExpr)
    case named(NamedExpr)
    case `yield`(YieldExpr)
    case `await`(AwaitExpr)

    package init?(_ node: SyntaxNode) {
        switch node.kind {
        case .setExpr:
            self = .set(SetExpr(unchecked: node))
        case .setComp:
            self = .setComp(SetComp(unchecked: node))
        case .generatorExpr:
            self = .generator(GeneratorExpr(unchecked: node))
        case .starredExpr:
            self = .starred(StarredExpr(unchecked: node))
        case .namedExpr:
            self = .named(NamedExpr(unchecked: node))
        case .yieldExpr:
            self = .`yield`(YieldExpr(unchecked: node))
        case .awaitExpr:
            self = .`await`(AwaitExpr(unchecked: node))
        default: return nil
        }
    }

    package var node: SyntaxNode {
        switch self {
        case .set(let view): view.node
        case .setComp(let view): view.node
        case .generator(let view): view.node
        case .starred(let view): view.node
        case .named(let view): view.node
        case .`yield`(let view): view.node
        case .`await`(let view): view.node
        }
    }

    package static func accepts(_ kind: SyntaxKind) -> Bool {
        switch kind {
        case .setExpr, .setComp, .generatorExpr, .starredExpr, .namedExpr, .yieldExpr, .awaitExpr: true
        default: false
        }
    }
}

package struct DefStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .defStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .defStmt }

    package var defKeyword: SyntaxToken? { node.firstToken(of: .defKeyword) }

    package var name: SyntaxToken? { node.firstToken(of: .identifier) }

    package var parameterList: ParameterList? { node.child(0) }

    package var returnAnnotation: ReturnAnnotation? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct ReturnAnnotation: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .returnAnnotation else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .returnAnnotation }

    package var arrow: SyntaxToken? { node.firstToken(of: .arrow) }

    package var type: Expr? { node.child(0) }
}

package struct IfStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .ifStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .ifStmt }

    package var ifKeyword: SyntaxToken? { node.firstToken(of: .ifKeyword) }

    package var condition: Expr? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }

    package var elifClauses: ElifClauseChildren { ElifClauseChildren(node) }

    package var elseClause: ElseClause? { node.child(0) }
}

package struct ElifClause: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .elifClause else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .elifClause }

    package var elifKeyword: SyntaxToken? { node.firstToken(of: .elifKeyword) }

    package var condition: Expr? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct ElseClause: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .elseClause else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .elseClause }

    package var elseKeyword: SyntaxToken? { node.firstToken(of: .elseKeyword) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct ForStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .forStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .forStmt }

    package var forKeyword: SyntaxToken? { node.firstToken(of: .forKeyword) }

    package var target: Expr? { node.child(0) }

    package var inKeyword: SyntaxToken? { node.firstToken(of: .inKeyword) }

    package var iterable: Expr? { node.child(1) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }

    package var elseClause: ElseClause? { node.child(0) }
}

package struct WhileStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .whileStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .whileStmt }

    package var whileKeyword: SyntaxToken? { node.firstToken(of: .whileKeyword) }

    package var condition: Expr? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }

    package var elseClause: ElseClause? { node.child(0) }
}

package struct Suite: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .suite else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .suite }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }

    package var indent: SyntaxToken? { node.firstToken(of: .indent) }

    package var statements: StmtChildren { StmtChildren(node) }

    package var dedent: SyntaxToken? { node.firstToken(of: .dedent) }
}

package struct AssignStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .assignStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .assignStmt }

    package var target: Expr? { node.child(0) }

    package var typeAnnotation: TypeAnnotation? { node.child(0) }

    package var op: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case
                .equal, .plusEqual, .minusEqual, .starEqual, .slashEqual, .slashSlashEqual, .percentEqual,
                .ampersandEqual, .pipeEqual, .caretEqual, .lessLessEqual, .greaterGreaterEqual: true
            default: false
            }
        }
    }

    package var value: Expr? { node.child(1) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct TypeAnnotation: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .typeAnnotation else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .typeAnnotation }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var type: Expr? { node.child(0) }
}

package struct ExprStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .exprStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .exprStmt }

    package var value: Expr? { node.child(0) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct ReturnStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .returnStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .returnStmt }

    package var returnKeyword: SyntaxToken? { node.firstToken(of: .returnKeyword) }

    package var value: Expr? { node.child(0) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct BreakStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .breakStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .breakStmt }

    package var breakKeyword: SyntaxToken? { node.firstToken(of: .breakKeyword) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct ContinueStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .continueStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .continueStmt }

    package var continueKeyword: SyntaxToken? { node.firstToken(of: .continueKeyword) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct PassStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .passStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .passStmt }

    package var passKeyword: SyntaxToken? { node.firstToken(of: .passKeyword) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct LoadStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .loadStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .loadStmt }

    package var loadKeyword: SyntaxToken? { node.firstToken(of: .loadKeyword) }

    package var leftParen: SyntaxToken? { node.firstToken(of: .leftParen) }

    package var module: SyntaxToken? { node.firstToken(of: .string) }

    package var loadItems: LoadItemChildren { LoadItemChildren(node) }

    package var rightParen: SyntaxToken? { node.firstToken(of: .rightParen) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct LoadItem: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .loadItem else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .loadItem }

    package var alias: SyntaxToken? { node.firstToken(of: .identifier) }

    package var equal: SyntaxToken? { node.firstToken(of: .equal) }

    package var name: SyntaxToken? { node.firstToken(of: .string) }
}

package struct ParameterList: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .parameterList else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .parameterList }

    package var leftParen: SyntaxToken? { node.firstToken(of: .leftParen) }

    package var parameters: ParameterChildren { ParameterChildren(node) }

    package var rightParen: SyntaxToken? { node.firstToken(of: .rightParen) }
}

package struct Parameter: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .parameter else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .parameter }

    package var prefix: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case .star, .starStar, .slash: true
            default: false
            }
        }
    }

    package var name: SyntaxToken? { node.firstToken(of: .identifier) }

    package var typeAnnotation: TypeAnnotation? { node.child(0) }

    package var defaultValue: DefaultValue? { node.child(0) }
}

package struct DefaultValue: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .defaultValue else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .defaultValue }

    package var equal: SyntaxToken? { node.firstToken(of: .equal) }

    package var value: Expr? { node.child(0) }
}

package struct NameExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .nameExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .nameExpr }

    package var name: SyntaxToken? { node.firstToken(of: .identifier) }
}

package struct LiteralExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .literalExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .literalExpr }

    package var token: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case .integer, .float, .string, .bytes, .formattedString, .ellipsis: true
            default: false
            }
        }
    }
}

package struct ParenExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .parenExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .parenExpr }

    package var leftParen: SyntaxToken? { node.firstToken(of: .leftParen) }

    package var inner: Expr? { node.child(0) }

    package var rightParen: SyntaxToken? { node.firstToken(of: .rightParen) }
}

package struct TupleExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .tupleExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .tupleExpr }

    package var leftParen: SyntaxToken? { node.firstToken(of: .leftParen) }

    package var elements: ExprChildren { ExprChildren(node) }

    package var rightParen: SyntaxToken? { node.firstToken(of: .rightParen) }
}

package struct ListExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .listExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .listExpr }

    package var leftBracket: SyntaxToken? { node.firstToken(of: .leftBracket) }

    package var elements: ExprChildren { ExprChildren(node) }

    package var rightBracket: SyntaxToken? { node.firstToken(of: .rightBracket) }
}

package struct DictExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .dictExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .dictExpr }

    package var leftBrace: SyntaxToken? { node.firstToken(of: .leftBrace) }

    package var entries: DictItemChildren { DictItemChildren(node) }

    package var rightBrace: SyntaxToken? { node.firstToken(of: .rightBrace) }
}

package struct DictEntry: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .dictEntry else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .dictEntry }

    package var key: Expr? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var value: Expr? { node.child(1) }
}

package struct ListComp: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .listComp else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .listComp }

    package var leftBracket: SyntaxToken? { node.firstToken(of: .leftBracket) }

    package var element: Expr? { node.child(0) }

    package var compClauses: CompClauseChildren { CompClauseChildren(node) }

    package var rightBracket: SyntaxToken? { node.firstToken(of: .rightBracket) }
}

package struct DictComp: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .dictComp else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .dictComp }

    package var leftBrace: SyntaxToken? { node.firstToken(of: .leftBrace) }

    package var entry: DictEntry? { node.child(0) }

    package var compClauses: CompClauseChildren { CompClauseChildren(node) }

    package var rightBrace: SyntaxToken? { node.firstToken(of: .rightBrace) }
}

package struct CompFor: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .compFor else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .compFor }

    package var forKeyword: SyntaxToken? { node.firstToken(of: .forKeyword) }

    package var target: Expr? { node.child(0) }

    package var inKeyword: SyntaxToken? { node.firstToken(of: .inKeyword) }

    package var iterable: Expr? { node.child(1) }
}

package struct CompIf: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .compIf else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .compIf }

    package var ifKeyword: SyntaxToken? { node.firstToken(of: .ifKeyword) }

    package var condition: Expr? { node.child(0) }
}

package struct LambdaExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .lambdaExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .lambdaExpr }

    package var lambdaKeyword: SyntaxToken? { node.firstToken(of: .lambdaKeyword) }

    package var parameterList: ParameterList? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var body: Expr? { node.child(0) }
}

package struct ConditionalExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .conditionalExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .conditionalExpr }

    package var then: Expr? { node.child(0) }

    package var ifKeyword: SyntaxToken? { node.firstToken(of: .ifKeyword) }

    package var condition: Expr? { node.child(1) }

    package var elseKeyword: SyntaxToken? { node.firstToken(of: .elseKeyword) }

    package var otherwise: Expr? { node.child(2) }
}

package struct UnaryExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .unaryExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .unaryExpr }

    package var op: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case .plus, .minus, .tilde, .notKeyword: true
            default: false
            }
        }
    }

    package var operand: Expr? { node.child(0) }
}

package struct BinaryExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .binaryExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .binaryExpr }

    package var left: Expr? { node.child(0) }

    package var op: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case
                .orKeyword, .andKeyword, .equalEqual, .notEqual, .less, .greater, .lessEqual, .greaterEqual,
                .inKeyword, .notKeyword, .pipe, .caret, .ampersand, .lessLess, .greaterGreater, .plus, .minus,
                .star, .slash, .slashSlash, .percent, .starStar, .at, .isKeyword, .ampersandAmpersand, .pipePipe,
                .lessGreater: true
            default: false
            }
        }
    }

    package var right: Expr? { node.child(1) }
}

package struct DotExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .dotExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .dotExpr }

    package var base: Expr? { node.child(0) }

    package var dot: SyntaxToken? { node.firstToken(of: .dot) }

    package var name: SyntaxToken? { node.firstToken(of: .identifier) }
}

package struct CallExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .callExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .callExpr }

    package var callee: Expr? { node.child(0) }

    package var argumentList: ArgumentList? { node.child(0) }
}

package struct ArgumentList: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .argumentList else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .argumentList }

    package var leftParen: SyntaxToken? { node.firstToken(of: .leftParen) }

    package var arguments: ArgumentChildren { ArgumentChildren(node) }

    package var rightParen: SyntaxToken? { node.firstToken(of: .rightParen) }
}

package struct KeywordArgument: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .keywordArgument else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .keywordArgument }

    package var name: SyntaxToken? { node.firstToken(of: .identifier) }

    package var equal: SyntaxToken? { node.firstToken(of: .equal) }

    package var value: Expr? { node.child(0) }
}

package struct UnpackArgument: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .unpackArgument else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .unpackArgument }

    package var op: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case .star, .starStar: true
            default: false
            }
        }
    }

    package var value: Expr? { node.child(0) }
}

package struct IndexExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .indexExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .indexExpr }

    package var base: Expr? { node.child(0) }

    package var leftBracket: SyntaxToken? { node.firstToken(of: .leftBracket) }

    package var index: Expr? { node.child(1) }

    package var rightBracket: SyntaxToken? { node.firstToken(of: .rightBracket) }
}

package struct SliceExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .sliceExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .sliceExpr }

    package var base: Expr? { node.child(0) }

    package var leftBracket: SyntaxToken? { node.firstToken(of: .leftBracket) }

    package var bounds: ExprChildren { ExprChildren(node, skipping: 1) }

    package var rightBracket: SyntaxToken? { node.firstToken(of: .rightBracket) }
}

package struct ImportStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .importStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .importStmt }

    package var keyword: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case .importKeyword, .fromKeyword: true
            default: false
            }
        }
    }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct ClassStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .classStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .classStmt }

    package var classKeyword: SyntaxToken? { node.firstToken(of: .classKeyword) }

    package var name: SyntaxToken? { node.firstToken(of: .identifier) }

    package var argumentList: ArgumentList? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct TryStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .tryStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .tryStmt }

    package var tryKeyword: SyntaxToken? { node.firstToken(of: .tryKeyword) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }

    package var exceptClauses: ExceptClauseChildren { ExceptClauseChildren(node) }

    package var elseClause: ElseClause? { node.child(0) }

    package var finallyClause: FinallyClause? { node.child(0) }
}

package struct ExceptClause: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .exceptClause else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .exceptClause }

    package var exceptKeyword: SyntaxToken? { node.firstToken(of: .exceptKeyword) }

    package var type: Expr? { node.child(0) }

    package var asKeyword: SyntaxToken? { node.firstToken(of: .asKeyword) }

    package var name: SyntaxToken? { node.firstToken(of: .identifier) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct FinallyClause: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .finallyClause else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .finallyClause }

    package var finallyKeyword: SyntaxToken? { node.firstToken(of: .finallyKeyword) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct WithStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .withStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .withStmt }

    package var withKeyword: SyntaxToken? { node.firstToken(of: .withKeyword) }

    package var items: WithItemChildren { WithItemChildren(node) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct WithItem: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .withItem else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .withItem }

    package var context: Expr? { node.child(0) }

    package var asKeyword: SyntaxToken? { node.firstToken(of: .asKeyword) }

    package var target: Expr? { node.child(1) }
}

package struct RaiseStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .raiseStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .raiseStmt }

    package var raiseKeyword: SyntaxToken? { node.firstToken(of: .raiseKeyword) }

    package var exception: Expr? { node.child(0) }

    package var fromKeyword: SyntaxToken? { node.firstToken(of: .fromKeyword) }

    package var cause: Expr? { node.child(1) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct AssertStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .assertStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .assertStmt }

    package var keyword: SyntaxToken? { node.firstToken(of: .identifier) }

    package var condition: Expr? { node.child(0) }

    package var comma: SyntaxToken? { node.firstToken(of: .comma) }

    package var message: Expr? { node.child(1) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct DelStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .delStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .delStmt }

    package var delKeyword: SyntaxToken? { node.firstToken(of: .delKeyword) }

    package var target: Expr? { node.child(0) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct GlobalStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .globalStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .globalStmt }

    package var keyword: SyntaxToken? {
        node.firstToken { kind in
            switch kind {
            case .globalKeyword, .nonlocalKeyword: true
            default: false
            }
        }
    }

    package var names: NameExprChildren { NameExprChildren(node) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct AsyncStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .asyncStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .asyncStmt }

    package var asyncKeyword: SyntaxToken? { node.firstToken(of: .asyncKeyword) }

    package var statement: Stmt? { node.child(0) }
}

package struct MatchStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .matchStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .matchStmt }

    package var keyword: SyntaxToken? { node.firstToken(of: .identifier) }

    package var subject: Expr? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }

    package var indent: SyntaxToken? { node.firstToken(of: .indent) }

    package var caseClauses: CaseClauseChildren { CaseClauseChildren(node) }

    package var dedent: SyntaxToken? { node.firstToken(of: .dedent) }
}

package struct CaseClause: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .caseClause else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .caseClause }

    package var keyword: SyntaxToken? { node.firstToken(of: .identifier) }

    package var pattern: Expr? { node.child(0) }

    package var guardClause: GuardClause? { node.child(0) }

    package var colon: SyntaxToken? { node.firstToken(of: .colon) }

    package var suite: Suite? { node.child(0) }
}

package struct GuardClause: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .guardClause else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .guardClause }

    package var ifKeyword: SyntaxToken? { node.firstToken(of: .ifKeyword) }

    package var condition: Expr? { node.child(0) }
}

package struct DecoratedStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .decoratedStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .decoratedStmt }

    package var decorators: DecoratorChildren { DecoratorChildren(node) }

    package var statement: Stmt? { node.child(0) }
}

package struct Decorator: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .decorator else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .decorator }

    package var at: SyntaxToken? { node.firstToken(of: .at) }

    package var value: Expr? { node.child(0) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct CommandStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .commandStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .commandStmt }

    package var command: SyntaxToken? { node.firstToken(of: .identifier) }

    package var operand: Expr? { node.child(0) }

    package var semicolon: SyntaxToken? { node.firstToken(of: .semicolon) }

    package var newline: SyntaxToken? { node.firstToken(of: .newline) }
}

package struct SetExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .setExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .setExpr }

    package var leftBrace: SyntaxToken? { node.firstToken(of: .leftBrace) }

    package var elements: ExprChildren { ExprChildren(node) }

    package var rightBrace: SyntaxToken? { node.firstToken(of: .rightBrace) }
}

package struct SetComp: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .setComp else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .setComp }

    package var leftBrace: SyntaxToken? { node.firstToken(of: .leftBrace) }

    package var element: Expr? { node.child(0) }

    package var compClauses: CompClauseChildren { CompClauseChildren(node) }

    package var rightBrace: SyntaxToken? { node.firstToken(of: .rightBrace) }
}

package struct GeneratorExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .generatorExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .generatorExpr }

    package var element: Expr? { node.child(0) }

    package var compClauses: CompClauseChildren { CompClauseChildren(node) }
}

package struct StarredExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .starredExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .starredExpr }

    package var star: SyntaxToken? { node.firstToken(of: .star) }

    package var operand: Expr? { node.child(0) }
}

package struct DictUnpack: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .dictUnpack else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .dictUnpack }

    package var starStar: SyntaxToken? { node.firstToken(of: .starStar) }

    package var operand: Expr? { node.child(0) }
}

package struct NamedExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .namedExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .namedExpr }

    package var target: Expr? { node.child(0) }

    package var colonEqual: SyntaxToken? { node.firstToken(of: .colonEqual) }

    package var value: Expr? { node.child(1) }
}

package struct YieldExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .yieldExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .yieldExpr }

    package var yieldKeyword: SyntaxToken? { node.firstToken(of: .yieldKeyword) }

    package var fromKeyword: SyntaxToken? { node.firstToken(of: .fromKeyword) }

    package var value: Expr? { node.child(0) }
}

package struct AwaitExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .awaitExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .awaitExpr }

    package var awaitKeyword: SyntaxToken? { node.firstToken(of: .awaitKeyword) }

    package var operand: Expr? { node.child(0) }
}

package struct ErrorExpr: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .errorExpr else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .errorExpr }

    package var exprs: ExprChildren { ExprChildren(node) }
}

package struct ErrorStmt: SyntaxView {
    package let node: SyntaxNode

    package init?(_ node: SyntaxNode) {
        guard node.kind == .errorStmt else { return nil }
        self.node = node
    }

    init(unchecked node: SyntaxNode) { self.node = node }

    package static func accepts(_ kind: SyntaxKind) -> Bool { kind == .errorStmt }

    package var statements: StmtChildren { StmtChildren(node) }
}

/// The children of a node that are ElifClause, in source order.
package struct ElifClauseChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> ElifClause? {
        while let place = base.nextPlace() {
            guard ElifClause.accepts(base.kind(at: place)) else { continue }
            if let view = ElifClause(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: ElifClause? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are Stmt, in source order.
package struct StmtChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> Stmt? {
        while let place = base.nextPlace() {
            guard Stmt.accepts(base.kind(at: place)) else { continue }
            if let view = Stmt(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: Stmt? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are LoadItem, in source order.
package struct LoadItemChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> LoadItem? {
        while let place = base.nextPlace() {
            guard LoadItem.accepts(base.kind(at: place)) else { continue }
            if let view = LoadItem(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: LoadItem? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are Parameter, in source order.
package struct ParameterChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> Parameter? {
        while let place = base.nextPlace() {
            guard Parameter.accepts(base.kind(at: place)) else { continue }
            if let view = Parameter(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: Parameter? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are Expr, in source order.
package struct ExprChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> Expr? {
        while let place = base.nextPlace() {
            guard Expr.accepts(base.kind(at: place)) else { continue }
            if let view = Expr(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: Expr? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are DictItem, in source order.
package struct DictItemChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> DictItem? {
        while let place = base.nextPlace() {
            guard DictItem.accepts(base.kind(at: place)) else { continue }
            if let view = DictItem(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: DictItem? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are CompClause, in source order.
package struct CompClauseChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> CompClause? {
        while let place = base.nextPlace() {
            guard CompClause.accepts(base.kind(at: place)) else { continue }
            if let view = CompClause(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: CompClause? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are Argument, in source order.
package struct ArgumentChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> Argument? {
        while let place = base.nextPlace() {
            guard Argument.accepts(base.kind(at: place)) else { continue }
            if let view = Argument(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: Argument? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are ExceptClause, in source order.
package struct ExceptClauseChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> ExceptClause? {
        while let place = base.nextPlace() {
            guard ExceptClause.accepts(base.kind(at: place)) else { continue }
            if let view = ExceptClause(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: ExceptClause? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are WithItem, in source order.
package struct WithItemChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> WithItem? {
        while let place = base.nextPlace() {
            guard WithItem.accepts(base.kind(at: place)) else { continue }
            if let view = WithItem(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: WithItem? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are NameExpr, in source order.
package struct NameExprChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> NameExpr? {
        while let place = base.nextPlace() {
            guard NameExpr.accepts(base.kind(at: place)) else { continue }
            if let view = NameExpr(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: NameExpr? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are CaseClause, in source order.
package struct CaseClauseChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> CaseClause? {
        while let place = base.nextPlace() {
            guard CaseClause.accepts(base.kind(at: place)) else { continue }
            if let view = CaseClause(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: CaseClause? {
        var iterator = self
        return iterator.next()
    }
}

/// The children of a node that are Decorator, in source order.
package struct DecoratorChildren: Sequence, IteratorProtocol, Sendable {
    private var base: SyntaxNodeChildren.Iterator

    init(_ node: SyntaxNode, skipping skipped: Int = 0) {
        base = node.children.makeIterator()
        for _ in 0..<skipped { _ = next() }
    }

    package mutating func next() -> Decorator? {
        while let place = base.nextPlace() {
            guard Decorator.accepts(base.kind(at: place)) else { continue }
            if let view = Decorator(base.node(at: place)) { return view }
        }
        return nil
    }

    package var first: Decorator? {
        var iterator = self
        return iterator.next()
    }
}

