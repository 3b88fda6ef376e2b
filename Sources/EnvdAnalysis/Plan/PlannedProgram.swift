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

    init(_ file: SourceFile, _ run: DryRun, project: ProjectView?) {
        self.file = file
        self.run = run
        self.project = project
        let files = ProgramSources(run, file)
        self.files = files
        calls = run.calls.enumerated().compactMap { index, call in PlannedCall(call, index, files) }
        transcript = Transcript(calls)
    }

    /// Whether all that the program does is known.
    var isComplete: Bool { run.plan != nil && !run.isPartial && run.error == nil }

    /// The name of `build`: where to say what is wrong with the program as a whole.
    var buildName: Range<Int>? {
        file.statements.lazy.compactMap { DefStmt($0)?.name }.first { $0.text == "build" }?.range
    }

    /// The place in the file of what is known by a location in any of the program's files.
    func place(of location: SourceLocation) -> Range<Int>? {
        location.stack.last { $0.file == run.file }?.range
    }

    /// How a finding names a call that is not in its own place: "line 12".
    func line(of call: PlannedCall) -> String {
        "line \(file.position(at: call.range.lowerBound, encoding: .utf8).line + 1)"
    }

    /// The call that asked for an operation, if one did.
    func call(of location: SourceLocation) -> PlannedCall? {
        calls.first { $0.call.site == location }
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
    private var contexts: [String: RuleContext] = [:]
    private var transcriptContext: RuleContext?
    private var conditions: [SourceLocation: [PlannedCall.Condition]] = [:]

    init(_ run: DryRun, _ file: SourceFile) {
        program = run.file
        sources = run.sources
        self.file = file
    }

    func source(_ name: String) -> SourceFile? { name == program ? file : sources[name] }

    /// A file as other rules see it, without the project.
    func context(_ name: String) -> RuleContext? {
        if let known = contexts[name] { return known }
        guard let source = source(name) else { return nil }
        let context = RuleContext(file: source, dialect: .envd, environment: .envd)
        contexts[name] = context
        return context
    }

    /// The transcript as rules see it.
    func context(of transcript: Transcript) -> RuleContext {
        if let transcriptContext { return transcriptContext }
        let context = RuleContext(file: transcript.file, dialect: .envd, environment: .envd)
        transcriptContext = context
        return context
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
