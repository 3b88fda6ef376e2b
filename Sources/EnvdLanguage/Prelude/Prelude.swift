import EnvdSyntax
import Starlark

/// The prelude as run within one evaluation.
///
/// Its files see the host's primitives; a user's file sees the API that they define. Keep it as long as anything that
/// came out of it is called.
final class Prelude {
    private let evaluation: Evaluation
    private let programs: PreludePrograms
    private let primitives: [String: Value]
    private var modules: [String: Module] = [:]
    private var active: Set<String> = []

    init(_ programs: PreludePrograms, _ evaluation: Evaluation, primitives: [String: Value]) {
        self.programs = programs
        self.evaluation = evaluation
        self.primitives = primitives
    }

    /// What every user's file sees besides the names of the language.
    ///
    /// - Parameters:
    ///   - recovery: if given, the functions do not end a program by failing.
    ///   - recorder: if given, it is told of all their calls.
    func environment(_ recovery: Recovery?, _ recorder: CallRecorder?) throws(EvaluationError) -> [String: Value] {
        let heap = evaluation.heap
        func watched(_ value: Value, _ name: String) -> Value {
            let value = recorder?.recording(value, named: name, in: heap) ?? value
            return recovery?.guarding(value, named: name, in: heap) ?? value
        }
        var names: [String: Value] = [:]
        for (name, value) in try module(PreludeFile.name(of: "universe")).exported {
            names[name] = watched(value, name)
        }
        for part in PreludeFile.modules {
            let members = try module(PreludeFile.name(of: part)).exported.map { name, value in
                (name, watched(value, "\(part).\(name)"))
            }
            names[part] = heap.module(part, members)
        }
        return names
    }

    /// A function that only the host calls.
    func function(_ name: String, in part: String) throws(EvaluationError) -> Value {
        guard let value = try module(PreludeFile.name(of: part))[name] else {
            throw EvaluationError("the prelude lacks \(part).\(name)")
        }
        return value
    }

    func module(_ name: String) throws(EvaluationError) -> Module {
        if let known = modules[name] { return known }
        guard let file = PreludeFile.all.first(where: { $0.name == name }) else {
            throw EvaluationError("there is no file \(name) in the prelude")
        }
        guard active.insert(name).inserted else { throw EvaluationError("\(name) loads itself") }
        defer { active.remove(name) }
        let module = try evaluation.execute(try programs.program(of: file), predeclared: primitives)
        modules[name] = module
        return module
    }
}
