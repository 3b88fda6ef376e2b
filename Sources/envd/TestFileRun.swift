import EnvdLanguage
import EnvdSyntax
import LLB
import Starlark
import StarlarkTesting

/// One file of tests: its statements have run, and its tests can be.
final class TestFileRun {
    /// As the user calls the file.
    let name: String
    private(set) var result: TestFileResult
    private(set) var tests: [(name: String, function: Value)] = []

    private let source: SourceFile
    private let runner = TestRunner()
    private let planner: FunctionPlanner?
    /// The functions of a file work only as long as its module is there.
    private var module: Module?

    /// Runs the statements of a file. What is wrong with them is in `result.problem`.
    ///
    /// - Throws: if the file or its project cannot be read.
    init(_ path: Path, limits: Limits) throws(CommandFailure) {
        name = path.displayName
        result = TestFileResult(file: name)
        runner.limits = limits
        source = try SourceFile(try Input(path: path))
        let place = try TestProject(of: path)
        var problem: TestProblem?
        do throws(EvaluationError) {
            planner = try FunctionPlanner(place.request, limits: limits)
        } catch {
            planner = nil
            problem = TestProblem(error)
        }
        guard let planner else {
            result.problem = problem
            return
        }
        runner.describe = { [planner] error in planner.message(of: error) }
        runner.onLoad = { [planner] name, evaluation in try planner.load(name, evaluation) }
        load(planner, place)
    }

    private func load(_ planner: FunctionPlanner, _ place: TestProject) {
        var output = ""
        planner.evaluation.onPrint = { text, _ in output += "\(text)\n" }
        do throws(EvaluationError) {
            let reporting = try AssertLibrary(planner.evaluation, onFailure: runner.reporting)
            let heap = planner.evaluation.heap
            planner.libraryModule = { name throws(EvaluationError) in
                try LibraryModules.module(named: name, in: heap) { () throws(EvaluationError) in reporting }
            }
            var predeclared = LibraryModules.predeclared(in: heap)
            predeclared["assert"] = try AssertLibrary(planner.evaluation, onFailure: .raise).assert
            predeclared["plan"] = TestPlan(planner: planner, place: place).value(in: heap)
            let module = try planner.run(
                source, named: name, in: place.folder, dialect: .everything,
                predeclared: predeclared)
            self.module = module
            tests = TestRunner.tests(in: module)
            result.problem = runner.takeFailuresOutsideOfTests().first
            if result.problem != nil { tests = [] }
        } catch {
            result.problem = TestProblem(error, message: planner.message(of: error))
        }
        result.output = output
    }

    func run(_ name: String, _ function: Value) -> TestResult {
        let testResult: TestResult
        if let module {
            testResult = runner.run(name, function, of: module)
        } else {
            let problem = TestProblem(EvaluationError("the file of the test was not run"))
            testResult = TestResult(name: name, problems: [problem], output: "", duration: .zero)
        }
        result.results.append(testResult)
        return testResult
    }

    /// The files whose lines a traceback shows.
    var sources: [String: SourceFile] {
        var sources = planner?.sources ?? [:]
        sources[name] = source
        return sources
    }
}
