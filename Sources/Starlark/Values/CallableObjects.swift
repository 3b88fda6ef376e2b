/// A function of a program: code with the values of its default arguments and captured variables, which follow the
/// object in this order.
struct FunctionObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        /// Kept alive by the heap of the program's module.
        let code: UnsafePointer<FunctionCode.Layout>
        let globals: UnsafeMutablePointer<GlobalsLayout>
        let defaultCount: Int32
        let captureCount: Int32
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var code: FunctionCode { layout.pointee.code.pointee.owner }

    /// One for each parameter that takes an argument of its own; `unbound` for one that must be given.
    @inline(__always)
    var defaults: UnsafeMutablePointer<Value> {
        UnsafeMutableRawPointer(layout + 1).assumingMemoryBound(to: Value.self)
    }

    /// Cells.
    @inline(__always)
    var captures: UnsafeMutablePointer<Value> { defaults + Int(layout.pointee.defaultCount) }

    var defaultValues: UnsafeMutableBufferPointer<Value> {
        UnsafeMutableBufferPointer(start: defaults, count: Int(layout.pointee.defaultCount))
    }

    var capturedCells: UnsafeMutableBufferPointer<Value> {
        UnsafeMutableBufferPointer(start: captures, count: Int(layout.pointee.captureCount))
    }
}

/// A host function, or a method together with what it is called on.
struct BuiltinObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        /// Kept alive by the heap.
        let function: Unmanaged<HostFunction>
        /// `unbound` for a plain function.
        let receiver: Value
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var function: HostFunction { layout.pointee.function.takeUnretainedValue() }

    var receiver: Value? { layout.pointee.receiver.isUnbound ? nil : layout.pointee.receiver }
}

/// A value of the application.
struct HostObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        /// Kept alive by the heap.
        let box: Unmanaged<HostBox>
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var value: any HostValue { layout.pointee.box.takeUnretainedValue().value }
}

/// Keeps a host value to one word within an object.
final class HostBox {
    let value: any HostValue

    init(_ value: any HostValue) {
        self.value = value
    }
}

/// A variable shared by a function and those nested in it.
struct CellObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        var content: Value
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    @inline(__always)
    var content: Value { layout.pointee.content }
}

/// What `s.elems()`, `s.codepoints()` and their like return: a string or bytes seen as a sequence.
struct StringViewObject: ObjectHandle {
    enum Kind: UInt8 {
        case elements, elementOrdinals, codePoints, codePointOrdinals, byteElements
    }

    struct Layout {
        var header: ObjectHeader
        let kind: Kind
        let content: Value
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var kind: Kind { layout.pointee.kind }

    var content: StringObject { StringObject(layout.pointee.content) }

    var typeName: String {
        switch kind {
        case .elements, .elementOrdinals: "string.elems"
        case .codePoints, .codePointOrdinals: "string.codepoints"
        case .byteElements: "bytes.elems"
        }
    }

    /// The method that makes such a view, for printing.
    var method: String {
        switch kind {
        case .elements, .byteElements: "elems"
        case .elementOrdinals: "elem_ords"
        case .codePoints: "codepoints"
        case .codePointOrdinals: "codepoint_ords"
        }
    }

    /// Known for bytes, unknown for code points.
    var count: Int? {
        switch kind {
        case .elements, .elementOrdinals: content.count
        case .codePoints, .codePointOrdinals, .byteElements: nil
        }
    }

    func values(_ meter: Meter) throws(EvaluationError) -> [Value] {
        let heap = meter.heap
        let bytes = content.bytes
        var values: [Value] = []
        switch kind {
        case .elements:
            for offset in bytes.indices {
                try meter.step()
                values.append(heap.substring(content, offset..<offset + 1))
            }
        case .elementOrdinals, .byteElements:
            for byte in bytes { values.append(.int(Int32(byte))) }
        case .codePoints:
            for point in bytes.codePoints {
                try meter.step()
                values.append(point.isValid ? heap.substring(content, point.range) : heap.string("\u{FFFD}"))
            }
        case .codePointOrdinals:
            for point in bytes.codePoints { values.append(.int(Int32(point.scalar.value))) }
        }
        return values
    }
}

// MARK: - Making them

extension Heap {
    package func function(_ function: HostFunction) -> Value {
        retain(function)
        return method(function, of: .unbound)
    }

    /// A method bound to its receiver. The method must outlive the heap, as those of the built-in types do.
    func method(_ function: HostFunction, of receiver: Value) -> Value {
        let layout = allocate(BuiltinObject.Layout.self)
        layout.initialize(
            to: BuiltinObject.Layout(
                header: ObjectHeader(.builtin), function: Unmanaged.passUnretained(function), receiver: receiver))
        return Value(address: layout)
    }

    package func host(_ value: any HostValue) -> Value {
        let box = HostBox(value)
        retain(box)
        let layout = allocate(HostObject.Layout.self)
        layout.initialize(
            to: HostObject.Layout(header: ObjectHeader(.host), box: Unmanaged.passUnretained(box)))
        return Value(address: layout)
    }

    @inline(__always)
    func cell(_ content: Value) -> Value {
        let layout = allocate(CellObject.Layout.self)
        layout.initialize(to: CellObject.Layout(header: ObjectHeader(.cell), content: content))
        return Value(address: layout)
    }

    func view(_ kind: StringViewObject.Kind, of content: Value) -> Value {
        let layout = allocate(StringViewObject.Layout.self)
        layout.initialize(
            to: StringViewObject.Layout(header: ObjectHeader(.view), kind: kind, content: content))
        return Value(address: layout)
    }
}
