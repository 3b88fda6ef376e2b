/// Reads one chunk after another from a window of text: lexes a chunk whole into scratch arrays, parses those, and
/// copies the result into a `Chunk` of exactly the right size.
///
/// Everything is plain memory that is used again for the next chunk: no allocation, reference count or bounds check
/// stands between a byte and its token, or a token and its node.
struct ChunkParser: ~Copyable {
    /// The window, followed by at least `padding` NUL bytes, so that looking ahead needs no bounds checks.
    let text: UnsafePointer<UInt8>
    /// Bytes of the window.
    let end: Int
    /// Whether the window ends where the file does. Where it does not, a chunk that looked past the window's end is
    /// no chunk: the caller must come back with a larger window.
    let endIsEndOfFile: Bool
    /// The tables stand here because a global costs a check at every use.
    let classes = ByteClass.table
    let levels = Precedence.table
    let keywords = KeywordTable.shared

    static let padding = 64

    // MARK: Lexing
    /// Where the chunk begins in the window.
    var chunkStart = 0
    /// Where the lexer stands in the window.
    var position = 0
    /// The highest position the lexer has stood at, where it looked further than where it went on.
    var furthest = 0
    var hasByteOrderMark = false
    var tokens: Scratch<TokenWord>
    var longTokens: Scratch<LongToken>
    /// The indentation of the open blocks, the outermost (none) first.
    var indentation: Scratch<Indentation>
    var brackets: Scratch<OpenBracket>
    /// How many of each bracket kind are open: parentheses, brackets, braces.
    var openCounts: (Int, Int, Int) = (0, 0, 0)
    /// Comment lines since the last statement: they go with the block that is indented as far.
    var commentLines: Scratch<CommentLine>
    /// Token places at which an unclosed bracket has to end, found when the bracket was seen to be unclosed.
    var plannedCuts: Scratch<Int>
    var nextCut = 0
    /// The chunk may not end before this position: recovery has looked at the text up to here.
    var earliestEnd = 0
    /// Column of the first token of the logical line.
    var lineColumn = 0
    /// Blocks nest beyond the limit in the chunk, which has been reported.
    var isTooDeep = false
    /// An unclosed string stands in the chunk.
    var hasUnclosedString = false
    /// A closing bracket that closes nothing stands in the chunk.
    var hasStrayBracket = false
    /// The next line break ends an unclosed bracket, which has been reported.
    var nextNewlineIsRecovered = false
    /// How many tokens there were when the line inside brackets began that is being lexed.
    var tokensBeforeBracketedLine = 0

    // MARK: Parsing
    /// The token that the parser looks at, as an index.
    var current = 0
    /// Finished nodes, in postorder: children before their parent. A node that turns out to be the left operand of
    /// another needs no moving then.
    var nodes: Scratch<PendingNode>
    var diagnostics: Scratch<DiagnosticRecord>
    /// Where the last argument with a colon instead of `=` ended, as a token; -1 before the first.
    var lastColonArgument = -1
    /// The element before which a comma was last found missing, as a token, and the bracket whose list was last found to
    /// hold what is no element.
    var joinedElement = -1
    var brokenList = -1
    /// How many of the findings are the lexer's.
    var lexedDiagnostics = 0
    /// How deep the parser's recursion is.
    var nesting = 0
    /// How many brackets are open that are never closed: inside them nothing is reported.
    var unclosedNesting = 0
    /// The logical line, as tokens, that was last asked about unclosed strings, and the answer.
    var stringLine = 0..<0
    var stringLineHasUnclosed = false
    /// Findings are dropped up to this token: a finding has been made that explains them.
    var quietUntil = 0
    var parents: Scratch<OpenParent>

    struct OpenBracket {
        var token: Int
        var kind: SyntaxKind
    }

    struct Indentation {
        var column: Int
        /// Characters.
        var width: Int
    }

    struct CommentLine {
        /// Characters before it.
        var width: Int
        /// Behind the line break.
        var end: Int
    }

    /// A node whose children are being placed, the last first.
    struct OpenParent {
        var place: UInt32
        /// Behind the place of the child to come.
        var next: UInt32
    }

    struct PendingNode {
        var kind: SyntaxKind
        var firstToken: UInt32
        var tokenEnd: UInt32
        var size: UInt32
    }

    init(text: UnsafePointer<UInt8>, count: Int, endIsEndOfFile: Bool) {
        self.text = text
        end = count
        self.endIsEndOfFile = endIsEndOfFile
        tokens = Scratch(capacity: 4096)
        longTokens = Scratch(capacity: 4)
        indentation = Scratch(capacity: 128)
        brackets = Scratch(capacity: 64)
        commentLines = Scratch(capacity: 64)
        plannedCuts = Scratch(capacity: 16)
        nodes = Scratch(capacity: 4096)
        diagnostics = Scratch(capacity: 64)
        parents = Scratch(capacity: 128)
    }

    /// The chunk that begins at `start`, or nil where the window is too small to tell.
    ///
    /// - Parameter isFileStart: whether the file begins there, which lets a byte order mark stand.
    mutating func chunk(at start: Int, isFileStart: Bool) -> Chunk? {
        resetLexer(at: start, isFileStart: isFileStart)
        lexChunk()
        let examined = max(furthest, position) + Self.lookahead
        if !endIsEndOfFile && examined > end { return nil }
        parseChunk()
        return makeChunk(end: position, examined: examined - start)
    }

    /// How far beyond the position it stands at any step of the lexer looks, with room to spare.
    static let lookahead = 24
}
