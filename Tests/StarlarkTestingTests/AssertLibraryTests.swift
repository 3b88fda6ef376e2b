import EnvdSyntax
import Starlark
import StarlarkTesting
import Testing

/// When the functions of `assert` say something, and what.
@Suite struct AssertLibraryTests {
    /// The message of the first line of a program, in which `assert` stops it.
    private static func message(of program: String) throws -> String? {
        let evaluation = Evaluation()
        let library = try AssertLibrary(evaluation, onFailure: .raise)
        do throws(EvaluationError) {
            _ = try evaluation.execute(
                SourceFile(program), named: "test.star",
                predeclared: [
                    "assert": library.assert, "struct": evaluation.heap.function(StandardModules.structure),
                ])
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        ("assert.eq(1, 2)", "assert.eq: 1 != 2"),
        (#"assert.eq(1, "1")"#, #"assert.eq: 1 != "1""#),
        ("assert.ne(1, 1.0)", "assert.ne: 1 == 1.0"),
        ("assert.true([])", "assert.true: assertion failed"),
        (#"assert.true(False, "why")"#, "assert.true: why"),
        ("assert.lt(2, 1)", "assert.lt: 2 is not less than 1"),
        ("assert.contains([1], 2)", "assert.contains: [1] does not contain 2"),
        (#"assert.contains("ab", "c")"#, #"assert.contains: "ab" does not contain "c""#),
        (#"assert.fail("stop")"#, "assert.fail: stop"),
        (#"assert.fails(lambda: 1, "a")"#, "assert.fails: the call succeeded; wanted an error that matches `a`"),
        (#"assert.fails(lambda: fail("b"), "^a")"#, "assert.fails: the error does not match `^a`: fail: b"),
        (#"assert.fails(lambda: 1, "(")"#, "assert.fails: error parsing regexp: missing closing ): `(`"),
        ("assert.eq(1)", "assert.eq: missing argument for y"),
    ])
    func whatDoesNotHoldIsSaid(_ program: String, _ message: String) throws {
        #expect(try Self.message(of: program) == message)
    }

    @Test(arguments: [
        "assert.eq([1, (2,)], [1, (2,)])", "assert.eq(0.1 + 0.2, 0.3)", "assert.eq(float('nan'), float('nan'))",
        "assert.ne(1, 2)", "assert.true('a')", "assert.lt(1, 2)", "assert.contains({'a': 1}, 'a')",
        "assert.fails(lambda: 1 // 0, 'division by zero$')", "assert.fails(lambda: [].nothing, 'no .nothing')",
    ])
    func whatHoldsIsSilent(_ program: String) throws {
        #expect(try Self.message(of: program) == nil)
    }

    @Test func whatCannotBeComparedIsAnError() throws {
        #expect(try Self.message(of: "assert.lt(1, None)")?.hasSuffix("unsupported comparison: int < NoneType") == true)
    }

    @Test func longValuesAreComparedPlaceByPlace() throws {
        let message = try Self.message(
            of: """
                left = {"same": "x" * 30, "deep": [1, {"k": (1, 2)}], "gone": None, "rec": struct(a = 1, b = 2)}
                right = {"same": "x" * 30, "deep": [1, {"k": (1, 3)}, 9], "new": 1, "rec": struct(a = 2, c = 3)}
                assert.eq(left, right)
                """)
        #expect(
            message?.split(separator: "\n").dropFirst().joined(separator: "\n") == """
                  at ["deep"][1]["k"][1]: 2 != 3
                  only on the right: ["deep"][2]: 9
                  at ["rec"].a: 1 != 2
                  only on the left: ["rec"].b: 2
                  only on the right: ["rec"].c: 3
                  only on the left: ["gone"]: None
                  only on the right: ["new"]: 1
                """)
    }

    @Test func textsAreComparedLineByLine() throws {
        let message = try Self.message(
            of: #"assert.eq("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\nfive\n6\n7\n8\n")"#)
        #expect(
            message == """
                assert.eq: the strings differ (- left, + right)
                    …
                    3
                    4
                  - 5
                  + five
                    6
                    7
                  + 8
                    
                """)
    }

    @Test func noMessageIsLongerThanAnybodyReads() throws {
        for program in [
            "assert.eq(list(range(100000)), list(range(1, 100001)))",
            "assert.eq('a\\n' * 100000, 'b\\n' * 100000)", "assert.eq('a' * 1000000, 'b' * 1000000)",
            "assert.contains('a' * 1000000, 'b')", "assert.eq([['x' * 100000]], [['y' * 100000]])",
        ] {
            let message = try #require(try Self.message(of: program))
            #expect(message.utf8.count < 10_000)
        }
    }

    @Test func aReportedFailureLetsTheProgramGoOn() throws {
        var failures: [AssertionFailure] = []
        let evaluation = Evaluation()
        let library = try AssertLibrary(evaluation, onFailure: .report { failures.append($0) })
        evaluation.onLoad = { _, _ in library.module }
        let module = try evaluation.execute(
            SourceFile(
                """
                load("assert.star", "assert", "catch", "freeze", "matches")

                def check():
                    assert.eq(1, 2)
                    return catch(lambda: freeze([1]).append(2)), matches("^b", "ab"), catch(lambda: 1)

                result = check()
                """), named: "test.star")
        #expect(failures.map(\.message) == ["assert.eq: 1 != 2"])
        #expect(failures.first?.stack.last { $0.range != nil }?.line == 4)
        #expect(
            try module["result"]?.represented(in: evaluation)
                == #"("append: cannot append to frozen list", False, None)"#)
    }
}
