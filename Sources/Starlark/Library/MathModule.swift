#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension StandardModules {
    /// The module `math`, as in starlark-go. The last bit of a result is the C library's, not Go's.
    package static func math(in heap: Heap) -> Value {
        let constants = [(name: "e", value: Value.float(M_E)), (name: "pi", value: Value.float(.pi))]
        return heap.module("math", MathModule.functions.map { ($0.name, heap.function($0)) } + constants)
    }
}

/// The functions of `math`. Each takes integers and floats.
private enum MathModule {
    static let functions: [HostFunction] =
        [integral("ceil", .up), integral("floor", .down), logarithm]
        + [
            unary("fabs") { Swift.abs($0) }, unary("round") { $0.rounded(.toNearestOrAwayFromZero) },
            unary("exp", exp), unary("sqrt") { $0.squareRoot() }, unary("gamma", tgamma),
            unary("degrees") { 360 * $0 / (2 * .pi) }, unary("radians") { 2 * .pi * $0 / 360 },
            unary("acos", acos), unary("asin", asin), unary("atan", atan), unary("cos", cos), unary("sin", sin),
            unary("tan", tan), unary("acosh", acosh), unary("asinh", asinh), unary("atanh", atanh),
            unary("cosh", cosh), unary("sinh", sinh), unary("tanh", tanh),
        ]
        + [
            binary("copysign") { Double(signOf: $1, magnitudeOf: $0) }, binary("mod", fmod), binary("pow", pow),
            binary("remainder", remainder), binary("atan2", atan2), binary("hypot", hypot),
        ]

    private static func unary(_ name: String, _ function: @escaping @Sendable (Double) -> Double) -> HostFunction {
        HostFunction(name) { call in
            let arguments = try call.positional(atLeast: 1, atMost: 1)
            return .float(function(try number(0, arguments)))
        }
    }

    private static func binary(
        _ name: String, _ function: @escaping @Sendable (Double, Double) -> Double
    ) -> HostFunction {
        HostFunction(name) { call in
            let arguments = try call.positional(atLeast: 2, atMost: 2)
            return .float(function(try number(0, arguments), try number(1, arguments)))
        }
    }

    /// `ceil` and `floor` return integers, however large.
    private static func integral(_ name: String, _ rule: FloatingPointRoundingRule) -> HostFunction {
        HostFunction(name) { call in
            let value = try call.positional(atLeast: 1, atMost: 1)[0]
            switch value.storage {
            case .int, .bigInteger: return value
            case .float(let number):
                return call.heap.integer(try Conversion.integer(.float(number.rounded(rule))))
            default: throw EvaluationError("got \(value.typeName), want float or int")
            }
        }
    }

    /// `log(x, base = e)`.
    private static let logarithm = HostFunction("log") { call in
        let arguments = try call.positional(atLeast: 1, atMost: 2)
        let base = arguments.count > 1 ? try number(1, arguments) : M_E
        guard base != 1 else { throw EvaluationError("division by zero") }
        return .float(log(try number(0, arguments)) / log(base))
    }

    private static func number(
        _ index: Int, _ arguments: UnsafeBufferPointer<Value>
    ) throws(EvaluationError) -> Double {
        switch arguments[index].storage {
        case .int(let number): return Double(number)
        case .bigInteger(let object): return object.integer.double
        case .float(let number): return number
        default:
            throw EvaluationError(
                "for parameter \(index + 1): got \(arguments[index].typeName), want float or int")
        }
    }
}
