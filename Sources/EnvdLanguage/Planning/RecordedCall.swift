import LLB
import Starlark

/// A call of envd's API as it really happened.
package struct RecordedCall: Sendable {
    /// As a program calls it, such as `install.python`.
    package let function: String
    package let positional: [RecordedValue]
    package let named: [(name: String, value: RecordedValue)]
    /// The call in the user's files, with the calls that led there; nil if none did.
    package let site: SourceLocation?
    /// Whether the function refused its arguments.
    package var hasFailed = false
}

/// A value of a program, taken out of the evaluation that made it.
package indirect enum RecordedValue: Sendable {
    case none
    case truth(Bool)
    case integer(Int)
    case text(String)
    case list([RecordedValue])
    case tuple([RecordedValue])
    case dict([(key: RecordedValue, value: RecordedValue)])
    /// A function, a struct, and whatever is too large to be kept.
    case other
}

/// Keeps what calls of the API are given, up to a limit.
///
/// A class because the program's calls add to it.
final class CallRecorder {
    private(set) var calls: [RecordedCall] = []
    /// Whether there were more calls than are kept.
    private(set) var isFull = false
    private let blame: Blame
    /// For elements, and for 16 bytes of text each. What is written out of it is read and checked as a program.
    private var room = 40_000

    private static let maximumCalls = 1_500
    private static let maximumDepth = 8
    /// Bytes.
    private static let maximumText = 1 << 16

    init(_ blame: Blame) {
        self.blame = blame
    }

    /// A function that does the same as one of the API.
    func recording(_ function: Value, named name: String, in heap: Heap) -> Value {
        guard function.isCallable else { return function }
        return heap.function(
            HostFunction(name) { [unowned self] call in
                let index = note(name, call)
                do {
                    return try call.forward(to: function)
                } catch {
                    if let index { calls[index].hasFailed = true }
                    throw error
                }
            })
    }

    private func note(_ name: String, _ call: HostCall) -> Int? {
        guard calls.count < CallRecorder.maximumCalls, room > 0 else {
            isFull = true
            return nil
        }
        calls.append(
            RecordedCall(
                function: name, positional: call.positional.map { copy($0, 0) },
                named: call.named.map { ($0.name, copy($0.value, 0)) }, site: blame.userCall(in: call)))
        return calls.count - 1
    }

    private func copy(_ value: Value, _ depth: Int) -> RecordedValue {
        room -= 1
        guard depth < CallRecorder.maximumDepth, room > 0 else { return .other }
        if value.isNone { return .none }
        if let truth = value.asBool { return .truth(truth) }
        if let number = value.asInt { return .integer(number) }
        if let text = value.asString {
            guard text.utf8.count <= CallRecorder.maximumText else { return .other }
            room -= text.utf8.count >> 4
            return .text(text)
        }
        if let elements = value.asSequence {
            guard elements.count < room else { return .other }
            let copies = elements.map { copy($0, depth + 1) }
            return value.isList ? .list(copies) : .tuple(copies)
        }
        if let entries = value.asDict {
            guard entries.count < room else { return .other }
            return .dict(entries.map { (copy($0.key, depth + 1), copy($0.value, depth + 1)) })
        }
        return .other
    }
}
