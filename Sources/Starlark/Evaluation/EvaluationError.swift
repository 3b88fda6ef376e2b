/// Why an evaluation ended early: a message and the calls that were active.
package struct EvaluationError: Error, Sendable {
    package enum Kind: Sendable, Equatable {
        /// The program did something that its values do not allow, or called `fail`.
        case failure
        /// The program cannot run at all: its syntax or its names are wrong.
        case invalidProgram
        case limit(Limit)
        case cancelled
    }

    package enum Limit: String, Sendable {
        case steps, memory, depth, output, time
    }

    /// One line or several, without the place.
    package var message: String
    package var kind: Kind
    /// The active calls when the error was raised, outermost first, as in a Python traceback.
    package var stack: [StackFrame] { trace.frames.reversed() }
    private let trace = Trace()

    /// - Parameter message: what is longer than some kilobytes, because a program made it so, is cut in its middle.
    package init(_ message: String, kind: Kind = .failure) {
        self.message = EvaluationError.cut(message)
        self.kind = kind
    }

    /// The longest message, in bytes. What a program passes to `fail` belongs to it.
    private static let longestMessage = 8 << 10

    private static func cut(_ message: String) -> String {
        let bytes = message.utf8
        guard bytes.count > longestMessage else { return message }
        let head = String(decoding: bytes.prefix(longestMessage - 1024), as: UTF8.self)
        let tail = String(decoding: bytes.suffix(512), as: UTF8.self)
        return "\(head) … \(bytes.count - longestMessage + 512) bytes more … \(tail)"
    }

    /// The innermost frame that has a place in a file: where to point.
    package var place: StackFrame? {
        trace.frames.first { $0.range != nil }
    }

    /// Whether the error has left no call yet.
    var isFresh: Bool { trace.frames.isEmpty }

    /// Adds the frame that the error leaves on its way outwards.
    func leave(_ frame: StackFrame) {
        trace.frames.append(trace.pointer ?? frame)
        trace.pointer = nil
    }

    /// Names a place within the frame that the error is about to leave.
    func point(to frame: StackFrame) {
        trace.pointer = frame
    }

    /// The frames so far, innermost first. A reference, since an error passes through thousands of calls when the
    /// stack overflows and must not be copied in each; only the thread that unwinds ever writes to it.
    private final class Trace: @unchecked Sendable {
        var frames: [StackFrame] = []
        var pointer: StackFrame?
    }

    /// The same error with the name of an operation in front, as in `append: cannot change a frozen list`.
    func prefixed(_ name: String) -> EvaluationError {
        guard kind == .failure else { return self }
        var copy = self
        copy.message = "\(name): \(message)"
        return copy
    }
}

/// One active call.
package struct StackFrame: Sendable, Hashable {
    /// The name of the function, `<toplevel>` for the statements of a file, `lambda` for an anonymous one.
    package var function: String
    /// The name under which the file was run, or `<builtin>`.
    package var file: String
    /// The expression or statement being evaluated, in UTF-8 bytes of the file; nil within a built-in function.
    package var range: Range<Int>?
    /// One-based line and column of the start of `range`; the column counts UTF-8 bytes.
    package var line: Int
    package var column: Int
}

extension EvaluationError: CustomStringConvertible {
    package var description: String {
        guard let place else { return message }
        return "\(place.file):\(place.line):\(place.column): \(message)"
    }

    /// The traceback in several lines, outermost call first, without the message.
    package var traceback: String {
        let stack = stack
        guard !stack.isEmpty else { return "" }
        var lines = ["Traceback (most recent call last):"]
        for (index, frame) in stack.enumerated() {
            // Nobody reads thousands of lines of a runaway recursion.
            if stack.count > 40, (20..<stack.count - 20).contains(index) {
                if index == 20 { lines.append("  … \(stack.count - 40) more calls …") }
                continue
            }
            if frame.range == nil {
                lines.append("  \(frame.file): in \(frame.function)")
            } else {
                lines.append("  \(frame.file):\(frame.line):\(frame.column): in \(frame.function)")
            }
        }
        return lines.joined(separator: "\n")
    }
}
