/// What is wrong, as a name that settings and tests can refer to.
package enum SyntaxDiagnosticCode: UInt8, Sendable, CaseIterable {
    // MARK: Characters and literals
    case unknownCharacter, invalidUTF8, strayBackslash
    case unclosedString, unclosedTripleString, invalidEscape, invalidNumber, oldOctal
    // MARK: Layout
    case unclosedBracket, unmatchedBracket, wrongBracket
    case unexpectedIndent, inconsistentDedent, missingBlock
    case tooDeep
    // MARK: Structure
    case expected, expectedExpression, expectedEndOfLine, expectedStatement, strayClause, missingElse
    case invalidTarget, invalidAugmentedTarget, trailingComma, keywordName
    case loadModule, loadItem, loadAliasValue, loadNothing
    case compoundOnHeaderLine, chainedAssignment, chainedComparison, notWithoutIn
    // MARK: Foreign forms
    case foreignImport, foreignClass, foreignTry, foreignWith, foreignRaise, foreignAssert, foreignDel
    case foreignGlobal, foreignAsync, foreignAwait, foreignMatch, foreignDecorator, foreignYield
    case foreignFString, foreignIs, foreignWalrus, foreignStarred, foreignSet, foreignGenerator, foreignPower
    case foreignMatrixProduct, foreignDictUnpack, foreignEllipsis, foreignLogicalOperator, foreignNot
    case foreignNotEqual, foreignIncrement, foreignQuestion, foreignAugmented, foreignLoopElse
    case foreignPositionalOnly, foreignCommand, foreignElseIf, foreignStringConcatenation, foreignNumberSuffix
    case foreignStringPrefix, reservedWord
    // MARK: What a dialect switches off
    case typeAnnotation, whileLoop, topLevelControl

    /// The name in kebab case, as findings print it: `unclosed-bracket`.
    package var name: String {
        var out = ""
        var previousIsUpper = true
        for character in String(describing: self) {
            if character.isUppercase {
                if !previousIsUpper { out += "-" }
                out += character.lowercased()
                previousIsUpper = true
            } else {
                out.append(character)
                previousIsUpper = false
            }
        }
        return out
    }
}

/// A syntax finding.
package struct SyntaxDiagnostic: Sendable, Hashable {
    package let code: SyntaxDiagnosticCode
    /// UTF-8 bytes from the beginning of the file.
    package let range: Range<Int>
    package let message: String

    package init(code: SyntaxDiagnosticCode, range: Range<Int>, message: String) {
        self.code = code
        self.range = range
        self.message = message
    }
}
