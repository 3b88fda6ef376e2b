import Synchronization

/// What only errors, tracebacks and people want to know of a function. From an archive it is read when somebody does.
final class FunctionDetails: Sendable {
    struct Content: Sendable {
        /// What is being evaluated, by instruction.
        var ranges: [SourceRange] = []
        /// The names of the local variables by register; temporary values come after them.
        var slotNames: [String] = []
        /// What `loadCaptured` loads, by capture.
        var capturedNames: [String] = []
    }

    /// Of a function whose body is not there yet.
    static let none = FunctionDetails(Content())

    private let known: Mutex<Content?>
    private let archived: (reader: ArchiveReader, place: Range<Int>)?

    init(_ content: Content) {
        known = Mutex(content)
        archived = nil
    }

    /// - Parameter place: in the archive.
    init(_ reader: ArchiveReader, _ place: Range<Int>) {
        known = Mutex(nil)
        archived = (reader, place)
    }

    /// Nothing of what a damaged archive has.
    var content: Content {
        known.withLock { known in
            if let known { return known }
            let content = archived.flatMap { try? $0.reader.details($0.place) } ?? Content()
            known = content
            return content
        }
    }
}
