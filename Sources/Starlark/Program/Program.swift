import EnvdSyntax

/// A file ready to run: parsed, checked, its names resolved to numbered variables. Never changes, so one program serves
/// any number of evaluations on any threads.
package struct Program: @unchecked Sendable {
    let file: FileReference
    let toplevel: FunctionCode
    /// Keeps the constants.
    let storage: HeapStorage
    /// The global variables: first those that the file assigns, in the order of the source, then those it loads.
    let globalNames: [String]
    let firstLoadedGlobal: Int
    /// Names that the file uses and does not define, with the place of their first use.
    let predeclaredNames: [(name: String, range: SourceRange)]
    /// The names of the modules that the file loads, in the order of the source.
    package let loads: [String]

    /// - Parameters:
    ///   - file: the name of the file in errors and tracebacks.
    ///   - dialect: what the program may use; by default everything, type annotations included.
    /// - Throws: the first syntax error, misplaced statement or use of what the dialect leaves out, with its
    ///   place. Undefined names are found only when the program runs, in the environment that it is given.
    package init(
        _ source: SourceFile, named file: String, dialect: Dialect = .everything
    ) throws(EvaluationError) {
        let reference = FileReference(name: file, source: source)
        let findings = source.diagnostics + source.dialectDiagnostics(dialect)
        if let finding = findings.min(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            throw .invalidProgram(finding.message, reference, SourceRange(finding.range))
        }
        let resolver = Resolver(source, file: reference, dialect: dialect)
        let toplevel = try resolver.resolve()
        self.toplevel = toplevel
        self.file = reference
        globalNames = resolver.globals.names
        firstLoadedGlobal = resolver.globals.firstLoaded
        storage = resolver.constants.storage
        loads = resolver.loads
        predeclaredNames = resolver.predeclared.elements.map { ($0, resolver.firstUses[$0] ?? toplevel.range) }
    }
}

extension EvaluationError {
    static func invalidProgram(_ message: String, _ file: FileReference, _ range: SourceRange) -> EvaluationError {
        let error = EvaluationError(message, kind: .invalidProgram)
        error.leave(file.stackFrame(function: "<toplevel>", range: range))
        return error
    }
}
