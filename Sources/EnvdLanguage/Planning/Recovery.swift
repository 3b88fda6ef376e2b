import LLB
import Starlark

/// Something that is wrong with a program of which there is a plan all the same.
package struct PlanFinding: Sendable {
    package let message: String
    /// Where in the user's files to look.
    package let location: SourceLocation?
    /// The active calls of the user's functions, outermost first; empty if the place is all that is known.
    package var stack: [StackFrame] = []
    /// Whether it is that a file cannot be loaded, which may be the cause of all that comes after it.
    package var isOfLoad = false
}

/// Lets a program go on after failures of envd's API, so that there is a plan of all the rest.
///
/// A call of the API that fails, for a missing file or a wrong argument, declares nothing. A library that cannot be had gives
/// functions that declare nothing either. What fails in the program's own code, and whatever reaches a limit, ends the plan
/// as before.
///
/// A class because it collects what is found in many places.
final class Recovery {
    private(set) var findings: [PlanFinding] = []
    /// Whether something stands for code that was not there.
    private(set) var lacksCode = false
    private let blame: Blame
    private let message: (EvaluationError) -> String

    /// - Parameter message: what to tell the user of an error.
    init(_ blame: Blame, message: @escaping (EvaluationError) -> String) {
        self.blame = blame
        self.message = message
    }

    /// Notes an error, about a place that is known or else about the user's call that led to it.
    ///
    /// - Throws: the error itself, if the program cannot go on.
    func note(_ error: any Error, in call: HostCall) throws {
        let stack = call.callStack(droppingFirst: blame.outerCalls) { !PreludeFile.isPreludeName($0) }
        try note(error, at: blame.userCall(in: call), stack)
    }

    func note(_ error: any Error, at site: SourceLocation?, _ stack: [StackFrame] = []) throws {
        var finding = PlanFinding(message: "\(error)", location: blame.location ?? site)
        if let error = error as? EvaluationError {
            guard error.kind == .failure || error.kind == .invalidProgram else { throw error }
            finding = PlanFinding(message: message(error), location: finding.location)
        }
        if blame.location == nil { finding.stack = stack }
        findings.append(finding)
        blame.forgetFailure()
    }

    // MARK: - Files

    /// The parameters that name files of the project, by the declaration that they become part of.
    private static let filePaths = [
        "python_packages": ["requirements", "local_wheels"], "conda_packages": ["env_file"], "copy": ["source"],
    ]

    /// Notes the files that what was declared needs and the project lacks. The real envd leaves it to the build to fail.
    func noteMissingFiles(of declarations: [(kind: String, value: Value)], in project: ProjectDirectory) {
        for (kind, value) in declarations {
            guard let names = Recovery.filePaths[kind], let members = value.asFields else { continue }
            func member(_ name: String) -> Value? { members.first { $0.name == name }?.value }
            // What is copied from an image is no file of the project.
            if let image = member("image")?.asString, !image.isEmpty { continue }
            for name in names {
                let paths = member(name).map { $0.asSequence ?? [$0] } ?? []
                for path in paths.compactMap(\.asString) where isMissing(path, in: project) {
                    let site = member("site")?.asHost(SiteValue.self)?.location
                    findings.append(PlanFinding(message: "there is no file \(path) in the project", location: site))
                }
            }
        }
    }

    private func isMissing(_ path: String, in project: ProjectDirectory) -> Bool {
        // A pattern may fit something, and nobody looks outside of the project.
        guard !path.isEmpty, !path.utf8.contains(where: { "*?[\\".utf8.contains($0) }) else { return false }
        guard case .missing = project.locate(path) else { return false }
        return true
    }

    // MARK: - What stands for what failed

    /// A function that does the same as one of the API, and nothing if that fails.
    func guarding(_ function: Value, named name: String, in heap: Heap) -> Value {
        guard function.isCallable else { return function }
        return heap.function(
            HostFunction(name) { [unowned self] call in
                do {
                    return try call.forward(to: function)
                } catch {
                    try note(error, in: call)
                    guard name == "include" else { return .none }
                    lacksCode = true
                    return call.heap.host(MissingLibrary())
                }
            })
    }

    /// What `load` gives of a file that cannot be loaded: for each name a function that does nothing.
    ///
    /// What was noted last says why not.
    func missingFile(_ name: String, in heap: Heap) -> Module {
        lacksCode = true
        if !findings.isEmpty { findings[findings.count - 1].isOfLoad = true }
        return Module(file: name, everyName: heap.function(MissingLibrary.function), heap: heap)
    }
}

/// What `include` gives of a repository that cannot be had.
private final class MissingLibrary: HostValue {
    var typeName: String { "module" }

    static let function = HostFunction("missing") { _ in .none }

    func method(named name: String) -> HostFunction? { MissingLibrary.function }
}
