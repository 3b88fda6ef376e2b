"""Random programs about containers: many changes in a row, mutation while something iterates, aliases, sorting."""

from source import Source


def sequence_of_changes(source: Source) -> str:
    """Many methods and assignments on one container, with its state after each: the order of keys, above all."""
    kind = source.pick(["list", "dict", "dict"] if source.portable else ["list", "dict", "dict", "set"])
    keys = source.pick([
        ["1", "2", "3", "4", "5"], ['"a"', '"b"', '"c"', '""', '"ab"'],
        ["1", "1.0", "True", "0", "False", "0.0", "-0.0"],
        ["(1, 2)", "(1,)", "()", "(1.0, 2)", "None", '"x"'],
        [str(source.count(0, 10**20)) for _ in range(4)] + ["2.5", "1e20"],
        [str(number * 8) for number in range(12)], ['"k%d"' % number for number in range(20)],
    ])  # fmt: skip
    key = lambda: source.pick(keys)  # noqa: E731
    start = {"list": "[]", "dict": "{}", "set": "set()"}[kind]
    lines = [f"x = {start}", f"y = {start}"]
    for _ in range(source.count(5, 25)):
        k, v, n = key(), source.expression("any", 0), source.count(-3, 4)
        lines.append(source.pick({
            "list": [
                f"x.append({k})", f"x.append({v})", f"x.insert({n}, {k})", f"x.extend([{k}, {key()}])",
                "x.pop() if x else None",
                f"x.pop(0) if x else None", f"x.remove({k}) if {k} in x else None", f"x += [{k}]",
                f"x = x[{n}:] + [{k}]",
                "x.extend(x)" if len(lines) < 10 else "x.clear()", f"print({k} in x, len(x))", "x, y = y, x",
                "y = list(x)",
                f"print(x.index({k}) if {k} in x else -1)", "x = list(reversed(x))",
                f"x = x * 2 if len(x) < 9 else x[:{n}]", f"x = [z for z in x if z != {k}]", "y = x", f"y += ({k},)",
            ],
            "dict": [
                f"x[{k}] = {v}", f"x[{k}] = {v}", f"x[{k}] = {n}", f"x[{k}] = x.get({k}, 0)", f"x.pop({k}, None)",
                f"print(x.pop({k}, {n}))",
                "print(x.popitem() if x else None)", f"print(x.setdefault({k}, {n}))",
                f"x.update([({k}, {n}), ({key()}, {v})])",
                f"x |= {{{k}: {n}}}", f"y = x | {{{k}: 0}}", "x, y = y, x", "y = dict(x)",
                "x.clear()" if source.chance(0.3) else "y = x",
                f"x = {{k: v for k, v in x.items() if k != {k}}}", f"print({k} in x, len(x), x.get({k}))",
                "print(x == y)",
                "print(x.keys(), x.values())", f"x.update(y, z = {n})",
            ],
            "set": [
                f"x = x | set([{k}])", f"x = x.union([{k}, {key()}])", f"x = x & set([{k}, {key()}, {key()}])",
                "x, y = y, x",
                f"x = x ^ set([{k}])", f"print({k} in x, len(x))", "print(x == y)", f"x |= set([{k}])",
                f"x &= y | set([{k}])", "y = set(x)",
                "print(sorted([str(z) for z in x]))", f"x = set(list(x) + [{k}])", "print(x == set(list(x)[::-1]))",
            ],
        }[kind]))  # fmt: skip
        if source.chance(0.4):
            lines.append("print(x)")
    lines.append("print(x, y, x == y)")
    return "\n".join(lines) + "\n"


def mutation(source: Source) -> str:
    """Changes of a container while a loop, a comprehension or a built-in function goes over it."""
    start, changes = source.pick([
        ("[3, 1, 2]", ["x.append(1)", "x.pop()", "x[0] = 5", "x.clear()", "x.insert(0, 1)", "x.remove(1)",
                       "x.extend([])",
                       "x.extend([1])", "x += [1]", "x += []", "x[0] += 1", "x.extend(x)", "y.append(1)",
                       "x.index(1)"]),
        ('{"a": 1, "b": 2}', ['x["a"] = 5', 'x["c"] = 1', "x.pop('a')", "x.clear()", "x.popitem()", "x.update(c = 1)",
                              "x.setdefault('a', 1)", "x.setdefault('z', 1)", "x.update([])", "x |= {'q': 1}",
                              "x |= {}", "x.get('a')",
                              "x.pop('none', 1)", "y['n'] = 1", "x.update({})"]),
    ])  # fmt: skip
    change = source.pick(changes)
    call = change if "=" not in change.split("(")[0] else "change()"
    view = source.pick(["x", "x", "x", "list(x)", "x[:]" if start[0] == "[" else "x.items()", "reversed(x)",
                        "enumerate(x)", "zip(x, x)",
                        "sorted(x)", "y"])  # fmt: skip
    # An augmented assignment within a function would make the name local, so that it goes through another one.
    lines = [
        f"x = {start}",
        f"y = {source.pick(['x', start])}",
        "def change(*_):",
        "    z = x",
        f"    {change.replace('x', 'z', 1)}",
        "    return 1",
    ]
    lines += source.pick([
        [f"for i in {view}:", "    change()", "    print(i)", source.pick(["    break", "    pass"])],
        [f"for i in {view}:", "    pass", f"{change}"], [f"for i in {view}:", f"    {change}"],
        [f"print([{call} for i in {view}])"], [f"print([(i, {call}) for i in {view} if change()])"],
        [f"print(sorted({view}, key = change))"], [f"print(max({view}, key = change))"],
        [f"print(min({view}, key = lambda v: {call}))"],
        ["for i in x:", f"    for j in {view}:", "        pass", "    change()"],
        ["for i in x:", "    for j in x:", "        break", "    break", change],
        [f"x[change()] = change()" if start[0] == "[" else "x[change()] = 2"],
        ["def f(*a, **k):", "    change()", "    return a", f"print(f(*x))"],
        [f"a, b = [change() for k in {view}][:2]"], [f"print({{k: change() for k in {view}}})"],
        [f"print(any([change() for k in {view}]))"],
        [f"def g():", f"    for i in {view}:", "        return change()", "print(g())", "change()"],
        [f"def g():", f"    for i in {view}:", "        return i", "print(g())", f"{change}"],
        ["for i in x:", "    if change():", "        continue", "    print(i)"],
        [f"print(list({view}), change())", f"{change}"],
        ["print(dict([(k, change()) for k in x]))"], ["print([1 for i in x for j in [change()]])"],
        ["x.extend([change() for k in [1, 2]])"],
        ["print(zip(x, [change()]))"],
        ["x.update([(change(), 1)])"] if start[0] == "{" else ["x.insert(change(), change())"],
    ])  # fmt: skip
    lines.append("print(x, y)")
    return "\n".join(lines) + "\n"


def sorting(source: Source) -> str:
    """Sorting, smallest and largest, with and without a key: stable, and the order in which the key is asked for."""
    values = source.pick([
        [str(source.count(-9, 9)) for _ in range(source.count(0, 12))],
        [f"({source.count(0, 3)}, {source.count(0, 9)})" for _ in range(source.count(0, 10))],
        [f'"{"".join(source.pick("abAB z") for _ in range(source.count(0, 3)))}"' for _ in range(source.count(0, 8))],
        [source.pick(["1", "1.0", "2", "2.5", "-0.0", "0", "0.0", 'float("nan")', 'float("inf")', "1 << 70",
                      "True"]) for _ in range(6)],
        [source.expression("any", 0) for _ in range(source.count(0, 4))],
        [f"[{source.count(0, 2)}, {source.expression('ordered', 0)}]" for _ in range(source.count(0, 5))],
        [source.pick(["True", "False", "True"]) for _ in range(source.count(0, 5))],
    ])  # fmt: skip
    lines = [
        f"v = [{', '.join(values)}]",
        "def k(x):",
        "    print('key', x)",
        "    return " + source.pick(["x", "x[0]", "str(x)", "0", "-x", "len(x)"]),
    ]
    for _ in range(source.count(1, 4)):
        key = source.pick(["", "", ", key = k", ", key = lambda x: x", ", key = str", ", key = len", ", key = None",
                           ", key = lambda x: x[1]",
                           ", key = lambda x: 0", ", key = 1", ", key = lambda: 1"])  # fmt: skip
        reverse = source.pick(["", "", ", reverse = True", ", reverse = False", ", reverse = 1", ", reverse = None"])
        lines.append(source.pick([
            f"print(sorted(v{key}{reverse}))", f"print(sorted(v{key}{reverse}))", f"print(max(v{key}))",
            f"print(min(v{key}))",
            f"print(max(*v{key}))", f"print(min(1, *v{key}))", f"print(sorted(tuple(v){key}))",
            f"print(sorted(v{key})[::-1])", "print(v)",
            f"print(sorted(reversed(v){key}{reverse}))", f"print(sorted(enumerate(v){key}))",
            f"print(sorted({{x: 1 for x in v}}{key}))",
            "print(v < sorted(v), v == sorted(v), v <= v[:-1])", "print([x < y for x in v for y in v])",
            "print(sorted(v, None, True))",
        ]))  # fmt: skip
    return "\n".join(lines) + "\n"


def comparisons(source: Source) -> str:
    """Equality and order of values of all types, alone and within containers, and as keys."""
    lines = []
    values = [source.expression(source.pick(["any", "hashable", "ordered", "number"]), 1) for _ in range(5)]
    lines.append(f"v = [{', '.join(values)}]")
    lines.append("print([x == y for x in v for y in v], [x != y for x in v for y in v])")
    lines.append("print([x in v for x in v], v == list(v), [v] == [list(v)], tuple(v) == tuple(v))")
    if source.chance(0.4):
        lines.append("print({x: i for i, x in enumerate(v)})")
    if source.chance(0.3):
        lines.append("print([type(x) for x in v], [bool(x) for x in v])")
    numbers = [source.expression("number", 1) for _ in range(5)]
    lines.append(f"n = [{', '.join(numbers)}]")
    lines.append("print([x < y for x in n for y in n], [x >= y for x in n for y in n])")
    lines.append("d = {x: str(x) for x in n}")
    lines.append("print(d, [d[x] for x in n], len(d))")
    lines.append(f"print(v[{source.count(0, 4)}] {source.pick(['<', '<=', '>', '>='])} v[{source.count(0, 4)}])")
    return "\n".join(lines) + "\n"


def cycles(source: Source) -> str:
    """Containers that hold themselves, and the same value in several places."""
    lines = ["a, b, d, e = [1], [], {}, {'k': []}"]
    for _ in range(source.count(1, 6)):
        lines.append(source.pick([
            "a.append(a)", "a.append(b)", "b.append(a)", "d['a'] = a", "d['d'] = d", "a.append(d)",
            "e['k'].append(e)", "b.append((a, b))",
            "a[0] = b", "b.append(e['k'])", "c = (a, a)\nprint(c)", "b.extend([d, d])", "a.append([a])", "d[1] = (d,)",
        ]))  # fmt: skip
        lines.append(f"print({source.pick(['a', 'b', 'd', 'e', 'str(a)', 'repr(d)', '[a]', '(a, b)'])})")
    last = source.pick(
        ["len(a)", "a[-1]", "bool(a)", "d.keys()", "a == a", "type(a[0])", "e", "b in [b]", "a", "a + b"]
    )
    lines.append(f"print({last})")
    return "\n".join(lines) + "\n"
