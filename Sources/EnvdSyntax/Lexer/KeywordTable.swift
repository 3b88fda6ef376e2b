/// Finds keywords with one multiplication and one comparison: a perfect hash over their bytes as one 64-bit word.
struct KeywordTable: @unchecked Sendable {  // the memory is written once, before the value exists
    private let words: UnsafeMutablePointer<UInt64>
    private let kinds: UnsafeMutablePointer<SyntaxKind>
    private let multiplier: UInt64

    static let shared = KeywordTable()

    /// No keyword is longer than eight bytes or shorter than two.
    static let lengths = 2...8

    private init() {
        let keywords = SyntaxKind.allCases.compactMap { kind -> (UInt64, SyntaxKind)? in
            guard kind.isKeyword, let text = kind.fixedText else { return nil }
            return text.withUTF8Buffer { bytes in
                (bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }, kind)
            }
        }
        words = .allocate(capacity: 256)
        kinds = .allocate(capacity: 256)
        // Thirty-two words in 256 places: one odd multiplier in about eight puts no two in the same place.
        var candidate: UInt64 = 0x9E37_79B9_7F4A_7C15
        search: while true {
            words.initialize(repeating: 0, count: 256)
            kinds.initialize(repeating: .identifier, count: 256)
            for (word, kind) in keywords {
                let place = Int((word &* candidate) >> 56)
                if words[place] != 0 {
                    candidate = candidate &* 0x5851_F42D_4C95_7F2D &+ 2
                    continue search
                }
                words[place] = word
                kinds[place] = kind
            }
            break
        }
        multiplier = candidate
    }

    /// The keyword with these bytes, or `.identifier`.
    @inline(__always)
    func kind(of word: UInt64) -> SyntaxKind {
        let place = Int(truncatingIfNeeded: (word &* multiplier) >> 56)
        return words[place] == word ? kinds[place] : .identifier
    }
}

extension SyntaxKind {
    /// Keywords, the reserved words among them.
    package var isKeyword: Bool {
        rawValue >= SyntaxKind.andKeyword.rawValue && rawValue <= SyntaxKind.yieldKeyword.rawValue
    }

    /// Words that Starlark reserves and gives no meaning.
    package var isReservedWord: Bool {
        rawValue >= SyntaxKind.asKeyword.rawValue && rawValue <= SyntaxKind.yieldKeyword.rawValue
    }

    /// Keywords that only ever begin a statement or clause, and so never stand inside brackets.
    var beginsOnlyStatements: Bool {
        switch self {
        case .defKeyword, .returnKeyword, .passKeyword, .breakKeyword, .continueKeyword, .whileKeyword, .loadKeyword,
            .elifKeyword, .classKeyword, .importKeyword, .fromKeyword, .tryKeyword, .exceptKeyword, .finallyKeyword,
            .withKeyword, .raiseKeyword, .delKeyword, .globalKeyword, .nonlocalKeyword:
            true
        default: false
        }
    }

    /// Keywords that go on with an expression after an operand.
    var followsOperand: Bool {
        switch self {
        case .andKeyword, .orKeyword, .notKeyword, .inKeyword, .isKeyword, .ifKeyword, .elseKeyword, .forKeyword,
            .asKeyword:
            true
        default: false
        }
    }

    var isOpenBracket: Bool { self == .leftParen || self == .leftBracket || self == .leftBrace }
    var isCloseBracket: Bool { self == .rightParen || self == .rightBracket || self == .rightBrace }

    /// Whether an operand can end with the token, so that another operand right after it is a mistake.
    var endsOperand: Bool {
        switch self {
        case .identifier, .integer, .float, .string, .bytes, .formattedString, .ellipsis: true
        default: isCloseBracket
        }
    }
}
