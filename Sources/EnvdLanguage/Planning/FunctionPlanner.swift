import EnvdSyntax
import LLB
import Starlark

/// Runs a file that uses envd's API, and plans functions that it hands over, one after another: what a test needs.
///
/// The file may be of another dialect than a `build.envd`; the files that it loads are held to what envd accepts, and
/// see what they would see in a build. Nothing outside of the project is read.
package final class FunctionPlanner {
    private let request: PlanRequest
    private let context: PlanningContext
    /// Runs the prelude and the files.
    package let evaluation: Evaluation
    /// Modules that only the file itself may load and that are no files.
    package var libraryModule: (String) throws(EvaluationError) -> Module? = { _ throws(EvaluationError) in nil }
    /// The file, as `run` was given it.
    private var file: (name: String, folder: String)?

    /// - Throws: if the prelude cannot be run within the limits.
    package init(_ request: PlanRequest, limits: Limits) throws(EvaluationError) {
        self.request = request
        evaluation = Evaluation(limits: limits)
        context = PlanningContext(request, evaluation)
        context.declarations.phase = .closed
        evaluation.onLoad = { [unowned self] name, evaluation in try load(name, evaluation) }
        try context.prepare()
        // Ready before anything else uses it, which may do so with fewer limits left.
        _ = try context.planFunction()
        _ = try context.graphFile()
    }

    /// The files that have been loaded, by the names that frames and locations use.
    package var sources: [String: SourceFile] { context.files.sources }

    /// Runs the file.
    ///
    /// - Parameters:
    ///   - name: how frames call it.
    ///   - folder: where it lies, as seen from the project.
    ///   - predeclared: what it sees besides the API.
    package func run(
        _ source: SourceFile, named name: String, in folder: String, dialect: Dialect, predeclared: [String: Value]
    ) throws(EvaluationError) -> Module {
        file = (name, folder)
        var environment = context.files.environment
        // A file that envd itself never reads may have sets.
        environment["set"] = nil
        environment.merge(predeclared) { _, new in new }
        return try evaluation.execute(source, named: name, dialect: dialect, predeclared: environment)
    }

    /// Answers `load` statements, also those of libraries that a function includes in another evaluation.
    ///
    /// The file's own are relative to its folder or else to the project; those of other files as in a build, relative to
    /// the project, or else to their folder, since a library may be tested in its place within something larger.
    package func load(_ name: String, _ evaluation: Evaluation) throws -> Module {
        if let module = try context.preludeModule(name, for: evaluation) { return module }
        let isOwn = evaluation.callingFile == file?.name
        if isOwn, let module = try libraryModule(name) { return module }
        let folder = isOwn ? file?.folder : folder(ofFile: evaluation.callingFile)
        let paths = LoadPath.placesInTests(of: name, folder: folder, isOwn: isOwn)
        if let module = try context.files.load(paths, in: evaluation) { return module }
        throw EvaluationError("no such file")
    }

    /// Where a file of the project lies, as seen from the project.
    private func folder(ofFile name: String?) -> String? {
        guard let name, name.hasPrefix(request.project.displayPrefix) else { return nil }
        let path = name.dropFirst(request.project.displayPrefix.count)
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// Plans what calling a function declares.
    ///
    /// - Parameter request: says for whom and by which facts; its project is that of the planner.
    package func plan(_ function: Value, for request: PlanRequest, in evaluation: Evaluation) throws -> Plan {
        guard context.declarations.phase == .closed else { throw EvaluationError("a plan is being made already") }
        context.facts.begin(with: request.facts)
        context.blame.forget()
        context.binding.forget()
        context.declarations.phase = .open
        context.blame.outerCalls = evaluation.callDepth
        defer {
            context.declarations.phase = .closed
            // They live in the heap of an evaluation that may be gone when the next one asks for them.
            context.declarations.removeAll()
        }
        _ = try evaluation.call(function)
        return try context.makePlan(for: request, in: evaluation, output: [])
    }

    /// What to tell the user of an error: with the line of the user's that it is about, if no active call leads there,
    /// and without the names of functions that users do not know.
    package func message(of error: EvaluationError) -> String {
        defer { context.blame.forget() }
        let place = context.blame.location.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        return place + context.message(of: error)
    }
}
