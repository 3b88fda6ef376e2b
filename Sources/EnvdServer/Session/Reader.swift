import EnvdSyntax
import LanguageServerProtocol

/// Reads what the client sends, and has the session take it in.
///
/// It belongs to the thread that reads, whichever that is: `@unchecked`, because the compiler cannot see that `WorkQueue` lets no two
/// threads read at once.
final class Reader: @unchecked Sendable {
    enum Outcome {
        /// Something to do at once, with which the thread no longer reads.
        case job(WorkQueue.Job)
        case end(Session.End)
    }

    /// Bytes that are read at once; a pipe holds no more.
    private static let readSize = 64 * 1024
    /// How often it is looked whether the client still lives, while it is silent. Its death usually ends the input as
    /// well; this is for those whose children keep the pipe open.
    private static let clientCheckMilliseconds: Int32 = 3_000

    private let input: InputChannel
    private let queue: WorkQueue
    private var session: Session
    private var frames = FrameReader()
    private var buffer: [UInt8]

    init(_ input: InputChannel, _ session: Session, _ queue: WorkQueue) {
        self.input = input
        self.session = session
        self.queue = queue
        // Pages that no message has reached are not touched.
        buffer = [UInt8](unsafeUninitializedCapacity: Reader.readSize) { $1 = Reader.readSize }
    }

    /// Reads until there is something to do or the conversation has ended.
    func read() -> Outcome {
        while true {
            // A question may come right behind an edit, and should not have to wait for what nobody has asked for.
            let patience: Int32? =
                if !queue.hasQuietWork { nil } else if session.isAskedForDiagnostics {
                    Int32(Worker.patienceMilliseconds)
                } else { 0 }
            let check = session.clientProcess == nil ? nil : Reader.clientCheckMilliseconds
            switch input.read(into: &buffer, waiting: patience ?? check) {
            case .bytes(let bytes):
                frames.append(bytes)
                while let event = frames.next() {
                    if let end = session.receive(event) { return .end(end) }
                }
                ChunkMemory.rest()
                if let job = queue.stopReading(forQuietWork: !session.isAskedForDiagnostics) { return .job(job) }
            case .timeout:
                if patience != nil {
                    if let job = queue.stopReading(forQuietWork: true) { return .job(job) }
                } else if let process = session.clientProcess, !process.isAlive {
                    queue.abandon()
                    return .end(.premature)
                }
            case .end:
                if let error = frames.truncation { _ = session.receive(.malformed(error)) }
                return .end(session.endOfInput)
            }
        }
    }
}
