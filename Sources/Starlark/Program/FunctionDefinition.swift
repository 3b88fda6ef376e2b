import EnvdSyntax

/// A function as the resolver leaves it: variables numbered, body ready to run. Shared by all closures made from it.
final class FunctionDefinition: Sendable {
    /// Where a closure finds a variable of an enclosing function when it is made.
    enum Capture: Sendable {
        /// A local variable of the function that makes the closure.
        case local(Int)
        /// One that the function itself has captured.
        case captured(Int)
    }

    let name: String
    let file: FileReference
    /// The `def` statement, the `lambda` or the whole file.
    let range: SourceRange
    /// Names of the parameters other than `*args` and `**kwargs`, in order; their slots are the first ones.
    let parameters: [String]
    /// How many of them take positional arguments.
    let positionalCount: Int
    let hasOptionalPositional: Bool
    let variadicSlot: Int?
    let keywordsSlot: Int?
    let slotCount: Int
    /// Slots that nested functions share.
    let cells: [Int]
    let captures: [Capture]
    let body: Block
    let allowsRecursion: Bool
    /// The text of the docstring, if there is one.
    let documentation: String?

    init(
        name: String, file: FileReference, range: SourceRange, parameters: [String], positionalCount: Int,
        hasOptionalPositional: Bool, variadicSlot: Int?, keywordsSlot: Int?, slotCount: Int, cells: [Int],
        captures: [Capture], body: Block, allowsRecursion: Bool, documentation: String?
    ) {
        self.name = name
        self.file = file
        self.range = range
        self.parameters = parameters
        self.positionalCount = positionalCount
        self.hasOptionalPositional = hasOptionalPositional
        self.variadicSlot = variadicSlot
        self.keywordsSlot = keywordsSlot
        self.slotCount = slotCount
        self.cells = cells
        self.captures = captures
        self.body = body
        self.allowsRecursion = allowsRecursion
        self.documentation = documentation
    }
}

/// A file as tracebacks name it.
final class FileReference: Sendable {
    let name: String
    let source: SourceFile

    init(name: String, source: SourceFile) {
        self.name = name
        self.source = source
    }

    func stackFrame(function: String, range: SourceRange) -> StackFrame {
        let range = range.range
        let position = source.position(at: range.lowerBound, encoding: .utf8)
        return StackFrame(
            function: function, file: name, range: range, line: position.line + 1, column: position.column + 1)
    }
}

/// A function value: a definition with the values of its default arguments and captured variables.
final class FunctionObject {
    let definition: FunctionDefinition
    /// One for each of `definition.parameters`; `unbound` for a parameter that must be given.
    private(set) var defaults: [Value]
    private(set) var captured: [CellObject]
    let globals: Globals
    private var isFrozen = false

    init(definition: FunctionDefinition, defaults: [Value], captured: [CellObject], globals: Globals) {
        self.definition = definition
        self.defaults = defaults
        self.captured = captured
        self.globals = globals
    }

    /// Whether this is the first time; see `TupleObject.markFrozen`.
    func markFrozen() -> Bool {
        if isFrozen { return false }
        isFrozen = true
        return true
    }

    deinit {
        var values = defaults + captured.map { Value(.cell($0)) }
        defaults = []
        captured = []
        Teardown.release(&values)
    }
}
