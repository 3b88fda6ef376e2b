import EnvdSyntax
import Starlark
import Testing

@Suite struct ProgramArchiveTests {
    private let text = Array(
        """
        load("shapes.star", "area", side = "unit")

        big = 123456789012345678901234567890
        limit = -9223372036854775808
        half, raw = 0.5, b"\\x00\\xff"

        def scaled(shape, *rest, factor = 2, **more):
            "A docstring is no part of the code."
            count = [0]

            def step(n):
                count[0] += n
                return lambda: count[0] * factor

            for n in rest:
                step(n)
            return {key: value for key, value in more.items() if value}, step(0)(), shape.format(*rest)
        """.utf8)

    private func program() throws -> Program {
        try Program(SourceFile(bytes: text), named: "scaled.star")
    }

    @Test func everythingIsThereAgain() throws {
        let program = try program()
        let archive = try program.archive(of: text)
        let read = try Program(archive: archive, of: text, named: "scaled.star")
        #expect(read.disassembly == program.disassembly)
        #expect(read.loads == ["shapes.star"])
        #expect(try read.archive(of: text) == archive)
    }

    @Test func anArchiveOfAnotherTextIsOutdated() throws {
        let archive = try program().archive(of: text)
        #expect(throws: ProgramArchive.Problem.outdated) {
            try Program(archive: archive, of: text + [0x0A], named: "scaled.star")
        }
        var other = text
        other[0] ^= 1
        #expect(throws: ProgramArchive.Problem.outdated) {
            try Program(archive: archive, of: other, named: "scaled.star")
        }
    }

    @Test func aPartOfAnArchiveIsDamaged() throws {
        let archive = try program().archive(of: text)
        for count in archive.indices {
            #expect(throws: ProgramArchive.Problem.self) {
                try Program(archive: Array(archive[..<count]), of: text, named: "scaled.star")
            }
        }
        #expect(throws: ProgramArchive.Problem.damaged) {
            try Program(archive: Array("no archive at all".utf8), of: text, named: "scaled.star")
        }
    }

    @Test func aTracebackNamesTheSameLines() throws {
        let text = Array("# failing\n\n\ndef f(x):\n    return 1 // x\n\n\nf(1)\nf(0)\n".utf8)
        let compiled = try Program(SourceFile(bytes: text), named: "f.star")
        let read = try Program(archive: compiled.archive(of: text), of: text, named: "f.star")
        func traceback(_ program: Program) -> String? {
            do {
                _ = try Evaluation().execute(program)
                return nil
            } catch {
                return "\(error.traceback)\n\(error)"
            }
        }
        #expect(traceback(read) == traceback(compiled))
        #expect(traceback(read)?.contains("f.star:5:12: in f") == true)
    }

    @Test func threadsMayCallTheSameFunctionFirst() async throws {
        let text = Array(
            "def f(n):\n    return [g(i) for i in range(n)]\ndef g(i):\n    return i * i\nx = f(50)\n".utf8)
        let compiled = try Program(SourceFile(bytes: text), named: "f.star")
        for _ in 0..<50 {
            let program = try Program(archive: compiled.archive(of: text), of: text, named: "f.star")
            let sums = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try Evaluation().execute(program)["x"]?.asSequence?.compactMap(\.asInt).reduce(0, +)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(sums == [40425, 40425, 40425, 40425])
        }
    }
}
