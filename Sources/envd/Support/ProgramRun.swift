import EnvdSyntax
import Starlark
import StarlarkTesting

/// A run of plain Starlark: what programs see, the files that they load, each run once, and what they print.
final class ProgramRun {
    let dialect: Dialect
    let evaluation: Evaluation
    /// Whether an assertion of `assert.star` did not hold.
    private(set) var hasFailedAssertions = false
    /// Whether what the program prints is seen at once, or when the program has ended.
    var printsAtOnce = false
    /// The files that have been run, by the names that frames use.
    private(set) var sources: [String: SourceFile] = [:]
    private var output = StandardOutput()
    /// The folders of the files that are running, innermost last.
    private var folders: [Path] = []
    private var modules: [Path: Module] = [:]
    private var loading: Set<Path> = []
    private var assertLibrary: AssertLibrary?

    init(dialect: Dialect) {
        self.dialect = dialect
        evaluation = Evaluation()
        evaluation.predeclared = LibraryModules.predeclared(in: evaluation.heap)
        evaluation.onPrint = { [unowned self] text, _ in try print(text.bytes) }
        evaluation.onLoad = { [unowned self] name, evaluation in try load(name, evaluation) }
    }

    /// Runs a program whose `load` statements start from a folder, and writes what it printed.
    ///
    /// - Parameter path: where the program lies, if it is a file: a file that it loads must not load it in turn.
    func execute(_ source: SourceFile, named name: String, in folder: Path, path: Path?) throws {
        folders.append(folder)
        defer { folders.removeLast() }
        if let path { loading.insert(path.resolved ?? path) }
        sources[name] = source
        do {
            _ = try evaluation.execute(source, named: name, dialect: dialect)
        } catch {
            try output.flush()
            throw error
        }
        try output.flush()
    }

    /// Writes a line to standard output.
    func print(_ text: some Sequence<UInt8>) throws(CommandFailure) {
        output.write(bytes: text)
        output.write("\n")
        if printsAtOnce { try output.flush() }
    }

    /// Runs a program that goes on with the variables of others, and may change them.
    func extend(_ source: SourceFile, named name: String, variables: [String: Value]) throws -> Module {
        folders.append(Path(bytes: ".".utf8))
        defer { folders.removeLast() }
        let predeclared = evaluation.predeclared.merging(variables) { _, new in new }
        return try evaluation.execute(
            try Program(source, named: name, dialect: dialect), predeclared: predeclared, freezing: false)
    }

    private func load(_ name: String, _ evaluation: Evaluation) throws -> Module {
        if let module = try LibraryModules.module(named: name, in: evaluation.heap, assert: assert) { return module }
        guard let folder = folders.last else { throw EvaluationError("no folder to load from") }
        let path = name.hasPrefix("/") ? Path(bytes: name.utf8) : folder.appending(name.utf8)
        let key = path.resolved ?? path
        if let module = modules[key] { return module }
        guard loading.insert(key).inserted else {
            throw EvaluationError("the file is still being loaded: files load each other in a circle")
        }
        defer { loading.remove(key) }
        let input: Input
        do {
            input = try Input(path: path)
        } catch {
            throw EvaluationError(error.message)
        }
        folders.append(path.parent)
        defer { folders.removeLast() }
        let source = try SourceFile(input)
        sources[input.displayName] = source
        let module = try evaluation.execute(source, named: input.displayName, dialect: dialect)
        modules[key] = module
        return module
    }

    /// Made when the program asks for it, since most do not.
    private func assert() throws(EvaluationError) -> AssertLibrary {
        if let assertLibrary { return assertLibrary }
        let library = try AssertLibrary(
            evaluation, onFailure: .report { [unowned self] failure in report(failure) })
        assertLibrary = library
        return library
    }

    private func report(_ failure: AssertionFailure) {
        hasFailedAssertions = true
        // What the program printed before comes first; a disk that is full is told at the end.
        try? output.flush()
        let traceback = Traceback(failure.stack, sources: sources)
        writeToStandardError("\(traceback.text)\n\(traceback.place)\(failure.message)\n")
    }
}
