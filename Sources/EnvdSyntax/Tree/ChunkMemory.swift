#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// When the memory of chunks is given back that nobody holds any more.
///
/// Views of the tree hold nothing: counting references for each of them was the greatest single cost of the linter. So that none of them
/// can come to refer to memory that is gone, a thread keeps the memory of those chunks that it was the last to hold until it rests, which
/// is to say that it has no views in its hands. A thread that never rests keeps them until it ends.
///
/// So views may be made of a file that exists for a moment only. What is kept beyond a rest, and what several threads work with, holds its
/// file.
package enum ChunkMemory {
    /// Gives back what the calling thread has kept. It must not use views any more of files that it does not hold.
    package static func rest() {
        guard let retired = RetiredChunks.ofThread, retired.pointee.count > 0 else { return }
        retired.pointee.deallocateAll()
    }

    static func retire(_ content: ChunkContent) { RetiredChunks.ofThreadMakingIt.pointee.append(content) }
}

/// What a thread keeps.
private struct RetiredChunks {
    private var contents: UnsafeMutablePointer<ChunkContent>
    private(set) var count = 0
    private var capacity = 64

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key) { memory in
            guard let memory else { return }
            let retired = memory.assumingMemoryBound(to: RetiredChunks.self)
            retired.pointee.deallocateAll()
            retired.pointee.contents.deallocate()
            retired.deallocate()
        }
        return key
    }()

    static var ofThread: UnsafeMutablePointer<RetiredChunks>? {
        pthread_getspecific(key)?.assumingMemoryBound(to: RetiredChunks.self)
    }

    static var ofThreadMakingIt: UnsafeMutablePointer<RetiredChunks> {
        if let known = ofThread { return known }
        let retired = UnsafeMutablePointer<RetiredChunks>.allocate(capacity: 1)
        retired.initialize(to: RetiredChunks())
        pthread_setspecific(key, retired)
        return retired
    }

    private init() { contents = .allocate(capacity: capacity) }

    mutating func append(_ content: ChunkContent) {
        if count == capacity {
            let larger = UnsafeMutablePointer<ChunkContent>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: contents, count: count)
            contents.deallocate()
            contents = larger
            capacity *= 2
        }
        (contents + count).initialize(to: content)
        count += 1
    }

    mutating func deallocateAll() {
        for index in 0..<count { contents[index].deallocate() }
        count = 0
    }
}
