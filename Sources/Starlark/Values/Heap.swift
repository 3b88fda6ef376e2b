#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where values are made: a handle as plain as a value itself, valid as long as the evaluation or module that it
/// belongs to.
///
/// Objects are cut from chunks one after another and are all freed together: nothing counts references while a program
/// runs. The storage of a container that grows large has a block of its own, which is freed when the container outgrows
/// it.
package struct Heap: @unchecked Sendable {
    /// What allocating touches, beside the steps that the evaluation has left, since both are touched all the time.
    struct State {
        /// Where the next object goes, and the end of its chunk.
        var next: UnsafeMutableRawPointer
        var end: UnsafeMutableRawPointer
        /// Bytes of all chunks and blocks.
        var reserved = 0
        /// Reaching so many bytes takes away all fuel, so that the evaluation notices at its next step.
        var limit = Int.max
        /// Steps until the evaluation looks at its limits again.
        var fuel = 0
        let storage: Unmanaged<HeapStorage>
        /// The strings of one ASCII character each, which need no object of their own; nil while those are made.
        let characters: UnsafePointer<Value>?
    }

    let state: UnsafeMutablePointer<State>

    /// What owns the memory: keep it to keep the values.
    var storage: HeapStorage { state.pointee.storage.takeUnretainedValue() }

    /// Keeps an object of the host alive as long as the heap.
    func retain(_ object: AnyObject) {
        storage.retained.append(object)
        account(Heap.hostObjectSize)
    }

    /// About what an object of the host takes, in bytes, with its entry in the list.
    private static let hostObjectSize = 96

    /// Keeps another heap, whose values objects of this one hold, alive as long as this one.
    func depend(on other: HeapStorage) {
        let storage = storage
        guard other !== storage, !storage.dependencies.contains(where: { $0 === other }) else { return }
        storage.dependencies.append(other)
    }
}

/// The memory behind a `Heap`. It belongs to one evaluation and the modules that came out of it, or to a program for its
/// constants.
final class HeapStorage: @unchecked Sendable {
    let state: UnsafeMutablePointer<Heap.State>
    fileprivate var chunks: [UnsafeMutableRawPointer] = []
    fileprivate var chunkSize = HeapStorage.firstChunk
    fileprivate var firstBlock: UnsafeMutablePointer<Block>?
    /// Objects of the host that objects of the heap refer to.
    fileprivate var retained: [AnyObject] = []
    /// Heaps that objects of this one refer to.
    fileprivate var dependencies: [HeapStorage] = []

    private static let firstChunk = 16 << 10
    /// That of a large page on most machines.
    fileprivate static let largestChunk = 2 << 20
    /// Storage of more bytes than this gets a block of its own.
    fileprivate static let blockThreshold = 4 << 10

    /// Stands before storage that has a block of its own.
    fileprivate struct Block {
        var next: UnsafeMutablePointer<Block>?
        var previous: UnsafeMutablePointer<Block>?
    }

    /// - Parameter characters: the strings of one ASCII character each.
    init(characters: UnsafePointer<Value>? = Universe.characters) {
        state = .allocate(capacity: 1)
        let nowhere = UnsafeMutableRawPointer(state)
        state.initialize(
            to: Heap.State(next: nowhere, end: nowhere, storage: Unmanaged.passUnretained(self), characters: characters)
        )
    }

    deinit {
        for chunk in chunks { free(chunk) }
        while let block = firstBlock {
            firstBlock = block.pointee.next
            free(block)
        }
        state.deallocate()
    }

    var heap: Heap { Heap(state: state) }

    /// Memory from the system, in large pages where it is much: one of them is found as fast as one of 512 small ones,
    /// and without them a program that makes many values spends a good part of its time waiting for the system.
    fileprivate static func memory(_ size: Int) -> UnsafeMutableRawPointer {
        guard size >= largestChunk else { return .allocate(byteCount: size, alignment: 16) }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: largestChunk)
        #if os(Linux)
        madvise(memory, size, MADV_HUGEPAGE)
        #endif
        return memory
    }
}

// MARK: - Objects

extension Heap {
    /// Room for `size` bytes, aligned to 16, uninitialised.
    @inline(__always)
    func allocate(_ size: Int) -> UnsafeMutableRawPointer {
        let place = state.pointee.next
        let next = place + ((size + 15) & ~15)
        guard next <= state.pointee.end else { return allocateInNewChunk(size) }
        state.pointee.next = next
        return place
    }

    @inline(__always)
    func allocate<Layout>(_ type: Layout.Type, extra: Int = 0) -> UnsafeMutablePointer<Layout> {
        allocate(MemoryLayout<Layout>.size + extra).assumingMemoryBound(to: type)
    }

    @inline(never)
    private func allocateInNewChunk(_ size: Int) -> UnsafeMutableRawPointer {
        let rounded = (size + 15) & ~15
        let storage = storage
        if rounded > storage.chunkSize / 4 {
            let chunk = HeapStorage.memory(rounded)
            storage.chunks.append(chunk)
            account(rounded)
            return chunk
        }
        let size = storage.chunkSize
        let chunk = HeapStorage.memory(size)
        storage.chunks.append(chunk)
        account(size)
        state.pointee.next = chunk + rounded
        state.pointee.end = chunk + size
        storage.chunkSize = min(size * 2, HeapStorage.largestChunk)
        return chunk
    }

    private func account(_ bytes: Int) {
        state.pointee.reserved += bytes
        if state.pointee.reserved > state.pointee.limit { state.pointee.fuel = 0 }
    }
}

// MARK: - Storage of containers

extension Heap {
    private typealias Block = HeapStorage.Block

    /// Room for the content of a container, to be given back with `releaseStorage`.
    func allocateStorage(_ size: Int) -> UnsafeMutableRawPointer {
        guard size > HeapStorage.blockThreshold else { return allocate(size) }
        let block = HeapStorage.memory(size + MemoryLayout<Block>.size)
            .bindMemory(to: Block.self, capacity: 1)
        let storage = storage
        block.initialize(to: Block(next: storage.firstBlock, previous: nil))
        storage.firstBlock?.pointee.previous = block
        storage.firstBlock = block
        account(size)
        return UnsafeMutableRawPointer(block + 1)
    }

    /// - Parameter size: what `allocateStorage` was asked for. Storage within a chunk stays unused.
    func releaseStorage(_ content: UnsafeMutableRawPointer, _ size: Int) {
        guard size > HeapStorage.blockThreshold else { return }
        let block = content.assumingMemoryBound(to: Block.self) - 1
        block.pointee.next?.pointee.previous = block.pointee.previous
        if let previous = block.pointee.previous {
            previous.pointee.next = block.pointee.next
        } else {
            storage.firstBlock = block.pointee.next
        }
        state.pointee.reserved -= size
        free(block)
    }

    @inline(__always)
    func allocateStorage<Element>(of type: Element.Type, count: Int) -> UnsafeMutablePointer<Element> {
        allocateStorage(count * MemoryLayout<Element>.stride).assumingMemoryBound(to: type)
    }

    @inline(__always)
    func releaseStorage<Element>(_ storage: UnsafeMutablePointer<Element>, count: Int) {
        releaseStorage(UnsafeMutableRawPointer(storage), count * MemoryLayout<Element>.stride)
    }
}
