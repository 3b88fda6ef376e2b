/// A struct or a module: values read with a dot. The fields follow the object.
struct StructObject: ObjectHandle {
    struct Layout {
        var header: ObjectHeader
        let isModule: Bool
        var count: Int
        /// What it prints as and how its type is told apart in messages: `struct` for the plain kind, a module's name.
        let name: Value
    }

    struct Field {
        /// A string.
        var name: Value
        var value: Value
    }

    let layout: UnsafeMutablePointer<Layout>

    @inline(__always)
    init(layout: UnsafeMutablePointer<Layout>) {
        self.layout = layout
    }

    var isModule: Bool { layout.pointee.isModule }

    var name: StringObject { StringObject(layout.pointee.name) }

    var typeName: String { isModule ? "module" : "struct" }

    /// Sorted by name, each name once.
    @inline(__always)
    var fields: UnsafeMutableBufferPointer<Field> {
        UnsafeMutableBufferPointer(
            start: UnsafeMutableRawPointer(layout + 1).assumingMemoryBound(to: Field.self),
            count: layout.pointee.count)
    }

    /// The value of a field; nil if there is none of that name.
    subscript(name: StringObject) -> Value? {
        let fields = fields
        // Most names come from the same program and are the same object.
        if fields.count <= 16 {
            for field in fields where field.name.bits == name.value.bits { return field.value }
        }
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            let order = StringObject(fields[middle].name).bytes.compared(to: name.bytes)
            if order == 0 { return fields[middle].value }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

extension Heap {
    /// A `struct`: an immutable record whose fields are read with a dot.
    ///
    /// - Parameter name: what it prints as and how its type is told apart in messages, `struct` for the plain kind.
    package func structure(_ fields: [(name: String, value: Value)], name: String = "struct") -> Value {
        structure(fields.map { StructObject.Field(name: string($0.name), value: $0.value) }, name: string(name))
    }

    /// A module such as `json`: a named group of values read with a dot.
    package func module(_ name: String, _ members: [(name: String, value: Value)]) -> Value {
        structure(
            members.map { StructObject.Field(name: string($0.name), value: $0.value) }, name: string(name),
            isModule: true)
    }

    /// A struct of the named arguments of a call; the last of several of the same name wins.
    func structure(_ arguments: Arguments, name: Value) -> Value {
        let count = arguments.namedCount
        let layout = allocate(StructObject.Layout.self, extra: count * MemoryLayout<StructObject.Field>.stride)
        layout.initialize(
            to: StructObject.Layout(header: ObjectHeader(.structure), isModule: false, count: count, name: name))
        let fields = StructObject(layout: layout).fields
        var end = 0
        for index in 0..<count {
            let name = StringObject(arguments.names[index])
            var place = end
            while place > 0, StringObject(fields[place - 1].name).bytes.compared(to: name.bytes) > 0 { place -= 1 }
            if place > 0, StringObject(fields[place - 1].name).hasSameContent(as: name) {
                fields[place - 1].value = arguments.values[index]
                continue
            }
            for moved in stride(from: end, to: place, by: -1) { fields[moved] = fields[moved - 1] }
            fields[place] = StructObject.Field(name: name.value, value: arguments.values[index])
            end += 1
        }
        layout.pointee.count = end
        return Value(address: layout)
    }

    /// - Parameters:
    ///   - fields: in any order; the last of several of the same name wins.
    ///   - name: a string.
    func structure(_ fields: [StructObject.Field], name: Value, isModule: Bool = false) -> Value {
        var sorted: [StructObject.Field] = []
        sorted.reserveCapacity(fields.count)
        for field in fields {
            let bytes = StringObject(field.name).bytes
            var low = 0
            var high = sorted.count
            while low < high {
                let middle = (low + high) / 2
                if StringObject(sorted[middle].name).bytes.compared(to: bytes) < 0 {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            if low < sorted.count, StringObject(sorted[low].name).bytes.isEqual(to: bytes) {
                sorted[low] = field
            } else {
                sorted.insert(field, at: low)
            }
        }
        let layout = allocate(
            StructObject.Layout.self, extra: sorted.count * MemoryLayout<StructObject.Field>.stride)
        layout.initialize(
            to: StructObject.Layout(
                header: ObjectHeader(.structure), isModule: isModule, count: sorted.count, name: name))
        let object = StructObject(layout: layout)
        for (index, field) in sorted.enumerated() { object.fields[index] = field }
        return object.value
    }
}
