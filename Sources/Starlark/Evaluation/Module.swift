/// What running a file leaves behind: its global variables, frozen.
///
/// A function keeps working only as long as its module is kept: it reads the module's variables and does not own them,
/// since the two would otherwise keep each other alive for ever.
package final class Module: @unchecked Sendable {
    /// The name under which the file was run.
    package let file: String
    let globals: Globals

    init(file: String, globals: Globals) {
        self.file = file
        self.globals = globals
    }

    /// A module made by the application, for `load` to return.
    package convenience init(file: String, members: [(name: String, value: Value)]) {
        let globals = Globals(names: members.map(\.name), firstLoaded: members.count)
        for (index, member) in members.enumerated() {
            member.value.freeze()
            globals.values[index] = member.value
        }
        self.init(file: file, globals: globals)
    }

    /// The variables that `load` may bring into another file: those that the file itself assigned and whose names do
    /// not start with an underscore, in the order of their first assignment in the source.
    package var exported: [(name: String, value: Value)] {
        variables.filter { !$0.name.hasPrefix("_") }
    }

    /// All variables that the file assigned.
    package var variables: [(name: String, value: Value)] {
        var result: [(name: String, value: Value)] = []
        for (index, name) in globals.names.enumerated() where index < globals.firstLoaded {
            if case .unbound = globals.values[index].storage { continue }
            result.append((name, globals.values[index]))
        }
        return result
    }

    /// The variable of that name, exported or not.
    package subscript(name: String) -> Value? {
        guard let index = globals.names.firstIndex(of: name) else { return nil }
        if case .unbound = globals.values[index].storage { return nil }
        return globals.values[index]
    }

    deinit {
        globals.close()
    }
}

/// The global variables of one running file, shared by its functions.
final class Globals {
    let names: [String]
    /// Names brought in by `load` follow those that the file assigns.
    let firstLoaded: Int
    var values: [Value]
    /// What the names that the file does not define stand for, in the order of `Program.predeclaredNames`.
    var predeclared: [Value] = []
    /// Modules that the file loaded: their functions need them.
    var loaded: [Module] = []
    /// False once the module is gone and its variables with it.
    private(set) var isOpen = true

    init(names: [String], firstLoaded: Int) {
        self.names = names
        self.firstLoaded = firstLoaded
        values = [Value](repeating: .unbound, count: names.count)
    }

    /// Breaks the circle of functions and the variables that hold them.
    func close() {
        isOpen = false
        var released = values
        values = [Value](repeating: .unbound, count: names.count)
        Teardown.release(&released)
    }
}
