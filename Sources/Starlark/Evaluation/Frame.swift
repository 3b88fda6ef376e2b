/// One active call of a function, or the running statements of a file.
///
/// Frames form a chain from the innermost outwards, and a chain is short-lived: a frame must not outlive its call.
final class Frame {
    let evaluation: Evaluation
    let meter: Meter
    let definition: FunctionDefinition
    let globals: Globals
    /// The variables of enclosing functions that this one uses.
    let captured: [CellObject]
    let caller: Frame?
    /// What is being evaluated; set before anything that can fail or call.
    var range: SourceRange
    /// Parameters first, then the other local variables. The resolver numbered them, so an index is always within
    /// `definition.slotCount`; reading a slot is the hottest thing the evaluator does.
    private let slots: UnsafeMutablePointer<Value>
    var result = Value.none

    init(
        _ definition: FunctionDefinition, globals: Globals, captured: [CellObject], evaluation: Evaluation,
        caller: Frame?
    ) {
        self.definition = definition
        self.globals = globals
        self.captured = captured
        self.evaluation = evaluation
        self.caller = caller
        meter = evaluation.meter
        range = definition.range
        slots = .allocate(capacity: max(1, definition.slotCount))
        slots.initialize(repeating: .unbound, count: definition.slotCount)
    }

    deinit {
        slots.deinitialize(count: definition.slotCount)
        slots.deallocate()
    }

    /// A local variable, which may be a cell or unbound.
    @inline(__always)
    subscript(slot: Int) -> Value {
        get { slots[slot] }
        set { slots[slot] = newValue }
    }

    /// Assigns a local variable, through its cell if nested functions share it.
    @inline(__always)
    func assign(_ slot: Int, _ value: Value) {
        if case .cell(let cell) = slots[slot].storage {
            cell.value = value
        } else {
            slots[slot] = value
        }
    }

    /// Moves the variables that nested functions share into cells, once the parameters are bound.
    func makeCells() {
        for slot in definition.cells {
            slots[slot] = Value(.cell(CellObject(slots[slot])))
        }
    }

    var stackFrame: StackFrame {
        definition.file.stackFrame(function: definition.name, range: range)
    }
}

/// A range of UTF-8 offsets in a file, half the size of `Range<Int>` since every node carries one.
struct SourceRange: Sendable {
    private let lower: Int32
    private let upper: Int32

    init(_ range: Range<Int>) {
        lower = Int32(clamping: range.lowerBound)
        upper = Int32(clamping: range.upperBound)
    }

    var range: Range<Int> { Int(lower)..<Int(max(lower, upper)) }
}
