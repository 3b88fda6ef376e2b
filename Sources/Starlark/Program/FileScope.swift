/// The variables of a file's top level, and which of them a name means there.
///
/// Names that `load` brings in are the file's own: they hide globals of the same name, and other files do not see them.
///
/// Starlark-go has two ways to read names at the top level, and this follows it. Where a global may be assigned again, the
/// file is read in order: a name means what a statement above has bound, and otherwise what it means outside the file.
/// Where each has one assignment only, a binding counts for the whole file. Functions, which may be called later, and
/// the insides of comprehensions always go by the whole file.
struct FileScope {
    private var globals = Numbering<String>()
    private var loaded = Numbering<String>()
    /// The variables whose first binding has been passed.
    private var boundGlobals: Set<String> = []
    private var boundLoaded: Set<String> = []

    /// A binding of a name that an earlier one does not leave free.
    struct Conflict: Error {
        let binding: Bindings.Binding
        let earlier: Bindings.Binding
    }

    init() {}

    /// - Parameter bindings: all those of the top level, in the order of the source.
    init(_ bindings: [Bindings.Binding], allowsReassignment: Bool) throws(Conflict) {
        var assignments: [String: Bindings.Binding] = [:]
        var loads: [String: Bindings.Binding] = [:]
        for binding in bindings {
            // A "load" may hide a global, but after it the name is taken.
            let earlier = loads[binding.name] ?? (binding.isLoaded ? nil : assignments[binding.name])
            if let earlier, !allowsReassignment { throw Conflict(binding: binding, earlier: earlier) }
            if binding.isLoaded {
                loaded.add(binding.name)
                if earlier == nil { loads[binding.name] = binding }
            } else if loads[binding.name] == nil {
                // Behind a "load" of the name, an assignment changes the loaded variable.
                globals.add(binding.name)
                if earlier == nil { assignments[binding.name] = binding }
            }
        }
    }

    /// All variables by number: the globals, then the loaded ones.
    var names: [String] { globals.elements + loaded.elements }

    var firstLoaded: Int { globals.elements.count }

    /// The variable that a name means.
    ///
    /// - Parameter inOrder: only what has been bound so far counts.
    /// - Returns: nil if it is none of the file's.
    func find(_ name: String, inOrder: Bool) -> Int? {
        if let index = loaded[name], !inOrder || boundLoaded.contains(name) { return firstLoaded + index }
        if let index = globals[name], !inOrder || boundGlobals.contains(name) { return index }
        return nil
    }

    /// The variable that an assignment of a name binds; from now on it is bound.
    mutating func bind(_ name: String) -> Int? {
        if boundLoaded.contains(name), let index = loaded[name] { return firstLoaded + index }
        boundGlobals.insert(name)
        return globals[name]
    }

    /// The variable that a `load` of a name binds; from now on it is bound.
    mutating func bindLoaded(_ name: String) -> Int? {
        boundLoaded.insert(name)
        return loaded[name].map { firstLoaded + $0 }
    }
}
