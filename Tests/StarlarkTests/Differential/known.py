"""The differences that are meant to be, or that are the peers' own, each with its reason."""

import dataclasses
import re
from collections.abc import Callable

from outcome import Outcome, Split


@dataclasses.dataclass(frozen=True)
class Case:
    """A difference that wants an explanation."""

    program: str
    expected: Outcome
    actual: Outcome
    split: Split
    #: The outcome of the other peer, if it could run the program.
    other: Outcome | None


@dataclasses.dataclass(frozen=True)
class Difference:
    """A difference that is known by where the outcomes part, by what the peer or envd said there, or by the program.

    Patterns are searched for; one that is empty matches anything. `places` are those of `outcome.Split`. The witness is a
    program that shows the difference: when it shows none any more, the entry has to go.
    """

    name: str
    reason: str
    places: tuple[str, ...]
    peer: str = ""
    envd: str = ""
    program: str = ""
    witness: str = ""
    test: Callable[[Case], bool] | None = None

    def matches(self, case: Case) -> bool:
        text = case.split.place == "text"
        return (
            case.split.place in self.places
            and bool(re.search(self.peer, case.split.expected if text else case.expected.message))
            and bool(re.search(self.envd, case.split.actual if text else case.actual.message))
            and bool(re.search(self.program, case.program))
            and (self.test is None or self.test(case))
        )


def _is_earlier(case: Case) -> bool:
    """Whether both refuse the program, and envd for a reason that is further up, or that the peer has too."""
    if not (case.actual.is_static and case.expected.is_static):
        return False
    return case.actual.line < case.expected.line or case.actual.line in case.expected.further_lines


def _same_numbers(case: Case) -> bool:
    """Whether the lines are the same but for how floats are printed."""

    def rounded(match) -> str:
        return f"{float(match[0].replace('inf', '5')):.4g}"

    number = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?|-?\d+e[-+]?\d+|-?infe-324", re.IGNORECASE)
    return number.sub(rounded, case.split.expected) == number.sub(rounded, case.split.actual)


def _shows_function(case: Case) -> bool:
    return "<" in case.split.actual or "lambda" in case.split.expected or "program.star" in case.expected.output


def _within_statement(case: Case) -> bool:
    """Whether an expression or a statement starts on the line of envd and goes on to that of the peer."""
    if case.actual.is_static:
        return False
    if case.split.place == "calls":
        pairs = [(a[1], b[1]) for a, b in zip(case.expected.frames, case.actual.frames) if a != b]
        same = [a[0] for a in case.expected.frames] == [a[0] for a in case.actual.frames]
        return same and all(_is_continued(case.program, ours, theirs) for theirs, ours in pairs)
    return _is_continued(case.program, case.actual.line, case.expected.line)


def _is_continued(program: str, first: int, last: int) -> bool:
    """Whether each line from `first` up to `last`, from 1, goes on in the next one."""
    if not first < last:
        return False
    lines = program.split("\n")
    depth = 0
    for number in range(1, last):
        line = lines[number - 1]
        bare = re.sub(r"'''a$|^b'''|\"[^\"]*\"|'[^']*'", "", line)
        depth += sum(bare.count(c) for c in "([{") - sum(bare.count(c) for c in ")]}")
        if number >= first and depth <= 0 and not line.endswith("\\") and not line.endswith("'''a"):
            return False
    return True


#: What the package's starlark-go, of March 2023 and without modules, cannot run at all; starlark-rust judges alone.
WITHOUT_GO = [
    Difference(
        "go-modules",
        "the package has no json and no struct",
        ("peer",),
        witness="print(json.encode([1]))\n",
        peer=r"^undefined: (json|struct)\b",
    ),
]

GO = [
    # What starlark-go changed since its package's release.
    Difference(
        "go-set-methods",
        "sets have more operators and methods since August 2023",
        ("peer",),
        witness="print(set([1]) - set([2]))\n",
        peer=r"^unknown binary op: set|^set [<>]=? set not implemented|^set has no|^union: got \d+ arg",
    ),
    Difference(
        "go-set-dir",
        "the same, in what dir, getattr and hasattr find",
        ("text", "envd"),
        witness="print(dir(set([1])))\n",
        program=r"set\(",
    ),
    Difference(
        "go-format-mapping",
        "arguments left over are no error with a mapping since November 2023",
        ("peer",),
        witness='print("a" % {"b": 1})\n',
        peer=r"^too many arguments for format string",
    ),
    Difference(
        "go-bytes-sum",
        "bytes can be added since 2023",
        ("peer",),
        witness='x = b"a"\nprint(x + x)\n',
        peer=r"^unknown binary op: bytes \+ bytes",
    ),
    # What starlark-go gets wrong itself.
    Difference(
        "go-nul",
        "the package hands what is printed over as a C string, which ends at a zero byte",
        ("text",),
        witness='print("a\\x00b")\n',
        envd="\0",
        test=lambda case: case.split.actual.startswith(case.split.expected),
    ),
    Difference("go-upper-f", "%F prints itself there", ("text",), witness='print("%F" % 1.5)\n', peer="%F"),
    Difference(
        "go-long-octal",
        "octal and binary literals of more than 64 bits are refused there",
        ("peer", "line"),
        witness="print(0o7777777777777777777777777)\n",
        peer="^invalid int literal",
    ),
    Difference(
        "go-empty-dict",
        "on a dict that never had an entry, a key that cannot be one is not noticed there",
        ("envd", "line"),
        witness="print({}.pop([], 1))\n",
        envd=r"^(pop|get): unhashable type",
    ),
    Difference(
        "go-range-overflow",
        "the length of a range overflows 64 bits there",
        ("text", "peer", "envd"),
        witness="a, b = 1073741823, -9223372036854775808\nprint(len(range(a, b, b)))\n",
        program=r"range\(a, b, b\)",
    ),
    # What is meant to be.
    Difference(
        "wide-slices",
        "the bounds of a slice may be any integers here and must fit 32 bits there",
        ("peer",),
        witness="print([1, 2][: 1 << 40])\n",
        peer=r"invalid (start index|end index|slice step): -?\d+ out of range|rsplit: .*out of range",
    ),
    Difference(
        "wide-counts",
        "a sequence times a negative number is empty, however negative; there the number must fit 32 bits",
        ("peer",),
        witness='print("a" * -(1 << 40))\n',
        peer=r"^repeat count -\d+ too large",
    ),
    Difference(
        "start-of-expression",
        "an expression over several lines fails where it starts, as in starlark-rust, and not at its operator",
        ("line", "calls"),
        witness="x = (1\n    + 'a')\n",
        test=_within_statement,
    ),
    Difference(
        "open-bracket",
        "a bracket that is never closed is shown where it is opened, not where something else came",
        ("line", "peer", "envd"),
        witness="x = [1,\n\n",
        envd="is never closed$",
        test=lambda case: case.expected.failed,
    ),
    Difference(
        "layout-first",
        "brackets and indentation that do not match are named before other reasons",
        ("line",),
        witness="x = 1,\n    2], 3\n",
        envd="closes nothing|indentation|is not closed",
        test=lambda case: case.expected.is_static,
    ),
    Difference(
        "end-of-line",
        "what is missing at the end of a line is shown on that line, not at the start of the next one",
        ("line",),
        witness="x = 1 + \\\n",
        envd="found the end of|expected an indented block",
        test=lambda case: case.expected.is_static and case.actual.is_static,
    ),
    Difference(
        "escape-in-long-string",
        "a wrong escape is shown where it stands, not where its string starts",
        ("line",),
        witness='x = """\n\\xZZ"""\n',
        peer="escape|Unicode code point",
    ),
    Difference(
        "byte-order-mark",
        "a byte order mark is no part of the program",
        ("peer",),
        witness="\ufeffx = 1\n",
        peer=r"unexpected input character '.ufeff'",
    ),
    Difference(
        "several-reasons",
        "of several reasons to refuse a program, an earlier one is named",
        ("line",),
        witness="x = [1]\nx[0:1] = 2\nx = $\n",
        test=_is_earlier,
    ),
]

#: Differences to starlark-rust where starlark-go agrees with envd, or cannot run the program. starlark-go wins, so they
#: are not ours; they are named so that another one, which may be ours, is noticed.
RUST = [
    # What the language of starlark-rust does not have.
    Difference(
        "rust-no-set",
        "no set, no bytes",
        ("peer",),
        witness="print(len(set([1])))\n",
        peer=r"Variable `(set|bytes)` not found",
    ),
    Difference(
        "rust-no-bytes",
        "no literals of bytes",
        ("peer",),
        witness='print(b"a")\n',
        peer=r"Parse error: unexpected string literal",
        program=r"\br?br?['\"]",
    ),
    Difference(
        "rust-no-while",
        "no while",
        ("peer", "line"),
        witness="while False:\n    pass\n",
        peer=r"reserved keyword `while`",
    ),
    Difference(
        "rust-verbs",
        "fewer verbs of %, and some of them take no float",
        ("peer", "line"),
        witness='print("%c" % "a")\n',
        peer=r"Unsupported format character|format\(%\w\)",
    ),
    Difference(
        "rust-attributes",
        "fewer methods",
        ("peer", "line"),
        witness='print(list("a".elem_ords()))\n',
        peer=r"has no attribute|^Operation `\.\w+` not supported",
    ),
    Difference(
        "rust-parameters",
        "fewer parameters of methods and functions",
        ("peer", "line"),
        witness='print("abc".startswith("b", 1))\n',
        peer=r"^Wrong number of positional|Found .* extra",
    ),
    Difference(
        "rust-iterators",
        "elems and codepoints have no length, elements or order",
        ("peer", "text", "line"),
        witness='print(len("abc".elems()))\n',
        program=r"elems\(|codepoints\(",
        peer=r"iterator|^Operation `(\[\]|len|\(iter\)|compare|\+|in)",
    ),
    Difference(
        "rust-codepoints",
        "codepoints are integers",
        ("peer", "text", "line"),
        witness='print(list("abc".codepoints()))\n',
        program=r"codepoints\(",
    ),
    Difference(
        "rust-small-integers",
        "indices, counts and bounds must fit 32 bits",
        ("peer", "line"),
        witness='n = 1 << 31\nprint("abc"[1:-n])\n',
        peer=r"too big to fit in i(32|64)|overflow",
    ),
    Difference(
        "rust-none",
        "None is no bound or argument left out",
        ("peer", "line"),
        witness='print("abc"[None:])\n',
        peer=r"got `NoneType|`NoneType \(repr",
    ),
    Difference(
        "rust-types",
        "parameters are stricter about types",
        ("peer", "line"),
        witness="print(enumerate([1], 1 << 40))\n",
        peer=r"^Type of parameter|^Error unpacking|^Expected `",
    ),
    Difference(
        "rust-bounds",
        "an index out of bounds in find, index and insert is an error",
        ("peer", "line"),
        witness="print([1][0:1], [1].insert(-9, 2), [1].pop(-1))\nprint([].pop(-1))\n",
        peer=r"is out of bound",
    ),
    Difference(
        "rust-hashable",
        "a key that cannot be one is an error in hash and in too",
        ("peer", "line"),
        witness="print([] in {})\n",
        peer="is not hashable",
    ),
    Difference(
        "rust-mutation",
        "more counts as mutation during iteration",
        ("peer",),
        witness="x = {1: 2}\nfor k in x:\n    x.update([])\n",
        peer="mutates an iterable",
    ),
    Difference(
        "rust-none-order",
        "None cannot be compared with itself",
        ("peer",),
        witness="print([None] < [None, 1])\n",
        peer="`compare` not supported for types `NoneType` and `NoneType`",
    ),
    Difference(
        "rust-replace",
        "a negative count of replace is an error",
        ("peer", "line"),
        witness='print("aa".replace("a", "b", -1))\n',
        peer="^Replace final argument was negative",
    ),
    # Where it is more lenient.
    Difference(
        "rust-lenient-cycles",
        "values nested without end can be compared",
        ("envd", "line"),
        witness="x = []\nx.append(x)\nprint(x == [x])\n",
        envd="nested more than",
    ),
    Difference(
        "rust-lenient-escapes",
        "any escape is allowed",
        ("envd", "line"),
        witness='print("\\q")\n',
        envd="escape|is not ASCII|hexadecimal|octal",
    ),
    Difference(
        "rust-lenient-split",
        "an empty separator is allowed",
        ("envd", "line"),
        witness='print("a".split(""))\n',
        envd="empty separator",
    ),
    Difference(
        "rust-lenient-literals",
        "int and float read more texts, and literals may be infinite",
        ("envd", "line"),
        witness='print(int("1_0"))\n',
        envd="(int|float): invalid literal|is not a number",
    ),
    Difference(
        "rust-lenient-keys",
        "a key for sorting may be None, or anything if it is not needed",
        ("envd", "line"),
        witness="print(sorted([], key = None))\n",
        envd="want callable",
    ),
    Difference(
        "rust-lenient-mutation",
        "less counts as iteration: not what sorted, min and max do",
        ("envd",),
        witness="x = [1]\ndef f():\n    for i in x:\n        return x.pop()\nf()\n",
        envd="during iteration",
    ),
    Difference(
        "rust-lenient-commas",
        "a tuple that ends in a comma needs no parentheses",
        ("envd", "line"),
        witness="x = 1,\n",
        envd="ends in a comma",
    ),
    Difference(
        "rust-type-unions",
        "None | () is a type",
        ("envd", "line"),
        witness="print(None | ())\n",
        envd=r"unsupported operation: \w+ \| \w+",
    ),
    Difference(
        "rust-return-carriage",
        "a carriage return alone ends no line",
        ("peer",),
        witness="x = 1\rprint(x)\n",
        peer="invalid input",
        program="\r",
    ),
    Difference(
        "rust-refused",
        "both refuse the program before it runs, for the first thing that each notices",
        ("line",),
        witness="if 1:\n    x = 1\n  y = 2\n",
        test=lambda case: case.expected.is_static and case.actual.is_static,
    ),
    Difference(
        "rust-late-attributes",
        "a method is looked up after the arguments have been evaluated",
        ("line", "peer"),
        witness="[].nothing(\n    1 // 0)\n",
        envd=r"has no \.\w+ field",
    ),
    Difference(
        "rust-hidden-builtins",
        "a name that is bound later hides the built-in one from the start",
        ("peer", "line"),
        witness="print(len)\nlen = 3\n",
        peer="referenced before assignment",
    ),
    Difference(
        "rust-annotations",
        "its dialect has type annotations switched on",
        ("envd", "line"),
        witness="x: int = 1\n",
        envd="type annotations",
    ),
    Difference(
        "rust-lenient-in",
        "anything may be asked for in a range",
        ("envd", "line"),
        witness='print("a" in range(3))\n',
        envd="in <range>",
    ),
    Difference(
        "rust-lenient-types",
        "None for more parameters, int without argument, empty strings where nothing is iterated",
        ("envd", "line"),
        witness="print(int())\n",
        envd="got NoneType, want|missing argument for x|is not iterable|invalid (start|end) index",
    ),
    Difference(
        "rust-lenient-numbers",
        "a float and an integer that are equal may be two keys",
        ("envd",),
        witness="x = 5.31e+20\nprint({int(x): 1, x: 2})\n",
        envd="duplicate key",
    ),
    Difference("rust-leading-zeros", "00 is no integer", ("peer",), witness="print(00)\n", peer="leading 0"),
    Difference(
        "rust-loop-tuples",
        "a loop over a tuple needs its parentheses",
        ("peer",),
        witness="for x in 1, 2:\n    pass\n",
        peer="unexpected symbol ','",
        program=r"for .* in .*,",
    ),
    Difference(
        "rust-bare-tuples",
        "a tuple without parentheses is no statement",
        ("peer",),
        witness="0, 0\n",
        peer="unexpected new line here",
        program="(?m)^.*,.*$",
    ),
    Difference(
        "rust-tabs", "no tabs for indentation", ("peer",), witness="if True:\n\tprint(1)\n", peer="tabs are not allowed"
    ),
    Difference(
        "rust-formats",
        "no colon in a field of format",
        ("peer", "line"),
        witness='print("{0:}".format(1))\n',
        peer="was not found",
        program=r"\{\d*:",
    ),
    Difference(
        "rust-json-keys",
        "any key of a dict is encoded, in the order of the dict, and decode sorts",
        ("envd", "text"),
        witness='print(json.encode({"b": 1, "a": 2}))\n',
        program="json",
    ),
    Difference(
        "rust-json-types",
        "no ranges in JSON",
        ("peer",),
        witness="print(json.encode(range(3)))\n",
        peer="serde::serialize",
    ),
    # What it prints, and calculates.
    Difference(
        "rust-floats",
        "fewer digits of floats, and no exponent for some",
        ("text",),
        witness="print(1234567.891)\n",
        test=_same_numbers,
    ),
    Difference(
        "rust-functions",
        "functions are printed with their modules, methods by their names alone",
        ("text",),
        witness="print(len)\n",
        test=_shows_function,
    ),
    Difference(
        "rust-type-names",
        "types have other names",
        ("text",),
        witness="print(type(len))\n",
        envd=r"builtin_function_or_method|NoneType|function",
    ),
    Difference(
        "rust-dir",
        "dir names its own methods",
        ("text",),
        witness='print(dir(""))\n',
        program=r"\b(dir|hasattr|getattr)\(",
    ),
    Difference(
        "rust-ranges",
        "an empty slice of a range is printed with its bounds",
        ("text",),
        witness="print(range(9)[5:2])\n",
        envd=r"range\(",
        peer=r"range\(",
    ),
    Difference(
        "rust-cycles",
        "values that hold themselves are cut at another place",
        ("text",),
        witness="b = []\nb.append((1, b))\nprint((b[0], b))\n",
        envd=r"\.\.\.",
        peer=r"\.\.\.",
    ),
    Difference(
        "rust-integers",
        "wrong near the ends of 32 and 64 bits: shifts, & and |, comparisons, bounds of slices",
        ("text", "line", "peer", "envd"),
        witness="print((1 << 33) >> 31, (1 << 30) << 3)\n",
        program=r"<<|\d{9}|0x7f",
    ),
    Difference(
        "rust-least-float",
        "the smallest float is printed as infe-324",
        ("text", "peer", "line"),
        witness="print(float(str(5e-324)))\n",
        program="e-3[12]|float",
    ),
    Difference(
        "rust-empty-search",
        "an empty text is found at other places, and strip with one strips nothing",
        ("text",),
        witness='print("".find("", 3))\n',
        program=r"\.(r?find|count|r?index|[lr]?strip|startswith|endswith|replace|split)\(",
    ),
    Difference(
        "rust-large-floats",
        "1e23 is 10e+22, and remainders are other",
        ("text",),
        witness="print(1e23)\n",
        program=r"1e23|%",
    ),
    Difference(
        "rust-slices",
        "a slice whose end is before its start goes to the end",
        ("text",),
        witness='print("Hello World"[2:len(""[::-1]):1])\n',
        program=r"\[[^\[\]]*:.*\]",
    ),
    Difference(
        "rust-in-range",
        "a float without a fraction only is in a range",
        ("text",),
        witness="print(1e-7 in range(3))\n",
        program=r"\bin \(*range",
    ),
    Difference(
        "rust-escapes",
        "other escapes in what repr gives, and cases of letters",
        ("text",),
        witness='print(repr("\\v"))\n',
        envd=r"\\|[^\x00-\x7f]",
    ),
    Difference(
        "rust-characters",
        "strings are of code points there, not of bytes",
        ("text", "peer", "envd", "line"),
        witness='print(len("é"))\n',
        program=r"[^\x00-\x7f]|\\[xuU]|chr\(",
    ),
]
