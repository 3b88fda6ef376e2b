/// What an object in a heap is.
enum ObjectKind: UInt8 {
    /// An integer that fits 64 bits and not a word.
    case integer
    case bigInteger
    case string, bytes
    case list, tuple, dict, set, range
    case structure, view
    case function, builtin, host
    case cell
}

/// What every object begins with.
struct ObjectHeader {
    let kind: ObjectKind
    var isFrozen = false
    /// Loops over the container that are under way.
    var iterators: Int32 = 0

    init(_ kind: ObjectKind) {
        self.kind = kind
    }
}

/// A typed address of an object. Handles are plain words like values; the layout that they point to begins with an
/// `ObjectHeader`.
protocol ObjectHandle: Equatable {
    associatedtype Layout
    var layout: UnsafeMutablePointer<Layout> { get }
    init(layout: UnsafeMutablePointer<Layout>)
}

extension ObjectHandle {
    /// - Precondition: the value is an object of the handle's kind.
    @inline(__always)
    init(_ value: Value) {
        self.init(layout: UnsafeMutableRawPointer(value.header).assumingMemoryBound(to: Layout.self))
    }

    @inline(__always)
    var value: Value { Value(address: layout) }

    @inline(__always)
    var header: UnsafeMutablePointer<ObjectHeader> {
        UnsafeMutableRawPointer(layout).assumingMemoryBound(to: ObjectHeader.self)
    }

    @inline(__always)
    static func == (left: Self, right: Self) -> Bool { left.layout == right.layout }

    /// - Parameters:
    ///   - action: what is about to happen, as in `append to`.
    ///   - type: what it happens to, as in `list`.
    @inline(__always)
    func checkMutable(_ action: StaticString, _ type: StaticString) throws(EvaluationError) {
        if header.pointee.isFrozen || header.pointee.iterators > 0 {
            throw EvaluationError(
                header.pointee.isFrozen
                    ? "cannot \(action) frozen \(type)" : "cannot \(action) \(type) during iteration")
        }
    }
}
