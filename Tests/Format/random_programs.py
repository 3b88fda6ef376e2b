"""Random programs of the envd language with random layout: blanks, line breaks, comments, quotes and parentheses anywhere
they may stand. The same seed gives the same program."""

import random

NAMES = ["a", "b", "value", "packages", "a_rather_long_name", "configuration_of_the_environment", "x", "io", "os"]
STRINGS = [
    '"text"', "'text'", '""', "''", "'it\\'s'", "'say \"hi\"'", '"it\'s"', "r'\\d+'", "'''a'''", '"a\\x4F"',
    '"a considerably longer piece of text that takes room"', "'python=3.9'", "b'raw'", "'漢字と'", "'é'", '"ubuntu:20.04"', "'\\u00E9'",
]
#: Behind the backslash a line break, which is none of the string's.
CONTINUED_STRINGS = ['"a\\\nb"', "'first \\\n second'"]
MULTILINE_STRINGS = ['"""a\n  b"""', "'''first\n'''", "r'''x\n y'''"]
TYPES = ["int", "str", "list[str]", "int | None", "dict[str, int]", "a_rather_long_name[configuration, packages]"]
NUMBERS = ["0", "1", "42", "0xff", "0XAB", "1.", ".5", "1E5", "1.5e+10", "0o17", "3.25"]
BINARY = ["+", "-", "*", "/", "//", "%", "and", "or", "==", "!=", "<", ">=", "in", "not in", "|", "&", "^", "<<", ">>"]
SPECIAL_COMMENTS = ["# type: ignore", "# type: int", "#type:  str", "# type: ignore[x]"]
#: Docstrings as they may stand in a block: what stands behind a line break stands at its beginning.
DOCSTRINGS = [
    '"""Does it."""', "'''Does it.'''", '"Does it. "', '"""  Does\n\n\n  more\n      deep  \n  """',
    '"""ends in quote\\""""', '"""\n\tTabs\n\t\tand more\n\t"""', "r'''raw \\d'''", '"""Wide: 漢字。\n\n  Ünd   \n"""',
    '"""a backslash\\\\"""', '"""\'starts in another quote"""', '"""   """', '""', '"""One.\n\nTwo."""',
]
#: Comments that speak to the formatter.
OFF = ["# fmt: off", "# fmt: off", "# fmt:off", "# yapf: disable", "# note # fmt: off", "#fmt: off"]
ON = ["# fmt: on", "# fmt: on", "# fmt:on", "# yapf: enable", "# fmt: on; note"]
SKIP = ["# fmt: skip", "# fmt: skip", "# fmt:skip", "# note # fmt: skip", "# fmt: skip; note", "# fmt: skipped"]
COMMENTS = ["# note", "#note", "#  two blanks", "#!x", "#:x", "# a longer remark about what stands here", "#"]


class Program:
    #: Where directives stand: nowhere, behind statements, or anywhere.
    NOWHERE, BEHIND_STATEMENTS, ANYWHERE = range(3)

    def __init__(self, seed, comment_share=0.05, directives=None):
        self.random = random.Random(seed)
        self.comment_share = self.random.choice([0, 0, comment_share, 2 * comment_share])
        self.break_share = self.random.choice([0, 0.05, 0.2])
        self.join_share = self.random.choice([0, 0, 0, 0.05])
        self.special_share = self.random.choice([0, 0, 0, 0.2])
        self.multiline_share = self.random.choice([0, 0, 0.05, 0.2])
        # Blanks where nobody would put them: tabs, lines of blanks, comments that are indented otherwise than their block.
        self.odd_share = self.random.choice([0, 0, 0.1])
        self.directives = self.random.choice([0, 0, 0, 0, 0, 0, 0, 1]) if directives is None else directives
        self.directive_share = 0.3 if self.directives else 0
        self.directive_in_brackets_share = 0.1 if self.directives == self.ANYWHERE else 0
        self.comma_share = self.random.choice([0, 0.2, 0.5])
        self.nesting = self.random.choice([1, 2, 2, 2, 3, 4])

    def chance(self, share):
        return self.random.random() < share

    def pick(self, items):
        return self.random.choice(items)

    def comment(self):
        """A comment behind something on its line."""
        if self.chance(self.directive_in_brackets_share if self.inside else self.directive_share):
            return self.pick(SKIP if self.directives == self.BEHIND_STATEMENTS else self.pick([SKIP, SKIP, OFF, ON]))
        return self.remark()

    def comment_line(self):
        share = self.directive_in_brackets_share if self.inside else self.directive_share
        if self.directives == self.ANYWHERE and self.chance(share):
            return self.pick(self.pick([OFF, OFF, ON, ON, SKIP]))
        return self.remark()

    def remark(self):
        return self.pick(SPECIAL_COMMENTS if self.chance(self.special_share) else COMMENTS)

    # Layout inside brackets

    def gap(self, needed=False):
        text = self.pick(["", "", " ", " ", "  "])
        if self.chance(self.odd_share / 4):
            text = "\t"
        if needed and not text:
            text = " "
        if not self.inside and self.chance(self.join_share):
            text += " \\\n" + " " * self.random.randrange(1, 8)
        if self.inside and self.chance(self.break_share):
            if self.chance(self.comment_share * 4):
                text += "  " + self.comment()
            text += "\n" + " " * self.random.randrange(0, 12)
            while self.chance(self.comment_share):
                text += self.comment_line() + "\n" + " " * self.random.randrange(0, 12)
        return text

    def bracketed(self, opening, closing, content):
        self.inside += 1
        text = opening + self.gap() + content() + self.gap() + closing
        self.inside -= 1
        return text

    def items(self, make, least=0, most=4, comma=True):
        count = self.random.randint(least, most)
        parts = [make() for _ in range(count)]
        text = ""
        for index, part in enumerate(parts):
            if index:
                text += self.gap() + "," + self.gap()
            text += part
        if parts and comma and self.chance(self.comma_share):
            text += self.gap() + ","
        return text

    # Expressions

    def atom(self, depth):
        kind = self.random.randrange(14 if depth > 0 else 8)
        if kind < 4:
            return self.pick(NAMES)
        if kind < 7:
            if self.chance(self.multiline_share):
                return self.pick(CONTINUED_STRINGS if self.chance(0.1) else MULTILINE_STRINGS)
            return self.pick(STRINGS)
        if kind < 8:
            return self.pick(NUMBERS)
        if kind == 8:
            return self.bracketed("[", "]", lambda: self.items(lambda: self.test(depth - 1)))
        if kind == 9:
            return self.bracketed("{", "}", lambda: self.items(lambda: self.entry(depth - 1)))
        if kind == 10:
            return self.bracketed("(", ")", lambda: self.test(depth - 1))
        if kind == 11:
            return self.bracketed("(", ")", lambda: self.tuple(depth - 1))
        if kind == 12:
            return self.bracketed("[", "]", lambda: self.test(depth - 1) + self.clauses(depth - 1))
        return self.bracketed("{", "}", lambda: self.entry(depth - 1) + self.clauses(depth - 1))

    def tuple(self, depth):
        if self.chance(0.1):
            return ""
        if self.chance(0.2):
            return self.test(depth) + self.gap() + ","
        return self.items(lambda: self.test(depth), least=2)

    def entry(self, depth):
        return self.test(depth) + self.gap() + ":" + self.gap() + self.test(depth)

    def clauses(self, depth):
        text = ""
        for _ in range(self.random.randint(1, 2)):
            target = self.pick(["x", "key, value", "(key, value)"])
            text += self.gap(True) + "for " + target + " in " + self.postfix(depth)
            if self.chance(0.4):
                text += self.gap(True) + "if " + self.binary(depth)
        return text

    def keyword(self, depth):
        return self.pick(NAMES) + self.gap() + "=" + self.gap() + self.test(depth)

    def arguments(self, depth):
        def content():
            positional = [self.test(depth) for _ in range(self.random.randint(0, 2))]
            positional += [self.keyword(depth) for _ in range(self.pick([0, 0, 1, 3]))]
            if self.chance(0.1):
                positional.append("*" + self.pick(NAMES))
            if self.chance(0.1):
                positional.append("**" + self.pick(NAMES))
            text = (self.gap() + "," + self.gap()).join(positional)
            return text + (self.gap() + "," if positional and self.chance(self.comma_share) else "")

        return self.bracketed("(", ")", content)

    def postfix(self, depth):
        text = self.atom(depth)
        if text[:1].isdigit() or text[:1] in ".-":
            return text
        while self.chance(0.25 if depth > 0 else 0.08):
            kind = self.random.randrange(5)
            if kind < 2:
                text += self.arguments(depth - 1)
            elif kind == 2:
                text += "." + self.pick(NAMES)
            elif kind == 3:
                text += self.bracketed("[", "]", lambda: self.test(depth - 1))
            else:
                bound = lambda: self.pick(["", self.pick(NAMES), self.binary(0), "1", "-1"])
                step = self.gap() + ":" + bound() if self.chance(0.3) else ""
                text += self.bracketed("[", "]", lambda: bound() + self.gap() + ":" + self.gap() + bound() + step)
        return text

    def unary(self, depth):
        if self.chance(0.08):
            operand = self.unary(depth) if self.chance(0.1) else self.postfix(depth)
            return self.pick(["-", "+", "~"]) + self.pick(["", " "]) + operand
        return self.postfix(depth)

    def binary(self, depth):
        if not self.chance(0.3):
            return self.unary(depth)
        operators = self.pick([["+"], ["and"], ["or"], ["+", "-"], ["*", "+"], BINARY])
        text = self.unary(depth)
        compared = False
        for _ in range(self.random.randint(1, 4)):
            operator = self.pick(operators)
            if operator in ("==", "!=", "<", ">=", "in", "not in"):
                if compared:
                    continue
                compared = True
            elif operator in ("and", "or"):
                compared = False
            text += self.gap(True) + operator + self.gap(True) + self.unary(depth)
        return text

    def test(self, depth):
        if self.chance(0.05) and depth > 0:
            condition = self.binary(depth - 1)
            return f"{self.binary(depth - 1)}{self.gap(True)}if {condition}{self.gap(True)}else {self.test(depth - 1)}"
        if self.chance(0.03) and depth > 0:
            return f"lambda {self.pick(['', 'x', 'x, y', 'x=1', '*args'])}: {self.binary(depth - 1)}"
        if self.chance(0.05):
            return "not " + (self.test(0) if self.chance(0.1) else self.unary(depth))
        return self.binary(depth)

    # Statements

    def end(self, line=""):
        text = self.pick(["", "", "", " "])
        # What a directive keeps of a line with several statements, black indents otherwise each time.
        if self.chance(self.comment_share):
            is_plain = ";" in line and self.directives == self.BEHIND_STATEMENTS
            text += self.pick(["", " ", "   "]) + (self.remark() if is_plain else self.comment())
        text += "\n"
        for _ in range(self.pick([0, 0, 0, 0, 1, 1, 2, 3, 4])):
            text += (self.pick([" ", "    ", "\t"]) if self.chance(self.odd_share) else "") + "\n"
        return text

    def comment_lines(self, indent):
        text = ""
        while self.chance(self.comment_share):
            own = self.odd_indent() if self.chance(self.odd_share) else indent
            text += own + self.comment_line() + "\n" + "\n" * self.pick([0, 0, 0, 1, 2])
        return text

    def indent(self, level):
        return "".join(self.units[:level])

    def odd_indent(self):
        """Tabs, blanks, or both, in which a comment line is indented otherwise than its block."""
        if self.chance(0.5):
            return self.pick([" ", "\t"]) * self.random.randrange(10)
        return "".join(self.pick([" ", "  ", "\t"]) for _ in range(self.random.randrange(5)))

    def small(self, inside_function):
        kind = self.random.randrange(11)
        depth = self.nesting
        if kind < 3:
            return self.pick(NAMES) + self.arguments(depth)
        if kind < 5:
            return f"{self.pick(NAMES)} {self.pick(['=', '=', '=', '+=', '|='])} {self.value(depth)}"
        if kind == 5:
            target = self.pick(["a, b", "(a, b)", "x[1]", "x.y", "[a, b]", "config[key][other]"])
            return f"{target} = {self.value(depth)}"
        if kind == 6:
            return self.pick(NAMES) + "." + self.pick(NAMES) + self.arguments(depth)
        if kind == 7 and inside_function:
            return "return " + self.value(depth) if self.chance(0.9) else "return"
        if kind == 8:
            return self.pick(["pass", "pass", self.declaration(depth)])
        return self.test(depth)

    def declaration(self, depth):
        if self.chance(0.5):
            return self.pick(NAMES) + self.gap() + ":" + self.gap() + self.pick(TYPES) + " = " + self.test(depth)
        names = lambda: self.pick(['"helper"', "'name'", 'other="name"', "a_rather_long_name = 'x'"])
        return "load" + self.bracketed("(", ")", lambda: "'lib.envd'," + self.items(names, least=1))

    def value(self, depth):
        if self.chance(0.1):
            return self.test(depth - 1) + ", " + self.test(depth - 1)
        return self.test(depth)

    def block(self, level, inside_function):
        indent = self.indent(level)
        if self.chance(0.1):
            text = self.small(inside_function)
            return " " + text + self.end(text)
        text = self.end()
        for _ in range(self.random.randint(1, 3)):
            text += self.comment_lines(indent)
            text += self.statement(level, inside_function)
        text += self.comment_lines(indent)
        return text

    def parameters(self):
        parts = []
        for _ in range(self.random.randint(0, 4)):
            name = self.pick(NAMES) + str(len(parts))
            if self.chance(0.3):
                name += self.gap() + ": " + self.pick(TYPES)
            if self.chance(0.4) or any("=" in part for part in parts):
                name += self.gap() + "=" + self.gap() + self.test(1)
            parts.append(name)
        if self.chance(0.1):
            parts.append("*args")
        if self.chance(0.1):
            parts.append("**kwargs")
        text = (self.gap() + "," + self.gap()).join(parts)
        return text + ("," if parts and not parts[-1].startswith("*") and self.chance(self.comma_share) else "")

    def statement(self, level, inside_function):
        indent = self.indent(level)
        kind = self.random.randrange(10)
        if level > 2 or kind < 6:
            text = self.small(inside_function)
            while self.chance(0.05):
                text += self.pick([";", "; ", " ; "]) + self.small(inside_function)
            text += self.pick(["", "", "", "", ";"])
            return indent + text + self.end(text)
        if kind == 6:
            text = indent + "def " + self.pick(NAMES) + self.bracketed("(", ")", self.parameters)
            if self.chance(0.2):
                text += " -> " + self.pick(["int", "list[str]", "dict[str, int] | None"])
            body = self.block(level + 1, True)
            if self.chance(0.2) and body.startswith("\n"):
                own = '"""Does\n' + indent + "    it.\n" + indent + '    """'
                doc = self.pick([own, *DOCSTRINGS])
                body = "\n" + self.indent(level + 1) + doc + body
            return text + self.pick([":", " :"]) + body
        if kind == 7:
            text = indent + "if " + self.test(3) + ":" + self.block(level + 1, inside_function)
            if self.chance(0.3):
                text += self.comment_lines(indent) + indent + "elif " + self.test(2) + ":" + self.block(level + 1, inside_function)
            if self.chance(0.3):
                text += self.comment_lines(indent) + indent + "else:" + self.block(level + 1, inside_function)
            return text
        if kind == 8:
            target = self.pick(["x", "x, y", "(x, y)"])
            return indent + f"for {target} in {self.value(3)}:" + self.block(level + 1, inside_function)
        return indent + "while " + self.test(2) + ":" + self.block(level + 1, inside_function)

    def text(self):
        self.inside = 0
        # Blocks are indented by the same unit each, or each level by its own.
        unit = self.pick(["    ", "    ", "  ", "\t"])
        mixed = [self.pick(["    ", "  ", "\t", "\t", " \t"]) for _ in range(8)]
        self.units = mixed if self.chance(self.odd_share) else [unit] * 8
        out = "\n" * self.pick([0, 0, 0, 1, 2])
        if self.chance(0.2):
            out += self.pick(['"""A module."""', "'''A module\nof two lines.'''"]) + self.end()
        for _ in range(self.random.randint(1, 5)):
            out += self.comment_lines("")
            out += self.statement(0, False)
        out += self.comment_lines("")
        if self.chance(0.1):
            out = out.rstrip("\n")
        return out.replace("\n", "\r\n") if self.chance(self.odd_share / 4) else out


#: A few programs would be so large that black spends most of its time on them.
LARGEST = 8_000


def program(seed, directives=None):
    for attempt in range(5):
        text = Program(f"{seed}/{attempt}", directives=directives).text()
        if len(text) <= LARGEST:
            break
    return text


if __name__ == "__main__":
    import sys

    print(program(int(sys.argv[1])), end="")
