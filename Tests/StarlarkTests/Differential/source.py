"""Random choices, and random expressions made of the templates in grammar.py."""

import random
import re

from grammar import LEAVES, RULES, UNIONS

#: `<int>` is an integer expression; `<int+x:string,y:int>` is one that may use the variables x and y.
PLACEHOLDER = re.compile(r"<([a-z]+)(?:\+([a-z:,]+))?>")
#: An expression that binds as tightly as a name, so that it needs no parentheses as an operand.
TIGHT = re.compile(r"^[\w.]*(\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|\"[^\"]*\")?$")


class Source:
    """A stream of random choices; the same seed gives the same stream on every machine."""

    def __init__(self, seed: str, portable: bool = False):
        self.random = random.Random(seed)
        #: Whether to keep to what starlark-rust has too: no sets and bytes, and strings of ASCII.
        self.portable = portable
        #: How likely an operand has any type instead of the one that fits.
        self.wrong = 0.02

    def pick(self, values):
        return self.random.choice(values)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def count(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def sample(self, values, count: int) -> list:
        return self.random.sample(values, count)

    # Expressions ------------------------------------------------------------------------------------------------------

    def expression(self, kind: str = "any", depth: int = 3, variables: dict[str, str] | None = None) -> str:
        """An expression whose value is most likely of the type `kind`; `variables` are names with their types."""
        variables = variables or {}
        if self.chance(self.wrong):
            # A count that is not small would only be a way to ask for all memory there is.
            kind = self.pick(["string", "none", "float", "list", "bool"]) if kind == "small" else "any"
        kinds = UNIONS.get(kind, [kind])
        if kind in UNIONS:
            kind = self.pick([each for each in kinds if not (self.portable and each in ("set", "bytes"))])
        known = [name for name, type in variables.items() if type == kind or type in UNIONS.get(kind, [])]
        if known and self.chance(0.5 if depth else 0.8):
            return self.pick(known)
        if kind in UNIONS:
            return self.expression(kind, depth, variables)
        templates = LEAVES[kind] if depth <= 0 or self.chance(0.1) else RULES[kind]
        return self.fill(self.template(templates), depth - 1, variables)

    def template(self, templates: list[str]) -> str:
        for _ in range(20):
            template = self.pick(templates)
            if not self.portable or not re.search(r"<set>|<bytes>|set\(|\bb\"|bytes\(|[^\x00-\x7f]|\\x|\\u", template):
                return template
        return "None"

    def fill(self, template: str, depth: int, variables: dict[str, str]) -> str:
        def replace(match):
            inner = variables
            if match[2]:
                inner = variables | dict(pair.split(":") for pair in match[2].split(","))
            text = self.expression(match[1], depth, inner)
            before, after = template[: match.start()], template[match.end() :]
            # Inside brackets and after commas nothing can go wrong; as an operand an expression is put in parentheses.
            enclosed = re.search(r"([(\[{,:=]\s*|return )$", before) or not before
            enclosed = enclosed and (re.match(r"\s*([)\]},:]|$|for\b)", after))
            if enclosed and not (text.startswith("lambda") and after.startswith(" for")) or TIGHT.match(text):
                return text
            return f"({text})"

        return PLACEHOLDER.sub(replace, template)
