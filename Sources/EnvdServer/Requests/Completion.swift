import EnvdAnalysis
import EnvdIDE
import EnvdSyntax
import LanguageServerProtocol

/// The characters after which the client asks what can follow. A blank is none of them: nearly always nothing has to be chosen there.
let completionTriggers = [".", "\"", "'", "/", "(", "=", "[", ","]

enum CompletionHandler: RequestHandler {
    typealias Request = CompletionRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        let (document, analysis, offset) = try context.place(params.textDocument, params.position)
        let client = context.client.completions
        let trigger = params.context.flatMap { $0.triggerKind == 2 ? $0.triggerCharacter : nil }
        let list = analysis.completions(
            at: offset, CompletionAbilities(takesSnippets: client.snippetSupport == true), trigger: trigger)
        let writer = CompletionWriter(context, document, analysis, offset: offset, list)
        return CompletionListAnswer(
            isIncomplete: list.isIncomplete, itemDefaults: writer.defaults, items: list.items.map(writer.item))
    }
}

enum CompletionResolveHandler: RequestHandler {
    typealias Request = CompletionResolveRequest

    static func answer(_ params: Request.Params, in context: RequestContext) throws(ResponseError) -> Request.Result {
        var item = params
        if let text = context.documentation(params.data) {
            item.documentation = context.client.documentation(text, context.client.completions.documentationFormat)
        }
        return item
    }
}

extension ClientFeatures {
    /// What the client can take of an item.
    var completions: ClientCapabilities.Completion.Item {
        capabilities.textDocument?.completion?.completionItem ?? ClientCapabilities.Completion.Item()
    }

    /// Whether the client asks for documentation when somebody looks at an item. Clients that do not say what they ask for ask for
    /// documentation and detail, as all did before protocol 3.16.
    var resolvesCompletions: Bool {
        completions.resolveSupport?.properties.contains("documentation") ?? true
    }
}

/// Completions as the client can take them.
private struct CompletionWriter {
    private let context: RequestContext
    private let document: Document
    private let analysis: FileAnalysis
    private let client: ClientCapabilities.Completion.Item
    private let positions: Positions
    private let range: EditRange
    private let offset: Int
    private let sharesRange: Bool
    private let resolves: Bool

    init(
        _ context: RequestContext, _ document: Document, _ analysis: FileAnalysis, offset: Int, _ list: CompletionList
    ) {
        self.context = context
        self.document = document
        self.analysis = analysis
        self.offset = offset
        client = context.client.completions
        positions = Positions(document.file, context.encoding)
        range = CompletionWriter.range(list.replaced, offset, client, positions)
        sharesRange =
            context.client.capabilities.textDocument?.completion?.completionList?.itemDefaults?.contains("editRange")
            ?? false
        resolves = context.client.resolvesCompletions
    }

    var defaults: CompletionListAnswer.Defaults? {
        sharesRange ? CompletionListAnswer.Defaults(editRange: range) : nil
    }

    private static func range(
        _ replaced: Range<Int>, _ offset: Int, _ client: ClientCapabilities.Completion.Item, _ positions: Positions
    ) -> EditRange {
        let start = min(replaced.lowerBound, offset)
        let insert = positions.range(of: start..<offset)
        guard client.insertReplaceSupport == true, replaced.upperBound > offset else {
            // One way only: what stands behind the cursor stays, as somebody may have put it there on purpose.
            return .one(insert)
        }
        return .insertReplace(insert: insert, replace: positions.range(of: start..<replaced.upperBound))
    }

    func item(_ completion: Completion) -> CompletionItem {
        var item = CompletionItem(label: completion.label)
        item.kind = kind(completion.kind)
        item.sortText = completion.rank.text + completion.label
        if let filter = completion.filter, filter != completion.label { item.filterText = filter }
        if client.labelDetailsSupport == true {
            if !completion.detail.isEmpty || !completion.origin.isEmpty {
                item.labelDetails = CompletionItem.LabelDetails(
                    detail: completion.detail.isEmpty ? nil : completion.detail,
                    description: completion.origin.isEmpty ? nil : completion.origin)
            }
        } else {
            let (detail, origin) = (words(completion.detail), words(completion.origin))
            if !detail.isEmpty || !origin.isEmpty {
                item.detail = detail.isEmpty ? origin : origin.isEmpty ? detail : "\(detail) · \(origin)"
            }
        }
        if completion.format == .snippet { item.insertTextFormat = 2 }
        if sharesRange, completion.replaced == nil {
            if completion.insertion != completion.label { item.textEditText = completion.insertion }
        } else {
            let own = completion.replaced.map { CompletionWriter.range($0, offset, client, positions) }
            item.textEdit = CompletionEdit(own ?? range, newText: completion.insertion)
        }
        if !completion.otherEdits.isEmpty {
            item.additionalTextEdits = completion.otherEdits.map { edit in
                TextEdit(
                    range: positions.range(of: edit.range), newText: String(decoding: edit.replacement, as: UTF8.self))
            }
        }
        if completion.isDeprecated {
            if client.tagSupport?.valueSet?.contains(1) == true {
                item.tags = [1]
            } else if client.deprecatedSupport == true {
                item.deprecated = true
            }
        }
        document(completion.documentation, &item)
        return item
    }

    /// A text without what parts it from the label before it.
    private func words(_ text: String) -> String {
        guard let first = text.utf8.first, first == UInt8(ascii: " ") || first == UInt8(ascii: ":") else { return text }
        return String(text.drop { $0 == " " || $0 == ":" })
    }

    private func document(_ documentation: Completion.Documentation, _ item: inout CompletionItem) {
        let text: String
        switch documentation {
        case .none: return
        case .text(let own): text = own
        case .meaning(let meaning):
            if resolves, let words = meaning.words {
                item.data = CompletionData(uri: document.uri, subject: words)
                return
            }
            text = analysis.documentation(of: meaning) ?? ""
        }
        item.documentation = context.client.documentation(text, client.documentationFormat)
    }

    private func kind(_ kind: Completion.Kind) -> CompletionItem.Kind {
        switch kind {
        case .function: .function
        case .method: .method
        case .variable: .variable
        case .parameter: .field
        case .module: .module
        case .field: .field
        case .keyword: .keyword
        case .snippet: .snippet
        case .value: .value
        case .constant: .constant
        case .file: .file
        case .folder: .folder
        case .text: .text
        case .type: .typeParameter
        }
    }
}
