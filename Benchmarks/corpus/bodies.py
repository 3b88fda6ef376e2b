"""Functions: signatures, expressions and statements that use the names in scope, as hand-written ones do."""

from .words import NOUNS, VERBS
from .writer import Call, Raw, Writer, quoted

METHODS = [
    "strip()",
    "lower()",
    "upper()",
    "splitlines()",
    'split("/")',
    'split(",")',
    'split("=", 1)',
    "elems()",
    'startswith("//")',
    'endswith(".bzl")',
    'replace("-", "_")',
    'replace("\\\\", "/")',
    "keys()",
    "values()",
    "items()",
    'rpartition("/")[2]',
    "to_list()",
    "isdigit()",
    'lstrip("/")',
    'removesuffix(".tmpl")',
    'join(["a", "b"])',
]
FIELDS = [
    "files",
    "path",
    "short_path",
    "name",
    "label",
    "basename",
    "dirname",
    "extension",
    "root",
    "deps",
    "srcs",
    "attr",
    "outputs",
    "workspace_name",
    "package",
    "version",
    "env",
    "toolchain",
    "default_runfiles",
    "id",
]
BUILTINS = ["len", "sorted", "list", "str", "dict", "bool", "type", "repr", "reversed", "any", "all", "tuple", "hash"]


class Body:
    """Writes one function. `names` are the parameters and locals that its expressions may use."""

    def __init__(self, writer: Writer, helpers=()):
        self.writer = writer
        self.rng = writer.rng
        self.words = writer.words
        self.helpers = list(helpers) or ["struct"]
        self.names: list[str] = []

    # Expressions, as source text.

    def name(self) -> str:
        return self.rng.choice(self.names) if self.names and self.rng.random() < 0.9 else self.words.constant()

    def string(self) -> str:
        draw = self.rng.random()
        if draw < 0.35:
            text = self.words.noun()
        elif draw < 0.55:
            text = self.words.target()
        elif draw < 0.7:
            text = self.words.path() + "/" + self.words.file()
        elif draw < 0.85:
            text = self.words.label()
        else:
            text = self.words.phrase() + self.rng.choice(["", ": %s", "\n", "\t", ' "%s"', " \\ {}", " ({})"])
        return ("r" if draw > 0.83 and draw < 0.85 else "") + quoted(text, self.writer.quote)

    def number(self) -> str:
        draw = self.rng.random()
        if draw < 0.75:
            return str(self.rng.choice([0, 0, 1, 1, 1, 2, 2, 3, 4, 8, 10, 16, 100]))
        if draw < 0.9:
            return str(self.rng.randrange(100000))
        return self.rng.choice(["0x7f", "0xFFFF", "0o755", "1.5", "0.25", "1e9", "3.14159", "1 << 20"])

    def atom(self) -> str:
        draw = self.rng.random()
        if draw < 0.42:
            return self.name()
        if draw < 0.62:
            return f"{self.name()}.{self.rng.choice(FIELDS)}"
        if draw < 0.72:
            return f"ctx.{self.rng.choice(['attr', 'file', 'files', 'executable'])}.{self.words.name()}"
        if draw < 0.87:
            return self.string()
        if draw < 0.93:
            return self.number()
        return self.rng.choice(["True", "False", "None", "[]", "{}", '""'])

    def call(self, depth: int) -> str:
        draw = self.rng.random()
        if draw < 0.35:
            return f"{self.rng.choice(BUILTINS)}({self.expression(depth - 1)})"
        if draw < 0.7:
            return f"{self.name()}.{self.rng.choice(METHODS)}"
        if draw < 0.8:
            return f"{self.name()}.get({self.string()}, {self.atom()})"
        arguments = [self.expression(depth - 1) for _ in range(self.rng.choice([1, 1, 2, 2, 3]))]
        if self.rng.random() < 0.4:
            arguments.append(f"{self.words.noun()} = {self.expression(depth - 1)}")
        if self.rng.random() < 0.06:
            arguments.append("**kwargs")
        return f"{self.rng.choice(self.helpers)}({', '.join(arguments)})"

    def expression(self, depth: int = 2) -> str:
        draw = self.rng.random()
        if depth <= 0 or draw < 0.40:
            return self.atom()
        if draw < 0.66:
            return self.call(depth)
        if draw < 0.72:
            return (
                f"{self.string()} % {self.operand()}"
                if self.rng.random() < 0.5
                else f"{quoted('{}/{}')}.format({self.operand()}, {self.operand()})"
            )
        if draw < 0.77:
            variable = self.rng.choice(["x", "f", "dep", "src", "k", "arg"])
            condition = f" if {variable}.{self.rng.choice(FIELDS)}" if self.rng.random() < 0.4 else ""
            return f"[{variable}.{self.rng.choice(FIELDS)} for {variable} in {self.operand()}{condition}]"
        if draw < 0.80:
            return f"{{k: {self.operand()} for k, v in {self.name()}.items()}}"
        if draw < 0.85:
            return f"{self.operand()} + {self.operand()}"
        if draw < 0.89:
            key = self.rng.choice([self.string(), self.number(), "-1", "1:", ":-1", "i", "key"])
            return f"{self.name()}[{key}]"
        if draw < 0.92:
            return f"({self.operand()}, {self.operand()})"
        if draw < 0.95:
            return f"{self.operand()} if {self.condition(depth - 1)} else {self.operand()}"
        if draw < 0.97:
            return f"lambda x: x.{self.rng.choice(FIELDS)}" if self.rng.random() < 0.3 else f"-{self.operand()}"
        return f"{self.operand()} {self.rng.choice(['*', '//', '%', '-', '|', '&'])} {self.number()}"

    def operand(self) -> str:
        return self.atom() if self.rng.random() < 0.7 else self.call(1)

    def condition(self, depth: int = 1) -> str:
        draw = self.rng.random()
        if draw < 0.25:
            return self.operand()
        if draw < 0.40:
            return f"not {self.operand()}"
        if draw < 0.60:
            return f"{self.operand()} {self.rng.choice(['==', '==', '!=', '<', '>', '<=', '>='])} {self.atom()}"
        if draw < 0.78 or depth <= 0:
            return f"{self.operand()} {self.rng.choice(['in', 'not in'])} {self.name()}"
        return f"{self.condition(0)} {self.rng.choice(['and', 'or'])} {self.condition(0)}"

    # Statements.

    def declare(self) -> str:
        name = self.words.name()
        self.names.append(name)
        return name

    def statements(self, count: int, depth: int, in_loop: bool = False) -> None:
        for _ in range(count):
            self.statement(depth, in_loop)

    def statement(self, depth: int, in_loop: bool) -> None:
        writer, draw = self.writer, self.rng.random()
        if self.rng.random() < 0.16:
            if self.rng.random() < 0.4:
                writer.blank()
            writer.comment(self.words.sentence() if self.rng.random() < 0.75 else self.words.paragraph(2))
        if draw < 0.40:
            value = self.expression(3)
            writer.line(f"{self.declare()} = {value}")
            if self.rng.random() < 0.05:
                writer.lines[-1] += "  # " + self.words.phrase()
        elif draw < 0.47:
            writer.value(f"{self.declare()} = ", self.aggregate())
        elif draw < 0.53:
            writer.line(f"{self.name()}.append({self.expression(2)})")
        elif draw < 0.56:
            writer.line(f"{self.name()}[{self.operand()}] = {self.expression(2)}")
        elif draw < 0.60:
            writer.line(f"{self.name()} {self.rng.choice(['+=', '+=', '+=', '-=', '|=', '*='])} {self.expression(1)}")
        elif draw < 0.68:
            writer.value("", self.keyword_call())
        elif draw < 0.71:
            writer.line(f"{self.declare()}, {self.declare()} = {self.call(2)}")
        elif draw < 0.90 and depth > 0:
            self.conditional(depth, in_loop)
        elif depth > 0:
            target = f"{self.declare()}, {self.declare()}" if self.rng.random() < 0.25 else self.declare()
            iterable = f"range({self.number()})" if self.rng.random() < 0.15 else self.operand()
            writer.line(f"for {target} in {iterable}:")
            self.block(depth, True)
        else:
            writer.line(self.call(2))

    def conditional(self, depth: int, in_loop: bool) -> None:
        writer = self.writer
        writer.line(f"if {self.condition()}:")
        draw = self.rng.random()
        if draw < 0.3:
            writer.level += 1
            if in_loop:
                writer.line(self.rng.choice(["continue", "continue", "break"]))
            elif self.rng.random() < 0.4:
                writer.line(f"fail({quoted(self.words.phrase() + ': %s', writer.quote)} % {self.name()})")
            else:
                writer.line(f"return {self.expression(1)}")
            writer.level -= 1
            return
        self.block(depth, in_loop)
        if draw > 0.85:
            writer.line(f"elif {self.condition()}:")
            self.block(depth, in_loop)
        if draw > 0.65:
            writer.line("else:")
            self.block(depth, in_loop)

    def block(self, depth: int, in_loop: bool) -> None:
        self.writer.level += 1
        self.statements(self.rng.choice([1, 1, 2, 2, 3]), depth - 1, in_loop)
        self.writer.level -= 1

    def aggregate(self):
        if self.rng.random() < 0.5:
            return [Raw(self.expression(1)) for _ in range(self.rng.randrange(2, 7))]
        return {self.rng.choice(NOUNS): Raw(self.expression(1)) for _ in range(self.rng.randrange(2, 6))}

    def keyword_call(self) -> Call:
        callee = self.rng.choice(
            [
                "ctx.actions.run",
                "ctx.actions.write",
                "ctx.actions.expand_template",
                "native.genrule",
                "args.add_all",
                "print",
                "fail",
            ]
            + self.helpers
        )
        keywords = {}
        for _ in range(self.rng.randrange(1, 6)):
            keywords[self.words.name()] = Raw(self.expression(1))
        return Call(callee, [Raw(self.operand())] if self.rng.random() < 0.3 else [], keywords)

    # The function itself.

    def parameters(self, count: int) -> list[tuple[str, str]]:
        """Pairs of a name and a default, or an empty string where there is none."""
        names = list(dict.fromkeys(self.words.name() for _ in range(count)))
        first_default = self.rng.randrange(len(names) + 1)
        return [
            (
                name,
                (
                    self.rng.choice(["None", "None", "[]", "{}", '""', "False", "True", "0", self.string()])
                    if number >= first_default
                    else ""
                ),
            )
            for number, name in enumerate(names)
        ]

    def define(
        self, name: str, parameters: list[tuple[str, str]], size: int, documented: bool, result: str = ""
    ) -> None:
        writer = self.writer
        spelled = [f"{p} = {default}" if default else p for p, default in parameters]
        keyword_arguments = self.rng.random() < 0.15
        if keyword_arguments:
            spelled.append("**kwargs")
        header = f"def {name}({', '.join(spelled)}):"
        if len(header) <= 88:
            writer.line(header)
        else:
            writer.line(f"def {name}(")
            for parameter in spelled:
                last = parameter.startswith("**")
                writer.line(writer.unit * 2 + parameter + ("):" if last else ","))
            if not keyword_arguments:
                writer.lines[-1] = writer.lines[-1][:-1] + "):"
        self.names = [p for p, _ in parameters] + (["kwargs"] if keyword_arguments else [])
        writer.level += 1
        if documented:
            sections = {}
            if parameters and self.rng.random() < 0.8:
                sections["Args"] = [(p, self.words.sentence()) for p, _ in parameters]
            if self.rng.random() < 0.7:
                sections["Returns"] = [("", self.words.sentence())]
            self_summary = f"{self.rng.choice(VERBS).title()}s {self.words.phrase()}."
            paragraphs = [self.words.paragraph(3)] if self.rng.random() < 0.3 else []
            writer.docstring(self_summary, sections, paragraphs)
        self.statements(size, 3)
        if result:
            writer.line("return " + result)
        elif self.rng.random() < 0.7:
            writer.line(f"return {self.expression(2)}")
        elif size == 0:
            writer.line("pass")
        writer.level -= 1
