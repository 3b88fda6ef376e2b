import EnvdSyntax

/// A file ready to run: parsed, checked, its names resolved to numbered variables. Never changes, so one program serves
/// any number of evaluations on any threads.
package struct Program: Sendable {
    /// What starlark-go leaves to the application to allow.
    package struct Options: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// `while` loops.
        package static let whileLoops = Options(rawValue: 1 << 0)
        /// The built-in function `set`.
        package static let sets = Options(rawValue: 1 << 1)
        /// Functions that call themselves, directly or through others.
        package static let recursion = Options(rawValue: 1 << 2)
        /// `if`, `for` and `while` outside of functions.
        package static let toplevelControl = Options(rawValue: 1 << 3)
        /// Assigning a global variable more than once.
        package static let globalReassign = Options(rawValue: 1 << 4)

        /// All of Starlark.
        package static let starlark: Options = [
            .whileLoops, .sets, .recursion, .toplevelControl, .globalReassign,
        ]
        /// What envd sets for `build.envd`.
        package static let envd: Options = [.recursion]
    }

    let file: FileReference
    let toplevel: FunctionDefinition
    /// The global variables: first those that the file assigns, in the order of the source, then those it loads.
    let globalNames: [String]
    let firstLoadedGlobal: Int
    /// Names that the file uses and does not define, with the place of their first use.
    let predeclaredNames: [(name: String, range: SourceRange)]

    /// - Parameters:
    ///   - file: the name of the file in errors and tracebacks.
    ///   - options: what the program may use.
    /// - Throws: the first syntax error, misplaced statement or use of what the options do not allow, with its place. Undefined names are found only when the program runs, in the environment that it is given.
    package init(
        _ source: SourceFile, named file: String, options: Options = .starlark
    ) throws(EvaluationError) {
        let reference = FileReference(name: file, source: source)
        if let finding = source.diagnostics.first {
            throw .invalidProgram(finding.message, reference, SourceRange(finding.range))
        }
        let resolver = Resolver(file: reference, options: options)
        let toplevel = try resolver.resolve(source)
        self.toplevel = toplevel
        self.file = reference
        globalNames = resolver.globals.names
        firstLoadedGlobal = resolver.firstLoadedGlobal
        predeclaredNames = resolver.predeclared.names.map { ($0, resolver.firstUses[$0] ?? toplevel.range) }
    }

    /// The names of the modules that the file loads, in the order of the source.
    package var loads: [String] {
        toplevel.body.statements.compactMap { ($0 as? Load)?.module }
    }
}

extension EvaluationError {
    static func invalidProgram(_ message: String, _ file: FileReference, _ range: SourceRange) -> EvaluationError {
        let error = EvaluationError(message, kind: .invalidProgram)
        error.leave(file.stackFrame(function: "<toplevel>", range: range))
        return error
    }
}
