/// The variables of one function while its body is resolved.
final class FunctionScope {
    let parent: FunctionScope?
    /// Parameters and all names that the body binds; empty at the top level, where they are global.
    private var locals: [String: Int] = [:]
    /// Variables of the comprehensions around the present place, innermost last.
    private var comprehensions: [[String: Int]] = []
    /// The names of the variables by slot.
    private(set) var slotNames: [String] = []
    private(set) var cells: [Int] = []
    private(set) var captures: [FunctionCode.Capture] = []
    /// The names of the captured variables, in the same order.
    private(set) var capturedNames: [String] = []
    private var captureIndices: [String: Int] = [:]
    /// Loops and `if` statements around the present statement.
    var loopDepth = 0
    var conditionDepth = 0

    init(parent: FunctionScope?) {
        self.parent = parent
    }

    var isToplevel: Bool { parent == nil }
    var isInComprehension: Bool { !comprehensions.isEmpty }

    /// Adds a parameter or other local variable.
    ///
    /// - Returns: its slot, and whether the name is new.
    @discardableResult
    func declare(_ name: String) -> (slot: Int, isNew: Bool) {
        if let slot = locals[name] { return (slot, false) }
        locals[name] = newSlot(name)
        return (slotNames.count - 1, true)
    }

    private func newSlot(_ name: String) -> Int {
        slotNames.append(name)
        return slotNames.count - 1
    }

    func enterComprehension(_ names: [String]) {
        var variables: [String: Int] = [:]
        for name in names where variables[name] == nil { variables[name] = newSlot(name) }
        comprehensions.append(variables)
    }

    func leaveComprehension() {
        comprehensions.removeLast()
    }

    enum Place {
        case local(Int)
        case captured(Int)
    }

    /// Where a name lies within this function or those around it; nil if it is global or not defined by the file.
    func find(_ name: String) -> Place? {
        for variables in comprehensions.reversed() {
            if let slot = variables[name] { return .local(slot) }
        }
        if let slot = locals[name] { return .local(slot) }
        guard let parent, let outer = parent.find(name) else { return nil }
        let capture: FunctionCode.Capture
        let key: String
        switch outer {
        case .local(let slot):
            if !parent.cells.contains(slot) { parent.cells.append(slot) }
            capture = .local(slot)
            key = "local \(slot)"
        case .captured(let index):
            capture = .captured(index)
            key = "captured \(index)"
        }
        // By place and not by name: two comprehensions may use the same name for different variables.
        if let index = captureIndices[key] { return .captured(index) }
        captures.append(capture)
        capturedNames.append(name)
        captureIndices[key] = captures.count - 1
        return .captured(captures.count - 1)
    }
}
