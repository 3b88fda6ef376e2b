#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import Subprocess
import SystemPackage

/// Runs other programs, found on the PATH, without a terminal to ask on.
struct ProgramRunner: Sendable {
    /// Added to this process's environment; nil takes a variable away.
    let environment: [String: String?]

    struct Result: Sendable {
        let isSuccess: Bool
        let output: String
        let bytes: [UInt8]
        let errors: String
    }

    /// - Parameters:
    ///   - limit: the greatest size of what it prints, in bytes.
    ///   - seconds: for how long it may run.
    /// - Throws: `FetchError` if it cannot be run, prints too much or takes too long. Its own failure is a result.
    func run(
        _ program: String, _ arguments: [String], input: String = "", limit: Int, seconds: Double
    ) async throws -> Result {
        var variables: [Environment.Key: String?] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .milliseconds(500))]
        let configuration = Configuration(
            executable: .name(program), arguments: Arguments(arguments), environment: .inherit.updating(variables),
            platformOptions: options)
        return try await withDeadline(seconds, doing: "running \(program)") {
            let file = try ProgramRunner.file(holding: input)
            do {
                let result = try await Subprocess.run(
                    configuration, input: .fileDescriptor(file, closeAfterSpawningProcess: true),
                    output: .bytes(limit: limit), error: .string(limit: 64 << 10))
                return Result(
                    isSuccess: result.terminationStatus.isSuccess,
                    output: String(decoding: result.standardOutput, as: UTF8.self), bytes: result.standardOutput,
                    errors: result.standardError)
            } catch let error as SubprocessError {
                try Task.checkCancellation()
                throw FetchError(ProgramRunner.describe(error, program, limit))
            }
        }
    }

    /// Input comes from a file without a name and not through a pipe: a program may end without having read it all, and
    /// swift-subprocess 1.0.2 ends our own process then.
    private static func file(holding text: String) throws(FetchError) -> FileDescriptor {
        let folder = FileManager.default.temporaryDirectory.path
        let path = FilePath("\(folder)/envd-\(UInt64.random(in: .min ... .max))")
        do {
            let file = try FileDescriptor.open(
                path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
            unlink(path.string)
            try file.writeAll(text.utf8)
            try file.seek(offset: 0, from: .start)
            return file
        } catch {
            throw FetchError("cannot make a file in '\(folder)'")
        }
    }

    private static func describe(_ error: SubprocessError, _ program: String, _ limit: Int) -> String {
        switch error.code {
        case .executableNotFound: "there is no program \(program)"
        case .outputLimitExceeded: "it prints more than \(limit) bytes"
        default: String("\(error)".prefix(200))
        }
    }
}
