// Made from Grammar/ by scripts/generate. Change the grammar, not this file.

/// What a token or a node is. Tokens come first, then nodes; `Grammar/` says what each is.
///
/// Public so that other modules compare two of them in one instruction: those of a `package` enumeration they
/// compare by a call through a witness table.
public enum SyntaxKind: UInt8, Sendable, CaseIterable {
    /// A token: line break.
    case newline
    /// A token: indentation.
    case indent
    /// A token: unindentation.
    case dedent
    /// A token: end of file.
    case eof
    /// A token: name.
    case identifier
    /// A token: integer.
    case integer
    /// A token: float.
    case float
    /// A token: string.
    case string
    /// A token: bytes literal.
    case bytes
    /// A token: f-string.
    case formattedString
    /// A token: unknown character.
    case unknown
    /// `(`
    case leftParen
    /// `)`
    case rightParen
    /// `[`
    case leftBracket
    /// `]`
    case rightBracket
    /// `{`
    case leftBrace
    /// `}`
    case rightBrace
    /// `,`
    case comma
    /// `:`
    case colon
    /// `;`
    case semicolon
    /// `.`
    case dot
    /// `->`
    case arrow
    /// `@`
    case at
    /// `=`
    case equal
    /// `+=`
    case plusEqual
    /// `-=`
    case minusEqual
    /// `*=`
    case starEqual
    /// `/=`
    case slashEqual
    /// `//=`
    case slashSlashEqual
    /// `%=`
    case percentEqual
    /// `&=`
    case ampersandEqual
    /// `|=`
    case pipeEqual
    /// `^=`
    case caretEqual
    /// `<<=`
    case lessLessEqual
    /// `>>=`
    case greaterGreaterEqual
    /// `+`
    case plus
    /// `-`
    case minus
    /// `*`
    case star
    /// `/`
    case slash
    /// `//`
    case slashSlash
    /// `%`
    case percent
    /// `&`
    case ampersand
    /// `|`
    case pipe
    /// `^`
    case caret
    /// `~`
    case tilde
    /// `<<`
    case lessLess
    /// `>>`
    case greaterGreater
    /// `==`
    case equalEqual
    /// `!=`
    case notEqual
    /// `<`
    case less
    /// `>`
    case greater
    /// `<=`
    case lessEqual
    /// `>=`
    case greaterEqual
    /// `**`
    case starStar
    /// `:=`
    case colonEqual
    /// `**=`
    case starStarEqual
    /// `@=`
    case atEqual
    /// `&&`
    case ampersandAmpersand
    /// `||`
    case pipePipe
    /// `!`
    case exclamation
    /// `?`
    case question
    /// `<>`
    case lessGreater
    /// `...`
    case ellipsis
    /// `++`
    case plusPlus
    /// `--`
    case minusMinus
    /// `and`
    case andKeyword
    /// `break`
    case breakKeyword
    /// `continue`
    case continueKeyword
    /// `def`
    case defKeyword
    /// `elif`
    case elifKeyword
    /// `else`
    case elseKeyword
    /// `for`
    case forKeyword
    /// `if`
    case ifKeyword
    /// `in`
    case inKeyword
    /// `lambda`
    case lambdaKeyword
    /// `load`
    case loadKeyword
    /// `not`
    case notKeyword
    /// `or`
    case orKeyword
    /// `pass`
    case passKeyword
    /// `return`
    case returnKeyword
    /// `while`
    case whileKeyword
    /// `as`
    case asKeyword
    /// `async`
    case asyncKeyword
    /// `await`
    case awaitKeyword
    /// `class`
    case classKeyword
    /// `del`
    case delKeyword
    /// `except`
    case exceptKeyword
    /// `finally`
    case finallyKeyword
    /// `from`
    case fromKeyword
    /// `global`
    case globalKeyword
    /// `import`
    case importKeyword
    /// `is`
    case isKeyword
    /// `nonlocal`
    case nonlocalKeyword
    /// `raise`
    case raiseKeyword
    /// `try`
    case tryKeyword
    /// `with`
    case withKeyword
    /// `yield`
    case yieldKeyword
    case sourceFile
    case defStmt
    case returnAnnotation
    case ifStmt
    case elifClause
    case elseClause
    case forStmt
    case whileStmt
    case suite
    case assignStmt
    case typeAnnotation
    case exprStmt
    case returnStmt
    case breakStmt
    case continueStmt
    case passStmt
    case loadStmt
    case loadItem
    case parameterList
    case parameter
    case defaultValue
    case nameExpr
    case literalExpr
    case parenExpr
    case tupleExpr
    case listExpr
    case dictExpr
    case dictEntry
    case listComp
    case dictComp
    case compFor
    case compIf
    case lambdaExpr
    case conditionalExpr
    case unaryExpr
    case binaryExpr
    case dotExpr
    case callExpr
    case argumentList
    case keywordArgument
    case unpackArgument
    case indexExpr
    case sliceExpr
    case importStmt
    case classStmt
    case tryStmt
    case exceptClause
    case finallyClause
    case withStmt
    case withItem
    case raiseStmt
    case assertStmt
    case delStmt
    case globalStmt
    case asyncStmt
    case matchStmt
    case caseClause
    case guardClause
    case decoratedStmt
    case decorator
    case commandStmt
    case setExpr
    case setComp
    case generatorExpr
    case starredExpr
    case dictUnpack
    case namedExpr
    case yieldExpr
    case awaitExpr
    case errorExpr
    case errorStmt
}

extension SyntaxKind {
    /// The raw value of the first node kind: all below it are tokens.
    package static let firstNodeRawValue: UInt8 = 97

    /// The text that every token of this kind has; nil where it varies.
    package var fixedText: StaticString? {
        switch self {
        case .leftParen: "("
        case .rightParen: ")"
        case .leftBracket: "["
        case .rightBracket: "]"
        case .leftBrace: "{"
        case .rightBrace: "}"
        case .comma: ","
        case .colon: ":"
        case .semicolon: ";"
        case .dot: "."
        case .arrow: "->"
        case .at: "@"
        case .equal: "="
        case .plusEqual: "+="
        case .minusEqual: "-="
        case .starEqual: "*="
        case .slashEqual: "/="
        case .slashSlashEqual: "//="
        case .percentEqual: "%="
        case .ampersandEqual: "&="
        case .pipeEqual: "|="
        case .caretEqual: "^="
        case .lessLessEqual: "<<="
        case .greaterGreaterEqual: ">>="
        case .plus: "+"
        case .minus: "-"
        case .star: "*"
        case .slash: "/"
        case .slashSlash: "//"
        case .percent: "%"
        case .ampersand: "&"
        case .pipe: "|"
        case .caret: "^"
        case .tilde: "~"
        case .lessLess: "<<"
        case .greaterGreater: ">>"
        case .equalEqual: "=="
        case .notEqual: "!="
        case .less: "<"
        case .greater: ">"
        case .lessEqual: "<="
        case .greaterEqual: ">="
        case .starStar: "**"
        case .colonEqual: ":="
        case .starStarEqual: "**="
        case .atEqual: "@="
        case .ampersandAmpersand: "&&"
        case .pipePipe: "||"
        case .exclamation: "!"
        case .question: "?"
        case .lessGreater: "<>"
        case .ellipsis: "..."
        case .plusPlus: "++"
        case .minusMinus: "--"
        case .andKeyword: "and"
        case .breakKeyword: "break"
        case .continueKeyword: "continue"
        case .defKeyword: "def"
        case .elifKeyword: "elif"
        case .elseKeyword: "else"
        case .forKeyword: "for"
        case .ifKeyword: "if"
        case .inKeyword: "in"
        case .lambdaKeyword: "lambda"
        case .loadKeyword: "load"
        case .notKeyword: "not"
        case .orKeyword: "or"
        case .passKeyword: "pass"
        case .returnKeyword: "return"
        case .whileKeyword: "while"
        case .asKeyword: "as"
        case .asyncKeyword: "async"
        case .awaitKeyword: "await"
        case .classKeyword: "class"
        case .delKeyword: "del"
        case .exceptKeyword: "except"
        case .finallyKeyword: "finally"
        case .fromKeyword: "from"
        case .globalKeyword: "global"
        case .importKeyword: "import"
        case .isKeyword: "is"
        case .nonlocalKeyword: "nonlocal"
        case .raiseKeyword: "raise"
        case .tryKeyword: "try"
        case .withKeyword: "with"
        case .yieldKeyword: "yield"
        default: nil
        }
    }

    /// What a message calls a token of this kind.
    package var spelling: StaticString {
        switch self {
        case .newline: "line break"
        case .indent: "indentation"
        case .dedent: "unindentation"
        case .eof: "end of file"
        case .identifier: "name"
        case .integer: "integer"
        case .float: "float"
        case .string: "string"
        case .bytes: "bytes literal"
        case .formattedString: "f-string"
        case .unknown: "unknown character"
        case .leftParen: "'('"
        case .rightParen: "')'"
        case .leftBracket: "'['"
        case .rightBracket: "']'"
        case .leftBrace: "'{'"
        case .rightBrace: "'}'"
        case .comma: "','"
        case .colon: "':'"
        case .semicolon: "';'"
        case .dot: "'.'"
        case .arrow: "'->'"
        case .at: "'@'"
        case .equal: "'='"
        case .plusEqual: "'+='"
        case .minusEqual: "'-='"
        case .starEqual: "'*='"
        case .slashEqual: "'/='"
        case .slashSlashEqual: "'//='"
        case .percentEqual: "'%='"
        case .ampersandEqual: "'&='"
        case .pipeEqual: "'|='"
        case .caretEqual: "'^='"
        case .lessLessEqual: "'<<='"
        case .greaterGreaterEqual: "'>>='"
        case .plus: "'+'"
        case .minus: "'-'"
        case .star: "'*'"
        case .slash: "'/'"
        case .slashSlash: "'//'"
        case .percent: "'%'"
        case .ampersand: "'&'"
        case .pipe: "'|'"
        case .caret: "'^'"
        case .tilde: "'~'"
        case .lessLess: "'<<'"
        case .greaterGreater: "'>>'"
        case .equalEqual: "'=='"
        case .notEqual: "'!='"
        case .less: "'<'"
        case .greater: "'>'"
        case .lessEqual: "'<='"
        case .greaterEqual: "'>='"
        case .starStar: "'**'"
        case .colonEqual: "':='"
        case .starStarEqual: "'**='"
        case .atEqual: "'@='"
        case .ampersandAmpersand: "'&&'"
        case .pipePipe: "'||'"
        case .exclamation: "'!'"
        case .question: "'?'"
        case .lessGreater: "'<>'"
        case .ellipsis: "'...'"
        case .plusPlus: "'++'"
        case .minusMinus: "'--'"
        case .andKeyword: "'and'"
        case .breakKeyword: "'break'"
        case .continueKeyword: "'continue'"
        case .defKeyword: "'def'"
        case .elifKeyword: "'elif'"
        case .elseKeyword: "'else'"
        case .forKeyword: "'for'"
        case .ifKeyword: "'if'"
        case .inKeyword: "'in'"
        case .lambdaKeyword: "'lambda'"
        case .loadKeyword: "'load'"
        case .notKeyword: "'not'"
        case .orKeyword: "'or'"
        case .passKeyword: "'pass'"
        case .returnKeyword: "'return'"
        case .whileKeyword: "'while'"
        case .asKeyword: "'as'"
        case .asyncKeyword: "'async'"
        case .awaitKeyword: "'await'"
        case .classKeyword: "'class'"
        case .delKeyword: "'del'"
        case .exceptKeyword: "'except'"
        case .finallyKeyword: "'finally'"
        case .fromKeyword: "'from'"
        case .globalKeyword: "'global'"
        case .importKeyword: "'import'"
        case .isKeyword: "'is'"
        case .nonlocalKeyword: "'nonlocal'"
        case .raiseKeyword: "'raise'"
        case .tryKeyword: "'try'"
        case .withKeyword: "'with'"
        case .yieldKeyword: "'yield'"
        default: "syntax"
        }
    }
}
