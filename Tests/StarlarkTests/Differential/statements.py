"""Random programs of statements: assignments of every form, loops, conditions, functions, changes of values.

Where a text may not be UTF-8, programs print its representation: starlark-go's package dies of printing it.
"""

from source import Source

#: The variables that every program has, with their types.
VARIABLES = {
    "i": "int", "j": "int", "r": "float", "s": "string", "t": "string", "a": "ints", "b": "ints", "w": "strings",
    "m": "mixed", "p": "tuple", "d": "dict", "e": "dict", "q": "any",
}  # fmt: skip
#: What a loop may assign to without growing it at every turn.
SLICED = {"string", "ints", "strings", "mixed", "tuple", "bytes"}


class Writer:
    """The lines of a program as it grows."""

    def __init__(self, source: Source):
        self.source = source
        self.lines: list[str] = []
        self.functions: list[tuple[str, str]] = []
        self.count = 0
        #: How many functions are open: what is in them may run many times.
        self.open_functions = 0

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def new(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def write(self, indent: int, text: str) -> None:
        self.lines.append("    " * indent + text)


def program(source: Source) -> str:
    """Statements at the top level and in functions, and at the end the values of all variables."""
    writer = Writer(source)
    variables = dict(VARIABLES)
    if not source.portable:
        variables["z"] = "set"
    for name, kind in variables.items():
        writer.write(0, f"{name} = {source.expression(kind, 1)}")
    for _ in range(source.count(2, 8)):
        statement(writer, 0, variables, loops=0, in_function=False)
    writer.write(0, f"print([{', '.join(variables)}])")
    return writer.text()


def statement(writer: Writer, indent: int, variables: dict[str, str], loops: int, in_function: bool) -> None:
    source = writer.source
    kinds = ["assign"] * 4 + ["augment"] * 2 + ["print"] * 3 + ["store"] * 2 + ["change"] * 3 + ["unpack"] * 2
    if indent < 4:
        kinds += ["if"] * 2 + ["def"] * (2 if indent < 2 else 0)
        kinds += ["for"] * 3 if loops < 2 else []
        kinds += ["while"] if loops < 2 and not source.portable else []
    if loops:
        kinds += ["break"]
    if in_function:
        kinds += ["return"]
    if writer.functions:
        kinds += ["call"] * 2
    WRITERS[source.pick(kinds)](writer, indent, variables, loops, in_function)


def block(writer, indent, variables, loops, in_function):
    for _ in range(writer.source.count(1, 3)):
        statement(writer, indent + 1, variables, loops, in_function)


def _is_repeated(writer, loops: int) -> bool:
    """Whether the statement may run many times, so that nothing in it may grow at every turn."""
    return loops > 0 or writer.open_functions > 0


def _depth(writer, loops: int) -> int:
    return 1 if _is_repeated(writer, loops) else 2


def _assign(writer, indent, variables, loops, in_function):
    source = writer.source
    name = source.pick(list(variables))
    kind = variables[name]
    value = source.expression(kind, _depth(writer, loops), variables)
    if _is_repeated(writer, loops) and kind in SLICED:
        value = f"({value})[:6]"
    elif _is_repeated(writer, loops) and kind == "int":
        value = f"({value}) % 1000003"
    elif _is_repeated(writer, loops) and kind == "any":
        value = source.expression("bool", 1, variables)
    writer.write(indent, f"{name} = {value}")


def _augment(writer, indent, variables, loops, in_function):
    source = writer.source
    name = source.pick(list(variables))
    operator = source.pick(["+=", "+=", "-=", "*=", "//=", "%=", "|=", "&=", "^=", "<<=", ">>=", "/="])
    value = source.expression("small" if operator in ("*=", "<<=", ">>=") else variables[name], 0)
    writer.write(indent, f"{name} {operator} {value}")


def _print(writer, indent, variables, loops, in_function):
    source = writer.source
    values = [source.expression("any", _depth(writer, loops), variables) for _ in range(source.count(1, 2))]
    writer.write(indent, f"print({', '.join(values)})" if source.portable else f"print(repr(({', '.join(values)})))")


def _store(writer, indent, variables, loops, in_function):
    source = writer.source
    target = source.fill(source.pick([
        "a[<index>]", "d[<hashable>]", "m[<index>]", "w[<index>]", "e[<word>]", "s[<index>]", "p[<index>]",
        "q[<index>]",
        "d[<any>]", "a[<any>]", "a[<index>:<index>]", "i.x", "(a + b)[<index>]", "d[<word>][<index>]", "r[0]",
    ]), 1, variables)  # fmt: skip
    operator = source.pick(["=", "=", "=", "+=", "*=", "|="])
    value = source.expression("small" if operator == "*=" else "any", 0 if operator != "=" else _depth(writer, loops))
    writer.write(indent, f"{target} {operator} {value}")


def _change(writer, indent, variables, loops, in_function):
    source = writer.source
    template = source.pick([
        "a.append(<int>)", "a.extend(<ints>)", "a.insert(<index>, <int>)", "a.pop()", "a.pop(<index>)",
        "a.remove(<int>)",
        "a.clear()", "m.append(<any>)", "w.append(<string>)", "w.extend(<strings>)", "d.update(e)", "d.update(<pairs>)",
        "d.update(k = <any>)", "d.pop(<hashable>)", "d.pop(<hashable>, <any>)", "d.setdefault(<hashable>, <any>)",
        "d.popitem()", "e.clear()", "e.setdefault(<word>, []).append(1)", "m.extend(<iterable>)", "b.append(a[0])",
        "q.append(1)", "m.append(m)", "d.setdefault(<word>, d)", "<list>.append(<any>)", "q.foo(1)",
    ])  # fmt: skip
    outside = {} if _is_repeated(writer, loops) else variables
    writer.write(indent, source.fill(template, 1, outside))


def _unpack(writer, indent, variables, loops, in_function):
    source = writer.source
    target, value = source.pick([
        ("i, j", "<int>, <int>"), ("i, j", "j, i"), ("(i, j)", "(<int>, <int>)"), ("[i, j]", "<ints>"),
        ("i, j", "<tuple>"),
        ("i, (s, r)", "<int>, (<string>, <float>)"), ("(q,)", "<tuple>"), ("i, j", "<pairs>[<index>]"),
        ("i, j", "<any>"),
        ("a[0], a[1]", "a[1], a[0]"), ("i, d[<word>]", "<int>, <any>"), ("[s, [t, q]]", "<string>, [<string>, <any>]"),
        ("(i), q", "<range>"), ("i, j", "<dict>"), ("s, t", "<string>"), ("q, i, j", "<iterable>"),
        ("i, i", "<int>, <int>"),
        ("[]", "<tuple>"), ("()", "<list>"), ("(i, (j, (q,)))", "1, (2, (<any>,))"),
    ])  # fmt: skip
    outside = {} if _is_repeated(writer, loops) else variables
    writer.write(indent, f"{source.fill(target, 1, variables)} = {source.fill(value, 1, outside)}")


def _if(writer, indent, variables, loops, in_function):
    source = writer.source
    writer.write(indent, f"if {source.expression(source.pick(['bool', 'any']), 1, variables)}:")
    block(writer, indent, variables, loops, in_function)
    while source.chance(0.25):
        writer.write(indent, f"elif {source.expression('bool', 1, variables)}:")
        block(writer, indent, variables, loops, in_function)
    if source.chance(0.4):
        writer.write(indent, "else:")
        block(writer, indent, variables, loops, in_function)


def _for(writer, indent, variables, loops, in_function):
    source = writer.source
    target, value, inner = source.pick([
        ("x", "<iterable>", {"x": "any"}), ("x", "range(<small>)", {"x": "int"}), ("x", "a", {"x": "int"}),
        ("x", "w", {"x": "string"}), ("x, y", "<pairs>", {"x": "any", "y": "any"}), ("x", "d", {"x": "any"}),
        ("x, y", "d.items()", {"x": "any", "y": "any"}), ("i, x", "enumerate(w)", {"x": "string"}),
        ("x, (y, i)", "enumerate(<pairs>)", {"x": "int", "y": "any"}), ("i", "<ints>", {}), ("a[0]", "<ints>", {}),
        ("x, y", "zip(a, w)", {"x": "int", "y": "string"}), ("d[<word>]", "range(2)", {}), ("x", "<any>", {"x": "any"}),
        ("[x, y]", "<pairs>", {"x": "any", "y": "any"}), ("x", "m", {"x": "any"}),
    ])  # fmt: skip
    writer.write(indent, f"for {source.fill(target, 1, variables)} in {source.fill(value, 1, variables)}:")
    block(writer, indent, variables | inner, loops + 1, in_function)


def _while(writer, indent, variables, loops, in_function):
    source = writer.source
    counter = writer.new("n")
    writer.write(indent, f"{counter} = {source.count(0, 3)}")
    writer.write(indent, f"while {counter}:")
    writer.write(indent + 1, f"{counter} -= 1")
    block(writer, indent, variables, loops + 1, in_function)


def _break(writer, indent, variables, loops, in_function):
    source = writer.source
    word = source.pick(["break", "continue", "pass"])
    if source.chance(0.5):
        writer.write(indent, f"if {source.expression('bool', 1, variables)}:")
        indent += 1
    writer.write(indent, word)


def _def(writer, indent, variables, loops, in_function):
    source = writer.source
    name = writer.new("f")
    parameters, calls = source.pick([
        ("", [""]), ("i", ["<int>", "i = <int>", "<any>"]), ("i, a = [1]",
                                                             ["<int>", "<int>, <ints>", "<int>, a = <ints>"]),
        ("*m", ["", "<any>, <any>", "*<iterable>"]), ("s, *, t = \"k\"", ["<string>", "<string>, t = <string>"]),
        ("a = [], **d", ["", "x = <any>", "<ints>, k = <any>", "**<dict>"]), ("i, j, *p", ["<int>, <int>", "*<ints>"]),
        ("q", ["<any>"]), ("i, j = 5", ["<int>", "j = 1, i = 2", "", "<int>, <int>, <int>"]),
    ])  # fmt: skip
    names = [each for each in variables if source.chance(0.7)]
    inner = {each: variables[each] for each in names}
    for parameter, kind in (("i", "int"), ("j", "int"), ("a", "ints"), ("m", "mixed"), ("s", "string"), ("d", "dict")):
        if f"{parameter}" in parameters.replace("*", "").replace(",", " ").split():
            inner[parameter] = kind
    writer.write(indent, f"def {name}({parameters}):")
    # What a function assigns anywhere is local everywhere, so most variables get a value first.
    local = [each for each in inner if each not in parameters and source.chance(0.6)]
    if local:
        values = ", ".join(source.expression(inner[each], 0) for each in local)
        writer.write(indent + 1, f"{', '.join(local)} = {values}")
    outer = writer.functions
    # A function may call those before it, never itself: recursion has programs of its own, which end.
    writer.functions = list(outer) if indent == 0 else []
    writer.open_functions += 1
    for _ in range(source.count(1, 3)):
        statement(writer, indent + 1, inner, 0, in_function=True)
    if source.chance(0.8):
        writer.write(indent + 1, f"return {source.expression('any', 1, inner)}")
    writer.open_functions -= 1
    writer.functions = outer
    if indent == 0:
        writer.functions.extend((name, call) for call in calls)
    else:
        writer.write(indent, f"print([{name}({source.fill(source.pick(calls), 1, variables)})])")


def _return(writer, indent, variables, loops, in_function):
    source = writer.source
    writer.write(indent, source.pick(["return", f"return {source.expression('any', 1, variables)}"]))


def _call(writer, indent, variables, loops, in_function):
    source = writer.source
    name, arguments = source.pick(writer.functions)
    writer.write(indent, f"print([{name}({source.fill(arguments, 1, variables)})])")


WRITERS = {
    "assign": _assign, "augment": _augment, "print": _print, "store": _store, "change": _change, "unpack": _unpack,
    "if": _if, "for": _for, "while": _while, "break": _break, "def": _def, "return": _return, "call": _call,
}  # fmt: skip
