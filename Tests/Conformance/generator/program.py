"""Valid programs, made at random: what both tools must plan, and plan alike."""

import dataclasses
import random

import signatures
from generator import usage, values
from generator.carriers import ALL_CARRIERS, Call, Carriers, indented
from generator.expressions import ALL_WAYS, Expressions
from generator.values import Code

FUNCTIONS = signatures.api()
#: What a program is made of besides calls of functions that declare something.
LAYOUTS = ["a call outside of functions", "another entry point", "a load in a loaded file"]
#: What makes programs differ from the real envd's by what is masked; some programs do without.
MASKED = {"shell", "install.conda", "install.julia", "io.copy", "runtime.environ", "include", "install.uv"}
#: Parameters with a default that is not accepted.
REQUIRED_BY_HAND = {"config.apt_source": "source"}
LIBRARY = "https://example.com/library"


def everything():
    """All that the fixed seeds must have used."""
    return usage.everything_in_the_api() + ALL_WAYS + ALL_CARRIERS + LAYOUTS


class SourceFile:
    """A file of the language that is being written."""

    def __init__(self, path):
        self.path = path
        self.loads = {}
        self.constants, self.functions, self.statements = [], [], []

    def load(self, other, name, rng):
        """The name under which what is called so in the other file is known here."""
        names = self.loads.setdefault(other.path, {})
        return names.setdefault(name, f"{name.lower()}_here" if rng.random() < 0.3 else name)

    def text(self, main=()):
        loads = []
        for path, names in self.loads.items():
            listed = [f'"{name}"' if name == known else f'{known}="{name}"' for name, known in names.items()]
            # What is given by keyword comes last.
            loads.append(f'load("{path}", {", ".join(sorted(listed, key=lambda item: item[0] != chr(34)))})')
        functions = [line for function in self.functions for line in ["", "", *function]]
        return "\n".join([*loads, *self.constants, *functions, *self.statements, "", *main]) + "\n"


@dataclasses.dataclass
class Program:
    files: dict
    #: What is planned, as `--from` takes it; None for `build()` in `build.envd`.
    entry: str | None
    #: Whether it chooses an owner by itself, so that one on the command line would hide it.
    owned: bool
    used: list

    def write(self, folder):
        for path, text in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())


class Generator:
    """Makes one program of a seed."""

    def __init__(self, seed, *, dev=None, without=(), last=None):
        """
        `dev` decides what is left open, `without` are functions that are not called, and `last` is what `build()` ends
        with.
        """
        self.rng = random.Random(seed)
        self.used = []
        plain = self.rng.random() < 0.3
        self.dev = dev if dev is not None else not plain and self.rng.random() < 0.6
        self.without = set(without) | (MASKED if plain else set())
        self.plain = plain
        self.last = last
        self.expressions = Expressions(self.rng, self.used)
        self.with_cuda = "install.cuda" not in self.without and self.rng.random() < 0.25
        self.with_conda = "install.conda" not in self.without and self.rng.random() < 0.5

    # What is called

    def value(self, function, name):
        key = f"{function}.{name}"
        if key == "runtime.mount.host_path" and self.rng.random() < 0.4:
            return self.data_source()
        if key == "base.image" and self.with_cuda:
            return self.rng.choice(values.IMAGES_FOR_CUDA)
        if key == "base.image" and self.plain:
            return self.rng.choice(["ubuntu:22.04", "ubuntu:20.04", "nopath", "ghcr.io/team/tool:1.2"])
        if self.plain and key in ("run.mount_host", "base.dev"):
            return False
        if self.plain and key == "install.python_packages.local_wheels":
            return []
        if self.plain and key == "install.python_packages.requirements":
            return self.rng.choice(["requirements.txt", "requirements/windows.txt", ""])
        if key not in values.VALUES:
            raise LookupError(f"values.py does not say what {function} takes as {name}")
        return values.VALUES[key](self.rng)

    def data_source(self):
        if self.rng.random() < 0.5:
            name = self.rng.choice(usage.CONSTANTS)
            self.used.append(name)
            return Code(name)
        name = values.VALUES["data.envd.name"](self.rng)
        by = self.rng.choice(["keyword", "position"])
        self.used += ["data.envd", usage.parameter("data.envd", "name", by)]
        text = self.expressions.literal(name)
        return Code(f"data.envd({'name=' if by == 'keyword' else ''}{text})")

    def call(self, function, shape=None, **fixed):
        """A call with arguments that suit each other: `fixed` ones, or those that another call of the function has."""
        parameters = FUNCTIONS[function].parameters
        chosen = {}
        if shape:
            names = list(shape.values)
        else:
            needed, complete = REQUIRED_BY_HAND.get(function), self.rng.random() < 0.2
            names = [
                p.name
                for p in parameters
                if not p.variadic
                and (complete or p.required or p.name == needed or p.name in fixed or self.rng.random() < 0.7)
            ]
            if function == "install.conda_packages" and "env_file" in names:
                names = self.rng.choice(
                    [["env_file"], ["name", "channel", "env_file"], [n for n in names if n != "env_file"]]
                )
        if function == "install.conda_packages" and "env_file" in names:
            # It excludes the others, unless they are empty.
            fixed |= {"name": [], "channel": []}
        for name in names:
            chosen[name] = fixed[name] if name in fixed else self.value(function, name)
        if shape:
            positional, order = shape.positional, shape.order
        else:
            # By position as far as no parameter is left out.
            most = 0
            while most < len(names) and parameters[most].name == names[most]:
                most += 1
            least = 1 if parameters and parameters[0].positional else 0
            positional = self.rng.choice([least, least, self.rng.randint(least, max(most, least)), most])
            order = self.rng.sample(names[positional:], len(names) - positional)
        self.used.append(function)
        for index, name in enumerate(chosen):
            self.used.append(usage.parameter(function, name, "position" if index < positional else "keyword"))
        return Call(function, chosen, positional, order)

    def group(self, function, **fixed):
        """One call, or several that differ in their values only."""
        first = self.call(function, **fixed)
        more = self.rng.choice([0, 0, 0, 1, 2])
        return [first] + [self.call(function, shape=first, **fixed) for _ in range(more)]

    def groups(self):
        names = [
            name for name in FUNCTIONS if name not in self.without and name not in ("data.envd", "include", "base")
        ]
        if self.dev:
            names = [name for name in names if name != "config.entrypoint"]
        if not self.with_cuda and "install.cuda" in names:
            names.remove("install.cuda")
        if not self.with_conda:
            names = [name for name in names if "conda" not in name]
        chosen = self.rng.sample(names, min(len(names), self.rng.choice([0, 1, 2, 3, 4, 5, 6, 8, 10, 14])))
        if self.with_cuda and "install.cuda" in names and "install.cuda" not in chosen:
            chosen.append("install.cuda")
        if any(name in ("install.conda_packages", "config.conda_channel") for name in chosen):
            # What is said before `install.conda` is refused.
            chosen = ["install.conda"] + [name for name in chosen if name != "install.conda"]
        groups = [self.group(name) for name in chosen]
        if self.dev or self.with_cuda or self.rng.random() < 0.7:
            # The last call decides whether it is a development environment.
            base = self.group("base", dev=self.dev)
            groups.insert(0 if self.rng.random() < 0.8 else self.rng.randint(0, len(groups)), base)
        return groups

    # Where it is called

    def library(self, file):
        """Calls of what an included repository offers."""
        by = self.rng.choice(["keyword", "position"])
        self.used += ["include", usage.parameter("include", "git", by)]
        name = self.expressions.fresh("library")
        url = self.expressions.write(LIBRARY, file, 1)
        names = [self.expressions.write(value, file, 1) for value in self.rng.sample(values.APT, 2)]
        line = f"{name} = include({'git=' if by == 'keyword' else ''}{url})"
        calls = [
            f"{name}.tools({', '.join(names)}, {name}.NAME)",
            f"{name}.python()",
            f"{name}.notebook(port={self.rng.randint(1, 9999)})",
        ]
        calls = self.rng.sample(calls, self.rng.randint(1, 3))
        if self.rng.random() < 0.5:
            file.statements.append(line)
            return calls
        return [line, *calls]

    def program(self):
        main = SourceFile("build.envd" if self.rng.random() < 0.85 else "env/other.envd")
        others = [main, SourceFile("lib/tools.envd"), SourceFile("common.envd")]
        carriers = Carriers(self.rng, self.expressions, self.used, others)
        groups = self.groups()
        outside = self.rng.choice([0, 0, 0, 1, 2]) if not self.last else 0
        body = []
        for group in groups[:outside]:
            main.statements += carriers.call_plain(group, main)
            self.used.append("a call outside of functions")
        for group in groups[outside:]:
            body += carriers.lines(group, main)
        if "include" not in self.without and self.rng.random() < 0.15:
            body += self.library(main)
        body += self.last or []
        function = "build" if main.path == "build.envd" and self.rng.random() < 0.9 else "serve"
        entry = None
        if main.path != "build.envd" or function != "build":
            entry = f"{main.path}:{function}"
            self.used.append("another entry point")
        if others[1].loads:
            self.used.append("a load in a loaded file")
        files = {**values.FILES, "requirements.txt": self.requirements()}
        files[main.path] = main.text([f"def {function}():", *indented(body or ["pass"])])
        files |= {other.path: other.text() for other in others[1:]}
        return Program(files, entry, "config.owner" in self.used, self.used)

    def requirements(self):
        if self.plain:
            return values.FILES["requirements.txt"]
        lines = self.rng.choices(values.LINES, k=self.rng.randint(0, 4))
        ends = self.rng.choice(["\n", "\n", "\r\n"])
        return ends.join(lines) + self.rng.choice([ends, ""])
