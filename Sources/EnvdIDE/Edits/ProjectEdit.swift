import EnvdAnalysis

/// Changes of several files that belong together: all of them, or none.
package struct ProjectEdit: Sendable, Hashable {
    package struct FileEdit: Sendable, Hashable {
        package let file: TargetFile
        /// In source order; they do not overlap.
        package let edits: [SourceEdit]
    }

    package struct NewFile: Sendable, Hashable {
        /// As an absolute path.
        package let path: String
        package let text: String
    }

    /// Each file once.
    package var files: [FileEdit] = []
    package var newFiles: [NewFile] = []

    package init() {}

    package var isEmpty: Bool { files.allSatisfy(\.edits.isEmpty) && newFiles.isEmpty }
}

extension ProjectEdit {
    /// Changes of the file that a question is about.
    init(_ edits: [SourceEdit]) {
        files = [FileEdit(file: .current, edits: edits.inOrder)]
    }

    init(_ edits: SourceEdit...) { self.init(edits) }

    /// - Parameter edits: in any order, several of one file among them.
    init(_ edits: [(file: TargetFile, edit: SourceEdit)]) {
        var order: [TargetFile] = []
        var byFile: [TargetFile: [SourceEdit]] = [:]
        for (file, edit) in edits {
            if byFile[file] == nil { order.append(file) }
            byFile[file, default: []].append(edit)
        }
        files = order.map { FileEdit(file: $0, edits: (byFile[$0] ?? []).inOrder) }
    }
}

extension [SourceEdit] {
    /// In source order, each once.
    var inOrder: [SourceEdit] {
        var seen: Set<SourceEdit> = []
        return filter { seen.insert($0).inserted }.enumerated()
            .sorted { ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset) }
            .map(\.element)
    }

    /// Where an offset of the old text is in the new one, in UTF-8 bytes. What is replaced is taken to its beginning.
    func moved(_ offset: Int) -> Int {
        var shift = 0
        for edit in self {
            if edit.range.lowerBound >= offset { break }
            if edit.range.upperBound > offset { return edit.range.lowerBound + shift }
            shift += edit.replacement.utf8.count - edit.range.count
        }
        return offset + shift
    }
}
