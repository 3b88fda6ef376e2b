package enum CompletionRequest: RequestType {
    package static let method = "textDocument/completion"
    package typealias Result = CompletionListAnswer

    package struct Params: Codable, Sendable {
        package struct Context: Codable, Sendable {
            /// 1 if somebody asked, 2 if a character was typed, 3 if the last list was incomplete.
            package var triggerKind: Int
            package var triggerCharacter: String?
        }

        package var textDocument: TextDocumentIdentifier
        package var position: Position
        package var context: Context?
    }
}

package struct CompletionListAnswer: Encodable, Sendable {
    package var isIncomplete: Bool
    package var itemDefaults: Defaults?
    package var items: [CompletionItem]

    /// What holds for all items that say nothing else.
    package struct Defaults: Codable, Sendable {
        package var editRange: EditRange?

        package init(editRange: EditRange?) { self.editRange = editRange }
    }

    package init(isIncomplete: Bool, itemDefaults: Defaults?, items: [CompletionItem]) {
        self.isIncomplete = isIncomplete
        self.itemDefaults = itemDefaults
        self.items = items
    }
}

/// One range, or one for each way to put a completion in.
package enum EditRange: Codable, Sendable {
    case one(TextRange)
    case insertReplace(insert: TextRange, replace: TextRange)

    private enum CodingKeys: CodingKey { case insert, replace }

    package init(from decoder: any Decoder) throws {
        if let range = try? TextRange(from: decoder) {
            self = .one(range)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self = .insertReplace(
            insert: try container.decode(TextRange.self, forKey: .insert),
            replace: try container.decode(TextRange.self, forKey: .replace))
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .one(let range): try range.encode(to: encoder)
        case .insertReplace(let insert, let replace):
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(insert, forKey: .insert)
            try container.encode(replace, forKey: .replace)
        }
    }
}

/// The edit of a completion: one range, or one for each way to put it in.
package struct CompletionEdit: Codable, Sendable {
    package var newText: String
    package var range: TextRange?
    package var insert: TextRange?
    package var replace: TextRange?

    package init(_ range: EditRange, newText: String) {
        self.newText = newText
        switch range {
        case .one(let range): self.range = range
        case .insertReplace(let insert, let replace):
            self.insert = insert
            self.replace = replace
        }
    }
}

package struct CompletionItem: Codable, Sendable {
    package enum Kind: Int, Codable, Sendable {
        case text = 1
        case method = 2
        case function = 3
        case field = 5
        case variable = 6
        case module = 9
        case value = 12
        case keyword = 14
        case snippet = 15
        case file = 17
        case folder = 19
        case constant = 21
        case typeParameter = 25
    }

    package struct LabelDetails: Codable, Sendable {
        package var detail: String?
        package var description: String?

        package init(detail: String?, description: String?) {
            self.detail = detail
            self.description = description
        }
    }

    package var label: String
    package var labelDetails: LabelDetails?
    package var kind: Kind?
    /// 1 is deprecated.
    package var tags: [Int]?
    package var detail: String?
    package var documentation: Documentation?
    package var deprecated: Bool?
    package var sortText: String?
    package var filterText: String?
    /// 2 is a snippet.
    package var insertTextFormat: Int?
    package var textEdit: CompletionEdit?
    package var textEditText: String?
    package var additionalTextEdits: [TextEdit]?
    package var data: CompletionData?

    package init(label: String) { self.label = label }

    // Clients may send back whatever their own types have; what is not read is kept out of the answer.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        label = try container.decode(String.self, forKey: .label)
        labelDetails = try container.decodeIfPresent(LabelDetails.self, forKey: .labelDetails)
        kind = try container.decodeIfPresent(Int.self, forKey: .kind).flatMap(Kind.init)
        tags = try container.decodeIfPresent([Int].self, forKey: .tags)
        detail = try container.decodeIfPresent(String.self, forKey: .detail)
        documentation = try? container.decodeIfPresent(Documentation.self, forKey: .documentation)
        deprecated = try container.decodeIfPresent(Bool.self, forKey: .deprecated)
        sortText = try container.decodeIfPresent(String.self, forKey: .sortText)
        filterText = try container.decodeIfPresent(String.self, forKey: .filterText)
        insertTextFormat = try container.decodeIfPresent(Int.self, forKey: .insertTextFormat)
        textEdit = try container.decodeIfPresent(CompletionEdit.self, forKey: .textEdit)
        textEditText = try container.decodeIfPresent(String.self, forKey: .textEditText)
        additionalTextEdits = try container.decodeIfPresent([TextEdit].self, forKey: .additionalTextEdits)
        data = try? container.decodeIfPresent(CompletionData.self, forKey: .data)
    }
}

/// What the server has to know to say more about an item.
package struct CompletionData: Codable, Sendable {
    package var uri: DocumentURI
    /// What the item means, in words of the server's own.
    package var subject: [String]

    package init(uri: DocumentURI, subject: [String]) {
        self.uri = uri
        self.subject = subject
    }
}

package enum CompletionResolveRequest: RequestType {
    package static let method = "completionItem/resolve"
    package typealias Params = CompletionItem
    package typealias Result = CompletionItem
}

/// A text for people: a plain one for clients that name no formats, which know nothing else.
package enum Documentation: Codable, Sendable {
    case text(String)
    case markup(MarkupContent)

    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self = .text(text)
        } else {
            self = .markup(try MarkupContent(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text): try text.encode(to: encoder)
        case .markup(let content): try content.encode(to: encoder)
        }
    }
}
