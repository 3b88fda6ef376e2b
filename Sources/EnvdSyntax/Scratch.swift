/// A growing array without bounds checks, reference counts or initialisation, for plain values.
///
/// Public and inlinable, so that other modules get code for their own elements: the body of a `package` function never
/// leaves its module.
public struct Scratch<Element>: ~Copyable {
    public var base: UnsafeMutablePointer<Element>
    public var count = 0
    @usableFromInline var capacity: Int

    @inlinable
    public init(capacity: Int) {
        base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { base.deallocate() }

    @inlinable @inline(__always)
    public mutating func append(_ element: Element) {
        if count == capacity { grow(to: count &+ 1) }
        (base + count).initialize(to: element)
        count &+= 1
    }

    /// Makes room for more elements behind those that there are.
    @inlinable @inline(__always)
    public mutating func reserve(_ additional: Int) {
        if count &+ additional > capacity { grow(to: count &+ additional) }
    }

    @inlinable @inline(never)
    public mutating func grow(to needed: Int) {
        let capacity = max(self.capacity * 2, needed)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        self.capacity = capacity
    }

    @inlinable @inline(__always)
    public mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        guard let start = elements.baseAddress, elements.count > 0 else { return }
        reserve(elements.count)
        (base + count).update(from: start, count: elements.count)
        count &+= elements.count
    }

    @inlinable @inline(__always)
    public mutating func append(repeating element: Element, count additional: Int) {
        guard additional > 0 else { return }
        reserve(additional)
        (base + count).update(repeating: element, count: additional)
        count &+= additional
    }

    @inlinable @inline(__always)
    public subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating _modify { yield &base[index] }
    }

    @inlinable @inline(__always) public var last: Element { base[count &- 1] }
    @inlinable @inline(__always) public var isEmpty: Bool { count == 0 }
    @inlinable @inline(__always) public var elements: UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: base, count: count)
    }
    @inlinable @inline(__always) public mutating func removeAll() { count = 0 }
    @inlinable @inline(__always) public mutating func removeLast() { count &-= 1 }
    @inlinable @inline(__always) public mutating func truncate(to newCount: Int) { count = newCount }
}
