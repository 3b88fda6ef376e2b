// Parameters of functions and lambdas.

extension ChunkParser {
    /// `( … )` behind a function's name.
    mutating func parseParameterList() {
        let start = mark()
        let open = current
        bump()
        openList(open)
        parseParameters(until: .rightParen, allowsTypes: true)
        closeList(open, with: .rightParen)
        finish(.parameterList, start)
    }

    /// The parameters of a lambda, up to its colon.
    mutating func parseLambdaParameters() {
        let start = mark()
        parseParameters(until: .colon, allowsTypes: false)
        finish(.parameterList, start)
    }

    private mutating func parseParameters(until closer: SyntaxKind, allowsTypes: Bool) {
        while kind != closer, !kind.isLayout, !kind.isCloseBracket {
            let before = current
            if !parseParameter(allowsTypes: allowsTypes) {
                let junk = mark()
                reportHere(.expected, expected: .identifier)
                skipParameter(until: closer)
                finish(.errorExpr, junk)
            }
            if kind == .comma {
                bump()
                // A lambda's parameters end in no comma.
                if !allowsTypes, kind == .colon { reportHere(.expected, expected: .identifier) }
            } else if kind == closer || kind.isLayout || kind.isCloseBracket {
                return
            } else if !allowsTypes, kind == .colon {
                return
            } else {
                if kind == .identifier || kind == .star || kind == .starStar {
                    reportMissing(.comma)
                } else if !allowsTypes {
                    return
                } else {
                    reportHere(foreignCode(for: kind) ?? .expected, expected: .comma)
                    let junk = mark()
                    skipParameter(until: closer)
                    finish(.errorExpr, junk)
                    _ = take(.comma)
                }
            }
            if current == before { return }
        }
    }

    private mutating func skipParameter(until closer: SyntaxKind) {
        if closer == .rightParen {
            skipInBrackets(stopAtComma: true)
        } else {
            while kind != .colon, kind != .comma, !kind.isLayout, !kind.isCloseBracket { bump() }
        }
    }

    /// - Returns: false where no parameter begins.
    private mutating func parseParameter(allowsTypes: Bool) -> Bool {
        let start = mark()
        let isCollector = kind == .star || kind == .starStar
        switch kind {
        case .star:
            bump()
            _ = take(.identifier)
        case .starStar:
            bump()
            if !take(.identifier) { reportMissing(.identifier) }
        case .slash:
            reportHere(.foreignPositionalOnly)
            bump()
        case .identifier: bump()
        default:
            guard kind.isKeyword, kind(ahead: 1).canFollowParameterName else { return false }
            reportHere(.keywordName)
            bump()
        }
        if allowsTypes, kind == .colon {
            let annotation = mark()
            bump()
            parseTest()
            finish(.typeAnnotation, annotation)
        }
        if kind == .equal {
            let value = mark()
            if isCollector { reportHere(.expected, expected: .comma) }
            bump()
            parseTest()
            finish(.defaultValue, value)
        }
        finish(.parameter, start)
        return true
    }
}

extension SyntaxKind {
    fileprivate var canFollowParameterName: Bool {
        self == .comma || self == .equal || self == .colon || self == .rightParen
    }
}
