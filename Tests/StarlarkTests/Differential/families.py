"""The families of programs, with their weights. A program is named by its seed, its family and its number."""

import dataclasses
import re
from collections.abc import Callable

import containers
import functions
import statements
import syntax
import texts
from source import Source

VALUES = [
    "None", "True", "False", "0", "1", "-1", "2", "7", "-7", "255", "1 << 31", "1 << 63", "-(1 << 63)", "(1 << 70) + 3",
    "-(1 << 70)", "0.0", "-0.0", "1.0", "-2.5", "1e300", "1e-7", "3.0", 'float("inf")', 'float("-inf")', 'float("nan")',
    '""', '"a"', '"abc"', '"b\\n"', '"é"', '"x,y,z"', '" a b "', '"%s"', '"{}"', '"12"', '"Hello World"', "(None,)",
    "[None]",
    'b""', 'b"abc"', 'b"\\xff"', "[]", "[1]", "[1, 2]", '["a", "b"]', "[[1], [2]]", "()", "(1,)", "(1, 2)",
    '("a", 1)', "[True]",
    "{}", '{"a": 1}', "{1: 2, 3: 4}", "set([])", "set([1, 2])", "set([2, 3])", "range(0)", "range(3)",
    "range(5, 0, -2)",
    "len", "[].append", '"".join', '"abc".elems()', '"né".codepoints()', "lambda x: x", "range", "{(1, 2): [3]}",
    "b\"abc\".elems()",
]  # fmt: skip
OPERATORS = [
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "&",
    "|",
    "^",
    "<<",
    ">>",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "not in",
    "and",
    "or",
]
INDICES = ["0", "-1", "1", "2", "-3", '"a"', "1.0", "None", "True", "1 << 70", "(1, 2)", "[]"]
BOUNDS = ["", "", "0", "1", "-1", "5", "-5", "None", "1 << 31", "-(1 << 31)", "2"]
ATTRIBUTES = ["append", "clear", "extend", "index", "insert", "pop", "remove", "get", "items", "keys", "popitem",
              "setdefault", "update", "values",
              "union", "elems", "capitalize", "codepoint_ords", "codepoints", "count", "elem_ords", "endswith",
              "find", "format", "isalnum",
              "isalpha", "isdigit", "islower", "isspace", "istitle", "isupper", "join", "lower", "lstrip",
              "partition", "removeprefix", "removesuffix",
              "replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith",
              "strip", "title", "upper"]  # fmt: skip
FUNCTIONS = ["abs", "all", "any", "bool", "bytes", "chr", "dict", "dir", "enumerate", "fail", "float", "getattr",
             "hasattr", "hash", "int", "len",
             "list", "max", "min", "ord", "print", "range", "repr", "reversed", "set", "sorted", "str", "tuple",
             "type", "zip"]  # fmt: skip
ARGUMENTS = ["0", "1", "-1", "2", "100", "None", "True", '""', '"a"', '"b"', '"bc"', '" "', '"l"', '", "',
             '("a", "H")', "[]", "[1]",
             '["a", "b"]', "(1, 2)", "{}", '{"a": 2}', "[[1, 2]]", "1.5", "set([1, 5])", '"é"', "range(2)", "len",
             "lambda x: x", "[[]]"]  # fmt: skip


@dataclasses.dataclass
class Sheet:
    """Expressions that are evaluated each on its own: those that succeed in one program, followed by one that fails."""

    expressions: list[str]


def _fit(source: Source, values: list[str]) -> list[str]:
    """Those of the values that all engines have, if the program keeps to these."""
    if not source.portable:
        return values
    other = re.compile(r'^b"|set\(|codepoints|elem|union|bytes|\\.')
    return [value for value in values if value.isascii() and not other.search(value)]


def _callable(source: Source) -> list[str]:
    """The functions that all engines have; or those that print nothing: starlark-go's package dies of what is no text."""
    return [name for name in FUNCTIONS if name not in (("bytes", "set") if source.portable else ("print", "fail"))]


def expressions(source: Source) -> str:
    """Deep expressions of every type."""
    lines = []
    for _ in range(source.count(2, 6)):
        value = source.expression("any", source.count(2, 4))
        shapes = [f"print(repr({value}))", f"print([{value}])", f"x = {value}\nprint(repr(x), type(x), bool(x))"]
        lines.append(source.pick(shapes + [f"print({value})"] if source.portable else shapes))
    return "\n".join(lines) + "\n"


def operators(source: Source) -> Sheet:
    """One value and one operator with all values on the other side."""
    values = _fit(source, VALUES)
    left, operator = source.pick(values), source.pick(OPERATORS)
    sheet = [f"({left}) {operator} ({right})" for right in source.sample(values, 15)]
    sheet += [f"{unary}({left})" for unary in ["-", "+", "~", "not "]]
    source.random.shuffle(sheet)
    return Sheet(sheet)


def parts(source: Source) -> Sheet:
    """Elements and slices of one value."""
    value = source.pick(_fit(source, VALUES))
    sheet = [f"({value})[{index}]" for index in source.sample(INDICES, 7)]
    for _ in range(8):
        step = source.pick(["", ":", ":1", ":2", ":-1", ":-2", ":0", ":-5", ":5", ":None", ":True"])
        sheet.append(f"({value})[{source.pick(BOUNDS)}:{source.pick(BOUNDS)}{step}]")
    return Sheet(sheet)


def methods(source: Source) -> Sheet:
    """Methods of all names on values of all types, with any arguments, and what they left of the value."""
    sheet = []
    for _ in range(12):
        receiver, name = source.pick(_fit(source, VALUES)), source.pick(_fit(source, ATTRIBUTES))
        values = [source.pick(_fit(source, ARGUMENTS)) for _ in range(source.pick([0, 0, 1, 1, 1, 2, 2, 3]))]
        if source.chance(0.1):
            values.append(f"a = {source.pick(_fit(source, ARGUMENTS))}")
        if receiver.startswith("set") and not values:
            # This release of starlark-go dies on methods of sets without arguments, and the process with it.
            continue
        sheet.append(f"[(x, x.{name}({', '.join(values)}), x) for x in [{receiver}]]")
    return Sheet(sheet)


def fitting_methods(source: Source) -> Sheet:
    """The same, for methods that the values have."""
    of = {
        "string": (['""', '"a"', '"abcabc"', '"Hello, World"', '" \\ta b  c\\n"', '"é ÀÉ ß"', '"a\\nb\\r\\nc\\n"',
                    '"x{}y{0}{a!r}"', '"{} {}"',
                    '"ab"[1:]', '"é"[:1]'], ATTRIBUTES[16:] + ["index"]),
        "list": (["[]", "[1]", "[1, 2, 1]", '["a", None]'], ATTRIBUTES[:7]),
        "dict": (["{}", '{"a": 1}', '{1: "x", 2: "y"}'], ["clear", "pop", *ATTRIBUTES[7:14]]),
        "set": (["set([])", "set([1, 2])", 'set(["a"])'], ["union"]),
        "bytes": (['b""', 'b"abc"'], ["elems"]),
    }  # fmt: skip
    sheet = []
    for _ in range(12):
        kinds = ["string", "string", "list", "dict", "dict"] + ([] if source.portable else ["set", "bytes"])
        receivers, names = (_fit(source, each) for each in of[source.pick(kinds)])
        values = [source.pick(_fit(source, ARGUMENTS)) for _ in range(source.pick([0, 0, 1, 1, 1, 2, 2, 3]))]
        if source.chance(0.1):
            values.append(f"{source.pick(['a', 'key', 'sep', 'b'])} = {source.pick(_fit(source, ARGUMENTS))}")
        receiver = source.pick(receivers)
        if not receiver.startswith("set") or values:
            sheet.append(f"[(x, x.{source.pick(names)}({', '.join(values)}), x) for x in [{receiver}]]")
    return Sheet(sheet)


def builtins(source: Source) -> Sheet:
    """Built-in functions with any arguments."""
    sheet = []
    for _ in range(12):
        values = [source.pick(_fit(source, VALUES + ARGUMENTS)) for _ in range(source.pick([0, 1, 1, 1, 1, 2, 2, 3]))]
        if source.chance(0.1):
            name = source.pick(["key", "reverse", "base", "sep", "x", "default"])
            values.append(f"{name} = {source.pick(_fit(source, VALUES))}")
        name = source.pick(_fit(source, _callable(source)))
        call = f"{name}({', '.join(values)})"
        if (
            name
            in ("list", "tuple", "set", "sorted", "reversed", "bytes", "enumerate", "zip", "all", "any", "max", "min")
            and "<<" in call
        ):
            continue
        sheet.append(call)
    return Sheet(sheet)


def attributes(source: Source) -> Sheet:
    """dir, getattr, hasattr, type, str, repr, bool, len and hash of one value, and its use as a key and an element."""
    value = source.pick(_fit(source, VALUES))
    names = source.sample(_fit(source, ATTRIBUTES), 2) + ["foo", "", "__class__"]
    sheet = [f'{call}(({value}), "{name}")' for name in names for call in ("hasattr", "getattr")]
    sheet += [f'getattr(({value}), "{name}", 5)' for name in names] + [f"({value}).{name}" for name in names if name]
    sheet += [f"{name}(({value}))" for name in _callable(source)]
    sheet += [
        f"{{({value}): 1}}",
        f"[({value})]",
        f"(({value}),)",
        f"({value}) in {{}}",
        f"{{}}.get(({value}))",
        f"[x for x in ({value})]",
    ]
    sheet += [
        f"(lambda *a: a)(*({value}))",
        f"(lambda **a: a)(**({value}))",
        f"({value})()",
        f"({value})(1)",
        f"'%s %r' % (({value}), ({value}))",
    ]
    return Sheet(source.sample(sheet, 16))


@dataclasses.dataclass(frozen=True)
class Family:
    name: str
    weight: int
    make: Callable[[Source], str | Sheet]
    #: How often a program keeps to what starlark-rust has too.
    portable: float = 0.5
    #: Whether programs that succeed may run one after the other as one: they give no other meaning to a built-in name.
    together: bool = True
    #: How many statements that fail may be replaced at most, for programs that would fail too early to show much.
    mended: int = 0


FAMILIES = [
    Family("expressions", 20, expressions, 0.6, mended=3),
    Family("operators", 12, operators, 0.6),
    Family("parts", 4, parts, 0.6),
    Family("methods", 4, methods, 0.6),
    Family("fitting-methods", 8, fitting_methods, 0.6),
    Family("builtins", 8, builtins, 0.6),
    Family("attributes", 4, attributes, 0.6),
    Family("statements", 24, statements.program, 0.7, mended=8),
    Family("parameters", 10, functions.parameters, 0.8),
    Family("closures", 8, functions.closures, 1),
    Family("recursion", 3, functions.recursion, 1),
    Family("tracebacks", 12, functions.tracebacks, 0.7),
    Family("broken-lines", 4, functions.broken_lines, 1),
    Family("changes", 8, containers.sequence_of_changes, 0.7, mended=3),
    Family("mutation", 8, containers.mutation, 1),
    Family("sorting", 6, containers.sorting, 1),
    Family("comparisons", 5, containers.comparisons, 0.7, mended=3),
    Family("cycles", 3, containers.cycles, 1),
    Family("string-methods", 12, texts.string_methods, 0.5, mended=3),
    Family("code-points", 4, texts.code_points, 0),
    Family("literals", 6, texts.literals, 0.5, together=False),
    Family("formats", 10, texts.formats, 0.6, mended=3),
    Family("integers", 8, texts.integers, 1),
    Family("floats", 8, texts.floats, 1),
    Family("number-texts", 6, texts.number_texts, 1, mended=8),
    Family("json", 4, texts.json_texts, 1),
    Family("refused", 6, syntax.refused, 1, together=False),
    Family("edited", 8, syntax.edited, 1, together=False),
]


def shares(total: int) -> list[tuple[Family, int]]:
    """How many of `total` programs each family gets: at least one."""
    weights = sum(family.weight for family in FAMILIES)
    counts = [max(1, total * family.weight // weights) for family in FAMILIES]
    counts[0] += max(0, total - sum(counts))
    return list(zip(FAMILIES, counts))


def generate(family: Family, seed: str, number: int) -> tuple[str | Sheet, Source]:
    """What the family makes of the seed, and the source, to choose on."""
    source = Source(f"{seed}/{family.name}/{number}")
    source.portable = source.chance(family.portable)
    return family.make(source), source
