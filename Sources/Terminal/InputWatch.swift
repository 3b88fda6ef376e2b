import Synchronization

/// Reads a descriptor on a thread of its own until it is stopped.
///
/// That is how Ctrl-C reaches a computation: no signal is involved, since its handler would need state that the whole
/// process shares.
struct InputWatch {
    private let work: Work
    private let thread: pthread_t?

    /// - Parameter keep: called on the other thread for each byte; says whether the byte is kept for `stop`.
    init(_ input: Int32, keep: @escaping @Sendable (UInt8) -> Bool) {
        let work = Work(input, keep)
        self.work = work
        let context = Unmanaged.passRetained(work)
        var started = pthread_t()
        let code = pthread_create(
            &started, nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        if code == 0 {
            thread = started
        } else {
            // Without a thread to be had, Ctrl-C has to wait.
            context.release()
            thread = nil
        }
    }

    /// Ends the thread, and returns the bytes that were kept.
    func stop() -> [UInt8] {
        work.wake()
        if let thread { pthread_join(thread, nil) }
        return work.close()
    }

    /// What the threads share: the descriptors never change, and the bytes have a lock.
    private final class Work: Sendable {
        private let input: Int32
        private let keep: @Sendable (UInt8) -> Bool
        private let kept = Mutex<[UInt8]>([])
        /// The ends of a pipe that wakes the thread; -1 if there is none to be had.
        private let wakeupReader: Int32
        private let wakeupWriter: Int32

        init(_ input: Int32, _ keep: @escaping @Sendable (UInt8) -> Bool) {
            self.input = input
            self.keep = keep
            var ends: [Int32] = [-1, -1]
            if pipe(&ends) != 0 { ends = [-1, -1] }
            (wakeupReader, wakeupWriter) = (ends[0], ends[1])
        }

        func run() {
            guard wakeupReader >= 0 else { return }
            while true {
                var pollers = [
                    pollfd(fd: input, events: Int16(POLLIN), revents: 0),
                    pollfd(fd: wakeupReader, events: Int16(POLLIN), revents: 0),
                ]
                let count = poll(&pollers, 2, -1)
                if count < 0, errno == EINTR { continue }
                if count < 0 || pollers[1].revents != 0 { return }
                guard let bytes = LineReader.read(input) else { return }
                for byte in bytes where keep(byte) { kept.withLock { $0.append(byte) } }
            }
        }

        func wake() {
            _ = write(wakeupWriter, [0], 1)
        }

        func close() -> [UInt8] {
            if wakeupReader >= 0 {
                _ = closeDescriptor(wakeupReader)
                _ = closeDescriptor(wakeupWriter)
            }
            return kept.withLock { $0 }
        }
    }
}

// The method of the same name hides the function of the C library.
private func closeDescriptor(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
