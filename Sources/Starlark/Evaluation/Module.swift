/// What running a file leaves behind: its global variables, frozen.
///
/// A module keeps the heap of its evaluation alive, and with it every value that the evaluation made.
package final class Module: @unchecked Sendable {
    /// The name under which the file was run.
    package let file: String
    let storage: HeapStorage
    /// The variables by the order of `names`; those that were never assigned are `unbound`.
    private let values: UnsafeMutablePointer<Value>
    private let names: [String]
    /// Names that `load` brought in follow those that the file assigns.
    private let firstLoaded: Int
    /// What the names that the file uses and does not define stand for, by the order of `predeclaredNames`.
    private let predeclared: UnsafeMutablePointer<Value>
    private let predeclaredNames: [(name: String, range: SourceRange)]
    /// What `load` gets for any name, if the module has no variables of its own.
    private let everyName: Value?

    init(_ program: Program, _ globals: UnsafeMutablePointer<GlobalsLayout>, _ heap: Heap) {
        file = program.file.name
        storage = heap.storage
        values = globals.pointee.values
        names = program.globalNames
        firstLoaded = program.firstLoadedGlobal
        predeclared = globals.pointee.predeclared
        predeclaredNames = program.predeclaredNames
        everyName = nil
    }

    /// A module made by the application in which every name has the same value, for an application that goes on without
    /// a file.
    ///
    /// - Parameter heap: the one that the value is in; it becomes frozen.
    package init(file: String, everyName value: Value, heap: Heap) {
        self.file = file
        storage = heap.storage
        names = []
        firstLoaded = 0
        values = heap.allocateStorage(of: Value.self, count: 0)
        (predeclared, predeclaredNames) = (values, [])
        value.freeze()
        everyName = value
    }

    /// A module made by the application, for `load` to return.
    ///
    /// - Parameter heap: the one that the values are in; they become frozen.
    package init(file: String, members: [(name: String, value: Value)], heap: Heap) {
        self.file = file
        storage = heap.storage
        names = members.map(\.name)
        firstLoaded = members.count
        values = heap.allocateStorage(of: Value.self, count: members.count)
        (predeclared, predeclaredNames) = (values, [])
        everyName = nil
        for (index, member) in members.enumerated() { (values + index).initialize(to: member.value) }
        freeze()
    }

    /// Lets a name mean another value for the functions of a file that was run without freezing, whether the file defines
    /// the name or only uses it. The value must be one of the same evaluation.
    package func rebind(_ name: String, to value: Value) {
        if let index = names.firstIndex(of: name) { values[index] = value }
        if let index = predeclaredNames.firstIndex(where: { $0.name == name }) { predeclared[index] = value }
    }

    func freeze() {
        for index in names.indices { values[index].freeze() }
    }

    /// The variables that `load` may bring into another file: those that the file itself assigned and whose names do
    /// not start with an underscore, in the order of their first assignment in the source.
    package var exported: [(name: String, value: Value)] {
        variables.filter { !$0.name.hasPrefix("_") }
    }

    /// All variables that the file assigned.
    package var variables: [(name: String, value: Value)] {
        (0..<firstLoaded).compactMap { values[$0].isUnbound ? nil : (names[$0], values[$0]) }
    }

    /// What `load` brings into another file under that name: loading what the file itself has loaded is an error.
    func loadable(_ name: String) -> Value? {
        if let everyName { return everyName }
        guard let index = names.firstIndex(of: name), index < firstLoaded, !values[index].isUnbound else { return nil }
        return values[index]
    }

    /// The variable of that name, exported or not.
    package subscript(name: String) -> Value? {
        guard let index = names.firstIndex(of: name), !values[index].isUnbound else { return nil }
        return values[index]
    }
}
