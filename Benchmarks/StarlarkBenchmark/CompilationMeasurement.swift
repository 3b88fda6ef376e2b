import EnvdSyntax
import Starlark

/// Parses a file and compiles all of it, everything fresh in each round.
func measureCompilation(of source: [UInt8], named file: String, rounds: Int) throws(BenchmarkError) -> Measurement {
    try Measurement(rounds: rounds) { () throws(BenchmarkError) in
        let clock = ContinuousClock()
        let start = clock.now
        let program: Program
        do {
            program = try Program(SourceFile(bytes: source), named: file)
        } catch {
            throw .failed("\(error)")
        }
        return Measurement.Round(duration: start.duration(to: clock.now), result: "\(program.loads.count) loads")
    }
}
