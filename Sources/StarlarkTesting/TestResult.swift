import Starlark

/// Why a test or a file of tests did not pass.
package struct TestProblem: Sendable {
    package enum Kind: Sendable, Equatable {
        /// An assertion did not hold, or the code under test failed.
        case failure
        /// The file could not be run at all, or the test was ended at a limit.
        case error
    }

    package let kind: Kind
    package let message: String
    /// The active calls, outermost first.
    package let stack: [StackFrame]

    package init(kind: Kind, message: String, stack: [StackFrame]) {
        self.kind = kind
        self.message = message
        self.stack = stack
    }

    /// - Parameter message: what to say instead of the error's own message.
    package init(_ error: EvaluationError, message: String? = nil) {
        let kind: Kind =
            switch error.kind {
            case .failure: .failure
            case .invalidProgram, .limit, .cancelled: .error
            }
        self.init(kind: kind, message: message ?? error.message, stack: error.stack)
    }

    init(_ failure: AssertionFailure) {
        self.init(kind: .failure, message: failure.message, stack: failure.stack)
    }
}

/// How one test went.
package struct TestResult: Sendable {
    package let name: String
    /// None if it passed.
    package let problems: [TestProblem]
    /// What it printed.
    package let output: String
    package let duration: Duration

    package init(name: String, problems: [TestProblem], output: String, duration: Duration) {
        self.name = name
        self.problems = problems
        self.output = output
        self.duration = duration
    }

    package var hasPassed: Bool { problems.isEmpty }
}

/// How the tests of one file went.
package struct TestFileResult: Sendable {
    /// As the user calls the file.
    package let file: String
    /// Why there are no results: the file could not be run.
    package var problem: TestProblem?
    /// What the file printed before its tests ran.
    package var output = ""
    package var results: [TestResult] = []

    package init(file: String) {
        self.file = file
    }

    package var failureCount: Int { results.count { !$0.hasPassed } }
}
