"""Lays out lines and values the way a formatter would: what does not fit a line goes one element a line."""

import random
import textwrap

from .words import Words

MARGIN = 88


class Raw(str):
    """Source text that is written as it stands, where a plain `str` is written as a string literal."""


class Call:
    def __init__(self, callee: str, positional=(), keywords=None):
        self.callee = callee
        self.positional = list(positional)
        self.keywords = dict(keywords or {})


class Sum:
    """`a + b + c`, as in `glob([...]) + select({...})`."""

    def __init__(self, *terms):
        self.terms = terms


def quoted(text: str, quote: str = '"') -> str:
    escaped = text.replace("\\", "\\\\").replace(quote, "\\" + quote).replace("\n", "\\n").replace("\t", "\\t")
    return f"{quote}{escaped}{quote}"


class Writer:
    """A file in the making. Some files are indented by two columns and use single quotes, as some people do."""

    def __init__(self, seed: str):
        self.rng = random.Random(seed)
        self.words = Words(self.rng)
        self.lines: list[str] = []
        self.level = 0
        self.unit = " " * self.rng.choices([4, 2], [9, 1])[0]
        self.quote = self.rng.choices(['"', "'"], [9, 1])[0]

    @property
    def indent(self) -> str:
        return self.unit * self.level

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def line(self, text: str = "") -> None:
        self.lines.append(self.indent + text if text else "")

    def blank(self, count: int = 1) -> None:
        self.lines.extend([""] * count)

    def comment(self, text: str) -> None:
        self.lines.extend(
            textwrap.wrap(text, 80, initial_indent=self.indent + "# ", subsequent_indent=self.indent + "# ")
        )

    def docstring(self, summary: str, sections: dict[str, list[tuple[str, str]]], paragraphs=()) -> None:
        if not sections and not paragraphs:
            self.line(f'"""{summary}"""')
            return
        self.line(f'"""{summary}')
        for paragraph in paragraphs:
            self.blank()
            for wrapped in textwrap.wrap(paragraph, 84 - len(self.indent)):
                self.line(wrapped)
        for title, entries in sections.items():
            self.blank()
            self.line(title + ":")
            for name, description in entries:
                wrapped = textwrap.wrap(f"{name}: {description}" if name else description, 78 - len(self.indent))
                for number, piece in enumerate(wrapped):
                    self.line(self.unit * (1 if number == 0 else 2) + piece)
        self.line('"""')

    def value(self, prefix: str, value, suffix: str = "") -> None:
        """Writes `prefix value suffix`, on one line if it fits."""
        for number, text in enumerate(self.laid_out(value, len(self.indent) + len(prefix) + len(suffix))):
            self.lines.append(self.indent + (prefix if number == 0 else "") + text)
        self.lines[-1] += suffix

    def one_line(self, value) -> str:
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, str):
            return quoted(value, self.quote)
        if isinstance(value, bool) or value is None or isinstance(value, (int, float)):
            return str(value)
        if isinstance(value, list):
            return "[" + ", ".join(map(self.one_line, value)) + "]"
        if isinstance(value, tuple):
            return "(" + ", ".join(map(self.one_line, value)) + ("," if len(value) == 1 else "") + ")"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.one_line(k)}: {self.one_line(v)}" for k, v in value.items()) + "}"
        if isinstance(value, Sum):
            return " + ".join(map(self.one_line, value.terms))
        keywords = [f"{k} = {self.one_line(v)}" for k, v in value.keywords.items()]
        return f"{value.callee}({', '.join([self.one_line(p) for p in value.positional] + keywords)})"

    def laid_out(self, value, column: int) -> list[str]:
        """The lines of the value, the first without indentation, the others relative to the current one."""
        flat = self.one_line(value)
        if column + len(flat) <= MARGIN and not (isinstance(value, dict) and len(value) > 1):
            return [flat]
        if isinstance(value, Sum):
            lines = self.laid_out(value.terms[0], column)
            for term in value.terms[1:]:
                more = self.laid_out(term, column)
                lines = lines[:-1] + [lines[-1] + " + " + more[0]] + more[1:]
            return lines
        inner = column + len(self.unit)
        if isinstance(value, (list, tuple)):
            brackets = "[]" if isinstance(value, list) else "()"
            elements = [("", element) for element in value]
        elif isinstance(value, dict):
            brackets = "{}"
            elements = [(self.one_line(key) + ": ", element) for key, element in value.items()]
        elif isinstance(value, Call):
            brackets = "()"
            elements = [("", p) for p in value.positional] + [(k + " = ", v) for k, v in value.keywords.items()]
        else:
            return [flat]
        lines = [(value.callee if isinstance(value, Call) else "") + brackets[0]]
        for prefix, element in elements:
            for number, text in enumerate(self.laid_out(element, inner + len(prefix))):
                lines.append(self.unit + (prefix if number == 0 else "") + text)
            lines[-1] += ","
        return lines + [brackets[1]]
