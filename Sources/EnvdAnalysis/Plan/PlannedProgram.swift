import EnvdLanguage
import EnvdSyntax
import LLB

/// What a rule of the plan looks at: a program that has been run, and its file.
///
/// Places are those of the program's own file: what a library did is the doing of the line that called it.
struct PlannedProgram {
    /// The file that findings are about.
    let file: SourceFile
    let run: DryRun
    let project: ProjectView?
    /// The calls in the order in which they happened, without what lies outside of the program's file.
    let calls: [PlannedCall]
    /// The calls written out one after another.
    let transcript: Transcript
    let files: ProgramSources
    private let places: [SourceLocation: Int]

    init(_ file: SourceFile, _ run: DryRun, project: ProjectView?) {
        self.file = file
        self.run = run
        self.project = project
        let files = ProgramSources(run, file)
        self.files = files
        calls = run.calls.enumerated().compactMap { index, call in PlannedCall(call, index, files) }
        transcript = Transcript(calls)
        var places: [SourceLocation: Int] = [:]
        for (place, call) in calls.enumerated() {
            if let site = call.call.site, places[site] == nil { places[site] = place }
        }
        self.places = places
    }

    /// Whether all that the program does is known.
    var isComplete: Bool { run.plan != nil && !run.isPartial && run.error == nil }

    /// The name of `build`: where to say what is wrong with the program as a whole.
    var buildName: Range<Int>? { build?.name?.range }

    /// The name of `build` and its parameters.
    var buildHeader: Range<Int>? {
        guard let name = buildName else { return nil }
        return name.lowerBound..<max(name.upperBound, build?.parameterList?.range.upperBound ?? 0)
    }

    private var build: DefStmt? {
        file.statements.lazy.compactMap { DefStmt($0) }.first { $0.name?.text == "build" }
    }

    /// The place in the file of what is known by a location in any of the program's files.
    func place(of location: SourceLocation) -> Range<Int>? {
        location.stack.last { $0.file == run.file }?.range
    }

    /// How a finding names a call that is not in its own place: "line 12".
    func line(of call: PlannedCall) -> String {
        "line \(file.position(at: call.range.lowerBound, encoding: .utf8).line + 1)"
    }

    /// The call that asked for an operation, if one did; the first of those that the same line made.
    func call(of location: SourceLocation) -> PlannedCall? { places[location].map { calls[$0] } }

    /// The commands of a call of `run`, as they were run.
    func commands(of call: PlannedCall) -> [ShellCommand] {
        guard let place = call.call.site.flatMap({ places[$0] }), let range = transcript.range(ofCall: place) else {
            return []
        }
        let context = files.context(of: transcript)
        return files.call(of: transcript, at: range).map { context.buildCommands(of: $0).map(\.command) } ?? []
    }
}

/// A call of the API that a line of the program's file led to.
struct PlannedCall {
    let call: RecordedCall
    /// Its place among all calls of the run.
    let index: Int
    /// The call in the program's file: of the API, or of what called it.
    let range: Range<Int>
    /// The name in it of what is called.
    let calleeRange: Range<Int>
    /// The calls in files, outermost first.
    let stack: [SourceLocation]
    /// Whether the program's file calls the API itself.
    let isOwn: Bool
    /// The conditions that it was made under, each by its place.
    let conditions: [Condition]

    struct Condition: Hashable {
        let file: String
        let start: Int
    }

    var name: String { call.function }

    /// Whether both were made under the same conditions, so that no other run has one without the other as far as these say.
    func hasConditions(of other: PlannedCall) -> Bool { conditions == other.conditions }

    /// What it was given for a parameter; nil if that was left out.
    func argument(_ name: String) -> RecordedValue? {
        if let named = call.named.first(where: { $0.name == name }) { return named.value }
        guard let index = APIReference.v1.functions[call.function]?.parameters.firstIndex(where: { $0.name == name }),
            call.positional.indices.contains(index)
        else { return nil }
        return call.positional[index]
    }

    /// Nil for a call that no line of the program's file led to.
    init?(_ call: RecordedCall, _ index: Int, _ files: ProgramSources) {
        guard let site = call.site, let own = site.stack.last(where: { $0.file == files.program }) else { return nil }
        self.call = call
        self.index = index
        range = own.range
        stack = site.stack
        isOwn = site.file == files.program
        calleeRange = files.call(at: own)?.callee?.range ?? own.range
        conditions = stack.flatMap(files.conditions)
    }
}

/// The files of a program that has been run, with what rules know of them.
///
/// A class because contexts are made when something asks for them, and kept.
final class ProgramSources {
    /// The name of the program's own file.
    let program: String
    private let file: SourceFile
    private let sources: [String: SourceFile]
    private var contexts: [String: ProgramContext] = [:]
    private var transcriptContext: ProgramContext?
    private var transcriptCalls: [Range<Int>: APICall] = [:]
    private var elements: [Place: [Expr]] = [:]
    private var findings: [RuleInFile: [Range<Int>]] = [:]
    private var conditions: [SourceLocation: [PlannedCall.Condition]] = [:]

    private struct Place: Hashable {
        let file: String
        let range: Range<Int>
    }

    private struct RuleInFile: Hashable {
        let file: String
        let code: String
    }

    init(_ run: DryRun, _ file: SourceFile) {
        program = run.file
        sources = run.sources
        self.file = file
    }

    func source(_ name: String) -> SourceFile? { name == program ? file : sources[name] }

    /// A file as other rules see it, without the project.
    func context(_ name: String) -> ProgramContext? {
        if let known = contexts[name] { return known }
        guard let source = source(name) else { return nil }
        let context = ProgramContext(CheckedFile(source, dialect: .envd, environment: .envd, rules: []))
        contexts[name] = context
        return context
    }

    /// The transcript as rules see it.
    func context(of transcript: Transcript) -> ProgramContext {
        if let transcriptContext { return transcriptContext }
        let context = ProgramContext(
            CheckedFile(transcript.file, dialect: .envd, environment: .envd, rules: []))
        transcriptContext = context
        for call in context.calls { transcriptCalls[call.range] = call }
        return context
    }

    /// A call that the transcript has there.
    func call(of transcript: Transcript, at range: Range<Int>) -> APICall? {
        if transcriptContext == nil { _ = context(of: transcript) }
        return transcriptCalls[range]
    }

    /// The elements of a list or a tuple. Kept, since lists are long and each of their elements may be asked for.
    func elements(of expression: Expr, in file: String) -> [Expr]? {
        let place = Place(file: file, range: expression.range)
        if let known = elements[place] { return known }
        let found: [Expr]
        switch expression {
        case .list(let list): found = list.elements.map { $0 }
        case .tuple(let tuple): found = tuple.elements.map { $0 }
        default: return nil
        }
        elements[place] = found
        return found
    }

    /// Where a rule finds something in a file without running anything.
    func placesWithoutRun(_ rule: Rule, in name: String, project: ProjectView?) -> [Range<Int>] {
        let key = RuleInFile(file: name, code: rule.code)
        if let known = findings[key] { return known }
        guard let source = source(name) else { return [] }
        let found = lint(source, dialect: .envd, environment: .envd, project: project, rules: [rule])
            .filter { $0.code == rule.code }.map(\.range)
        findings[key] = found
        return found
    }

    /// How messages name a place of another file than the program's.
    func shownPlace(_ range: Range<Int>, in name: String) -> String? {
        guard let source = source(name) else { return nil }
        return "line \(source.position(at: range.lowerBound, encoding: .utf8).line + 1) of \(name.onOneLine)"
    }

    func call(at location: SourceLocation) -> CallExpr? {
        var node = source(location.file)?.node(covering: location.range)
        while let current = node, current.range == location.range {
            if let call = CallExpr(current) { return call }
            node = current.parent
        }
        return nil
    }

    /// The conditions around a place in its function, outermost first.
    func conditions(of location: SourceLocation) -> [PlannedCall.Condition] {
        var key = location
        key.callers = []
        if let known = conditions[key] { return known }
        var found: [PlannedCall.Condition] = []
        if let node = source(location.file)?.node(covering: location.range) {
            for ancestor in node.ancestors {
                switch ancestor.kind {
                case .ifStmt, .elifClause, .elseClause, .conditionalExpr:
                    found.append(.init(file: location.file, start: ancestor.range.lowerBound))
                case .binaryExpr:
                    guard let op = BinaryExpr(ancestor)?.op?.kind, op == .andKeyword || op == .orKeyword else {
                        continue
                    }
                    found.append(.init(file: location.file, start: ancestor.range.lowerBound))
                default: continue
                }
            }
        }
        conditions[key] = found.reversed()
        return found.reversed()
    }
}

/// A program that makes the calls of the API that another one made when it was run, without loops, functions and libraries: what rules
/// look at.
package func callsWrittenOut(_ file: SourceFile, _ run: DryRun) -> [UInt8] {
    PlannedProgram(file, run, project: nil).transcript.file.bytes
}
