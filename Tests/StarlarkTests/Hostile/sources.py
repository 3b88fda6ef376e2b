"""Programs whose text is hostile: too long, too deep, too many of something, or no text at all.

Each is a title with the bytes of the program; how they end stands in sources.txt.
"""

import random


def _lines(count, make):
    return "".join(f"{make(i)}\n" for i in range(count))


def _names(count, prefix="v", join=", "):
    return join.join(f"{prefix}{i}" for i in range(count))


def _nested(count, before, inside, after):
    return before * count + inside + after * count


def _indented(count, header, last):
    return "".join("  " * i + header.format(i) + "\n" for i in range(count)) + "  " * count + last + "\n"


def _in_function(body, call="f()"):
    return f"def f():\n    {body}\n\nprint({call})\n"


SOURCES = {
    # Long programs.
    "100,000 assignments": lambda: _lines(100_000, lambda i: f"x{i} = {i}") + "print(x99999)\n",
    "300,000 times the same assignment": lambda: "x = 1\n" * 300_000,
    "100,000 statements in a function": lambda: "def f():\n" + "    x = 1\n" * 100_000 + "    return x\n\nprint(f())\n",
    "100,000 statements on a line": lambda: "x = 1; " * 100_000 + "print(x)\n",
    "70,000 functions": lambda: _lines(70_000, lambda i: f"def f{i}(): return {i}") + "print(f69999())\n",
    "100,000 calls": lambda: "def f(): return 1\n" + "f()\n" * 100_000,
    "a million empty lines and a failure": lambda: "\n" * 1_000_000 + "1 // 0\n",
    "a long line before a failure": lambda: "x = '" + "a" * 10_000_000 + "'; 1 // 0\n",
    "a failure within a long line": lambda: "x = [" + "1, " * 1_000_000 + "1 // 0]\n",
    "a comment of 50 million characters": lambda: "#" + "a" * 50_000_000 + "\nprint(1)\n",
    "50 million spaces": lambda: "x =" + " " * 50_000_000 + "1\nprint(x)\n",
    "a string of 30 million characters": lambda: 'x = "' + "a" * 30_000_000 + '"\nprint(len(x))\n',
    "a string of ten million escapes": lambda: 'x = "' + "\\n" * 10_000_000 + '"\nprint(len(x))\n',
    "a string of ten million lines": lambda: 'x = """' + "a\n" * 10_000_000 + '"""\nprint(len(x))\n',
    "a docstring of ten million lines": lambda: 'def f():\n    """' + "a\n" * 10_000_000 + '"""\nprint(f())\n',
    "a name of ten million letters": lambda: "a" * 10_000_000 + " = 1\n" + "print(" + "a" * 10_000_000 + ")\n",
    "an unknown name of ten million letters": lambda: "print(" + "a" * 10_000_000 + ")\n",
    "an unknown name near 100,000 others": lambda: _lines(100_000, lambda i: f"name{i} = 1") + "print(nane1)\n",
    "an integer of a million digits": lambda: "x = " + "9" * 1_000_000 + "\n",
    "a hexadecimal integer of ten million digits": lambda: "x = 0x" + "f" * 10_000_000 + "\n",
    "a float of a million digits": lambda: "x = 1." + "9" * 1_000_000 + "\nprint(x)\n",
    "an exponent of a million digits": lambda: "x = 1e" + "9" * 1_000_000 + "\n",
    "a million continued lines": lambda: "x = 1" + " \\\n" * 1_000_000 + "+ 2\nprint(x)\n",
    "100,000 conditions": lambda: "x = 99999\nif x < 0: pass\n" + _lines(100_000, lambda i: f"elif x == {i}: print({i})"),
    "a loop of 100,000 statements": lambda: "for i in range(3):\n" + "    x = i\n" * 100_000 + "print(x)\n",
    "a loop that leaves after 100,000 statements": lambda: (
        "while True:\n    if not len([]) == 0: break\n" + "    x = 1\n" * 100_000 + "    if x: break\nprint(x)\n"
    ),
    # Too many of something.
    "70,000 constants": lambda: _in_function("return len([" + ", ".join(f"{i}.5" for i in range(70_000)) + "])"),
    "70,000 texts": lambda: _in_function("return len([" + ", ".join(f'"s{i}"' for i in range(70_000)) + "])"),
    "70,000 local variables": lambda: "def f():\n" + _lines(70_000, lambda i: f"    v{i} = {i}") + "    return v69999 + v0\n\nprint(f())\n",
    "70,000 local variables at once": lambda: _in_function(f"{_names(70_000)} = range(70000); return v69999"),
    "70,000 parameters": lambda: f"def f({_names(70_000)}):\n    return v69999\n\nprint(f(*range(70000)))\n",
    "70,000 parameters with defaults": lambda: (
        "def f(" + ", ".join(f"v{i} = {i}" for i in range(70_000)) + "):\n    return v69999\n\nprint(f(), f(1), f(v5 = 2))\n"
    ),
    "70,000 parameters by name only": lambda: (
        f"def f(*, {_names(70_000)}):\n    return v69999\n\nprint(f(**{{'v%d' % i: i for i in range(70000)}}))\n"
    ),
    "70,000 arguments": lambda: f"def f(*a):\n    return len(a)\n\nprint(f({'1, ' * 70_000}))\n",
    "70,000 arguments by name": lambda: (
        "def f(**k):\n    return len(k)\n\nprint(f(" + ", ".join(f"v{i} = {i}" for i in range(70_000)) + "))\n"
    ),
    "70,000 arguments of a built-in function": lambda: f"print(max({'1, ' * 70_000}))\n",
    "70,000 arguments by name that are not wanted": lambda: (
        "def f(a):\n    return a\n\nf(" + ", ".join(f"v{i} = {i}" for i in range(70_000)) + ")\n"
    ),
    "a list of 500,000 elements": lambda: f"x = [{'1, ' * 500_000}]\nprint(len(x))\n",
    "a list of 100,000 elements that are calculated": lambda: f"n = 1\nx = [{'n + 1, ' * 100_000}]\nprint(len(x))\n",
    "a tuple of 500,000 elements": lambda: f"x = ({'1, ' * 500_000})\nprint(len(x))\n",
    "a dict of 200,000 keys": lambda: "x = {" + ", ".join(f"{i}: {i}" for i in range(200_000)) + "}\nprint(len(x))\n",
    "a dict of 200,000 keys, the last of them twice": lambda: (
        "x = {\n" + ",\n".join(f"{i}: {i}" for i in range(200_000)) + ",\n199999: 1}\n"
    ),
    "200,000 targets": lambda: f"{_names(200_000)} = range(200000)\nprint(v199999)\n",
    "200,000 targets and one value less": lambda: f"{_names(200_000)} = range(199999)\n",
    "70,000 targets of a loop": lambda: f"for {_names(70_000)} in [range(70000)]:\n    print(v69999)\n",
    "70,000 targets of a comprehension": lambda: f"print([v69999 for {_names(70_000)} in [range(70000)]])\n",
    "70,000 captured variables": lambda: (
        "def f():\n" + _lines(70_000, lambda i: f"    v{i} = {i}") + f"    return lambda: [{_names(70_000)}]\n\nprint(len(f()()))\n"
    ),
    "70,000 names to load": lambda: "load('none.star', " + ", ".join(f"'v{i}'" for i in range(70_000)) + ")\n",
    "70,000 attributes": lambda: "x = struct(" + ", ".join(f"v{i} = {i}" for i in range(70_000)) + ")\nprint(x.v69999)\n",
    "70,000 nested calls one after the other": lambda: "f = lambda: f\n" + "f" + "()" * 70_000 + "\n",
    "1,000 loops in a comprehension": lambda: "x = [1 " + "".join(f"for v{i} in [1] " for i in range(1_000)) + "]\nprint(x)\n",
    "50,000 loops in a comprehension": lambda: "x = [1 " + "".join(f"for v{i} in [1] " for i in range(50_000)) + "]\nprint(x)\n",
    "100,000 conditions in a comprehension": lambda: "x = [1 for v in [1] " + "if v " * 100_000 + "]\nprint(x)\n",
    # Too deep.
    "open brackets": lambda: "[" * 1_000_000,
    "open parentheses over many lines": lambda: "(\n" * 1_000_000,
    "closing brackets": lambda: "]" * 1_000_000 + "\n",
    "brackets in brackets": lambda: "x = " + _nested(100_000, "[", "", "]") + "\n",
    "parentheses in parentheses": lambda: "x = " + _nested(1_000_000, "(", "1", ")") + "\n",
    "dicts in dicts": lambda: "x = " + _nested(100_000, "{1: ", "2", "}") + "\n",
    "calls in calls": lambda: "f = lambda x: x\ny = " + _nested(100_000, "f(", "1", ")") + "\n",
    "subscripts in subscripts": lambda: "x = [0]\ny = " + _nested(100_000, "x[", "0", "]") + "\n",
    "lambdas in lambdas": lambda: "x = " + "lambda: " * 100_000 + "1\n",
    "lambdas in parentheses": lambda: "x = " + _nested(50_000, "(lambda: ", "1", ")") + "\n",
    "lambdas in default values": lambda: "x = " + _nested(50_000, "lambda a = ", "1", ": a") + "\n",
    "conditions in conditions": lambda: "x = " + "1 if 1 else " * 100_000 + "2\n",
    "conditions in the conditions of conditions": lambda: "x = " + _nested(50_000, "1 if (", "1", ") else 2") + "\n",
    "comprehensions in comprehensions": lambda: "x = " + _nested(50_000, "[", "1", " for v in [1]]") + "\n",
    "comprehensions in the sequences of comprehensions": lambda: "x = " + _nested(50_000, "[v for v in ", "[1]", "]") + "\n",
    "not after not": lambda: "x = " + "not " * 1_000_000 + "1\n",
    "minus after minus": lambda: "x = " + "-" * 1_000_000 + "1\n",
    "tilde after tilde": lambda: "x = " + "~" * 1_000_000 + "1\n",
    "a long sum": lambda: "x = " + "1 + " * 200_000 + "1\nprint(x)\n",
    "a long sum of strings": lambda: "x = " + "'a' + " * 100_000 + "'a'\nprint(len(x))\n",
    "a long sum to the right": lambda: "x = " + _nested(100_000, "1 + (", "1", ")") + "\n",
    "a long disjunction": lambda: "x = " + "0 or " * 200_000 + "1\nprint(x)\n",
    "a long conjunction": lambda: "x = " + "1 and " * 200_000 + "1\nprint(x)\n",
    "a long chain of attributes": lambda: "x = struct()\ny = x" + ".a" * 200_000 + "\n",
    "a long chain of methods": lambda: "x = 'a'" + ".upper()" * 200_000 + "\nprint(x)\n",
    "a long chain of subscripts": lambda: "x = [0]\nx[0] = x\ny = x" + "[0]" * 200_000 + "\nprint(len(y))\n",
    "a long chain of slices": lambda: "x = 'abc'" + "[:]" * 200_000 + "\nprint(x)\n",
    "a long chain of comparisons": lambda: "x = " + "1 < " * 100_000 + "1\n",
    "a long chain of assignments": lambda: "x = " * 100_000 + "1\n",
    "targets in targets": lambda: _nested(100_000, "(", "x", ",)") + " = 1\n",
    "targets in brackets": lambda: _nested(100_000, "[", "x", "]") + " = 1\n",
    "blocks in blocks": lambda: _indented(5_000, "if 1:", "x = 1"),
    "loops in loops": lambda: "def f():\n" + "".join("  " * (i + 1) + f"for v{i} in [1]:\n" for i in range(3_000)) + "  " * 3_001 + "pass\n\nf()\n",
    "functions in functions": lambda: _indented(3_000, "def f{}():", "return 1") + "f0()\n",
    "functions in functions that capture": lambda: _indented(2_000, "def f{0}(a{0} = 1):", "return a0") + "f0()\n",
    "else after else": lambda: "".join("  " * i + "if 0: pass\n" + "  " * i + "else:\n" for i in range(3_000)) + "  " * 3_000 + "x = 1\n",
    "indentation without end": lambda: "".join(" " * i + "if 1:\n" for i in range(1, 5_000)),
    "indentation that returns": lambda: ("if 1:\n  if 1:\n    x = 1\n" * 100_000),
    "types in types": lambda: "x: " + _nested(100_000, "list[", "int", "]") + " = 1\n",
    # No text at all, or nearly none.
    "nothing": lambda: "",
    "a zero byte": lambda: "x = 1\x00\n",
    "zero bytes": lambda: "\x00" * 1_000_000,
    "a zero byte in a string": lambda: 'x = "\x00"\nprint(len(x))\n',
    "a zero byte in a comment": lambda: "# \x00\nprint(1)\n",
    "bytes that are no text": lambda: b"x = 1\n\xff\xfe = 2\n",
    "bytes that are no text, in a string": lambda: b'x = "\xff\xc3"\nprint(len(x), repr(x))\n',
    "bytes that are no text, in a comment": lambda: b"# \xff\xc3\nprint(1)\n",
    "bytes that are no text, in a name": lambda: b"x\xff = 1\n",
    "half a character at the end": lambda: b'x = "\xf0\x9f\x98',
    "a character written too long": lambda: b'x = "\xc0\xaf\xe0\x80\xaf"\nprint(len(x))\n',
    "half of a pair": lambda: b'x = "\xed\xa0\x80"\nprint(len(x))\n',
    "a character that does not exist": lambda: b'x = "\xf4\x90\x80\x80"\nprint(len(x))\n',
    "UTF-16": lambda: "print(1)\n".encode("utf-16"),
    "UTF-32": lambda: "print(1)\n".encode("utf-32-be"),
    "random bytes": lambda: random.Random(1).randbytes(1_000_000),
    "random letters": lambda: "".join(random.Random(2).choices(" \n()[]{}:,=+-*'\"abc01#\\", k=1_000_000)),
    "random words": lambda: " ".join(random.Random(3).choices("if else for in def lambda not and or ( ) [ ] { } : , = 1 a \n".split(" "), k=300_000)),
    "a byte order mark": lambda: "\ufeffprint(1)\n",
    "two byte order marks": lambda: "\ufeff\ufeffprint(1)\n",
    "carriage returns only": lambda: "x = 1\rprint(x)\r",
    "ends of lines of all kinds": lambda: "x = 1\r\ny = 2\rz = 3\n\rprint(x, y, z)\n\r\n",
    "a backslash": lambda: "\\",
    "a quote": lambda: "'",
    "three quotes": lambda: '"""',
    "quotes": lambda: "'" * 1_000_001 + "\n",
    "quotes and quotes": lambda: "'\"" * 500_000 + "\n",
    "a string that never ends": lambda: 'x = """' + "a\n" * 1_000_000,
    "a bracket that never ends": lambda: "x = [\n" + "1,\n" * 500_000,
    "form feeds and tabs": lambda: "\f\tif 1:\n\f\t\tx = 1\n",
    "tabs and spaces": lambda: "if 1:\n\tx = 1\n        y = 2\n    z = 3\n",
    "letters of other alphabets": lambda: "имя = 1\nprint(имя)\n",
    "letters that look alike": lambda: "а = 1\nprint(a)\n",
    "marks that turn the text around": lambda: 'x = "\u202e\u2066abc\u2069"\nprint(len(x))\n# \u202e\n',
    "spaces that are none": lambda: "x\u00a0=\u20281\n",
    "operators that do not exist": lambda: "x = 1 ? 2 : 3 ! 4 $ 5 ` 6 @ 7 <> 8 ** 9 ->\n",
    "words that are reserved": lambda: "class import from while async await yield with try except raise global nonlocal is as assert del\n",
}  # fmt: skip
