"""The TextMate grammar against the language itself: the lexer's tokens, the API's names, and lines written by hand."""

import json
import logging
import random
import re
import subprocess

import pytest

from conftest import GRAMMAR, ROOT
from textmate import Grammar

grammar = Grammar(GRAMMAR)
PRELUDE = ROOT / "Sources" / "EnvdLanguage" / "Prelude"
PROGRAMS = sorted([*(ROOT / "Examples").glob("**/*.envd"), *(PRELUDE / "v1").glob("*.envd")])
CORPUS = PROGRAMS + sorted((ROOT / "Tests" / "Conformance" / "programs").glob("*/*.envd"))


def words(heading):
    """The words of a part of tokens.txt."""
    part = (ROOT / "Grammar" / "tokens.txt").read_text().split(heading)[1].split("\n#")[0]
    return re.findall(r"^\w+Keyword '(\w+)'$", part, re.MULTILINE)


KEYWORDS = words("# Keywords.")
FOREIGN_KEYWORDS = words("# Words that Starlark reserves and gives no meaning.")


def scoped(line):
    """The pieces of a line that are more than blanks, by their texts; several of one text in order."""
    found = {}
    for token in grammar.tokens(line):
        found.setdefault(token.text.strip() or " ", []).append(token)
    return found


# Lines by hand: the text of a piece, and a scope that it has.

LINES = [
    ("x = 'a'", {"x": "variable.other", "=": "keyword.operator.assignment", "a": "string.quoted.single"}),
    ('x = "a"', {"a": "string.quoted.double"}),
    ('x = """a"""', {'"""': "punctuation.definition.string", "a": "string.quoted.triple.double"}),
    ("x = '''a'''", {"a": "string.quoted.triple.single"}),
    ('x = r"\\d"', {"r": "storage.type.string", "\\d": "string.quoted.double.raw"}),
    ('x = b"a"', {"b": "storage.type.string", "a": "string.quoted.double.bytes"}),
    ('x = rb"\\q"', {"rb": "storage.type.string", "\\q": "string.quoted.double.raw.bytes"}),
    ('x = f"a"', {"f": "invalid.illegal.string-prefix", "a": "string.quoted.double"}),
    ('x = R"a"', {"R": "invalid.illegal.string-prefix"}),
    ('x = br"a"', {"br": "invalid.illegal.string-prefix"}),
    ('x = u"a"', {"u": "invalid.illegal.string-prefix"}),
    (
        'x = "\\n\\x41\\101\\u00e9\\U0001F600"',
        {"\\n": "constant.character.escape", "\\x41": "constant.character.escape"},
    ),
    ('x = "\\101"', {"\\101": "constant.character.escape"}),
    ('x = "\\u00e9"', {"\\u00e9": "constant.character.escape"}),
    ('x = "\\U0001F600"', {"\\U0001F600": "constant.character.escape"}),
    ('x = "\\d"', {"\\d": "invalid.illegal.escape"}),
    ('x = "\\xff"', {"\\xff": "invalid.illegal.escape"}),
    ('x = b"\\xff"', {"\\xff": "constant.character.escape"}),
    ('x = "a\\\nb"', {"\\": "constant.character.escape.line", "b": "string.quoted.double"}),
    ('x = "a\ny', {"a": "string.quoted.double", "y": "variable.other"}),
    ('x = "%s %(n)d %%" % y', {"%s": "constant.character.format", "%(n)d": "constant.character.format"}),
    ('x = "a %% b"', {"%%": "constant.character.format"}),
    ('x = "{} {0} {a!r} {{".format(y)', {"{}": "constant.character.format", "{a!r}": "constant.character.format"}),
    ('run(["echo ${HOME}"])', {"echo ${HOME}": "string.quoted.double"}),
    ("x = 10", {"10": "constant.numeric.integer.decimal"}),
    ("x = 0x1F", {"0x": "storage.type.number", "1F": "constant.numeric.integer.hexadecimal"}),
    ("x = 0o17", {"17": "constant.numeric.integer.octal"}),
    ("x = 0b11", {"11": "constant.numeric.integer.binary"}),
    ("x = 017", {"017": "invalid.illegal.number"}),
    ("x = 1.5", {"1.5": "constant.numeric.float"}),
    ("x = .5e-3", {".5e-3": "constant.numeric.float"}),
    ("x = 1e10", {"1e10": "constant.numeric.float"}),
    ("x = x1 + 2", {"x1": "variable.other", "+": "keyword.operator.arithmetic"}),
    ("x = 1if y else 2", {"1": "constant.numeric.integer", "if": "keyword.control.flow"}),
    ("x += 1", {"+=": "keyword.operator.assignment.augmented"}),
    ("x = a // b", {"//": "keyword.operator.arithmetic"}),
    ("x = a << b | ~c", {"<<": "keyword.operator.bitwise", "|": "keyword.operator.bitwise", "~": "keyword.operator"}),
    ("x = a <= b", {"<=": "keyword.operator.comparison"}),
    ("x = not a or b and c in d", {"not": "keyword.operator.logical", "in": "keyword.operator.logical"}),
    ("x = True", {"True": "constant.language"}),
    ("x = Truely", {"Truely": "variable.other"}),
    ("x = ünïcode", {"ünïcode": "variable.other"}),
    ("x = SIZE", {"SIZE": "variable.other.constant"}),
    ("f(*a, **b)", {"*": "keyword.operator.unpacking", "**": "keyword.operator.unpacking"}),
    ("def f(a, *, b=1):", {"def": "storage.type.function", "f": "entity.name.function", "a": "variable.parameter"}),
    ("def f(a=g(1, c), b=2):", {"b": "variable.parameter.function", "c": "variable.other"}),
    ("def f(*args, **kwargs):", {"*": "keyword.operator.parameter", "kwargs": "variable.parameter.function"}),
    (
        "def f(a: str | List[Port] = x) -> int:",
        {"str": "support.type", "Port": "entity.name.type", "->": "punctuation"},
    ),
    (
        "def f(a: str | List[Port] = x) -> int:",
        {"a": "variable.parameter", "int": "support.type", "x": "variable.other"},
    ),
    ("size: int = 3", {"size": "variable.other", "int": "support.type", "3": "constant.numeric"}),
    ("x = {a: int}", {"int": "support.function.builtin"}),
    ("x = lambda a, b=1: a", {"lambda": "storage.type.function.lambda", "b": "variable.parameter.function"}),
    ("f(lambda: 1, x)", {":": "punctuation.section.lambda", "x": "variable.other"}),
    ("f(a, name=1)", {"f": "entity.name.function.call", "name": "variable.parameter.function-call"}),
    ("f(a == 1)", {"a": "variable.other", "==": "keyword.operator.comparison"}),
    ("a.b.c(1)", {"b": "variable.other.member", "c": "entity.name.function.call"}),
    ("len(x)", {"len": "support.function.builtin"}),
    ("x.len", {"len": "variable.other.member"}),
    ('load("a.envd", "b", c="d")', {"load": "keyword.control.import", "a.envd": "string", "c": "variable.other.alias"}),
    ("base(dev=True)", {"base": "support.function", "dev": "variable.parameter.function-call"}),
    ("install.python()", {"install": "entity.name.namespace", "python": "support.function"}),
    ("x.install.python()", {"install": "variable.other.member", "python": "entity.name.function.call"}),
    ("install.nothing()", {"install": "entity.name.namespace", "nothing": "entity.name.function.call"}),
    ("@cached", {"@": "invalid.illegal.operator"}),
    ("x := 1", {":=": "invalid.illegal.operator"}),
    ("x = a && b", {"&&": "invalid.illegal.operator"}),
    ("# hello", {"#": "punctuation.definition.comment", "hello": "comment.line.number-sign"}),
    ("# TODO: this", {"TODO": "keyword.codetag"}),
    ("x = []  # type: list[str]", {"type:": "keyword.other.directive", "list": "support.type", "str": "support.type"}),
    ("x = []  # type: ignore", {"type:": "keyword.other.directive", "ignore": "keyword.other.directive"}),
    ("x  # envd: ignore[a-b, c] why", {"ignore": "keyword.other.directive", "a-b": "constant.other.rule"}),
    ("x  # envd: ignore[a-b, c] why", {"c": "constant.other.rule", "why": "comment.line"}),
    ("# envd: ignore-file[a]", {"ignore-file": "keyword.other.directive"}),
    ("# fmt: off", {"fmt:": "keyword.other.directive", "off": "keyword.other.directive"}),
    ("x  # why # fmt: skip", {"skip": "keyword.other.directive"}),
    ("# yapf: disable", {"disable": "keyword.other.directive"}),
    ("# syntax=v1", {"syntax=": "keyword.other.directive", "v1": "constant.other.version"}),
    ("# syntax=v0", {"v0": "invalid.deprecated"}),
    ('"""a {} \\n"""', {"a {}": "string.quoted.docstring", "\\n": "constant.character.escape"}),
    ('def f():\n    """a"""', {"a": "string.quoted.docstring.double"}),
    ('f(\n    """a"""\n)', {"a": "string.quoted.triple.double"}),
    ("f(a, [b\ndef g():", {"def": "storage.type.function", "g": "entity.name.function"}),
]


@pytest.mark.parametrize("line, expected", LINES, ids=[line.split("\n")[0] for line, _ in LINES])
def test_lines(line, expected):
    found = scoped(line)
    for text, scope in expected.items():
        assert text in found, found
        assert any(token.has(scope) for token in found[text]), found[text]


def test_a_line_is_read_without_a_gap():
    for line, _ in LINES:
        assert "".join(token.text for token in grammar.tokens(line)) == line + "\n"


def test_only_what_is_wrong_everywhere_is_marked_wrong():
    for line in ("assert.eq(a, b)", "match = case", "print(match)", "x = classes.imports", "isnt = awaited"):
        assert not any(token.has("invalid") for token in grammar.tokens(line)), line


@pytest.mark.parametrize("word", KEYWORDS)
def test_keywords(word):
    (token,) = [token for token in grammar.tokens(word) if token.text == word]
    assert token.has("keyword") or token.has("storage.type.function")


@pytest.mark.parametrize("word", FOREIGN_KEYWORDS)
def test_words_of_python(word):
    (token,) = [token for token in grammar.tokens(word) if token.text == word]
    assert token.has("invalid.illegal.keyword")


# The names of the API and of the language.


def defined(path):
    """The functions and the other names that a prelude file gives to programs."""
    text = path.read_text()
    return set(re.findall(r"^def ([A-Za-z]\w*)", text, re.MULTILINE)), set(
        re.findall(r"^([A-Za-z]\w*)\s*(?::[^=\n]+)?=", text, re.MULTILINE)
    )


def modules():
    (line,) = re.findall(r"static let modules = \[(.*)\]", (PRELUDE / "PreludeFile.swift").read_text())
    return re.findall(r'"(\w+)"', line)


def alternatives(pattern):
    return set(re.findall(r"[A-Za-z]\w*(?=[|)])", pattern))


def test_all_names_of_the_api_are_known():
    repository = grammar.raw["repository"]
    functions, constants = defined(PRELUDE / "v1" / "universe.envd")
    assert constants == set()
    assert alternatives(repository["api-function"]["match"].split("(?!")[0]) == functions
    known = {}
    for entry in repository["api-member"]["patterns"]:
        module, rest = re.fullmatch(r"\((\w+)\)\\s\*\(\\\.\)\\s\*(.*)", entry["match"]).groups()
        known[module] = alternatives(re.sub(r"\(\?!.*?\)", "", rest))
    assert known == {module: set().union(*defined(PRELUDE / "v1" / f"{module}.envd")) for module in modules()}
    for module in modules():
        functions, constants = defined(PRELUDE / "v1" / f"{module}.envd")
        assert functions
        for name in functions | constants:
            found = scoped(f"{module}.{name}")
            assert found[module][0].has("entity.name.namespace"), found
            assert found[name][-1].has("support.function" if name in functions else "support.constant"), found


def undefined(binary, names):
    """Those names that nothing defines in a program of envd."""
    program = "".join(f"{name}\n" for name in names)
    finished = subprocess.run(
        [binary, "lint", "--format", "json", "--select", "undefined-name", "-"],
        input=program.encode(),
        capture_output=True,
        timeout=60,
    )
    assert finished.returncode in (0, 1), finished
    return {names[finding["range"]["start"]["line"] - 1] for finding in json.loads(finished.stdout)["findings"]}


def test_all_names_of_the_language_are_known(binary):
    known = alternatives(grammar.raw["repository"]["builtin-function"]["match"].split("(?!")[0])
    stubs = (ROOT / "Sources" / "EnvdAnalysis" / "Stubs" / "functions.envd").read_text()
    assert set(re.findall(r"^def (\w+)", stubs, re.MULTILINE)) <= known
    assert undefined(binary, sorted(known) + ["nothing_of_that_name"]) == {"nothing_of_that_name"}


def test_all_names_of_types_are_known():
    """Those that the checker knows by name, but for the refined types of the API, which are colours of their own."""
    source = (ROOT / "Sources" / "EnvdAnalysis" / "Types" / "TypeExpression.swift").read_text()
    cases = re.findall(r'^\s*case (".*?"):', source, re.MULTILINE)
    names = {name for case in cases for name in re.findall(r'"(\w+)"', case)} - {"True", "False", "None"}
    assert {"str", "Optional"} <= names
    for name in sorted(names):
        assert scoped(f"def f(x: {name}):")[name][0].has("support.type"), name
    assert scoped("def f(x: Port):")["Port"][0].has("entity.name.type")


# The lexer's view of whole programs.

STRINGS = {"string", "bytes", "formattedString"}
NUMBERS = {"integer", "float"}


def lexed(binary, text):
    """Kind and range in UTF-8 bytes of every token and comment, as `envd debug tokens` prints them."""
    finished = subprocess.run([binary, "debug", "tokens", "-"], input=text.encode(), capture_output=True, timeout=60)
    assert finished.returncode in (0, 1), finished
    matches = re.finditer(r"^ *(\w+) (\d+)\.\.<(\d+) ", finished.stdout.decode(), re.MULTILINE)
    return [(kind, int(start), int(end)) for kind, start, end in (match.groups() for match in matches)]


def kind_of(token):
    """What the grammar takes a piece for, in the lexer's terms."""
    if token.has("comment"):
        return "comment"
    if token.has("string"):
        return "string"
    if token.has("constant.numeric"):
        return "number"
    if token.has("keyword.operator.logical") or token.has("keyword.control") or token.has("storage.type.function"):
        return "keyword"
    if token.has("invalid.illegal.keyword"):
        return "keyword"
    return None


def grammar_kinds(text):
    """Of each byte of a program, what the grammar takes it for."""
    kinds = []
    for token in grammar.tokens(text):
        kinds += [kind_of(token)] * len(token.text.encode())
    return kinds[:-1]


def lexer_kinds(binary, text):
    """Of each byte of a program, what the lexer takes it for."""
    kinds = [None] * len(text.encode())
    for kind, start, end in lexed(binary, text):
        if kind in STRINGS:
            kind = "string"
        elif kind in NUMBERS:
            kind = "number"
        elif kind.endswith("Keyword"):
            kind = "keyword"
        elif kind != "comment":
            continue
        kinds[start:end] = [kind] * (end - start)
    return kinds


def differences(text, one, other):
    """The lines on which two views differ, blanks left out."""
    data = text.encode()
    places = [at for at in range(len(data)) if one[at] != other[at] and not data[at : at + 1].isspace()]
    return sorted({f"{data[:at].count(10) + 1}: {one[at]}, not {other[at]}" for at in places})


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_grammar_agrees_with_the_lexer(binary, path):
    # Editors hand over lines without their ends.
    text = path.read_bytes().decode().replace("\r\n", "\n")
    assert differences(text, grammar_kinds(text), lexer_kinds(binary, text)) == []


def test_a_difference_would_be_seen(binary):
    expected = lexer_kinds(binary, "x = 1  # y\n")
    assert differences("x = 1  # y\n", grammar_kinds("x = 1  # y\n"), expected) == []
    assert differences("x = 1  # y\n", grammar_kinds("x = y  # y\n"), expected) == ["1: None, not number"]
    assert differences("x = 1  # y\n", grammar_kinds("x = 1  - y\n"), expected) == ["1: None, not comment"]


# Lines that nobody wrote: all kinds of tokens in random order, which may follow each other without a blank or with some.


class Soup:
    """Random tokens. Brackets close on their line, and strings as they should, so that the lexer has nothing to mend."""

    NAMES = [
        "x",
        "_a1",
        "größe",
        "變數",
        "r",
        "b",
        "rb",
        "notx",
        "inn",
        "defs",
        "load_",
        "Trueish",
        "install",
        "E",
        "x0x1",
        "ℵ",
    ]
    NUMBERS = [
        "0",
        "7",
        "10",
        "0x1F",
        "0XaB",
        "0o17",
        "0b101",
        "1.5",
        "1.",
        ".5",
        "1e10",
        "2E-3",
        "1.5e+3",
        "00",
        "0.0",
    ]
    OPERATORS = "+ - * / // % & | ^ ~ << >> == != < > <= >= ** = += -= *= /= //= %= &= |= ^= <<= >>= , : ; ->".split()
    PIECES = [
        "a",
        " ",
        "#",
        "{}",
        "{0}",
        "{x!r}",
        "${y}",
        "%s",
        "%%",
        "%(a)d",
        "\\n",
        "\\\\",
        "\\'",
        '\\"',
        "\\x41",
        "\\101",
        "def ",
    ]
    PIECES += ["load(", "é", "0x1", "\\\n", "b", "r", "(", "]"]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def string(self):
        quote = self.random.choice(["'", '"', "'''", '"""'])
        prefix = self.random.choice(["", "", "r", "b", "rb"])
        pieces = self.PIECES + ["'" if '"' in quote else '"']
        if len(quote) == 3:
            pieces = pieces + ["\n", quote[0] + " "]
        body = "".join(self.random.choices(pieces, k=self.random.randrange(6)))
        if len(quote) == 3:
            # A line that looks like a statement is taken for the end of a string that somebody forgot to close.
            body = body.replace("\n", "\n #")
        # What ends in a quote would end the string too soon, or take its end away.
        return prefix + quote + body + ("." if body else "") + quote

    def token(self):
        kinds = [self.NAMES, self.NUMBERS, self.OPERATORS, KEYWORDS, FOREIGN_KEYWORDS, None, None]
        kind = self.random.choice(kinds)
        return self.string() if kind is None else self.random.choice(kind)

    def line(self):
        pieces = []
        for _ in range(self.random.randrange(1, 8)):
            token = self.token()
            # Two words in a row, or a number and a dot, would be one token.
            glued = self.random.random() < 0.3 and token in self.OPERATORS and token[0] not in "=-:"
            blank = "" if glued and pieces else self.random.choice([" ", "  ", "\t", " \\\n "])
            pieces += [blank, token, " "]
        text = "".join(pieces).strip(" \t\n\\") or "x"
        if self.random.random() < 0.3:
            opening, closing = self.random.choice(["()", "[]", "{}"])
            text = f"x = {opening}{text}{closing}"
        if self.random.random() < 0.3:
            text += "  # " + self.random.choice(
                ["why", "type: list[int]", "envd: ignore[a-b] c", "fmt: off", "'", '"""', "# #"]
            )
        return text

    def program(self, lines):
        return "".join(self.line() + "\n" for _ in range(lines))


@pytest.mark.parametrize("seed", [1, 2, 3, random.randrange(1 << 32)], ids=["1", "2", "3", "fresh"])
def test_the_grammar_agrees_with_the_lexer_on_random_tokens(binary, seed):
    text = Soup(seed).program(300)
    assert differences(text, grammar_kinds(text), lexer_kinds(binary, text)) == [], f"seed {seed}"


@pytest.mark.parametrize("seed", [1, 2, random.randrange(1 << 32)], ids=["1", "2", "fresh"])
def test_broken_programs_are_read_to_their_end(seed):
    """Half-typed and torn: no rule goes round in circles, and no text is left out."""
    source = random.Random(seed)
    whole = (ROOT / "Examples" / "pytorch" / "build.envd").read_text() + "".join(f"{line}\n" for line, _ in LINES)
    for _ in range(20):
        text = list(whole)
        for _ in range(source.randrange(1, 40)):
            at = source.randrange(len(text))
            text[at : at + source.randrange(4)] = source.choice(
                ["", "(", ")", '"', "'", "\\", "\n", "#", "\0", "é", "\ud7ff", "lambda "]
            )
        text = "".join(text)
        assert "".join(token.text for token in grammar.tokens(text)) == text + "\n", f"seed {seed}"


# A second reader of grammars, which shares no code with ours.


@pytest.fixture(scope="module")
def second_reader(tmp_path_factory):
    """textmate-grammar-python with the grammar. It makes a folder for its cache where it is imported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("cache"))
        from textmate_grammar.parsers.base import LanguageParser
    # It warns of every piece without a scope.
    logging.getLogger("textmate_grammar").setLevel(logging.CRITICAL)
    return LanguageParser(json.loads(GRAMMAR.read_text(encoding="utf-8")))


def test_another_reader_sees_the_same(second_reader):
    compared = 0
    for path in (path for path in PROGRAMS if "Examples" in path.parts):
        text = path.read_text()
        theirs = {}
        for (line, column), content, scopes in second_reader.parse_string(text).flatten():
            for offset in range(len(content)):
                theirs[line, column + offset] = scopes
        for token in grammar.tokens(text):
            kind = kind_of(token)
            for column in range(token.start, token.end):
                if kind and not token.text[column - token.start].isspace():
                    token_of_theirs = type(token)(
                        token.line, column, column + 1, "", theirs.get((token.line, column), [])
                    )
                    assert kind_of(token_of_theirs) == kind, (path, token, token_of_theirs)
                    compared += 1
    assert compared > 1000
