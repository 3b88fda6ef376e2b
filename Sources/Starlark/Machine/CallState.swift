/// The calls that are active in an evaluation, and the registers that they use: a stack of the engine's own, so that
/// calls within a program use none of the host's.
struct CallState {
    var stack: UnsafeMutablePointer<Value>
    var stackEnd: UnsafeMutablePointer<Value>
    /// The first register that nobody uses while a host function runs.
    var top: UnsafeMutablePointer<Value>
    var frames: UnsafeMutablePointer<CallFrame>
    var frameCount = 0
    var frameLimit: Int
    /// How often the host is calling back into the program: each time takes some of the host's stack.
    var reentries = 0

    /// Registers, of 8 bytes each. Pages never touched cost nothing.
    static let stackSize = 1 << 20
    static let reentryLimit = 100
    /// More calls than this fit no stack anyway.
    static let largestFrameLimit = 200_000

    init(limits: Limits) {
        stack = .allocate(capacity: CallState.stackSize)
        stackEnd = stack + CallState.stackSize
        top = stack
        frameLimit = min(max(limits.callDepth, 0) + 1, CallState.largestFrameLimit)
        frames = .allocate(capacity: frameLimit)
    }
}

/// One active call of a function of a program, or the running statements of a file.
struct CallFrame {
    var code: UnsafePointer<FunctionCode.Layout>
    /// The next instruction; up to date while the function calls another.
    var pc: UnsafePointer<Instruction>
    var registers: UnsafeMutablePointer<Value>
    var captures: UnsafeMutablePointer<Value>
    var globals: UnsafeMutablePointer<GlobalsLayout>
    /// The caller's register that takes the result.
    var destination: Int
    /// Whether the host made the call.
    var isEntry: Bool

    /// The number of the instruction that is being carried out.
    var instruction: Int { pc - code.pointee.instructions - 1 }

    var stackFrame: StackFrame { code.pointee.owner.stackFrame(at: instruction) }
}

/// The variables of a running or finished file, shared by its functions.
struct GlobalsLayout {
    var values: UnsafeMutablePointer<Value>
    /// What the names that the file does not define stand for, in the order of `Program.predeclaredNames`.
    var predeclared: UnsafeMutablePointer<Value>
    /// Kept alive by the heap.
    let program: Unmanaged<ProgramReference>
}

/// Keeps a program alive from within a heap.
final class ProgramReference {
    let program: Program

    init(_ program: Program) {
        self.program = program
    }
}
