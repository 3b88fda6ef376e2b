import RegularExpressions
import Starlark

/// The module `assert` and the functions beside it, those of `assert.star` of starlark-go's package `starlarktest`.
///
/// The messages are our own: they show both values, and of large ones where they differ.
package struct AssertLibrary {
    /// What happens when an assertion does not hold.
    package enum FailureHandling {
        /// The call fails, and with it what made it.
        case raise
        /// The closure is told of it, and the program goes on, as in starlark-go.
        case report((AssertionFailure) -> Void)
    }

    private let operators: Operators
    private let heap: Heap
    private let handling: FailureHandling

    /// - Parameter evaluation: prepares the library; any evaluation may use it afterwards, as long as this one lives.
    package init(_ evaluation: Evaluation, onFailure handling: FailureHandling) throws(EvaluationError) {
        operators = try Operators(evaluation)
        heap = evaluation.heap
        self.handling = handling
    }

    /// The module: `eq`, `ne`, `true`, `lt`, `contains`, `fails` and `fail`.
    package var assert: Value {
        let functions = [equal, notEqual, isTrue, less, contains, fails, fail]
        return heap.module(
            "assert", functions.map { (String($0.name.dropFirst("assert.".count)), heap.function($0)) })
    }

    /// What `load("assert.star", …)` offers.
    ///
    /// In starlark-go `matches` and `catch` are there for `assert.star` itself only.
    package var module: Module {
        Module(
            file: "assert.star",
            members: [
                ("assert", assert), ("freeze", heap.function(Self.freeze)),
                ("matches", heap.function(Self.matches)), ("catch", heap.function(Self.catch)),
            ], heap: heap)
    }

    // MARK: - Comparisons

    /// `eq(x, y)`: floats may differ in their last bit, as in starlark-go.
    private var equal: HostFunction {
        HostFunction("assert.eq", "x", "y") { call in
            let (left, right) = try Self.pair(call)
            if try operators.equal(left, right, in: call.evaluation) || Self.areNeighbours(left, right) { return .none }
            let difference = ValueDifference(operators: operators, evaluation: call.evaluation)
            return try failed(difference.describe(left, right), call)
        }
    }

    private var notEqual: HostFunction {
        HostFunction("assert.ne", "x", "y") { call in
            let (left, right) = try Self.pair(call)
            guard try operators.equal(left, right, in: call.evaluation) else { return .none }
            return try failed("\(shown(left, call)) == \(shown(right, call))", call)
        }
    }

    private var less: HostFunction {
        HostFunction("assert.lt", "x", "y") { call in
            let (left, right) = try Self.pair(call)
            if try operators.less(left, right, in: call.evaluation) { return .none }
            return try failed("\(shown(left, call)) is not less than \(shown(right, call))", call)
        }
    }

    private var contains: HostFunction {
        HostFunction("assert.contains", "x", "y") { call in
            let (container, element) = try Self.pair(call)
            if try operators.contains(container, element, in: call.evaluation) { return .none }
            return try failed("\(shown(container, call)) does not contain \(shown(element, call))", call)
        }
    }

    private static func pair(_ call: HostCall) throws(EvaluationError) -> (Value, Value) {
        let arguments = try call.bind()
        return (arguments.value("x"), arguments.value("y"))
    }

    private func shown(_ value: Value, _ call: HostCall) throws(EvaluationError) -> String {
        ValueDifference.shortened(try value.represented(in: call.evaluation), to: 500)
    }

    /// Whether two numbers, a float among them, are next to each other as floats.
    private static func areNeighbours(_ left: Value, _ right: Value) -> Bool {
        guard left.asFloat != nil || right.asFloat != nil else { return false }
        guard
            let x = left.asFloat ?? left.asInt.map(Double.init), let y = right.asFloat ?? right.asInt.map(Double.init)
        else { return false }
        return x == y || x.nextUp == y || x.nextDown == y || (x.isNaN && y.isNaN)
    }

    // MARK: - Conditions and errors

    private var isTrue: HostFunction {
        HostFunction("assert.true", "cond", "msg?") { call in
            let arguments = try call.bind()
            if arguments.value("cond").isTrue { return .none }
            guard let message = arguments.optional("msg") else { return try failed("assertion failed", call) }
            return try failed(message.printed(in: call.evaluation), call)
        }
    }

    private var fail: HostFunction {
        HostFunction("assert.fail", "msg") { call in
            try failed(call.bind().value("msg").printed(in: call.evaluation), call)
        }
    }

    /// `fails(f, pattern)`: calling `f` fails with a message in which the regular expression is found.
    private var fails: HostFunction {
        HostFunction("assert.fails", "f", "pattern") { call in
            let arguments = try call.bind()
            let text = try arguments.string("pattern")
            let pattern = try RegularExpression(text)
            guard let message = try Self.failure(of: arguments.value("f"), call.evaluation) else {
                return try failed("the call succeeded; wanted an error that matches \(quoted(text))", call)
            }
            if try pattern.matches(somewhereIn: message.utf8) { return .none }
            return try failed("the error does not match \(quoted(text)): \(message)", call)
        }
    }

    private func quoted(_ text: String) -> String { "`\(text)`" }

    /// The message with which a call fails; nil if it does not.
    ///
    /// - Throws: what ends the evaluation itself, such as running out of time.
    private static func failure(of function: Value, _ evaluation: Evaluation) throws(EvaluationError) -> String? {
        do throws(EvaluationError) {
            _ = try evaluation.call(function)
            return nil
        } catch {
            switch error.kind {
            case .failure, .invalidProgram, .limit(.depth), .limit(.memory): return error.message
            case .limit, .cancelled: throw error
            }
        }
    }

    private func failed(_ message: String, _ call: HostCall) throws(EvaluationError) -> Value {
        switch handling {
        case .raise: throw EvaluationError(message)
        case .report(let report):
            report(AssertionFailure(message: "\(call.function): \(message)", stack: call.callStack))
            return .none
        }
    }

    // MARK: - Beside the module

    /// `freeze(x)`: makes a value immutable, and returns it.
    private static let freeze = HostFunction("freeze") { call in
        let value = try call.positional(atLeast: 1, atMost: 1)[0]
        value.freeze()
        return value
    }

    /// `matches(pattern, str)`: whether a regular expression is found in a text.
    private static let matches = HostFunction("matches", "pattern", "str") { call in
        let arguments = try call.bind()
        let pattern = try RegularExpression(try arguments.string("pattern"))
        return .bool(try pattern.matches(somewhereIn: arguments.byteString("str").bytes))
    }

    /// `catch(f)`: the message with which a call fails, `None` if it does not.
    private static let `catch` = HostFunction("catch", "f") { call in
        try failure(of: call.bind().value("f"), call.evaluation).map { call.heap.string($0) } ?? .none
    }
}

/// An assertion that did not hold in a program that goes on.
package struct AssertionFailure: Sendable {
    /// With the name of the function in front.
    package let message: String
    /// The active calls, outermost first; the last is that of the assertion.
    package let stack: [StackFrame]
}
