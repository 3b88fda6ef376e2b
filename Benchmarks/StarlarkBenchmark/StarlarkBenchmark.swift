#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Evaluates one program again and again and prints one JSON object; `scripts/bench` runs it beside the peers.
///
/// `measure_peer_evaluation.py` is its counterpart for the peers and prints the same object.
@main
struct StarlarkBenchmark {
    static func main() {
        do {
            let output = try run(Array(CommandLine.arguments.dropFirst()))
            print(String(decoding: output, as: UTF8.self))
        } catch {
            let message = Array("StarlarkBenchmark: \(error)\n".utf8)
            _ = write(STDERR_FILENO, message, message.count)
            exit(2)
        }
    }

    /// - Parameter arguments: what to measure, how many rounds, and the file or folder.
    private static func run(_ arguments: [String]) throws(BenchmarkError) -> Data {
        guard
            arguments.count == 3, let work = Work(rawValue: arguments[0]), let rounds = Int(arguments[1]), rounds > 0
        else { throw .usage }
        let path = arguments[2]
        let measurement =
            switch work {
            case .compile: try measureCompilation(of: try read(path), named: path, rounds: rounds)
            case .evaluate: try measureEvaluation(of: try read(path), named: path, rounds: rounds)
            case .cancel: try measureCancellation(of: try read(path), named: path, rounds: rounds)
            case .plan: try measurePlan(of: path, rounds: rounds, loadsPrelude: false)
            case .load: try measurePlan(of: path, rounds: rounds, loadsPrelude: true)
            }
        do { return try JSONEncoder().encode(measurement) } catch { throw .failed("\(error)") }
    }

    private static func read(_ path: String) throws(BenchmarkError) -> [UInt8] {
        guard let content = try? Data(contentsOf: URL(filePath: path)) else { throw .failed("cannot read \(path)") }
        return [UInt8](content)
    }
}

/// What can be measured.
enum Work: String {
    /// `compile ROUNDS FILE`: parsing a file and making bytecode of it.
    case compile
    /// `evaluate ROUNDS FILE`: a program of plain Starlark.
    case evaluate
    /// `cancel ROUNDS FILE`: how long the program, which never ends by itself, goes on after it was cancelled.
    case cancel
    /// `plan ROUNDS FOLDER`: the `build.envd` of a folder, with the prelude.
    case plan
    /// `load ROUNDS FOLDER`: the same, and the prelude is loaded in each round.
    case load
}

enum BenchmarkError: Error, CustomStringConvertible {
    case usage
    case failed(String)
    /// The program leaves no string behind in `result`, so that nobody could tell whether it did its work.
    case noResult
    /// Two rounds came to different results.
    case inconsistentResult

    var description: String {
        switch self {
        case .usage: "usage: StarlarkBenchmark compile|evaluate|cancel ROUNDS FILE | plan|load ROUNDS FOLDER"
        case .failed(let message): message
        case .noResult: "the program does not leave a string in 'result'"
        case .inconsistentResult: "the result changes from round to round"
        }
    }
}
