package enum CompletionRequest: RequestType {
    package static let method = "textDocument/completion"
    package typealias Result = CompletionListAnswer

    package struct Params: Decodable, Sendable {
        package struct Context: Decodable, Sendable {
            /// 1 if somebody asked, 2 if a character was typed, 3 if the last list was incomplete.
            package var triggerKind: Int
            package var triggerCharacter: String?
        }

        package var textDocument: TextDocumentIdentifier
        package var position: Position
        package var context: Context?
    }
}

package struct CompletionListAnswer: Sendable {
    package var isIncomplete: Bool
    package var itemDefaults: Defaults?
    package var items: [CompletionItem]

    /// What holds for all items that say nothing else.
    package struct Defaults: Sendable {
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
package enum EditRange: Decodable, Sendable {
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

}

/// The edit of a completion: one range, or one for each way to put it in.
package struct CompletionEdit: Decodable, Sendable {
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

package struct CompletionItem: Decodable, Sendable {
    package enum Kind: Int, Decodable, Sendable {
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

    package struct LabelDetails: Decodable, Sendable {
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

    private enum CodingKeys: CodingKey {
        case label, labelDetails, kind, tags, detail, documentation, deprecated, sortText, filterText, insertTextFormat
        case textEdit, textEditText, additionalTextEdits, data
    }

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
package struct CompletionData: Decodable, Sendable {
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
package enum Documentation: Decodable, Sendable {
    case text(String)
    case markup(MarkupContent)

    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self = .text(text)
        } else {
            self = .markup(try MarkupContent(from: decoder))
        }
    }

}

extension CompletionListAnswer: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("isIncomplete", isIncomplete)
            json.member("itemDefaults", ifPresent: itemDefaults)
            json.member("items", items)
        }
    }
}

extension CompletionListAnswer.Defaults: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("editRange", ifPresent: editRange)
        }
    }
}

extension EditRange: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .one(let range): range.write(to: &json)
        case .insertReplace(let insert, let replace):
            json.object { json in
                json.member("insert", insert)
                json.member("replace", replace)
            }
        }
    }
}

extension CompletionEdit: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("newText", newText)
            json.member("range", ifPresent: range)
            json.member("insert", ifPresent: insert)
            json.member("replace", ifPresent: replace)
        }
    }
}

extension CompletionItem: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("label", label)
            json.member("labelDetails", ifPresent: labelDetails)
            json.member("kind", ifPresent: kind)
            json.member("tags", ifPresent: tags)
            json.member("detail", ifPresent: detail)
            json.member("documentation", ifPresent: documentation)
            json.member("deprecated", ifPresent: deprecated)
            json.member("sortText", ifPresent: sortText)
            json.member("filterText", ifPresent: filterText)
            json.member("insertTextFormat", ifPresent: insertTextFormat)
            json.member("textEdit", ifPresent: textEdit)
            json.member("textEditText", ifPresent: textEditText)
            json.member("additionalTextEdits", ifPresent: additionalTextEdits)
            json.member("data", ifPresent: data)
        }
    }
}

extension CompletionItem.Kind: JSONWritable {}

extension CompletionItem.LabelDetails: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("detail", ifPresent: detail)
            json.member("description", ifPresent: description)
        }
    }
}

extension CompletionData: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("uri", uri)
            json.member("subject", subject)
        }
    }
}

extension Documentation: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        switch self {
        case .text(let text): text.write(to: &json)
        case .markup(let content): content.write(to: &json)
        }
    }
}
