import EnvdSyntax
import Foundation
import Starlark

/// `PreludeCompiler [--check] ROOT`: compiles `Sources/EnvdLanguage/Prelude/v1` into `Prelude/Compiled`, or with `--check`
/// only says whether that is what the prelude compiles to (exit status 1 when it is not).
@main
struct PreludeCompiler {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let check = arguments.first == "--check"
        if check { arguments.removeFirst() }
        let prelude = URL(fileURLWithPath: arguments.first ?? ".").appending(path: "Sources/EnvdLanguage/Prelude")
        do {
            let isStale = try compile(prelude, check: check)
            exit(isStale ? 1 : 0)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
        }
    }

    /// - Returns: whether a file is not up to date.
    private static func compile(_ prelude: URL, check: Bool) throws -> Bool {
        let files = FileManager.default
        let (source, compiled) = (prelude.appending(path: "v1"), prelude.appending(path: "Compiled"))
        try files.createDirectory(at: compiled, withIntermediateDirectories: true)
        var unknown = Set(try files.contentsOfDirectory(atPath: compiled.path))
        var isStale = false
        for name in try files.contentsOfDirectory(atPath: source.path).sorted() where name.hasSuffix(".envd") {
            let part = String(name.dropLast(".envd".count))
            let text = [UInt8](try Data(contentsOf: source.appending(path: name)))
            let program = try Program(SourceFile(bytes: text), named: "@envd/v1/\(name)")
            let archive = Data(try program.archive(of: text))
            let file = compiled.appending(path: "\(part).program")
            unknown.remove(file.lastPathComponent)
            if (try? Data(contentsOf: file)) == archive { continue }
            isStale = true
            if check {
                print(
                    "Prelude/Compiled/\(part).program is not what Prelude/v1/\(name) compiles to: run scripts/generate")
            } else {
                try archive.write(to: file, options: .atomic)
            }
        }
        for name in unknown.sorted() {
            isStale = true
            if check {
                print("Prelude/Compiled/\(name) belongs to no file of the prelude: run scripts/generate")
            } else {
                try files.removeItem(at: compiled.appending(path: name))
            }
        }
        return check && isStale
    }
}
