import ArgumentParser
import EnvdLanguage
import Starlark
import StarlarkTesting

/// `envd test`: runs the tests of programs and libraries.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", _superCommandName: Envd.name,
        abstract: "Run the test_* functions of *_test.envd and *_test.star files.",
        discussion: """
            A test file sees what a build.envd sees, and besides 'assert', 'plan', 'struct', 'json' and 'math'. assert.eq(x, y), \
            ne, true, lt, contains, fails(f, pattern) and fail(message) end the test if they do not hold. plan() is \
            the plan of build.envd, plan(f) that of what a function declares; its members are those of \
            'envd plan --format json'.

            The statements of a file run once; what they made is frozen, so no test can change what another sees. Limits \
            on steps, memory and time hold for each test.

            Real envd runs every *.envd file of a repository that a program includes: tests of such a library are better \
            kept in *_test.star files, which it does not look at.
            """)

    @Option(
        name: .customShort("k"),
        help: ArgumentHelp("Run only tests whose FILE::NAME contains this, whatever the case.", valueName: "word"))
    var word: String?

    @Flag(name: [.customShort("x"), .long], help: "Stop after the first test that fails.")
    var failFast = false

    @Flag(name: .shortAndLong, help: "One line for each test.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Only failures and the last line.")
    var quiet = false

    @Flag(help: "Print the names of the tests and run none.")
    var list = false

    @Option(help: ArgumentHelp("Write the results as XML in the shape of JUnit's.", valueName: "file"))
    var junit: String?

    @Option(help: ArgumentHelp("How long each test may run.", valueName: "seconds"))
    var timeout = 30.0

    @Argument(help: ArgumentHelp("Files, and folders to search for tests.", valueName: "path"))
    var paths: [String] = []

    /// The endings of test files' names.
    static let endings = ["_test.envd", "_test.star"]

    func validate() throws {
        if quiet && verbose { throw ValidationError("'--quiet' and '--verbose' exclude each other") }
        if !(timeout > 0) { throw ValidationError("'--timeout' is to be more than 0") }
    }

    func run() throws {
        let search = SourceFileSearch(paths, endings: Self.endings)
        for failure in search.failures { report(failure.message) }
        var selection = TestSelection(word: word)
        if list {
            try printNames(search.files, &selection)
        } else {
            try runTests(search.files, &selection)
        }
        if !search.failures.isEmpty { throw ExitStatus.failure }
    }

    private var limits: Limits {
        var limits = Limits()
        limits.steps = 100_000_000
        limits.output = 1 << 20
        limits.seconds = timeout
        return limits
    }

    // MARK: - Running

    private func runTests(_ files: [Path], _ selection: inout TestSelection) throws {
        var output = TestReport(style: quiet ? .quiet : verbose ? .verbose : .dots)
        var unreadable = false
        for path in files {
            let run: TestFileRun
            do {
                run = try TestFileRun(path, limits: limits)
            } catch {
                report(error.message)
                unreadable = true
                continue
            }
            output.begin(run)
            try output.flush()
            for test in run.tests where selection.takes(file: run.name, test: test.name) {
                let result = run.run(test.name, test.function)
                output.add(result, of: run)
                try output.flush()
                if failFast, !result.hasPassed { break }
            }
            let failed = run.result.problem != nil || run.result.failureCount > 0
            output.end(run)
            if failFast, failed { break }
        }
        if output.isEmpty {
            try output.flush()
            if unreadable { throw ExitStatus.failure }
            throw CommandFailure(selection.complaint)
        }
        output.finish(deselected: selection.deselected)
        try output.flush()
        if let junit { try writeWhole(Array(output.junit.utf8), to: Path(argument: junit)) }
        if unreadable { throw ExitStatus.failure }
        if output.hasFailures { throw ExitStatus.findings }
    }

    /// The names of all tests, and of files that cannot be run why not.
    private func printNames(_ files: [Path], _ selection: inout TestSelection) throws {
        var output = StandardOutput()
        var (count, failed, unreadable) = (0, false, false)
        for path in files {
            do {
                let run = try TestFileRun(path, limits: limits)
                for test in run.tests where selection.takes(file: run.name, test: test.name) {
                    output.write("\(run.name)::\(test.name)\n")
                    count += 1
                }
                if let problem = run.result.problem {
                    failed = true
                    writeToStandardError(TestReport.text(of: problem, in: run) + "\n")
                }
            } catch {
                report(error.message)
                unreadable = true
            }
        }
        try output.flush()
        if unreadable { throw ExitStatus.failure }
        if failed { throw ExitStatus.findings }
        if count == 0 { throw CommandFailure(selection.complaint) }
    }
}

/// Which tests are wanted, and how many are not.
struct TestSelection {
    let word: String?
    private(set) var deselected = 0

    init(word: String?) {
        self.word = word
    }

    mutating func takes(file: String, test: String) -> Bool {
        guard let word else { return true }
        if "\(file)::\(test)".lowercased().contains(word.lowercased()) { return true }
        deselected += 1
        return false
    }

    /// Why there is nothing to run.
    var complaint: String {
        if let word, deselected > 0 { return "none of \(counted(deselected, "test")) has '\(word)' in its name" }
        return "there is no test: no test_* function in a *_test.envd or *_test.star file"
    }
}
