"""The Starlark engines that ours is measured against, and Python, behind one face each.

Everything is fresh in each run: `fresh` makes what a program runs in, `run` runs it from its text, and `result` reads
the variable `result` that it leaves behind. What a program may use beyond the language is `struct` and `json` with
`encode` and `decode`, where the engine has them.
"""

import importlib.metadata
import json
import platform
import types

FILENAME = "program.star"


class StarlarkGo:
    name = "starlark-go"
    package = "starlark-go"
    #: Programs that it cannot run, with the reason. A run fails if one of these does run.
    lacks = {"attributes": "the package offers no `struct`", "json": "the package offers no `json`"}

    #: What a process does that evaluates an empty program and ends.
    empty_process = "import starlark_go; starlark_go.Starlark().exec('')"

    def __init__(self):
        import starlark_go

        # Without this it refuses recursion and `while`.
        starlark_go.configure_starlark(allow_recursion=True)
        self.starlark_go = starlark_go

    def fresh(self):
        return self.starlark_go.Starlark()

    def run(self, interpreter, text: str) -> None:
        interpreter.exec(text, filename=FILENAME)

    def result(self, interpreter) -> str:
        return interpreter.get("result")


class StarlarkRust:
    name = "starlark-rust"
    package = "starlark-pyo3"
    lacks = {"while-loop": "the language has no `while` there"}

    empty_process = "import starlark as s; s.eval(s.Module(), s.parse('', ''), s.Globals.standard())"

    def __init__(self):
        import starlark

        extensions = [starlark.LibraryExtension.StructType, starlark.LibraryExtension.Json]
        self.globals = starlark.Globals.extended_by(extensions)
        self.dialect = starlark.Dialect.extended()
        self.starlark = starlark

    def fresh(self):
        return self.starlark.Module()

    def run(self, module, text: str) -> None:
        self.starlark.eval(module, self.starlark.parse(FILENAME, text, self.dialect), self.globals)

    def result(self, module) -> str:
        return module["result"]


def fail(*arguments):
    raise ValueError(" ".join(map(str, arguments)))


class Python:
    """CPython, as a yardstick: every program is valid Python too."""

    name = "Python"
    package = None
    lacks = {}
    empty_process = ""

    #: What Starlark has and Python lacks. JSON without blanks, as Starlark writes it.
    predeclared = {
        "fail": fail,
        "struct": types.SimpleNamespace,
        "json": types.SimpleNamespace(
            encode=json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode, decode=json.JSONDecoder().decode
        ),
    }

    def fresh(self):
        return dict(self.predeclared)

    def run(self, names: dict, text: str) -> None:
        exec(compile(text, FILENAME, "exec"), names)

    def result(self, names: dict) -> str:
        return names["result"]


PEERS = {engine.name: engine for engine in (StarlarkGo, StarlarkRust, Python)}


def versions() -> dict[str, str]:
    packages = {name: peer.package for name, peer in PEERS.items() if peer.package}
    found = {name: f"{package} {importlib.metadata.version(package)}" for name, package in packages.items()}
    return {**found, Python.name: f"{platform.python_implementation()} {platform.python_version()}"}
