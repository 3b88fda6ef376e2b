import Starlark
import StarlarkTesting

/// What plain Starlark programs see besides the language itself, and the modules that are no files.
enum LibraryModules {
    /// The names that need no `load`.
    static func predeclared(in heap: Heap) -> [String: Value] {
        [
            "json": StandardModules.json(in: heap), "math": StandardModules.math(in: heap),
            "struct": heap.function(StandardModules.structure),
        ]
    }

    /// The module that a `load` statement names, nil if it is a file: those that starlark-go's own tests load.
    ///
    /// - Parameters:
    ///   - heap: where to make it.
    ///   - assert: makes the library behind `assert.star` when it is asked for.
    static func module(
        named name: String, in heap: Heap, assert: () throws(EvaluationError) -> AssertLibrary
    ) throws(EvaluationError) -> Module? {
        switch name {
        case "assert.star": try assert().module
        case "json.star": Module(file: name, members: [("json", StandardModules.json(in: heap))], heap: heap)
        case "math.star": Module(file: name, members: [("math", StandardModules.math(in: heap))], heap: heap)
        case "time.star": Module(file: name, members: [("time", StandardModules.time(in: heap))], heap: heap)
        default: nil
        }
    }
}
