import EnvdSyntax
import Starlark

/// Operators of the language on values that Swift holds: what `==` means, the language itself says.
///
/// To be used as long as the evaluation lives that prepared them.
struct Operators {
    /// By name. Not the module itself, which would keep the heap that holds the functions that use these operators.
    private let functions: [String: Value]

    /// How tracebacks call the file; what begins with `@` is no file of the user's.
    private static let fileName = "@assert"

    private static let source = """
        equal = lambda x, y: x == y
        less = lambda x, y: x < y
        contains = lambda x, y: y in x
        lookup = lambda x, y: x[y]
        keys_of_both = lambda x, y: [key for key in x if key in y]
        keys_of_first = lambda x, y: [key for key in x if key not in y]
        """

    init(_ evaluation: Evaluation) throws(EvaluationError) {
        let module = try evaluation.execute(SourceFile(Self.source), named: Self.fileName, predeclared: [:])
        functions = Dictionary(module.variables.map { ($0.name, $0.value) }) { first, _ in first }
    }

    func equal(_ left: Value, _ right: Value, in evaluation: Evaluation) throws(EvaluationError) -> Bool {
        try apply("equal", left, right, evaluation).isTrue
    }

    func less(_ left: Value, _ right: Value, in evaluation: Evaluation) throws(EvaluationError) -> Bool {
        try apply("less", left, right, evaluation).isTrue
    }

    func contains(_ container: Value, _ element: Value, in evaluation: Evaluation) throws(EvaluationError) -> Bool {
        try apply("contains", container, element, evaluation).isTrue
    }

    /// `container[key]`.
    func lookup(_ container: Value, _ key: Value, in evaluation: Evaluation) throws(EvaluationError) -> Value {
        try apply("lookup", container, key, evaluation)
    }

    /// Of two dicts or sets the keys that both have, in the order of the first.
    func keysOfBoth(_ left: Value, _ right: Value, in evaluation: Evaluation) throws(EvaluationError) -> [Value] {
        try apply("keys_of_both", left, right, evaluation).asSequence ?? []
    }

    /// Of two dicts or sets the keys that only the first has.
    func keysOfFirst(_ left: Value, _ right: Value, in evaluation: Evaluation) throws(EvaluationError) -> [Value] {
        try apply("keys_of_first", left, right, evaluation).asSequence ?? []
    }

    private func apply(
        _ name: String, _ left: Value, _ right: Value, _ evaluation: Evaluation
    ) throws(EvaluationError) -> Value {
        guard let function = functions[name] else { throw EvaluationError("there is no operator \(name)") }
        return try evaluation.call(function, [left, right])
    }
}
