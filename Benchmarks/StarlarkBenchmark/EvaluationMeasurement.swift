import EnvdSyntax
import Starlark

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

struct EvaluationResult: Encodable {
    /// Nanoseconds of each round, the first, cold one included.
    var rounds: [Int64]
    /// What the program left in its variable `result`.
    var result: String
    /// The most memory that this process had resident at any time; nil where it cannot be known.
    var peakResidentBytes: Int?
}

/// Parses, compiles and runs the program and lets go of all that it made, everything fresh in each round.
func measureEvaluation(of source: [UInt8], named file: String, rounds: Int) throws(BenchmarkError) -> EvaluationResult {
    var measured = EvaluationResult(rounds: [], result: "", peakResidentBytes: nil)
    measured.rounds.reserveCapacity(rounds)
    for round in 0..<rounds {
        let (nanoseconds, result) = try evaluate(source, named: file)
        guard round == 0 || result == measured.result else { throw .inconsistentResult }
        measured.rounds.append(nanoseconds)
        measured.result = result
    }
    measured.peakResidentBytes = peakResidentBytes()
    return measured
}

/// One round. Reading the result is no part of its time.
private func evaluate(
    _ source: [UInt8], named file: String
) throws(BenchmarkError) -> (nanoseconds: Int64, result: String) {
    let clock = ContinuousClock()
    let start = clock.now
    var evaluation: Evaluation? = Evaluation(
        limits: .unlimited,
        predeclared: ["json": StandardModules.json, "struct": .function(StandardModules.structure)])
    var module: Module?
    do {
        module = try evaluation?.execute(SourceFile(bytes: source), named: file)
    } catch {
        throw .evaluation(error)
    }
    let ran = clock.now
    let result = module?["result"]?.asString
    let read = clock.now
    module = nil
    evaluation = nil
    let ended = clock.now
    guard let result else { throw .noResult }
    return ((start.duration(to: ran) + read.duration(to: ended)).wholeNanoseconds, result)
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}

/// The line `VmHWM` of `/proc/self/status` (proc(5)), which is in KiB. `getrusage` would tell the peak of the process
/// that started this one if that was higher.
private func peakResidentBytes() -> Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, CInt(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard text.hasPrefix("VmHWM:") else { continue }
        return Int(text.filter(\.isNumber)).map { $0 << 10 }
    }
    return nil
}
