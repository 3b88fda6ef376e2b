/// Something about some of a chunk's bindings, in the order of their numbers, which are small and without gaps.
struct BindingTable<Value> {
    private var values: [Value?] = []

    subscript(id: Binding.ID) -> Value? {
        get { id < values.count ? values[id] : nil }
        set {
            while values.count <= id { values.append(nil) }
            values[id] = newValue
        }
    }
}
