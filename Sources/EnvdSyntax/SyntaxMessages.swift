// The wording of the findings: what was expected, and the envd way of what was meant. One sentence, no full stop.

extension Chunk {
    /// The chunk's findings, given where it begins in the file.
    package func diagnostics(at offset: Int) -> [SyntaxDiagnostic] {
        (0..<Int(diagnosticCount)).map { index in
            let record = diagnosticRecords[index]
            let start = offset + Int(record.start)
            let text = string(in: Int(record.start)..<(Int(record.start) + Int(record.length)))
            return SyntaxDiagnostic(
                code: record.code, range: start..<(start + Int(record.length)), message: record.message(about: text))
        }
    }
}

extension DiagnosticRecord {
    func message(about text: String) -> String {
        switch code {
        case .unknownCharacter: return "unexpected character \(describe(text))"
        case .invalidUTF8: return "these bytes are not UTF-8"
        case .strayBackslash: return "a backslash joins lines only at the very end of a line"
        case .unclosedString: return "the string is not closed on its line"
        case .unclosedTripleString: return "the triple-quoted string is never closed"
        case .invalidEscape: return invalidEscape(text)
        case .invalidNumber: return "'\(shorten(text))' is not a number"
        case .oldOctal: return "write octal numbers as 0o\(shorten(String(text.drop { $0 == "0" })))"

        case .unclosedBracket: return "\(found.spelling) is never closed"
        case .unmatchedBracket: return "\(found.spelling) closes nothing"
        case .wrongBracket: return "expected \(expected.spelling), found \(found.spelling)"
        case .unexpectedIndent: return "unexpected indentation"
        case .inconsistentDedent: return "the indentation matches no outer block"
        case .missingBlock: return "expected an indented block below this header"
        case .tooDeep:
            return "nested too deeply: at most \(SyntaxLimits.nesting) levels, \(SyntaxLimits.indentation) blocks "
                + "and \(SyntaxLimits.chain) operators in a row"

        case .expected: return "expected \(expected.phrase)\(foundClause)"
        case .expectedExpression: return "expected an expression\(foundClause)"
        case .expectedEndOfLine: return "expected the end of the statement\(foundClause)"
        case .expectedStatement: return "expected a statement\(foundClause)"
        case .strayClause: return "\(found.spelling) has no statement above that it belongs to"
        case .missingElse: return "a conditional expression needs an 'else'"
        case .invalidTarget: return "cannot assign to \(found.targetDescription)"
        case .invalidAugmentedTarget: return "an augmented assignment has one target, not several"
        case .trailingComma: return "a tuple that ends in a comma needs parentheses"
        case .keywordName: return "'\(shorten(text))' is a reserved word and cannot be a name"
        case .loadModule: return "the first argument of load is the module, a string"
        case .loadItem: return "load takes \"name\" or local = \"name\""
        case .loadAliasValue: return "the name to load is a string: local = \"name\""
        case .loadNothing: return "load names nothing to load"
        case .compoundOnHeaderLine: return "\(found.spelling) begins a line of its own"
        case .chainedAssignment: return "one assignment a statement: write the second on a line of its own"
        case .chainedComparison: return "comparisons do not chain: join two of them with 'and'"
        case .notWithoutIn: return "'not' needs parentheses here, or 'in' behind it"
        default: return foreignMessage(about: text)
        }
    }

    private func foreignMessage(about text: String) -> String {
        switch code {
        case .foreignImport: "there is no import: use load(\"file.envd\", \"name\"), or include(\"repository\")"
        case .foreignClass: "there are no classes: use functions, and struct(...) for values"
        case .foreignTry: "errors cannot be caught: check first, or let the build stop with fail(...)"
        case .foreignWith: "there is no with: call the functions one after the other"
        case .foreignRaise: "there is no raise: stop the build with fail(\"reason\")"
        case .foreignAssert: "there is no assert: write if not ...: fail(\"reason\")"
        case .foreignDel: "there is no del: use list.pop(...) or dict.pop(...)"
        case .foreignGlobal: "globals cannot be assigned inside a function: return the value instead"
        case .foreignAsync, .foreignAwait: "everything runs in order: leave '\(text)' out"
        case .foreignMatch: "there is no match: use if, elif and else"
        case .foreignDecorator: "there are no decorators: call the function with the other as its argument"
        case .foreignYield: "there are no generators: return a list"
        case .foreignFString: "there are no f-strings: use \"...{}...\".format(value) or \"%s\" % value"
        case .foreignIs: "there is no 'is': compare with == and !="
        case .foreignWalrus: "there is no ':=': assign on a line of its own"
        case .foreignStarred: "'*' unpacks only in calls: build lists with +"
        case .foreignSet: "there are no set literals: use set([...]) or a list"
        case .foreignGenerator: "there are no generator expressions: put it in brackets, [... for ...]"
        case .foreignPower: "there is no '**': multiply, or shift with 1 << n"
        case .foreignMatrixProduct: "there is no '@' operator"
        case .foreignDictUnpack: "'**' unpacks only in calls: join dicts with | or dict(a, **b)"
        case .foreignEllipsis: "there is no '...': write pass"
        case .foreignLogicalOperator: text == "&&" ? "write 'and' for '&&'" : "write 'or' for '||'"
        case .foreignNot: "write 'not' for '!'"
        case .foreignNotEqual: "write '!=' for '<>'"
        case .foreignIncrement: text == "++" ? "there is no '++': write x += 1" : "there is no '--': write x -= 1"
        case .foreignQuestion: "there is no '?': write a if condition else b"
        case .foreignAugmented: "there is no '\(text)'"
        case .foreignLoopElse: "a loop has no else: set a flag before it and check that"
        case .foreignPositionalOnly: "parameters cannot be positional only: leave the '/' out"
        case .foreignCommand: "a call needs parentheses: \(shorten(text))(...)"
        case .foreignElseIf: "write elif for 'else if'"
        case .foreignStringConcatenation: "strings in a row are not joined: put + between them"
        case .foreignNumberSuffix: "'\(shorten(text))' is not a number: leave out '_' and letters behind the digits"
        case .foreignStringPrefix: "there is no string prefix '\(text)': only r, b and rb"
        default: "'\(shorten(text))' is a reserved word"
        }
    }

    /// What stands there instead, where saying so helps.
    private var foundClause: String {
        switch found {
        case .newline: ", found the end of the line"
        case .eof, .dedent, .indent: ""
        case .unknown: ""
        default: found.isToken ? ", found \(found.phrase)" : ""
        }
    }

    private func invalidEscape(_ text: String) -> String {
        let hint = " (write \\\\ for a backslash, or r\"...\")"
        if text.count <= 1 { return "the backslash escapes nothing" }
        switch text.dropFirst().first {
        case "x", "0", "1", "2", "3", "4", "5", "6", "7":
            return text.count > 2
                ? "'\(text)' is not ASCII: write \\uXXXX for a character" : "'\(text)' needs two hexadecimal digits"
        case "u": return "'\(text)' names no character: \\u takes four hexadecimal digits"
        case "U": return "'\(text)' names no character: \\U takes eight hexadecimal digits"
        default: return "'\(text)' is not an escape\(hint)"
        }
    }

    private func describe(_ text: String) -> String {
        guard let scalar = text.unicodeScalars.first else { return "" }
        let code =
            "U+" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
            + String(scalar.value, radix: 16, uppercase: true)
        return scalar.value < 0x20 || scalar.value == 0x7F ? code : "'\(shorten(text))' (\(code))"
    }

    private func shorten(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }
}

extension SyntaxKind {
    /// The token's spelling, with an article where it is a class of tokens.
    fileprivate var phrase: String {
        switch self {
        case .integer, .formattedString: "an \(spelling)"
        case .identifier, .float, .string, .bytes: "a \(spelling)"
        default: "\(spelling)"
        }
    }

    /// What an assignment cannot have on its left side.
    fileprivate var targetDescription: String {
        switch self {
        case .literalExpr: "a literal"
        case .callExpr: "the result of a call"
        case .binaryExpr, .unaryExpr: "an operation"
        case .conditionalExpr: "a conditional expression"
        case .listComp, .dictComp: "a comprehension"
        case .dictExpr: "a dict"
        case .lambdaExpr: "a lambda"
        case .sliceExpr: "a slice"
        default: "this expression"
        }
    }
}
