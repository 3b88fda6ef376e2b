#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Frees nested values without recursion.
///
/// Swift frees what an object holds from within its `deinit`, one level of the host's stack for each level of nesting,
/// and a program can nest a million lists in a loop. Every container hands its content over instead; the outermost
/// `release` of the thread frees it piece by piece.
enum Teardown {
    /// - Parameter values: left empty, since an object that kept its reference would free the values itself after all.
    static func release(_ values: inout [Value]) {
        guard values.contains(where: \.isContainer) else { return }
        let queue = Queue.ofThread
        queue.pending.append(values)
        values = []
        if queue.isActive { return }
        queue.isActive = true
        while let batch = queue.pending.popLast() {
            _ = consume batch
        }
        queue.isActive = false
    }

    private final class Queue {
        var pending: [[Value]] = []
        var isActive = false

        private static let key: pthread_key_t = {
            var key = pthread_key_t()
            pthread_key_create(&key) { pointer in
                // The parameter is optional on some platforms and not on others.
                let content: UnsafeMutableRawPointer? = pointer
                if let content { Unmanaged<Queue>.fromOpaque(content).release() }
            }
            return key
        }()

        static var ofThread: Queue {
            if let pointer = pthread_getspecific(key) {
                return Unmanaged<Queue>.fromOpaque(pointer).takeUnretainedValue()
            }
            let queue = Queue()
            pthread_setspecific(key, Unmanaged.passRetained(queue).toOpaque())
            return queue
        }
    }
}

extension Value {
    /// Whether freeing the value may free other values.
    var isContainer: Bool {
        switch storage {
        case .list, .tuple, .dict, .set, .structure, .function, .builtin, .cell, .host: true
        default: false
        }
    }
}
