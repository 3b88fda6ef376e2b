import Starlark

/// Runs the tests of one file, each in an evaluation of its own.
///
/// The statements of the file have run once, before its first test, and what they made is frozen: a test cannot change what
/// the next one sees. Limits, what is printed and failed assertions belong to each test.
package final class TestRunner {
    package var limits = Limits()
    /// What to say of an error that ends a test.
    package var describe: (EvaluationError) -> String = { $0.message }
    /// Answers `load` statements of files that a test runs.
    package var onLoad: ((String, Evaluation) throws -> Module)?
    /// Failed assertions of the running test that did not end it.
    private var failures: [AssertionFailure] = []

    package init() {}

    /// What `AssertLibrary` is to do with a failed assertion for the test to go on and fail in the end.
    package var reporting: AssertLibrary.FailureHandling {
        .report { [unowned self] failure in failures.append(failure) }
    }

    /// The functions of a file that are tests, in the order of the source.
    package static func tests(in module: Module) -> [(name: String, function: Value)] {
        module.variables.compactMap { name, value in
            name.hasPrefix("test_") && value.isCallable ? (name, value) : nil
        }
    }

    package func run(_ name: String, _ function: Value, of module: Module) -> TestResult {
        let evaluation = Evaluation(limits: limits)
        evaluation.retain(module)
        var output = ""
        evaluation.onPrint = { text, _ in output += "\(text)\n" }
        evaluation.onLoad = onLoad
        failures = []
        var problems: [TestProblem] = []
        let clock = ContinuousClock()
        let start = clock.now
        do throws(EvaluationError) {
            _ = try evaluation.call(function)
        } catch {
            problems.append(TestProblem(error, message: describe(error)))
        }
        let duration = clock.now - start
        return TestResult(
            name: name, problems: failures.map { TestProblem($0) } + problems, output: output, duration: duration)
    }

    /// The failed assertions of the statements of the file, which belong to no test.
    package func takeFailuresOutsideOfTests() -> [TestProblem] {
        defer { failures = [] }
        return failures.map { TestProblem($0) }
    }
}
