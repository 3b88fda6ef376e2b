/// A place in a document: zero-based line, and code units of the negotiated encoding from the start of the line.
package struct Position: Decodable, Sendable, Hashable {
    package var line: Int
    package var character: Int

    package init(line: Int, character: Int) {
        self.line = line
        self.character = character
    }

    private enum CodingKeys: CodingKey { case line, character }

    // Written out because the protocol's uinteger has no negative values.
    package init(from decoder: any Decoder) throws {
        if let position = Position(directly: decoder) {
            self = position
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        line = Int(try container.decode(UInt32.self, forKey: .line))
        character = Int(try container.decode(UInt32.self, forKey: .character))
    }
}

extension Position: DirectlyDecodable {
    init?(_ json: JSONView) {
        guard let line = json["line"]?.int.flatMap(UInt32.init(exactly:)),
            let character = json["character"]?.int.flatMap(UInt32.init(exactly:))
        else { return nil }
        self.init(line: Int(line), character: Int(character))
    }
}

/// The protocol's `Range`, named so that it does not hide Swift's. The end is exclusive.
package struct TextRange: Decodable, Sendable, Hashable {
    package var start: Position
    package var end: Position

    package init(start: Position, end: Position) {
        self.start = start
        self.end = end
    }

    private enum CodingKeys: CodingKey { case start, end }

    package init(from decoder: any Decoder) throws {
        if let range = TextRange(directly: decoder) {
            self = range
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        start = try container.decode(Position.self, forKey: .start)
        end = try container.decode(Position.self, forKey: .end)
    }
}

extension TextRange: DirectlyDecodable {
    init?(_ json: JSONView) {
        guard let start = json["start"].flatMap({ Position($0) }), let end = json["end"].flatMap({ Position($0) })
        else { return nil }
        self.init(start: start, end: end)
    }
}

package struct Location: Decodable, Sendable, Hashable {
    package var uri: DocumentURI
    package var range: TextRange

    package init(uri: DocumentURI, range: TextRange) {
        self.uri = uri
        self.range = range
    }
}

/// What `Position.character` counts.
package struct PositionEncodingKind: RawRepresentable, Decodable, Sendable, Hashable {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let utf8 = Self(rawValue: "utf-8")
    package static let utf16 = Self(rawValue: "utf-16")
    package static let utf32 = Self(rawValue: "utf-32")
}

extension Position: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("line", line)
            json.member("character", character)
        }
    }
}

extension TextRange: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.write(self)
    }
}

extension Location: JSONWritable {
    package func write(to json: inout JSONPrinter) {
        json.object { json in
            json.member("uri", uri)
            json.member("range", range)
        }
    }
}
