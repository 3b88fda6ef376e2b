"""Random programs about strings, bytes, numbers, and how they are written, printed, formatted and read."""

import struct
import unicodedata

from source import Source

#: Pieces of text that methods of strings might see differently: cases, spaces, ends of lines, widths in UTF-8.
PIECES = ["a", "b", "ab", "A", "Z", " ", "  ", "\t", "\n", "\r\n", "\r", "\v", "\f", "0", "9", "_", "-", ".", ",",
          "x=1", "Hello", "WORLD",
          "é", "É", "ß", "ñ", "ı", "İ", "ǅ", "ﬁ", "Ω", "ω", "ς", "日本", "😀", "\u00a0", "\u2028", "\u0085", "\u200b",
          "²", "½", "Ⅷ", "٣", "i\u0307"]  # fmt: skip
PLAIN = [piece for piece in PIECES if piece.isascii()]
ESCAPES = ["\\n", "\\t", "\\r", "\\a", "\\b", "\\f", "\\v", "\\\\", "\\'", '\\"', "\\0", "\\1", "\\7", "\\12",
           "\\101", "\\177", "\\377", "\\400",
           "\\x00", "\\x41", "\\x7f", "\\x80", "\\xff", "\\xZZ", "\\x4", "\\u0041", "\\u00e9", "\\ud800", "\\udfff",
           "\\uFFFF", "\\u12", "\\U0001F600",
           "\\U00110000", "\\U0010FFFF", "\\q", "\\ ", "\\{", "a", "é", "😀", "'", '"', "{", "%", "\\\n", "\n",
           "\t"]  # fmt: skip

#: Small letters whose capital came with Unicode 16 and 17, after the tables of starlark-go's package.
LATE_PAIRS = {0x019B, 0x0264, 0xA7D3, 0xA7D5}


def quote(text: str) -> str:
    """A literal of the text in ASCII."""
    out = []
    for character in text:
        code = ord(character)
        if character in '"\\':
            out.append("\\" + character)
        elif 32 <= code < 127:
            out.append(character)
        elif code > 0xFFFF:
            out.append(f"\\U{code:08x}")
        elif code > 127:
            out.append(f"\\u{code:04x}")
        else:
            out.append(f"\\x{code:02x}")
    return '"' + "".join(out) + '"'


def text(source: Source, most: int = 6) -> str:
    return "".join(source.pick(PLAIN if source.portable else PIECES) for _ in range(source.count(0, most)))


def string_methods(source: Source) -> str:
    lines = [f"s = {quote(text(source, 8))}", f"t = {quote(text(source, 2))}", f"u = {quote(text(source, 3))}"]
    if not source.portable and source.chance(0.3):
        lines.append(f"s = s[{source.count(0, 3)}:{source.count(-2, 9)}]")
    for _ in range(source.count(3, 8)):
        lines.append(f"print(repr({source.fill(source.pick(_METHODS), 0, {})}))")
    return "\n".join(lines) + "\n"


_METHODS = [
    "s.split(t)", "s.split()", "s.split(t, <small>)", "s.split(None, <small>)", "s.rsplit(t)", "s.rsplit()",
    "s.rsplit(t, <small>)",
    "s.rsplit(None, <small>)", "s.splitlines()", "s.splitlines(True)", "s.splitlines(False)", "s.strip()",
    "s.lstrip()", "s.rstrip()",
    "s.strip(t)", "s.lstrip(t)", "s.rstrip(t)", "s.strip(u + t)", "s.replace(t, u)", "s.replace(t, u, <small>)",
    's.replace("", t)',
    's.replace("", t, <small>)', "s.count(t)", 's.count("")', "s.count(t, <small>)", "s.count(t, <index>, <index>)",
    "s.find(t)", "s.rfind(t)",
    "s.find(t, <index>, <index>)", "s.rfind(t, <index>, <index>)", 's.find("", <index>)',
    's.rfind("", <index>, <index>)', "s.index(t)",
    "s.rindex(t)", "s.startswith(t)", "s.endswith(t)", "s.startswith((t, u))", "s.endswith((t, u))",
    "s.startswith(t, <index>)",
    "s.endswith(t, <index>, <index>)", "s.startswith(())", "s.upper()", "s.lower()", "s.title()", "s.capitalize()",
    "s.isalpha()", "s.isalnum()",
    "s.isdigit()", "s.isspace()", "s.isupper()", "s.islower()", "s.istitle()", "s.partition(t)", "s.rpartition(t)",
    "s.removeprefix(t)",
    "s.removesuffix(t)", "t.join(s.elems())", "t.join([s, u])", "list(s.elems())", "list(s.codepoints())",
    "list(s.elem_ords())",
    "list(s.codepoint_ords())", "s[<index>]", "s[<index>:<index>]", "s[::-1]", "s[<index>:<index>:<index>]", "len(s)",
    "s < t", "s == t + u",
    "sorted([s, t, u])", "t in s", "s * <small>", "hash(s)", "[s, t]", "{s: t}", "s + t", "bytes(s)", "s.elems()",
    "s.codepoints()",
    "[ord(c) for c in s.codepoints()]", "type(s.elems())", "s.isidentifier()", "s.title().lower()", "s.center(3)",
    "max(s.elems())",
]  # fmt: skip


def code_points(source: Source) -> str:
    """What is known of single characters: case, class, and how they are printed."""
    blocks = [(0, 0x250), (0x370, 0x530), (0x10A0, 0x1100), (0x13A0, 0x1400), (0x1C80, 0x1CC0), (0x1E00, 0x2190),
              (0x2C00, 0x2E00),
              (0xA640, 0xA7F0), (0xAB30, 0xABC0), (0xFB00, 0xFB10), (0xFF00, 0xFFFE), (0x10400, 0x10450),
              (0x1E900, 0x1E944), (0, 0xD800),
              (0xE000, 0x110000)]  # fmt: skip
    lines = []
    for _ in range(12):
        first, last = source.pick(blocks)
        code = source.random.randrange(first, last)
        # The engines have the tables of other years; what Python knows is older than any of them.
        while unicodedata.category(chr(code)) == "Cn" or code in LATE_PAIRS:
            code = source.random.randrange(first, last)
        lines.append(f"c = chr({code})")
        lines.append("print(c.upper(), c.lower(), c.title(), c.capitalize(), len(c), repr(c), [c])")
        lines.append("print(c.isalpha(), c.isalnum(), c.isdigit(), c.isspace(), c.isupper(), c.islower(), c.istitle())")
        lines.append('print(("a" + c + "b").title(), ("A" + c).istitle(), repr(c.strip()), ("x" + c + "y").split())')
    return "\n".join(lines) + "\n"


def literals(source: Source) -> str:
    """Literals of strings, bytes and numbers, legal and not."""
    lines = []
    for _ in range(source.count(1, 4)):
        kind = source.pick(["string", "string", "integer", "float"])
        if kind == "string":
            prefix = source.pick(["", "", "", "r", "" if source.portable else "b", "" if source.portable else "rb"])
            mark = source.pick(['"', "'", '"""', "'''"])
            pool = [e for e in ESCAPES if e.isascii()] if source.portable else ESCAPES
            body = "".join(source.pick(pool) for _ in range(source.count(0, 4)))
            if source.chance(0.8):
                # Without what certainly ends or breaks the literal.
                if len(mark) == 1:
                    body = body.replace("\\\n", "").replace("\n", "")
                body = body.replace(mark[0], "")
            lines.append(f"x = {prefix}{mark}{body}{mark}")
            lines.append("print(repr(x), len(x), type(x))" if "b" in prefix else "print(repr(x), len(x), x, type(x))")
        elif kind == "integer":
            lines.append("print(" + source.pick([
                "0", "00", "01", "08", "0x", "0xfF", "0XAb", "0x1g", "0o17", "0O7", "0o8", "0b101", "0B1", "0b2",
                "1_000", "0_1", "1l", "0x_1", "1a",
                "007", "123456789" * 9, "0x" + "f" * 40, "0b" + "10" * 50, "0o" + "7" * 30, "-1", "- 1", "--1", "~-1",
                "1.", "1.real", "1 .x", "0xg",
            ]) + ")")  # fmt: skip
        else:
            lines.append("print(" + source.pick([
                "1.0", "1.", ".5", "1e5", "1E5", "1e+5", "1e-5", "1e", "1e+", "1.5e3", ".e1", "1.e1", "0.1e-400",
                "1e400", "1.5.5", "0e0", "00.5", "01.5",
                "1e1000", "1_0.5", "1.5f", "123456789.123456789", "1e15", "1e16", "1e17", "1e21", "1e22", "0.0001",
                "0.00001", "123456.7", "1234567.8",
                "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "0.1 + 0.2", "1e23", "100000.0",
                "1000000.0", "9007199254740993.0",
            ]) + ")")  # fmt: skip
    return "\n".join(lines) + "\n"


def formats(source: Source) -> str:
    """The % operator and str.format, with fields and verbs of all kinds."""
    verbs = ["%s", "%r", "%d", "%i", "%x", "%X", "%o", "%e", "%E", "%f", "%F", "%g", "%G", "%c", "%%", "%(a)s",
             "%(b)d", "%(a)r", "%", "%z", "%5d", "%.2f",
             "%-3s", "%()s", "%(a", "% d", "%u"]  # fmt: skip
    likely = verbs[:15]
    fields = ["{}", "{0}", "{1}", "{2}", "{a}", "{b}", "{!r}", "{!s}", "{0!s}", "{a!r}", "{{", "}}", "{", "}",
              "{a.b}", "{0[1]}", "{:x}", "{!z}", "{ }", "{-1}",
              "{a b}", "{:}", "{0:}", "{!}", "{01}", "{}{}", "{{}}", "{a}{a}", "{é}", "{99999999999999999999}",
              "{1 }"]  # fmt: skip
    lines = []
    for _ in range(source.count(1, 3)):
        if source.chance(0.6):
            pool = likely if source.chance(0.7) else verbs
            parts = [source.pick(pool) for _ in range(source.count(0, 4))]
            template = source.pick(["", "-", "é" if not source.portable else "e"]).join(parts)
            wanted = [part for part in parts if part != "%%"]
            kinds = {"d": "int", "i": "int", "x": "int", "X": "int", "o": "int", "e": "float", "f": "number",
                     "g": "float", "c": "word", "E": "float",
                     "F": "float", "G": "number"}  # fmt: skip
            values = [source.expression(kinds.get(part[-1:], "any"), 1) for part in wanted]
            if source.chance(0.15):
                values = values[:-1] if source.chance(0.5) else values + ["1"]
            operand = "(" + "".join(f"{value}, " for value in values) + ")"
            if "(" in template:
                operand = source.pick(["{'a': %s, 'b': %s}", "{'b': 1}", "{'a': %s, 'b': 3, '': 4}"])
                while "%s" in operand:
                    operand = operand.replace("%s", source.expression("any", 1), 1)
            elif source.chance(0.2):
                operand = "(" + source.expression("any", 1) + ")"
            value = f'"{template}" % {operand}'
        else:
            pool = fields[:12] if source.chance(0.7) else fields
            template = source.pick(["", " ", "-"]).join(source.pick(pool) for _ in range(source.count(0, 4)))
            parts = [source.expression("any", 1) for _ in range(source.count(0, 3))]
            parts += [f"{name} = {source.expression('any', 1)}" for name in ("a", "b") if source.chance(0.7)]
            value = f'"{template}".format({", ".join(parts)})'
        lines.append(f"print({value})" if source.portable else f"print(repr({value}))")
    return "\n".join(lines) + "\n"


def integers(source: Source) -> str:
    """Arithmetic of integers of all sizes, and their conversion to and from text and floats."""

    def integer():
        bits = source.pick([3, 8, 30, 31, 32, 33, 53, 54, 62, 63, 64, 65, 127, 128, 130, 260, 500])
        value = source.pick([source.random.getrandbits(bits), 1 << bits, (1 << bits) - 1, (1 << bits) + 1])
        return value * source.pick([1, -1])

    lines = []
    for _ in range(source.count(1, 3)):
        a, b, n = integer(), integer(), source.pick([0, 1, 7, 31, 32, 63, 64, 65, 100, 511, 512, 600])
        lines.append(f"a, b, n = {a}, {b}, {n}")
        lines.append("print(a + b, a - b, b - a, a * b, -a, +a, ~a, abs(a))")
        lines.append("print(a & b, a | b, a ^ b, a >> n, a >> 1, a << 3)")
        lines.append("print(a < b, a <= b, a == b, a != b, a > b, a >= b, a == a + 0, hash(str(a)), bool(a))")
        lines.append("print('%d %x %X %o %s %r' % (a, a, b, b, a, b), str(a), repr(b))")
        lines.append("print(int(str(a)), int('%x' % a, 16), int('%o' % b, 8))")
        lines.append("print(a // b if b else 0, a % b if b else 0, b // a if a else 0, b % a if a else 0)")
        lines.append("print({a: 1, b: 2}, a in [b], a in {b: 1}, [a, b] < [b, a], max(a, b), sorted([a, b, 0]))")
        lines.append(source.pick([
            "print(float(a), a / 7, 2.5 * a if abs(a) < 1e300 else 0)",
            "print(float(a) == a, float(a) < b, a < float(b), float(b) > b)",
            "print(a << n)", "print(a / b)", "print(a // 0)", "print(a % 0)", "print(range(3)[a])",
            "print([1, 2][a:b])", "print('x' * (a % 5))",
            "print(chr(a))", "print(list(range(a, a + 3)), len(range(a, b, b)))", "print(int(float(a)), int(a / 3))",
            "print(a & 1.0)", "print('%e %g' % (a, b))",
            "print(a >> -1)", "print(a // 2.0, a % 2.5)", "print(enumerate([1], a))", "print(bytes([a]))",
            "print(int(a), int(a, 10))", "print((a * a) // a == a)",
            "print(a * b * a, (a * b) // b if b else 1, (a * b) % a if a else 1)",
            "print(range(a)[-1] if 0 < a else 0)", "print({a: 1, float(a): 2})",
        ]))  # fmt: skip
    return "\n".join(lines) + "\n"


def floats(source: Source) -> str:
    """Floats of all magnitudes: arithmetic, printing, parsing."""

    def number():
        kind = source.count(0, 4)
        if kind == 0:
            value = struct.unpack("<d", struct.pack("<Q", source.random.getrandbits(64)))[0]
            return f"float('{value!r}')"
        if kind == 1:
            return repr(round(source.random.uniform(-1e7, 1e7), source.count(0, 6)))
        if kind == 2:
            return f"{source.count(-999, 999)}e{source.count(-30, 30)}"
        if kind == 3:
            return source.expression("float", 0)
        return f"{float(source.random.getrandbits(source.count(1, 70)))!r}"

    lines = []
    for _ in range(source.count(1, 3)):
        lines.append(f"x, y = {number()}, {number()}")
        lines.append("print(x, y, str(x), repr([y]), -x, +y, abs(x))")
        lines.append("print(x + y, x - y, x * y, x < y, x == y, x >= y, x != x, bool(x))")
        lines.append("print('%e %f %g %s %r' % (x, x, x, x, x), '%E %f %G' % (y, y, y))")
        lines.append("print({x: 1, y: 2}, x in [x], [x] == [x], sorted([x, y, 0, 1.5]), max(x, y), min(x, y))")
        lines.append("print(float(str(x)) == x, float(repr(y)))")
        lines.append(source.pick([
            "print(x / y)", "print(x // y)", "print(x % y)", "print(int(x))",
            "print(int(y) == y, int(x), float(int(x)) == x)", "print(x / y, x // y, x % y)",
            "print('%d' % x)", "print('%x' % y)", "print([1, 2][x])", "print(x | 1)", "print('a' * x)",
            "print(range(x))", "print(x // 3, x % 7, 7 // x, 7 % x)",
            "print(x == int(x), x < int(x) + 1, int(x) <= x)", "print({int(x): 1, x: 2})",
            "print(1 / x, x / 3, 1e300 * x)", "print(hash(x))", "print('%c' % x)",
        ]))  # fmt: skip
    return "\n".join(lines) + "\n"


def number_texts(source: Source) -> str:
    """int() and float() of texts, most of which look like numbers."""
    lines = []
    for _ in range(source.count(3, 8)):
        sign = source.pick(["", "", "-", "+", "--", " "])
        prefix = source.pick(["", "", "", "0x", "0X", "0o", "0b", "0", "x"])
        digits = "".join(
            source.pick("0123456789abcdefzZ_ ." if source.chance(0.1) else "0123456789")
            for _ in range(source.count(0, 12))
        )
        base = source.pick(
            ["", "", ", 0", ", 10", ", 16", ", 2", ", 8", ", 36", ", 7", ", 1", ", 37", ", -1", ", None", ", base = 16"]
        )
        lines.append(f"print(int({quote(sign + prefix + digits)}{base}))")
        whole = source.pick([digits, "1", "", "12"])
        tail = source.pick(
            ["", ".", ".5", "e5", "e-3", "E+10", "e", ".5e", "e400", "e-400", "inf", "nan", " ", "_1", "f", "p3"]
        )
        lines.append(f"print(float({quote(sign + whole + tail)}))")
        if source.chance(0.3):
            name = source.pick(["inf", "-Inf", "INFINITY", "nan", "+NaN", "infinit", "0x1p3", "1e+5"])
            lines.append(f'print(float("{name}"))')
    # One that fails ends the program: the first lines are what most programs get to.
    source.random.shuffle(lines)
    return "\n".join(lines) + "\n"


def json_texts(source: Source) -> str:
    """json.encode and json.decode; starlark-go's package has no json, so that starlark-rust alone judges these."""

    def value(depth):
        kind = source.count(0, 8 if depth else 5)
        if kind == 0:
            return source.pick(["0", "-1", "12345678901234567890123", "7"])
        if kind == 1:
            return source.pick(["true", "false", "null"])
        if kind in (2, 3):
            return (
                '"'
                + "".join(
                    source.pick(["a", " ", "\\n", "\\u0041", "\\\\", "\\/", '\\"', "b"])
                    for _ in range(source.count(0, 3))
                )
                + '"'
            )
        if kind == 4:
            return source.pick(["1.5", "-2.25", "1e3", "0.1"])
        if kind == 5:
            return source.pick(["[]", "{}"])
        if kind == 6:
            return "{" + ", ".join(f'"k{n}": {value(depth - 1)}' for n in range(source.count(0, 3))) + "}"
        return "[" + source.pick([",", ", ", " ,\\n"]).join(value(depth - 1) for _ in range(source.count(0, 3))) + "]"

    text = value(3).replace("\\n", "\n") if source.chance(0.5) else value(3)
    if source.chance(0.3) and text:
        at = source.count(0, len(text) - 1)
        text = text[:at] + source.pick(["", ",", "]", "}", '"', "x", "0", "-"]) + text[at + 1 :]
    lines = [
        f"x = json.decode({quote(text)})",
        "print(x)",
        "print(json.encode(x))",
        "print(json.decode(json.encode(x)) == x)",
    ]
    if source.chance(0.5):
        kinds = ["int", "string", "ints", "strings", "mixed", "dict", "tuple", "bool", "none", "function"]
        lines.append(f"print(json.encode({source.expression(source.pick(kinds), 1)}))")
        lines.append("print(json.encode(struct(a = x, b = [struct()])))")
    return "\n".join(lines) + "\n"
