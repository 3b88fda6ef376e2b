import EnvdSyntax
import Starlark
import Testing

/// Programs that want everything: each must end soon, in an error that names the limit, or cheaply in a result.
@Suite struct HostileProgramTests {
    /// Small limits, since what is tested is that they hold.
    private static var limits: Limits {
        var limits = Limits()
        limits.steps = 500_000
        limits.memory = 32 << 20
        limits.callDepth = 2_000
        limits.output = 1 << 20
        limits.seconds = 30
        return limits
    }

    @Test(arguments: [
        ("x = 'a' * 10000000000", EvaluationError.Limit.memory),
        ("x = [0] * 1000000000000", .memory),
        ("x = (0, 1) * (1 << 62)", .memory),
        ("x = 'ab' * (1 << 200)", .memory),
        ("x = 'a'\nwhile True:\n    x += x", .memory),
        ("x = [1]\nwhile True:\n    x += x", .memory),
        ("x = [1]\nwhile True:\n    x.extend(x)", .memory),
        ("x = 1 << 500\nwhile True:\n    x = x * x", .memory),
        ("x = int('9' * 1000000)", .memory),
        ("x = list(range(1000000000))", .memory),
        ("x = '%s%s' % ('a' * 60000000, 'b' * 60000000)", .memory),
        ("x = ','.join(['ab' * 1000000] * 1000)", .memory),
        ("x = 'a' * 1000000\ny = x.replace('a', x)", .memory),
        ("d = {}\nfor i in range(1000000000):\n    d[i] = i", .steps),
        ("x = [i for i in range(1000000000)]", .steps),
        ("while True:\n    pass", .steps),
        ("for i in range(1000000000):\n    pass", .steps),
        ("[None for a in range(1000) for b in range(1000) for c in range(1000)]", .steps),
        ("x = 'a' * 4000000\nwhile True:\n    x.upper().lower().title()", .steps),
        ("x = 'a' * 4000000\nwhile True:\n    x.find('b')", .steps),
        ("x = list(range(100000))\nwhile True:\n    100000 in x", .steps),
        ("x = list(range(100000))\nwhile True:\n    x == list(x)", .steps),
        ("def f():\n    return f()\nf()", .depth),
        ("def f(n):\n    return sorted([1], key = lambda x: f(n + 1))\nf(0)", .depth),
        ("f = lambda *a, **k: f(*a, **k)\nf(1, b = 2)", .depth),
        ("x = []\nfor i in range(100000):\n    x = [x]\nprint(x)", .depth),
        ("x = ()\nfor i in range(100000):\n    x = (x,)\ny = {x: 1}", .depth),
        ("x = []\ny = []\nfor i in range(100000):\n    x = [x]\n    y = [y]\nx == y", .depth),
        ("x = []\nfor i in range(100000):\n    x = [x]\njson.encode(x)", .depth),
        ("json.decode('[' * 100000)", .depth),
        ("x = []\nx.append(x)\nx == [x]", .depth),
        ("x = [1]\nfor i in range(60):\n    x = [x, x]\nprint(x)", .steps),
        ("x = [1]\ny = [1]\nfor i in range(60):\n    x = [x, x]\n    y = [y, y]\nx == y", .steps),
        ("x = (1,)\nfor i in range(60):\n    x = (x, x)\nhash_of = {x: 1}", .steps),
        ("for i in range(1000000):\n    print('a line of output')", .output),
    ])
    func endsAtALimit(program: String, limit: EvaluationError.Limit) throws {
        let error = try #require(ProgramRun(program, limits: Self.limits).error)
        #expect(error.kind == .limit(limit), "\(error)")
        #expect(error.place != nil)
    }

    @Test(arguments: [
        // Freeing what is nested a million deep takes no stack.
        "x = []\nfor i in range(300000):\n    x = [x]\nx = None",
        "x = ()\nfor i in range(300000):\n    x = (x, 1)\nx = None",
        "x = {}\nfor i in range(300000):\n    x = {1: x}\nx = None",
        "x = struct()\nfor i in range(100000):\n    x = struct(a = x)\nx = None",
        "def wrap(f):\n    return lambda: f\nf = None\nfor i in range(100000):\n    f = wrap(f)\nf = None",
        // Nor does freezing.
        "x = []\nfor i in range(300000):\n    x = [x]",
        // Numbers at the edges.
        "x = range(-9223372036854775808, 9223372036854775807)\ny = len(x)\nz = x[y - 1]",
        "x = -9223372036854775808\ny = [-x, x // -1, x % -1, abs(x), x * -1, x - 1, ~x, x >> 1000]",
        "x = 'abc'[-9223372036854775808:9223372036854775807:-9223372036854775808]",
        // Long in breadth and not in depth.
        "x = {i: str(i) for i in range(50000)}\nwhile x:\n    x.popitem()",
        "x = 'a' * 1000000\ny = x.find('a' * 500000 + 'b'), x.rfind('b' + 'a' * 500000), x.count('aa')",
    ])
    func endsWithoutError(program: String) {
        let run = ProgramRun(program)
        #expect(run.error == nil)
    }

    @Test func hugeShiftsAreRefused() throws {
        let error = try #require(ProgramRun("x = 1 << 1000000000").error)
        #expect(error.message == "shift count too large: 1000000000, the limit is 511")
    }

    @Test func wallTimeIsBounded() throws {
        var limits = Limits()
        limits.steps = .max
        limits.seconds = 0.05
        let error = try #require(ProgramRun("while True:\n    pass", limits: limits).error)
        #expect(error.kind == .limit(.time))
    }
}
