"""Ways to write a value in the language.

Every way is a method whose name begins with the type it is for. It returns an expression that has exactly this value, or
None if it does not suit the value. What was used is recorded by the method's name.
"""

from generator.values import Code

#: Conditions by their value; what they say does not matter, only that both tools find the same.
TRUE = [
    "True",
    "1 < 2",
    '"a" in "abc"',
    "not None",
    "len([1]) == 1",
    "bool([0])",
    "all([])",
    "any([0, 1])",
    '"b" > "a"',
    "(1 or fail())",
]
FALSE = [
    "False",
    "2 < 1",
    '"z" in "abc"',
    "not 1",
    "len([]) == 1",
    "bool({})",
    "all([0])",
    "any([])",
    "None != None",
    "(0 and fail())",
]


def quoted(text):
    """The plainest literal of a text."""
    for character, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(character, escape)
    return f'"{text}"'


class Expressions:
    """Writes values for one program. `used` collects what was used."""

    def __init__(self, rng, used):
        self.rng = rng
        self.used = used
        self.count = 0

    def fresh(self, stem):
        self.count += 1
        return f"{stem}_{self.count}"

    def write(self, value, file, depth=2):
        """An expression for use in a function of this file."""
        if isinstance(value, Code):
            return str(value)
        kind = type(value).__name__
        if depth == 0 or self.rng.random() < 0.35:
            return self.literal(value, file, depth)
        ways = WAYS[kind]
        for way in self.rng.sample(ways, len(ways)):
            expression = getattr(self, way)(value, file, depth - 1)
            if expression is not None:
                self.used.append(way)
                return expression
        return self.literal(value, file, depth)

    def literal(self, value, file=None, depth=0):
        """The value itself; what is in it may be written in other ways while `depth` is not 0."""
        if isinstance(value, Code):
            return str(value)
        if isinstance(value, str):
            return quoted(value)
        depth = max(depth - 1, 0)
        if isinstance(value, list):
            return "[" + ", ".join(self.write(element, file, depth) for element in value) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{quoted(k)}: {self.write(v, file, depth)}" for k, v in value.items()) + "}"
        return str(value)

    def condition(self, truth):
        return self.rng.choice(TRUE if truth else FALSE)

    def constant(self, value, file):
        name = self.fresh("NAME").upper()
        file.constants.append(f"{name} = {self.literal(value, file)}")
        return name

    def any_conditional(self, value, file, depth):
        other = {str: '"other"', int: "-1", bool: "None", list: "[]", dict: "{}"}[type(value)]
        if self.rng.random() < 0.5:
            return f"({self.write(value, file, depth)} if {self.condition(True)} else {other})"
        return f"({other} if {self.condition(False)} else {self.write(value, file, depth)})"

    def any_constant(self, value, file, depth):
        return self.constant(value, file)

    def any_lambda(self, value, file, depth):
        return f"(lambda x: x)({self.write(value, file, depth)})"

    def any_lookup(self, value, file, depth):
        return f'{{"key": {self.write(value, file, depth)}}}["key"]'

    def any_get(self, value, file, depth):
        return f'{{"a": 1}}.get("key", {self.write(value, file, depth)})'

    def any_index(self, value, file, depth):
        return f"[None, {self.write(value, file, depth)}][{self.rng.choice([1, -1])}]"

    def any_function(self, value, file, depth):
        name = self.fresh("value")
        file.functions.append([f"def {name}(other=None):", f"    return other or {self.write(value, file, depth)}"])
        return f"{name}()"

    def str_single_quotes(self, value, file, depth):
        return "'" + quoted(value)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"

    def str_raw(self, value, file, depth):
        return f"r'{value}'" if not set("'\\\n\r") & set(value) else None

    def str_triple(self, value, file, depth):
        plain = value and '"' not in value and "\\" not in value and "\r" not in value
        return f'"""{value}"""' if plain and not value.endswith('"') else None

    def str_plus(self, value, file, depth):
        cut = self.rng.randint(0, len(value))
        return f"({self.write(value[:cut], file, depth)} + {self.write(value[cut:], file, depth)})"

    def str_percent(self, value, file, depth):
        start, end = sorted((self.rng.randint(0, len(value)), self.rng.randint(0, len(value))))
        around = value[:start].replace("%", "%%") + "%s" + value[end:].replace("%", "%%")
        return f"({quoted(around)} % {self.write(value[start:end], file, depth)})"

    def str_format(self, value, file, depth):
        start, end = sorted((self.rng.randint(0, len(value)), self.rng.randint(0, len(value))))

        def escape(text):
            return text.replace("{", "{{").replace("}", "}}")

        field, given = self.rng.choice([("{}", ""), ("{0}", ""), ("{text}", "text=")])
        text = quoted(escape(value[:start]) + field + escape(value[end:]))
        return f"{text}.format({given}{self.write(value[start:end], file, depth)})"

    def str_join(self, value, file, depth):
        separators = [mark for mark in "-/ .:" if mark in value]
        if not separators:
            return None
        mark = self.rng.choice(separators)
        return f"{quoted(mark)}.join({self.write(value.split(mark), file, depth)})"

    def str_slice(self, value, file, depth):
        return f'("ab" + {self.write(value, file, depth)})[2:]'

    def str_strip(self, value, file, depth):
        return f'("  " + {self.write(value, file, depth)}).lstrip(" ")' if not value.startswith(" ") else None

    def str_replace(self, value, file, depth):
        mark = next((mark for mark in "-/.3" if mark in value), None)
        return f'{quoted(value.replace(mark, "@@"))}.replace("@@", "{mark}")' if mark and "@" not in value else None

    def str_number(self, value, file, depth):
        return f"str({self.write(int(value), file, depth)})" if value.isdigit() and str(int(value)) == value else None

    def str_partition(self, value, file, depth):
        return f'({self.write(value, file, depth)} + "|rest").partition("|")[0]' if "|" not in value else None

    def int_base(self, value, file, depth):
        return self.rng.choice(["0x%x", "0o%o"]) % value if value >= 0 else None

    def int_sum(self, value, file, depth):
        part = self.rng.randint(0, 99)
        return f"({value - part} + {self.write(part, file, depth)})"

    def int_product(self, value, file, depth):
        return f"({self.write(value, file, depth)} * 3 // 3)"

    def int_text(self, value, file, depth):
        return f"int({self.write(str(value), file, depth)})" if value >= 0 else None

    def int_length(self, value, file, depth):
        return f"len(range({value}))" if value >= 0 else None

    def int_shift(self, value, file, depth):
        return f"(({value << 3} >> 3) | 0)" if value >= 0 else None

    def int_extremes(self, value, file, depth):
        return f"max({self.write(value, file, depth)}, min(-5, 3))" if value >= 0 else None

    def bool_condition(self, value, file, depth):
        return f"({self.rng.choice([c for c in (TRUE if value else FALSE) if ' or ' not in c and ' and ' not in c])})"

    def bool_not(self, value, file, depth):
        return f"(not {self.write(not value, file, depth)})"

    def bool_and(self, value, file, depth):
        return f"({self.write(value, file, depth)} and {self.write(value, file, depth)})"

    def list_lines(self, value, file, depth):
        """One element a line, with a comma after the last."""
        lines = "".join(f"\n        {self.write(element, file, depth)},  # why" for element in value)
        return f"[{lines}\n    ]" if value else None

    def list_plus(self, value, file, depth):
        cut = self.rng.randint(0, len(value))
        return f"({self.write(value[:cut], file, depth)} + {self.write(value[cut:], file, depth)})"

    def list_comprehension(self, value, file, depth):
        return f"[x for x in {self.write(value, file, depth)}]"

    def list_filter(self, value, file, depth):
        padded = list(value)
        padded.insert(self.rng.randint(0, len(value)), None)
        return f"[x for x in {self.literal(padded, file)} if x != None]"

    def list_range(self, value, file, depth):
        """`["name-%d" % i for i in range(n)]`, if it is that."""
        prefix = value[0][:-1] if value and isinstance(value[0], str) and value[0].endswith("0") else None
        if prefix is None or value != [f"{prefix}{i}" for i in range(len(value))] or "%" in prefix:
            return None
        return f"[{quoted(prefix + '%d')} % i for i in range({self.write(len(value), file, depth)})]"

    def list_tuple(self, value, file, depth):
        return "list((" + "".join(self.write(element, file, depth) + ", " for element in value) + "))"

    def list_split(self, value, file, depth):
        words = all(isinstance(x, str) and x and not set(x) & set(" \n\t\r") and x.isascii() for x in value)
        return f"{self.write(' '.join(value), file, depth)}.split()" if value and words else None

    def list_sorted(self, value, file, depth):
        if not value or not all(isinstance(x, str) for x in value) or value != sorted(value, key=str.encode):
            return None
        return f"sorted({self.literal(self.rng.sample(value, len(value)), file)})"

    def list_reversed(self, value, file, depth):
        return f"list(reversed({self.write(value[::-1], file, depth)}))"

    def list_slice(self, value, file, depth):
        return f"{self.literal(['first', *value, 'last'], file)}[1:-1]"

    def list_enumerate(self, value, file, depth):
        return f"[x for i, x in enumerate({self.write(value, file, depth)}) if i >= 0]"

    def list_zip(self, value, file, depth):
        return f"[x for x, _ in zip({self.write(value, file, depth)}, range({len(value)}))]"

    def list_keys(self, value, file, depth):
        if not value or not all(isinstance(x, str) for x in value) or len(set(value)) < len(value):
            return None
        return f"{self.literal(dict.fromkeys(value, 1), file)}.keys()"

    def list_collected(self, value, file, depth):
        """A function that appends in a loop, and passes over some."""
        name = self.fresh("collect")
        file.functions.append(
            [
                f"def {name}():",
                "    result = []",
                f"    for x in {self.literal([*value, None], file)} + [None]:",
                f"        if {self.rng.choice(['x == None', 'type(x) == type(None)'])}:",
                f"            {self.rng.choice(['continue', 'break', 'return result'])}",
                f"        {self.rng.choice(['result.append(x)', 'result.extend([x])', 'result += [x]'])}",
                "    return result",
            ]
        )
        return f"{name}()"

    def dict_keywords(self, value, file, depth):
        if not all(key.isidentifier() and key.isascii() for key in value):
            return None
        return "dict(" + ", ".join(f"{key}={self.write(x, file, depth)}" for key, x in value.items()) + ")"

    def dict_pairs(self, value, file, depth):
        pairs = ", ".join(f"({quoted(key)}, {self.write(x, file, depth)})" for key, x in value.items())
        return f"dict([{pairs}])"

    def dict_comprehension(self, value, file, depth):
        return f"{{k: v for k, v in {self.write(value, file, depth)}.items()}}"

    def dict_union(self, value, file, depth):
        cut = self.rng.randint(0, len(value))
        parts = [dict(list(value.items())[:cut]), dict(list(value.items())[cut:])]
        return f"({self.write(parts[0], file, depth)} | {self.write(parts[1], file, depth)})"

    def dict_collected(self, value, file, depth):
        name = self.fresh("table")
        lines = [f"    result[{quoted(key)}] = {self.write(x, file, depth)}" for key, x in value.items()]
        file.functions.append([f"def {name}():", "    result = {}", *lines, "    return result"])
        return f"{name}()"


def _ways(kind):
    names = [name for name in vars(Expressions) if name.startswith((f"{kind}_", "any_"))]
    return [name for name in names if callable(getattr(Expressions, name))]


WAYS = {kind: _ways(kind) for kind in ("str", "int", "bool", "list", "dict")}
ALL_WAYS = sorted({way for ways in WAYS.values() for way in ways})
