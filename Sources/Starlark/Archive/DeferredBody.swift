import Synchronization

/// The body of a function of an archived program that has not been read yet. Most programs call a few functions of a
/// large library.
final class DeferredBody: @unchecked Sendable {
    private let header: FunctionCode.Header
    /// In the archive.
    private let place: Range<Int>
    private let reader: ArchiveReader
    /// Guarded by the reader's lock.
    private var code: FunctionCode?

    init(_ header: FunctionCode.Header, _ place: Range<Int>, _ reader: ArchiveReader) {
        self.header = header
        self.place = place
        self.reader = reader
    }

    /// The function with its body; whoever asks first, on any thread, reads it for all.
    func read() throws(EvaluationError) -> FunctionCode {
        try reader.lock.withLock { (_) throws(EvaluationError) in
            if let code { return code }
            do {
                let code = try reader.complete(header, place, depth: 1)
                self.code = code
                return code
            } catch {
                throw EvaluationError("\(header.file.name): \(error)", kind: .invalidProgram)
            }
        }
    }
}

extension FunctionCode {
    /// The function with its own instructions, even if nobody has called it yet.
    func complete() throws(EvaluationError) -> FunctionCode {
        try deferredBody?.read() ?? self
    }
}
