import EnvdSyntax

/// What a rule looks at: one file, resolved.
package struct RuleContext: Sendable {
    package let file: SourceFile
    package let dialect: Dialect
    package let names: NameResolution
    package let environment: NameEnvironment
    /// What is in the project; nil where nobody can know.
    package let project: ProjectView?
    /// What other files say about this one.
    package let modules: LoadedModules
    /// The calls of the API that the file writes out, in source order.
    package let calls: [APICall]
    /// The names of the language that the file binds somewhere, so that they do not mean the language's everywhere.
    let hiddenBuiltins: Set<String>
    /// The shell scripts that calls hold, by the call's place: many rules look at them, and reading them is most of their work.
    private(set) var scripts: [Range<Int>: [ShellProgram]] = [:]
    /// What envd does when it runs the program, in the order in which it does it. Empty unless the file alone says that for
    /// certain: it has `build`, uses no other files, calls functions by their names only, and has no mistakes in its syntax
    /// and its names.
    package private(set) var runs: [ProgramRun] = []
    /// For each binding, whether anything in the file reads it.
    let isRead: [Bool]
    /// Whether code outside of all functions reads a function of the file: what that one does then happens before anything
    /// is frozen.
    let runsFunctionsWhileLoading: Bool
    let firstStatement: SyntaxNode?
    /// The functions at the top level, by name. Kept, as many rules ask for it at every call.
    package let functions: [String: DefStmt]
    /// Whether code of other files may declare things too: it loads a file that does, or of which nobody knows, or includes a library. What the file does not
    /// say by itself may be said there.
    package let usesOtherFiles: Bool
    private let uses: [Range<Int>: Int]

    package init(
        file: SourceFile, dialect: Dialect, environment: NameEnvironment, project: ProjectView? = nil,
        modules: LoadedModules = LoadedModules(), reference: APIReference = .v1
    ) {
        self.file = file
        self.dialect = dialect
        self.environment = environment
        self.project = project
        self.modules = modules
        names = NameResolution(file, dialect: dialect)
        var uses: [Range<Int>: Int] = [:]
        var predeclared: [Range<Int>: String] = [:]
        var functionUses: [Range<Int>: String] = [:]
        var graph = CallGraph()
        var isRead = [Bool](repeating: false, count: names.bindings.count)
        var runsFunctions = false
        for (index, use) in names.uses.enumerated() {
            uses[use.range] = index
            guard let id = use.binding else {
                if environment.predeclared.contains(use.name) {
                    predeclared[use.range] = use.name
                } else if !environment.contains(use.name) {
                    graph.isOpaque = true
                }
                continue
            }
            isRead[id] = true
            if !runsFunctions, names.scopes[use.scope].kind != .function, !names.isInFunction(use.scope) {
                runsFunctions = names.bindings[id].occurrences.contains { $0.kind == .function }
            }
            if names.bindings[id].scope == 0, names.bindings[id].occurrences[0].kind == .function {
                functionUses[use.range] = use.name
            }
        }
        self.isRead = isRead
        runsFunctionsWhileLoading = runsFunctions
        self.uses = uses
        var hidden: Set<String> = []
        for binding in names.bindings where environment.universal.contains(binding.name) { hidden.insert(binding.name) }
        hiddenBuiltins = hidden
        let statements = file.statements
        var functions: [String: DefStmt] = [:]
        var loadsFiles = false
        for statement in statements {
            if let function = DefStmt(statement), let name = function.name?.text { functions[name] = function }
            if let load = LoadStmt(statement), load.path.map(modules.isInert) != true { loadsFiles = true }
        }
        self.functions = functions
        firstStatement = statements.first
        var calls: [APICall] = []
        if !predeclared.isEmpty {
            for statement in statements {
                for node in statement.descendants {
                    switch node.kind {
                    case .callExpr:
                        if let call = CallExpr(node).flatMap({ APICall($0, predeclared, reference) }) {
                            calls.append(call)
                        }
                    case .nameExpr: graph.visit(name: node, predeclared, functionUses, environment)
                    case .returnStmt: graph.visit(return: node)
                    default: continue
                    }
                }
            }
        }
        self.calls = calls.sorted { $0.range.lowerBound < $1.range.lowerBound }
        usesOtherFiles = loadsFiles || calls.contains { $0.name == "include" }
        for call in self.calls {
            let programs = ShellProgram.programs(of: call, in: self)
            if !programs.isEmpty { scripts[call.range] = programs }
        }
        if isWholeProgram, !file.hasDiagnostics { runs = graph.runs(self.calls, functions: functions) }
    }

    /// What is known of a name that is read there.
    package func use(at range: Range<Int>) -> NameUse? {
        uses[range].map { names.uses[$0] }
    }

    package func calls(of name: String) -> [APICall] {
        calls.filter { $0.name == name }
    }

    // MARK: - The program as a whole

    /// `build` of a program; nil in a library.
    package var build: DefStmt? { functions["build"] }

    /// Whether the whole program stands in this file, so that what is missing here is missing.
    package var isWholeProgram: Bool { build != nil && !usesOtherFiles }
}

/// What rules may ask about the files of a project. The command line and the server answer from the disk, tests from a list.
package struct ProjectView: Sendable {
    package enum Status: Sendable, Hashable {
        case file
        case directory
        case missing
        /// The path leaves the project, by itself or by a symbolic link.
        case outside
    }

    /// The status of a path that is relative to the directory of the program, or absolute.
    package let status: @Sendable (String) -> Status
    /// The content of a file in UTF-8 bytes, of at most 1 MiB; nil if it cannot be read.
    package let content: @Sendable (String) -> [UInt8]?
    /// Whether a path of the host exists; `~` is the user's home. Nil where it is not known.
    package let hostPathExists: @Sendable (String) -> Bool?

    package init(
        status: @escaping @Sendable (String) -> Status, content: @escaping @Sendable (String) -> [UInt8]?,
        hostPathExists: @escaping @Sendable (String) -> Bool?
    ) {
        self.status = status
        self.content = content
        self.hostPathExists = hostPathExists
    }
}
