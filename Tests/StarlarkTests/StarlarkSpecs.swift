import EnvdSyntax
import SpecSupport
import Starlark
import Testing

/// The documents under `Tests/Specs/starlark`: programs with what they print and the error that they end with.
@Suite struct StarlarkSpecs {
    @Test(arguments: SpecDocument.paths(in: "starlark"))
    func specs(path: String) throws {
        try verify(path, throughArchive: false)
    }

    /// A program is the same after it has been written to an archive and read again.
    @Test(arguments: SpecDocument.paths(in: "starlark"))
    func archivedPrograms(path: String) throws {
        try verify(path, throughArchive: true)
    }

    private func verify(_ path: String, throughArchive: Bool) throws {
        try SpecDocument(contentsOf: path).verify { specCase, expectation in
            let run = ProgramRun(
                specCase.source.bytes, isEnvd: specCase.source.kind == "envd", throughArchive: throughArchive)
            switch expectation.kind {
            // An error that nobody expects must not pass for a program that prints less.
            case "output": return run.output + (run.error.map { "error: \($0)\n" } ?? "")
            case "error": return run.error?.description ?? "none"
            case "traceback": return run.error.map { "\($0.traceback)\n\($0)" } ?? "none"
            default: return nil
            }
        }
    }
}

/// What came of a program.
struct ProgramRun {
    private(set) var output = ""
    private(set) var error: EvaluationError?
    private(set) var module: Module?
    let evaluation: Evaluation

    /// - Parameter throughArchive: whether to run what an archive of the compiled program holds.
    init(_ bytes: [UInt8], isEnvd: Bool = false, limits: Limits = Limits(), throughArchive: Bool = false) {
        let printed = Printed()
        evaluation = Evaluation(limits: limits)
        let heap = evaluation.heap
        evaluation.predeclared = [
            "json": StandardModules.json(in: heap),
            "struct": heap.function(StandardModules.structure),
            "freeze": heap.function(
                HostFunction("freeze", "x") { call in
                    let value = try call.bind().value("x")
                    value.freeze()
                    return value
                }),
        ]
        evaluation.onPrint = { text, _ in printed.text += "\(text)\n" }
        evaluation.onLoad = { name, evaluation in
            if let module = ProgramRun.library(name, evaluation.heap) { return module }
            guard let text = ProgramRun.modules[name] else { throw EvaluationError("no such module") }
            return try evaluation.execute(SourceFile(text), named: name)
        }
        do {
            var program = try Program(
                SourceFile(bytes: bytes), named: "program.star", dialect: isEnvd ? .envd : .everything)
            if throughArchive {
                let archive = try program.archive(of: bytes)
                program = try Program(archive: archive, of: bytes, named: "program.star")
            }
            module = try evaluation.execute(program)
        } catch {
            self.error = error as? EvaluationError ?? EvaluationError("\(error)")
        }
        output = printed.text
    }

    init(_ text: String, limits: Limits = Limits()) {
        self.init(Array(text.utf8), limits: limits)
    }

    /// The modules of the language that programs may load.
    private static func library(_ file: String, _ heap: Heap) -> Module? {
        switch file {
        case "math.star": Module(file: file, members: [("math", StandardModules.math(in: heap))], heap: heap)
        case "time.star": Module(file: file, members: [("time", StandardModules.time(in: heap))], heap: heap)
        default: nil
        }
    }

    /// The files that programs may load.
    private static let modules = [
        "shapes.star": "def area(w, h):\n    return w * h\n\nunit = [1, 1]\n_secret = 1\n",
        "broken.star": "x = 1\ny = x +\n",
        "failing.star": "def f():\n    fail(\"no luck\")\n\nf()\n",
    ]

    private final class Printed {
        var text = ""
    }
}
