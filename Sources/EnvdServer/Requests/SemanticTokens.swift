import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

enum SemanticTokensFullHandler: RequestHandler {
    typealias Request = SemanticTokensFullRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let analysis = context.analysis(of: document)
        let tokens = context.workspace.tokens(of: document, context.client)
        let data = tokens.data(analysis, context.client)
        return SemanticTokens(resultId: tokens.keep(data), data: data)
    }
}

enum SemanticTokensDeltaHandler: RequestHandler {
    typealias Request = SemanticTokensDeltaRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let analysis = context.analysis(of: document)
        let tokens = context.workspace.tokens(of: document, context.client)
        let data = tokens.data(analysis, context.client)
        let old = tokens.kept(params.previousResultId)
        let id = tokens.keep(data)
        guard let old else { return .full(SemanticTokens(resultId: id, data: data)) }
        return .delta(SemanticTokensDelta(resultId: id, edits: difference(old, data)))
    }

    /// One edit that makes the one of the other.
    private static func difference(
        _ old: [UInt32], _ new: [UInt32]
    ) -> [(start: Int, deleteCount: Int, data: [UInt32])] {
        let least = min(old.count, new.count)
        var start = 0
        while start < least, old[start] == new[start] { start += 1 }
        var same = 0
        while same < least - start, old[old.count - 1 - same] == new[new.count - 1 - same] { same += 1 }
        if start == old.count, start == new.count { return [] }
        return [(start, old.count - start - same, Array(new[start..<(new.count - same)]))]
    }
}

enum SemanticTokensRangeHandler: RequestHandler {
    typealias Request = SemanticTokensRangeRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let document = try context.document(params.textDocument)
        let analysis = context.analysis(of: document)
        let range = document.file.byteRange(of: params.range, encoding: context.encoding)
        return SemanticTokens(
            resultId: nil,
            data: context.workspace.tokens(of: document, context.client).data(analysis, context.client, in: range))
    }
}

/// How tokens are numbered for a client: only by kinds and modifiers that it knows.
struct TokenLegend {
    let kinds: [SemanticToken.Kind]
    let modifierNames: [String]
    /// By the kind's own number; nil of what the client does not know.
    private let kindNumbers: [UInt32?]
    /// By the modifier's bit.
    private let modifierBits: [UInt32]
    /// Whether the client has no colours but these.
    let isLexical: Bool

    init(_ client: ClientFeatures) {
        let capabilities = client.capabilities.textDocument?.semanticTokens
        let types = capabilities?.tokenTypes.map(Set.init)
        let modifiers = capabilities?.tokenModifiers.map(Set.init)
        let kinds = SemanticToken.Kind.allCases.filter { types?.contains($0.name) ?? true }
        self.kinds = kinds
        kindNumbers = SemanticToken.Kind.allCases.map { kind in
            kinds.firstIndex(of: kind).map { UInt32(truncatingIfNeeded: $0) }
        }
        let names = SemanticToken.Modifiers.names.filter { modifiers?.contains($0) ?? true }
        modifierNames = names
        modifierBits = SemanticToken.Modifiers.names.map { name in
            names.firstIndex(of: name).map { 1 << UInt32(truncatingIfNeeded: $0) } ?? 0
        }
        isLexical = capabilities?.augmentsSyntaxTokens != true
    }

    func number(_ kind: SemanticToken.Kind) -> UInt32? { kindNumbers[Int(kind.rawValue)] }

    func number(_ modifiers: SemanticToken.Modifiers) -> UInt32 {
        var bits: UInt32 = 0
        for (place, bit) in modifierBits.enumerated() where modifiers.rawValue & (1 << UInt8(place)) != 0 {
            bits |= bit
        }
        return bits
    }
}

/// The semantic tokens of one document in the numbers of the protocol, kept by chunk, since these numbers count from the token
/// before: an edit leaves those of other chunks as they are.
final class DocumentTokens {
    private var cache = SemanticTokenCache()
    private var encoded: [ObjectIdentifier: EncodedChunk] = [:]
    private var last: (id: String, data: [UInt32])?
    private var count = 0
    private let series: Int
    private let legend: TokenLegend
    private let client: ClientFeatures
    /// Who only ever asks for parts leaves behind what has been edited since.
    private static let maximumParts = 10_000

    private struct EncodedChunk {
        let tokens: [SemanticToken]
        /// Five numbers a token; of the first its line and its character within the chunk.
        let data: [UInt32]
        let lastLine: Int
        let lastCharacter: Int
        let lineBreaks: Int
        /// What stands behind the last line break, in the client's units.
        let rest: Int
        // Holds the identity.
        let chunk: Chunk
    }

    /// - Parameter series: no other has the same, so that a client that names an answer of another one is not taken to mean one of these.
    init(_ client: ClientFeatures, series: Int) {
        self.client = client
        self.series = series
        legend = TokenLegend(client)
    }

    /// Keeps an answer, and names it.
    func keep(_ data: [UInt32]) -> String {
        count += 1
        let id = "\(series)-\(count)"
        last = (id, data)
        return id
    }

    func kept(_ id: String) -> [UInt32]? { last?.id == id ? last?.data : nil }

    func data(_ analysis: FileAnalysis, _ client: ClientFeatures, in range: Range<Int>? = nil) -> [UInt32] {
        var data: [UInt32] = []
        var next: [ObjectIdentifier: EncodedChunk] = [:]
        // Where the chunk begins, and where the last token was.
        var (line, character) = (0, 0)
        var (lastLine, lastCharacter) = (0, 0)
        var isFirst = range != nil
        let isWhole = range == nil
        if !isWhole, encoded.count > DocumentTokens.maximumParts { encoded = [:] }
        cache.visit(analysis, in: range, isLexical: legend.isLexical) { offset, chunk, tokens in
            if isFirst {
                let position = analysis.file.position(at: offset, encoding: client.encoding)
                (line, character) = (position.line, position.column)
                isFirst = false
            }
            let id = ObjectIdentifier(chunk)
            var entry = encoded[id]
            if entry == nil || entry?.tokens != tokens { entry = encode(tokens, chunk) }
            guard let entry else { return }
            if isWhole { next[id] = entry } else { encoded[id] = entry }
            if !entry.data.isEmpty {
                let start = data.count
                data += entry.data
                let first = (line: Int(entry.data[0]), character: Int(entry.data[1]))
                let place = (line: line + first.line, character: first.character + (first.line == 0 ? character : 0))
                data[start] = UInt32(truncatingIfNeeded: place.line - lastLine)
                data[start + 1] = UInt32(
                    truncatingIfNeeded: place.line == lastLine ? place.character - lastCharacter : place.character)
                lastLine = line + entry.lastLine
                lastCharacter = entry.lastCharacter + (entry.lastLine == 0 ? character : 0)
            }
            character = entry.lineBreaks == 0 ? character + entry.rest : entry.rest
            line += entry.lineBreaks
        }
        if isWhole { encoded = next }
        return data
    }

    private func encode(_ tokens: [SemanticToken], _ chunk: Chunk) -> EncodedChunk {
        var data: [UInt32] = []
        data.reserveCapacity(tokens.count * 5)
        let allowsLines = client.capabilities.textDocument?.semanticTokens?.multilineTokenSupport == true
        var (lastLine, lastCharacter) = (0, 0)
        var cursor = TextCursor(client.encoding)
        chunk.withBytes { bytes in
            func add(_ start: Int, _ end: Int, _ kind: UInt32, _ modifiers: UInt32) {
                cursor.move(to: start, in: bytes)
                let (line, character) = (cursor.line, cursor.character)
                data.append(UInt32(truncatingIfNeeded: line - lastLine))
                data.append(UInt32(truncatingIfNeeded: line == lastLine ? character - lastCharacter : character))
                data.append(UInt32(truncatingIfNeeded: TextCursor.units(bytes, start..<end, client.encoding)))
                data.append(kind)
                data.append(modifiers)
                (lastLine, lastCharacter) = (line, character)
            }
            for token in tokens {
                guard let kind = legend.number(token.kind) else { continue }
                let modifiers = legend.number(token.modifiers)
                let (start, end) = (Int(token.start), Int(token.start + token.length))
                guard end <= bytes.count, !allowsLines, token.kind == .string,
                    bytes[start..<end].contains(where: { $0 == 0x0A || $0 == 0x0D })
                else {
                    if end <= bytes.count { add(start, end, kind, modifiers) }
                    continue
                }
                // Line by line, for clients that know no other way.
                var from = start
                for place in start...end where place == end || bytes[place] == 0x0A || bytes[place] == 0x0D {
                    if place > from { add(from, place, kind, modifiers) }
                    from = place + 1
                }
            }
            cursor.move(to: bytes.count, in: bytes)
        }
        return EncodedChunk(
            tokens: tokens, data: data, lastLine: lastLine, lastCharacter: lastCharacter, lineBreaks: cursor.line,
            rest: cursor.character, chunk: chunk)
    }
}

/// Counts lines and characters on the way through a text.
private struct TextCursor {
    private let encoding: PositionEncoding
    private var offset = 0
    private(set) var line = 0
    private(set) var character = 0

    init(_ encoding: PositionEncoding) { self.encoding = encoding }

    mutating func move(to end: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        while offset < end {
            let byte = bytes[offset]
            offset += 1
            if byte == 0x0A || byte == 0x0D && !(offset < bytes.count && bytes[offset] == 0x0A) {
                line += 1
                character = 0
            } else {
                character += TextCursor.units(byte, encoding)
            }
        }
    }

    static func units(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ encoding: PositionEncoding) -> Int {
        encoding == .utf8 ? range.count : bytes[range].reduce(0) { $0 + units($1, encoding) }
    }

    private static func units(_ byte: UInt8, _ encoding: PositionEncoding) -> Int {
        switch encoding {
        case .utf8: 1
        case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
        case .utf32: byte & 0xC0 == 0x80 ? 0 : 1
        }
    }
}
