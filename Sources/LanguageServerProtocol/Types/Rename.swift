package enum RenameRequest: RequestType {
    package static let method = "textDocument/rename"
    package typealias Result = WorkspaceEdit?

    package struct Params: Decodable, Sendable {
        package var textDocument: TextDocumentIdentifier
        package var position: Position
        package var newName: String
    }
}

package enum PrepareRenameRequest: RequestType {
    package static let method = "textDocument/prepareRename"
    package typealias Params = TextDocumentPositionParams
    /// Nil where nothing can be renamed.
    package typealias Result = RenamedRange?
}

package struct RenamedRange: Sendable {
    package var range: TextRange
    /// What the editor proposes at first: the old name.
    package var placeholder: String

    package init(range: TextRange, placeholder: String) {
        self.range = range
        self.placeholder = placeholder
    }
}

package enum WillRenameFilesRequest: RequestType {
    package static let method = "workspace/willRenameFiles"
    package typealias Result = WorkspaceEdit?

    package struct Params: Decodable, Sendable {
        package struct File: Decodable, Sendable {
            package var oldUri: DocumentURI
            package var newUri: DocumentURI
        }

        package var files: [File]
    }
}

package enum LinkedEditingRangeRequest: RequestType {
    package static let method = "textDocument/linkedEditingRange"
    package typealias Params = TextDocumentPositionParams
    package typealias Result = LinkedEditingRanges?
}

package struct LinkedEditingRanges: Sendable {
    package var ranges: [TextRange]
    /// A regular expression for what the ranges may hold.
    package var wordPattern: String

    package init(ranges: [TextRange], wordPattern: String) {
        self.ranges = ranges
        self.wordPattern = wordPattern
    }
}

extension RenamedRange: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("range", range)
            json.member("placeholder", placeholder)
        }
    }
}

extension LinkedEditingRanges: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("ranges", ranges)
            json.member("wordPattern", wordPattern)
        }
    }
}
