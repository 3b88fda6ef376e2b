import EnvdSyntax
import Synchronization

/// The code of a function, shared by all closures made from it. Never changes.
final class FunctionCode: @unchecked Sendable {
    /// What the dispatch loop needs, as plain data.
    struct Layout {
        var instructions: UnsafePointer<Instruction>
        var constants: UnsafePointer<Value>
        var attributes: UnsafePointer<AttributeName>
        var shapes: UnsafePointer<CallShape>
        var functions: UnsafePointer<UnsafePointer<Layout>>
        /// Of the parameters other than `*args` and `**kwargs`: strings.
        var parameterNames: UnsafePointer<Value>
        var registerCount: Int32
        /// Parameters other than `*args` and `**kwargs`; they are the first registers.
        var parameterCount: Int32
        /// How many of them take positional arguments.
        var positionalCount: Int32
        /// The register of `*args` and `**kwargs`; -1 without.
        var variadicRegister: Int32
        var keywordsRegister: Int32
        var allowsRecursion: Bool
        /// No parameter but such as take positional arguments.
        var isPositional: Bool
        private let ownerReference: Unmanaged<FunctionCode>

        var owner: FunctionCode { ownerReference.takeUnretainedValue() }

        init(_ code: FunctionCode, storage: Storage) {
            instructions = storage.instructions
            constants = storage.constants
            attributes = storage.attributes
            shapes = storage.shapes
            functions = storage.functions
            parameterNames = storage.parameterNames
            let signature = code.signature
            registerCount = Int32(code.registerCount)
            parameterCount = Int32(signature.parameters.count)
            positionalCount = Int32(signature.positionalCount)
            variadicRegister = Int32(signature.variadicSlot ?? -1)
            keywordsRegister = Int32(signature.keywordsSlot ?? -1)
            allowsRecursion = code.allowsRecursion
            isPositional =
                signature.variadicSlot == nil && signature.keywordsSlot == nil
                && signature.positionalCount == signature.parameters.count
            ownerReference = Unmanaged.passUnretained(code)
        }
    }

    /// The arrays that the layout points into, side by side in one block of memory.
    struct Storage {
        let block: UnsafeMutableRawPointer
        let instructions: UnsafePointer<Instruction>
        let constants: UnsafePointer<Value>
        let attributes: UnsafePointer<AttributeName>
        let shapes: UnsafePointer<CallShape>
        let functions: UnsafePointer<UnsafePointer<Layout>>
        let parameterNames: UnsafePointer<Value>

        /// The elements of all arrays are of whole words.
        private static let word = MemoryLayout<UInt64>.size

        init(_ content: Body, _ signature: FunctionSignature) {
            func size<Element>(_ elements: [Element]) -> Int { elements.count * MemoryLayout<Element>.stride }
            let names = content.shapes.flatMap(\.names)
            let size =
                size(content.instructions) + size(content.constants) + size(content.attributes)
                + content.shapes.count * MemoryLayout<CallShape>.stride + size(names)
                + size(content.functions) + size(signature.parameterNames)
            block = .allocate(byteCount: max(size, Storage.word), alignment: Storage.word)
            var free = block
            func place<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
                let start = free.bindMemory(to: Element.self, capacity: elements.count)
                start.initialize(from: elements, count: elements.count)
                free += elements.count * MemoryLayout<Element>.stride
                return UnsafePointer(start)
            }
            instructions = place(content.instructions)
            constants = place(content.constants)
            attributes = place(content.attributes)
            var shapeNames = place(names)
            shapes = place(
                content.shapes.map { shape in
                    defer { shapeNames += shape.names.count }
                    return CallShape(shape, names: shapeNames)
                })
            functions = place(content.functions.map { UnsafePointer($0.layout) })
            parameterNames = place(signature.parameterNames)
        }
    }

    let header: Header
    let details: FunctionDetails
    let registerCount: Int
    let loops: [LoopRange]
    let loads: [LoadDescription]
    let instructionCount: Int
    let constantCount: Int
    let attributeCount: Int
    let shapeCount: Int
    /// Where the instructions are to be had, if this one only stands for the function until it is called.
    let deferredBody: DeferredBody?
    let layout: UnsafeMutablePointer<Layout>
    private let storage: Storage
    /// Those that are defined in this one.
    let functions: [FunctionCode]

    init(_ header: Header, _ body: Body, _ details: FunctionDetails, deferredBody: DeferredBody? = nil) {
        self.header = header
        self.details = details
        self.deferredBody = deferredBody
        registerCount = body.registerCount
        loops = body.loops
        loads = body.loads
        functions = body.functions
        instructionCount = body.instructions.count
        constantCount = body.constants.count
        attributeCount = body.attributes.count
        shapeCount = body.shapes.count
        storage = Storage(body, header.signature)
        layout = .allocate(capacity: 1)
        layout.initialize(to: Layout(self, storage: storage))
    }

    /// What stands for a function until it is called.
    ///
    /// - Parameter slotCount: how many local variables it has.
    convenience init(_ header: Header, slotCount: Int, deferring body: DeferredBody) {
        self.init(header, Body(registerCount: slotCount, instructions: Body.deferred), .none, deferredBody: body)
    }

    deinit {
        layout.deallocate()
        storage.block.deallocate()
    }

    /// The frame of a traceback for a call of the function that is at the instruction with the given number.
    func stackFrame(at instruction: Int) -> StackFrame {
        let ranges = details.content.ranges
        return file.stackFrame(
            function: name, range: ranges.indices.contains(instruction) ? ranges[instruction] : range)
    }
}

extension FunctionCode {
    /// What a call needs to know before the body is there.
    final class Header: Sendable {
        let name: String
        let file: FileReference
        /// The `def` statement, the `lambda` or the whole file.
        let range: SourceRange
        let signature: FunctionSignature
        let captures: [Capture]
        let allowsRecursion: Bool

        init(
            name: String, file: FileReference, range: SourceRange, signature: FunctionSignature, captures: [Capture],
            allowsRecursion: Bool
        ) {
            self.name = name
            self.file = file
            self.range = range
            self.signature = signature
            self.captures = captures
            self.allowsRecursion = allowsRecursion
        }
    }

    var name: String { header.name }
    var file: FileReference { header.file }
    var range: SourceRange { header.range }
    var signature: FunctionSignature { header.signature }
    var captures: [Capture] { header.captures }
    var allowsRecursion: Bool { header.allowsRecursion }

    /// The name of a local variable; those of temporary values have none.
    func slotName(_ slot: Int) -> String? {
        let names = details.content.slotNames
        return slot < names.count ? names[slot] : nil
    }

    /// What is run.
    struct Body {
        var registerCount = 0
        var instructions: [Instruction] = []
        var loops: [LoopRange] = []
        var constants: [Value] = []
        var attributes: [AttributeName] = []
        var shapes: [ShapeDescription] = []
        var functions: [FunctionCode] = []
        var loads: [LoadDescription] = []

        fileprivate static let deferred = [Instruction(.readBody)]
    }

    /// Where a closure finds a variable of an enclosing function when it is made.
    enum Capture: Sendable {
        /// A register of the function that makes the closure; it holds a cell.
        case local(Int)
        /// One that the function itself has captured.
        case captured(Int)
    }

    /// The instructions during which the loop whose state begins at a register is under way.
    struct LoopRange {
        let instructions: Range<Int>
        let register: Int
    }

    /// A `load` statement.
    struct LoadDescription {
        struct Item {
            let name: String
            let global: Int
            let range: SourceRange
        }

        let module: String
        let items: [Item]
    }

    struct ShapeDescription: Hashable {
        var positionalCount: Int
        /// Constant strings of the program, equal ones the same object.
        var names: [Value]
        var hasVariadic: Bool
        var hasKeywords: Bool
        /// The number of the attribute that is called; nil if it is the value itself.
        var attribute: Int?

        static func == (left: Self, right: Self) -> Bool {
            left.positionalCount == right.positionalCount && left.names.map(\.bits) == right.names.map(\.bits)
                && left.hasVariadic == right.hasVariadic && left.hasKeywords == right.hasKeywords
                && left.attribute == right.attribute
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(positionalCount)
            for name in names { hasher.combine(name.bits) }
            hasher.combine(attribute)
        }
    }
}

/// How a call that is more than a list of positional arguments lies in registers: what is called, or the receiver of a
/// method; positional arguments; named ones; the values after `*` and `**`.
struct CallShape {
    let positionalCount: Int
    let nameCount: Int
    /// Behind the shapes of the function.
    let names: UnsafePointer<Value>
    let hasVariadic: Bool
    let hasKeywords: Bool
    /// -1 if the value itself is called.
    let attribute: Int

    init(_ description: FunctionCode.ShapeDescription, names: UnsafePointer<Value>) {
        positionalCount = description.positionalCount
        nameCount = description.names.count
        self.names = names
        hasVariadic = description.hasVariadic
        hasKeywords = description.hasKeywords
        attribute = description.attribute ?? -1
    }
}

/// The parameters of a function. The general form is `def f(p, q=…, *args, k, l=…, **kwargs)`: `p` and `q` take
/// positional or named arguments, `k` and `l` named ones only.
struct FunctionSignature: Sendable {
    /// Names of the parameters other than `*args` and `**kwargs`, in order; their slots are the first ones.
    var parameters: [String] = []
    /// The same as constants of the program.
    var parameterNames: [Value] = []
    /// How many of them take positional arguments.
    var positionalCount = 0
    var hasOptionalPositional = false
    var variadicSlot: Int?
    var keywordsSlot: Int?
}

/// A file as tracebacks name it.
final class FileReference: Sendable {
    let name: String
    private let text: Text

    private enum Text {
        case parsed(SourceFile)
        case unparsed([UInt8])
    }

    /// Of a text without a tree, made when the first place in it is asked for.
    private let lines = Mutex<LineTable?>(nil)

    init(name: String, source: SourceFile) {
        self.name = name
        text = .parsed(source)
    }

    init(name: String, text: [UInt8]) {
        self.name = name
        self.text = .unparsed(text)
    }

    private func position(at offset: Int) -> SourcePosition {
        switch text {
        case .parsed(let source): return source.position(at: offset, encoding: .utf8)
        case .unparsed(let text):
            return lines.withLock { lines in
                let table = lines ?? LineTable(text)
                lines = table
                return table.position(at: offset)
            }
        }
    }

    func stackFrame(function: String, range: SourceRange) -> StackFrame {
        let range = range.range
        let position = position(at: range.lowerBound)
        return StackFrame(
            function: function, file: name, range: range, line: position.line + 1, column: position.column + 1)
    }
}

/// A range of UTF-8 offsets in a file, half the size of `Range<Int>` since every instruction has one.
struct SourceRange: Sendable {
    private let lower: Int32
    private let upper: Int32

    init(_ range: Range<Int>) {
        lower = Int32(clamping: range.lowerBound)
        upper = Int32(clamping: range.upperBound)
    }

    /// - Parameter count: of bytes, at least 0.
    init(from start: Int, count: Int) {
        self.init(start..<start + count)
    }

    var range: Range<Int> { Int(lower)..<Int(max(lower, upper)) }
}
