import EnvdSyntax
import Starlark

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

/// Evaluates one program again and again and prints one JSON object; `scripts/bench` runs it beside its peers.
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

    /// - Parameter arguments: how many rounds, and the file.
    private static func run(_ arguments: [String]) throws(BenchmarkError) -> Data {
        guard arguments.count == 2, let rounds = Int(arguments[0]), rounds > 0 else { throw .usage }
        let path = arguments[1]
        guard let content = try? Data(contentsOf: URL(filePath: path)) else { throw .unreadable(path) }
        let result = try measureEvaluation(of: [UInt8](content), named: path, rounds: rounds)
        do { return try JSONEncoder().encode(result) } catch { throw .output("\(error)") }
    }
}

enum BenchmarkError: Error, CustomStringConvertible {
    case usage
    case unreadable(String)
    case evaluation(EvaluationError)
    /// The program leaves no string behind in `result`, so that nobody could tell whether it did its work.
    case noResult
    /// Two rounds came to different results.
    case inconsistentResult
    case output(String)

    var description: String {
        switch self {
        case .usage: "usage: StarlarkBenchmark ROUNDS FILE"
        case .unreadable(let path): "cannot read \(path)"
        case .evaluation(let error): "\(error.traceback)\n\(error)"
        case .noResult: "the program does not leave a string in 'result'"
        case .inconsistentResult: "the program's result changes from round to round"
        case .output(let message): "cannot write the result: \(message)"
        }
    }
}
