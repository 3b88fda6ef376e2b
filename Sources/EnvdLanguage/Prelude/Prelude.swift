import EnvdSyntax
import Starlark

/// The prelude as run within one evaluation.
///
/// Its files see the host's primitives; a user's file sees the API that they define. Keep it as long as anything that
/// came out of it is called.
final class Prelude {
    private let evaluation: Evaluation
    private let primitives: [String: Value]
    private var modules: [String: Module] = [:]
    private var active: Set<String> = []

    init(_ evaluation: Evaluation, primitives: [String: Value]) {
        self.evaluation = evaluation
        self.primitives = primitives
    }

    /// What every user's file sees besides the names of the language.
    ///
    /// - Parameter recovery: if given, the functions do not end a program by failing.
    func environment(_ recovery: Recovery?) throws(EvaluationError) -> [String: Value] {
        let heap = evaluation.heap
        var names: [String: Value] = [:]
        for (name, value) in try module(PreludeFile.name(of: "universe")).exported {
            names[name] = recovery?.guarding(value, named: name, in: heap) ?? value
        }
        for part in PreludeFile.modules {
            let members = try module(PreludeFile.name(of: part)).exported.map { name, value in
                (name, recovery?.guarding(value, named: "\(part).\(name)", in: heap) ?? value)
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
        let module = try evaluation.execute(try file.program(), predeclared: primitives)
        modules[name] = module
        return module
    }
}
