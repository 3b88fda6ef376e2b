import EnvdSyntax

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

/// Measures the parser and prints one JSON object; `scripts/bench` runs it beside its peers and judges.
///
/// It holds no corpus, no targets and no statistics: it times what it is told to and gives every single figure back.
@main
struct SyntaxBenchmark {
    static func main() {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            let output = try run(arguments)
            print(String(decoding: output, as: UTF8.self))
        } catch {
            let message = Array("SyntaxBenchmark: \(error)\n".utf8)
            _ = write(STDERR_FILENO, message, message.count)
            exit(2)
        }
    }

    /// - Parameter arguments: the measurement, its counts, and the files that it reads.
    private static func run(_ arguments: [String]) throws(BenchmarkError) -> Data {
        var rest = arguments[...]
        guard let name = rest.popFirst(), let measurement = Measurement(rawValue: name) else {
            throw .usage
        }
        switch measurement {
        case .parse:
            let (warm, passes) = (try count(&rest), try count(&rest))
            return try encoded(measureParse(try readAll(rest), warmPasses: warm, passes: passes))
        case .edits, .session, .recheck:
            let rounds = try count(&rest)
            guard rest.count == 2, let source = rest.first, let list = rest.last else { throw .usage }
            let edits = try Edit.list(from: try read(list))
            let bytes = try read(source)
            if measurement == .recheck { return try encoded(measureRecheck(edits, of: bytes, rounds: rounds)) }
            return try encoded(
                measurement == .edits
                    ? measureEdits(edits, of: bytes, rounds: rounds)
                    : measureSession(edits, of: bytes, rounds: rounds))
        case .memory:
            return try encoded(measureMemory(try readAll(rest)))
        }
    }

    private static func count(_ arguments: inout ArraySlice<String>) throws(BenchmarkError) -> Int {
        guard let word = arguments.popFirst(), let count = Int(word), count >= 0 else { throw .usage }
        return count
    }

    /// The files' contents; a folder stands for all regular files below it, in the order of their paths.
    private static func readAll(_ paths: some Sequence<String>) throws(BenchmarkError) -> [[UInt8]] {
        var contents: [[UInt8]] = []
        for path in paths {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .unreadable(path) }
            guard isFolder else {
                contents.append(try read(path))
                continue
            }
            for relative in ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted() {
                let full = path + "/" + relative
                guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder else { continue }
                contents.append(try read(full))
            }
        }
        guard !contents.isEmpty else { throw .usage }
        return contents
    }

    private static func read(_ path: String) throws(BenchmarkError) -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { throw .unreadable(path) }
        return [UInt8](data)
    }

    private static func encoded(_ value: some Encodable) throws(BenchmarkError) -> Data {
        do { return try JSONEncoder().encode(value) } catch { throw .output("\(error)") }
    }
}

/// What can be measured, and the words that follow it on the command line.
enum Measurement: String {
    /// `parse WARM PASSES PATH…`: whole passes over all files.
    case parse
    /// `edits ROUNDS FILE LIST`: every edit of the list applied to the unchanged file.
    case edits
    /// `session ROUNDS FILE LIST`: every edit applied to what the ones before it left, as somebody types.
    case session
    /// `recheck ROUNDS FILE LIST`: the same with a check of the whole file, names, types and rules, after each edit.
    case recheck
    /// `memory PATH…`: what the trees of all files take, held at once.
    case memory
}

enum BenchmarkError: Error, CustomStringConvertible {
    case usage
    case unreadable(String)
    case malformedEdit(line: Int)
    case output(String)
    case wrongFindings

    var description: String {
        switch self {
        case .usage:
            "usage: SyntaxBenchmark parse WARM PASSES PATH… | edits ROUNDS FILE LIST | session ROUNDS FILE LIST"
                + " | recheck ROUNDS FILE LIST | memory PATH…"
        case .unreadable(let path): "cannot read \(path)"
        case .malformedEdit(let line): "line \(line) of the list of edits is no edit"
        case .wrongFindings: "after the edits the findings are not those of a fresh check"
        case .output(let message): "cannot write the result: \(message)"
        }
    }
}
