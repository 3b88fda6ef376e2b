import EnvdSyntax
import Starlark
import Testing

/// What only the application decides about `time`; `Tests/Specs/starlark/time.md` has the rest.
@Suite struct TimeModuleTests {
    private static func run(_ program: String, now: (() -> UnixTime)?) throws -> Module {
        let evaluation = Evaluation()
        evaluation.predeclared = ["time": StandardModules.time(in: evaluation.heap, now: now)]
        return try evaluation.execute(SourceFile(program), named: "clock.star")
    }

    @Test func theClockIsThatOfTheApplication() throws {
        var moment = try UnixTime(seconds: 1_700_000_000, nanoseconds: 250_000_000)
        let module = try Self.run("text = str(time.now())\nisLater = time.now() > time.now()\n") {
            defer { moment = (try? UnixTime(seconds: moment.seconds - 1)) ?? moment }
            return moment
        }
        #expect(module["text"]?.asString == "2023-11-14 22:13:20.25 +0000 UTC")
        #expect(module["isLater"]?.asBool == true)
    }

    @Test func withoutAClockThereIsNoNow() throws {
        let error = #expect(throws: EvaluationError.self) { try Self.run("time.now()", now: nil) }
        #expect(error?.message == "now: there is no clock: a program does the same every time it runs")
    }

    /// Every day of some centuries around the turn of each era, forwards and backwards.
    @Test func theCalendarCountsEveryDay() throws {
        let program = """
            def check(first, last):
                day = time.time(year = first, month = 1, day = 1)
                for year in range(first, last):
                    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
                    for month, length in enumerate([31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]):
                        for number in range(1, length + 1):
                            if (day.year, day.month, day.day) != (year, month + 1, number):
                                fail("%s is not %d-%d-%d" % (day, year, month + 1, number))
                            if day != time.time(year = year, month = month + 1, day = number):
                                fail("no way back to %s" % day)
                            day += 24 * time.hour

            check(-401, -399)
            check(-1, 5)
            check(1899, 1905)
            check(1968, 1973)
            check(1999, 2002)
            check(2399, 2401)
            """
        _ = try Self.run(program, now: nil)
    }
}
