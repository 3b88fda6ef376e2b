/// Which lines of which files asked for the operations of a definition: `pb.Source`. A builder shows them beside the
/// operation that failed.
package struct SourceMap: Hashable, Sendable {
    package var files: [File] = []
    package var places: [Digest: [Place]] = [:]

    package struct File: Hashable, Sendable {
        package var name: String
        package var content: [UInt8]
        /// A name that GitHub's linguist knows.
        package var language: String
        /// The build that made the file, if one did.
        package var definition: Definition?

        package init(name: String, content: [UInt8], language: String, definition: Definition? = nil) {
            self.name = name
            self.content = content
            self.language = language
            self.definition = definition
        }
    }

    package struct Place: Hashable, Sendable {
        /// The index of the file.
        package var file: Int
        package var ranges: [Range]

        package init(file: Int, ranges: [Range]) {
            self.file = file
            self.ranges = ranges
        }
    }

    package struct Range: Hashable, Sendable {
        package var start: Position
        package var end: Position

        package init(start: Position, end: Position) {
            self.start = start
            self.end = end
        }
    }

    package struct Position: Hashable, Sendable {
        /// Counted from 1.
        package var line: Int
        /// Counted from 0, in UTF-8 bytes.
        package var character: Int

        package init(line: Int, character: Int) {
            self.line = line
            self.character = character
        }
    }

    package init() {}

    /// The locations of a definition's operations within the files that are given by the names that locations use.
    /// What lies in other files is left out.
    package init(of definition: Definition, in contents: [String: [UInt8]]) {
        var indices: [String: Int] = [:]
        var lines: [String: [Int]] = [:]
        for entry in definition.entries where entry.operation.body != nil {
            // As BuildKit's client does, every operation is named, also one that no line asked for.
            var places: [Place] = []
            for location in entry.locations {
                guard let content = contents[location.file] else { continue }
                let index: Int
                if let known = indices[location.file] {
                    index = known
                } else {
                    index = files.count
                    indices[location.file] = index
                    lines[location.file] = SourceMap.lineStarts(of: content)
                    files.append(File(name: location.file, content: content, language: "Starlark"))
                }
                let starts = lines[location.file] ?? [0]
                let end = min(location.range.upperBound, content.count)
                let endLine = SourceMap.line(at: end, starts: starts)
                places.append(
                    Place(
                        file: index,
                        ranges: [
                            Range(
                                start: Position(line: location.line, character: location.column - 1),
                                end: Position(line: endLine + 1, character: end - starts[endLine]))
                        ]))
            }
            self.places[entry.digest, default: []] += places
        }
    }

    private static func lineStarts(of content: [UInt8]) -> [Int] {
        [0] + content.indices.filter { content[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    /// The index of the line that a byte is in.
    private static func line(at offset: Int, starts: [Int]) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
