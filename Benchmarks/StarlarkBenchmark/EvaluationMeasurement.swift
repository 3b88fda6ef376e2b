import EnvdSyntax
import Starlark

/// Parses, compiles and runs the program and lets go of all that it made, everything fresh in each round.
func measureEvaluation(of source: [UInt8], named file: String, rounds: Int) throws(BenchmarkError) -> Measurement {
    try Measurement(rounds: rounds) { () throws(BenchmarkError) in try evaluate(source, named: file) }
}

/// One round. Reading the result is no part of its time.
private func evaluate(_ source: [UInt8], named file: String) throws(BenchmarkError) -> Measurement.Round {
    let clock = ContinuousClock()
    let start = clock.now
    var evaluation: Evaluation? = Evaluation(limits: .unlimited)
    if let evaluation {
        let heap = evaluation.heap
        evaluation.predeclared = [
            "json": StandardModules.json(in: heap), "struct": heap.function(StandardModules.structure),
        ]
    }
    var module: Module?
    do {
        module = try evaluation?.execute(SourceFile(bytes: source), named: file)
    } catch {
        throw .failed("\(error.traceback)\n\(error)")
    }
    let ran = clock.now
    let result = module?["result"]?.asString
    let read = clock.now
    module = nil
    evaluation = nil
    let ended = clock.now
    guard let result else { throw .noResult }
    return Measurement.Round(duration: start.duration(to: ran) + read.duration(to: ended), result: result)
}
