"""Random programs about functions: parameters and arguments, closures, recursion, and calls within calls that fail."""

from source import Source

#: Expressions that fail, for the end of a chain of calls; x is an integer.
FAILURES = [
    "x // 0", "x % 0", "1.0 / 0", "[x][5]", "(x,)[-2]", '{}["k"]', '"abc"[9]', "range(3)[7]", 'x + "a"', "[] + ()",
    "None < 1",
    '"a" < 1', "not_there.field", "x.field", "x()", "x[0]", "len(x)", "int('z')", "int([])", "float('z')",
    "[1, 2].index(9)",
    '"a".index("b")', "[].pop()", "{}.popitem()", "{}.pop(1)", "[].remove(1)", "{[]: 1}", "{1: 1, 1: 2}", "fail(x)",
    'fail("a", "b")',
    '"%d" % "a"', '"%s %s" % (1,)', '"%s" % (1, 2)', '"{}".format()', '"{a}".format(b = 1)', '"%(k)s" % {}', '"%z" % 1',
    "sorted([1, 'a'])", "max([])", "min(1, 'a')", "max(x)", "zip(x)", "enumerate(x)", "list(x)", "tuple(x)",
    "dict([x])",
    "dict([(1,)])", "ord('ab')", "chr(-1)", "chr(x + 0x110000)", "getattr(x, 'y')", "hash(x)", "range(1, 2, 0)",
    "reversed(x)",
    "(lambda: 1)(x)", "(lambda a: a)()", "(lambda a, *, b: a)(x)", "(lambda a: a)(x, a = 1)", "(lambda a: a)(b = x)",
    "len()",
    "len(x, x)", "len(z = x)", "str(x, x)", "[i for i in x]", "{i: 1 for i in [[]]}", "[a for a, b in [x]]",
    "1 << -1", "1 << 9999",
    "1 >> -1", "abs('a')", "-'a'", "~1.5", "-[]", '",".join([1])', '",".join(x)', '"a".split("")', '"a" * "b"',
    "'a' in x", "x in 'a'",
    "set([[]])", "bytes([256])", "bytes(x)", "any(x)", "all(x)", "bool(1, 2)", "(lambda *a: a)(*x)",
    "(lambda **a: a)(**x)",
    "(lambda **a: a)(**{x: 1})", "'a'.startswith(x)", "'a'.replace('a')", "int('1', 99)", "[1, 2][::0]", "dict(x)",
    "type()",
    "[1][x:'a']", "int(float('nan'))", "int(float('inf'))", "'a'.format(*x)", "print(sep = x)", "print(*x)",
    "'%c' % 'ab'", "'%c' % -1",
]  # fmt: skip

#: Statements that fail, for the same place.
FAILING_STATEMENTS = [
    "a, b = [x]", "a, b = x", "(a, [b]) = 1, []", "for i in x: pass", "x[0] = 1", "x.y = 1", "x += 'a'", "[][0] = 1",
    "(1,)[0] = 1",
    "'a'[0] = 'b'", "{}[[]] = 1", "d = {}; d['k'] += 1", "c = [1, 2]\nfor i in c: c.append(i)",
    "c = {1: 2}\nfor i in c: c.clear()",
    "c = {1: 2}\nfor i in c: c[9] = i", "c = [1]\nfor i in c: c[0] = 2", "c = [1]\nfor i in c: c.pop()",
    "print(late)\nlate = 1",
    "a = [c for c in x]", "c = {1: 2}\nfor i in c.keys(): c.popitem()\nfail(c)",
]  # fmt: skip


def signature(source: Source) -> tuple[list[str], dict[str, str]]:
    """Parameters in a legal order, with the names of each kind."""
    names = iter(["a", "b", "c", "d", "e", "f", "g"])
    parameters, plain, named = [], [], []
    defaulted = False
    for _ in range(source.count(0, 3)):
        name = next(names)
        defaulted = defaulted or source.chance(0.3)
        parameters.append(f"{name} = {source.expression('any', 1)}" if defaulted else name)
        plain.append(name)
    star = source.pick(["", "", "", "*", "*args"])
    if star:
        parameters.append(star)
        for _ in range(source.count(1 if star == "*" else 0, 2)):
            name = next(names)
            parameters.append(f"{name} = {source.expression('any', 1)}" if source.chance(0.4) else name)
            named.append(name)
    rest = source.chance(0.3)
    if rest:
        parameters.append("**kwargs")
    return parameters, {
        "all": plain + named + ["args"] * (star == "*args") + ["kwargs"] * rest, "plain": plain, "named": named,
    }  # fmt: skip


def arguments(source: Source, names: dict[str, list[str]]) -> str:
    """Arguments that mostly fit the parameters."""

    def value(n):
        return f"t({n}, {source.expression('any', 0)})" if source.chance(0.3) else source.expression("any", 1)

    positional = len(names["plain"])
    if source.chance(0.4):
        positional = source.count(0, 4)
    by_name = [name for name in names["plain"][positional:] + names["named"] if source.chance(0.9)]
    if source.chance(0.2):
        by_name.append(source.pick(["a", "b", "z", "args", "kwargs"]))
    source.random.shuffle(by_name)
    parts = [value(n) for n in range(positional)]
    if parts and source.chance(0.2):
        split = source.count(0, len(parts) - 1)
        parts[split:] = [source.pick(["*[{}]", "*({},)"]).format(", ".join(parts[split:]))]
    stars, pairs = [part for part in parts if part.startswith("*")], []
    parts = [part for part in parts if not part.startswith("*")]
    for n, name in enumerate(dict.fromkeys(by_name)):
        if source.chance(0.2):
            pairs.append(f'"{name}": {value(10 + n)}')
        else:
            parts.append(f"{name} = {value(10 + n)}")
    if source.chance(0.1) and not stars:
        stars = ["*" + source.pick(["[]", "()", "range(2)", "None", "'ab'", "{}", "(1, 2)"])]
    if source.chance(0.05):
        pairs.append(source.pick(['"z": 1', '"a": 1', "1: 2", '"": 0', '"b c": 2']))
    if pairs or source.chance(0.05):
        stars.append("**{" + ", ".join(pairs) + "}")
    return ", ".join(parts + stars)


def parameters(source: Source) -> str:
    """Functions of any signature, and calls of any form."""
    lines = ["def t(n, x):", '    print("argument", n)', "    return x", ""]
    for number in range(source.count(1, 2)):
        declared, names = signature(source)
        name = f"f{number}"
        result = "(" + "".join(f"{each}, " for each in names["all"]) + ")"
        if source.chance(0.25):
            lines.append(f"{name} = lambda {', '.join(declared)}: {result}")
        else:
            lines += [f"def {name}({', '.join(declared)}):", f"    return {result}"]
        if source.chance(0.2):
            # A default is evaluated once, and what it holds stays.
            lines += [f"def g{number}(x, y = [], z = {{}}):", "    y.append(x)", "    z[x] = len(y)", "    return y, z"]
            lines += [f"print(g{number}(1))", f"print(g{number}(2))", f"print(g{number}(3, []))"]
        for _ in range(source.count(1, 5)):
            lines.append(f"print({name}({arguments(source, names)}))")
    return "\n".join(lines) + "\n"


def closures(source: Source) -> str:
    """Functions within functions, which share, shadow and capture variables of those around them and of loops."""
    lines = ["x, y, z = 1, [2], 'g'"]
    for number in range(source.count(1, 3)):
        lines.append(f"def f{number}({source.pick(['', 'x', 'x = 3', 'y', '*x'])}):")
        _nested(source, lines, 1, number)
    calls = [line.split("(")[0][4:] for line in lines if line.startswith("def ")]
    for name in calls:
        lines.append(f"print({name}({source.pick(['', '', '5', '[6]'])}))")
    lines.append("print(x, y, z)")
    return "\n".join(lines) + "\n"


def _nested(source: Source, lines: list[str], depth: int, number: int) -> None:
    indent = "    " * depth
    made = []
    for _ in range(source.count(1, 4)):
        kind = source.pick(["assign", "read", "lambda", "def", "loop", "comprehension", "change"])
        name = source.pick(["x", "y", "z", "u"])
        if kind == "assign":
            lines.append(f"{indent}{name} = {source.pick(['1', '[x]', 'y', '(x, z)', 'str(x)', '[]', 'lambda: x'])}")
        elif kind == "read":
            lines.append(f"{indent}print({depth}, {name})")
        elif kind == "lambda":
            made.append("g")
            body = source.pick(["x", "(x, y)", "[y for y in [x]]", "(lambda: x)()", "y + [x]", "z"])
            lines.append(f"{indent}g = lambda {source.pick(['', 'x = x', 'y = 7', '*z'])}: {body}")
        elif kind == "def" and depth < 3:
            made.append(f"h{depth}")
            lines.append(f"{indent}def h{depth}({source.pick(['', 'x = y', 'u = 1', 'y = x'])}):")
            _nested(source, lines, depth + 1, number)
        elif kind == "loop":
            made.append("k[-1]")
            lines.append(f"{indent}k = []")
            target, values = source.pick(["x", "i", "u, i"]), source.pick(["[(1, 2), (3, 4)]", "range(3)", "zip(y, y)"])
            lines.append(f"{indent}for {target} in {values}:")
            lines.append(f"{indent}    k.append(lambda: {source.pick(['x', 'i', '(x, y)', '[i]'])})")
            lines.append(f"{indent}print([f() for f in k])")
        elif kind == "comprehension":
            made.append("c[0]")
            body = source.pick(["lambda: x", "lambda: (i, x)", "lambda x = i: x", "lambda *a: [i for i in a]"])
            lines.append(f"{indent}c = [{body} for {source.pick(['i', 'x'])} in range(3)]")
            lines.append(f"{indent}print([f() for f in c])")
        else:
            change = source.pick(["y.append(x)", "y.append(len(y))", "y[0] = 9", "y += [4]", "x += 1"])
            lines.append(f"{indent}{change}")
    result = source.pick(["x", "(x, y, z)", "len(y)", "None"] + [f"{each}()" for each in made] * 2)
    lines.append(f"{indent}return {result}")


def recursion(source: Source) -> str:
    """Functions that call themselves and each other, to a depth that ends."""
    depth = source.count(0, 30)
    bottom = source.pick(["0", "[]", '""', "()", "None", source.pick(FAILURES).replace("x", "n")])
    step = source.pick(
        ["{} + 1", "[{}]", "({}, n)", "{} + [n]", '{} + "a"', "{{n: {}}}", "n * {}", "{} or n", "str({})"]
    )
    guard = source.pick(["n <= 0", "not n > 0", "n < 1 or n > 100"])
    other = source.pick(["f", "g"])
    lines = [
        "def f(n):",
        f"    if {guard}:",
        f"        return {bottom}",
        f"    return {step.format(f'{other}(n - 1)')}",
    ]
    lines += [
        "def g(n):",
        f"    return {source.pick(['f(n)', 'f(n - 1)', '[f(m) for m in [n]][0]', '(lambda m: f(m - 1))(n)'])}",
    ]
    lines += [f"print(f({depth}))", f"print(g({depth // 2}))"]
    if source.chance(0.3):
        lines += [
            "def fib(n):",
            "    return n if n < 2 else fib(n - 1) + fib(n - 2)",
            f"print(fib({source.count(0, 12)}))",
        ]
    if source.chance(0.3):
        lines += ["def walk(v):", "    if type(v) == 'list':", "        return [walk(w) for w in v]",
                  "    return v * 2",
                  f"print(walk({source.expression('mixed', 2)}))"]  # fmt: skip
    return "\n".join(lines) + "\n"


def tracebacks(source: Source) -> str:
    """Calls within calls, in every way that one function gets to call another, and a failure at the bottom."""
    lines = ["def f0(x):"]
    if source.chance(0.7):
        lines.append(f"    return {source.pick(FAILURES)}")
    else:
        for line in source.pick(FAILING_STATEMENTS).split("\n"):
            lines.append(f"    {line}")
        lines.append("    return x")
    depth = source.count(1, 6)
    for number in range(1, depth + 1):
        below = f"f{source.count(max(0, number - 2), number - 1)}"
        parameter = source.pick(["x", "x, y = 1", "x, *y", "x, **y"])
        lines += [""] * source.count(0, 1) + [f"def f{number}({parameter}):"]
        lines += ["    z = x + 1"] * source.count(0, 2)
        lines += source.pick([
            [f"    return {below}(x)"], [f"    return [{below}(x)]"], [f"    y = {below}(x)", "    return y"],
            [f"    return [{below}(i) for i in range(3)]"], [f"    return sorted([x, 2], key = {below})"],
            [f"    return (lambda: {below}(x))()"], [f"    return max([1, x], key = {below})"],
            [f"    return min(x, 5, key = lambda v: {below}(v))"], [f"    for i in [x, 1]:", f"        {below}(i)"],
            [f"    if {below}(x):", "        return 1", "    return 2"], [f"    return x and {below}(x)"],
            [f"    return {{x: {below}(x)}}"], [f"    def g(y = {below}(x)):", "        return y", "    return g()"],
            [f"    def g(y):", f"        return {below}(y)", "    return g(x)"],
            [f"    return len([{below}(x), {below}(2)])"],
            [f"    while x:",
             f"        x = {below}(x - 1)"] if not source.portable else [f"    return {below}({below}(x))"],
            [f"    y = [0]", f"    y[{below}(x)] = 1"], [f"    y = [0]", f"    y[0] += {below}(x)"],
            [f"    print({below}(x), x)"],
            [f"    return '%s' % {below}(x)"], [f"    return {below}(x) if x else {below}(1)"],
            [f"    a, b = {below}(x), 1"],
            [f"    return [y for y in [{below}(x)] if {below}(y)]"], [f"    return str({below}(x)).upper()"],
        ])  # fmt: skip
    lines += [""] * source.count(0, 2)
    lines += [f"print('start')", f"print(f{depth}({source.count(0, 3)}))"]
    return "\n".join(lines) + "\n"


def broken_lines(source: Source) -> str:
    """Failures within expressions that go over several lines."""
    failure = source.pick(FAILURES).replace("x", "(2)")
    parts = source.pick([
        ["y = [", "    1,", "    {},", "]"], ["y = (", "    1 +", "    {} +", "    2", ")"],
        ["print(", "    1,", "    {},", ")"],
        ["y = {{", "    1: 2,", "    3: {},", "}}"], ["y = [", "    {}", "    for i in", "    [1]", "]"],
        ["y = [", "    i for i in [1]", "    if {}", "]"], ["def f(a,", "      b = {}):", "    return a", "f(1)"],
        ["def f(a, b):", "    return a", "f(", "    1,", "    b =", "    {},", ")"], ["y = len(", "    [1]", ").z({})"],
        ["y = (1", "    // 0)"], ["y = ([1]", "    [2])"], ["y = ('a'", "    .upper()", "    .index(", "        'b'))"],
        ["y = 1 + \\", "    {}"], ["f = lambda a: (", "    {})", "y = f(", "    1)"], ["y = ('''a", "b''' + ", "{})"],
        ["y = {{", "    1: 2,", "    1: 3,", "}}"], ["y = {{", "    1: 2,", "    [", "    ]: 3,", "}}"],
        ["a, \\", "b = [", "    1]"],
        ["y = [1]", "y[", "    {}", "] = 4"], ["for i in (", "    {}", "):", "    pass"],
        ["def f(a, b):", "    return a", "f(", "    1,", "    c = 3,", ")"], ["y = ('%d' %", "    'a')"],
        ["y = (1 if", "    {} else", "    2)"], ["y = not (", "    {})"],
        ["y = sorted(", "    [3, 1],", "    key = lambda a:", "    {})"],
        ["y = -(", "    'a')"], ["y = [1, 2", "    ][1:", "    'a']"], ["y = 1 < \\", "    'a'"],
    ])  # fmt: skip
    return "print('start')\n" + "\n".join(parts).replace("{}", failure).replace("{{", "{").replace("}}", "}") + "\n"
