"""The functions of the API, as the prelude's own files declare them.

The prelude is written in the envd language, whose syntax Python's parser reads as well.
"""

import ast
import dataclasses
import pathlib

PRELUDE = pathlib.Path(__file__).resolve().parent.parent.parent / "Sources" / "EnvdLanguage" / "Prelude" / "v1"
#: The files whose functions a program sees, and the name that stands before theirs.
FILES = {
    "universe": "",
    "install": "install.",
    "config": "config.",
    "io": "io.",
    "runtime": "runtime.",
    "data": "data.",
}


@dataclasses.dataclass(frozen=True)
class Parameter:
    name: str
    #: The annotation as it is written, such as `list[AptPackage]`.
    type: str
    required: bool
    #: Given by position only: its name begins with two underscores.
    positional: bool
    #: It takes any number of arguments: `*x` or `**x`.
    variadic: bool = False


@dataclasses.dataclass(frozen=True)
class Function:
    name: str
    parameters: tuple
    docstring: str


def read_functions(path, prefix=""):
    """The public functions of a file, in its order."""
    functions = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        arguments = node.args.posonlyargs + node.args.args
        optional = [None] * (len(arguments) - len(node.args.defaults)) + node.args.defaults
        pairs = list(zip(arguments, optional)) + list(zip(node.args.kwonlyargs, node.args.kw_defaults))
        parameters = tuple(
            Parameter(
                argument.arg.removeprefix("__"),
                ast.unparse(argument.annotation) if argument.annotation else "",
                default is None,
                argument.arg.startswith("__"),
            )
            for argument, default in pairs
        )
        parameters += tuple(
            Parameter(argument.arg, ast.unparse(argument.annotation), False, False, variadic=True)
            for argument in (node.args.vararg, node.args.kwarg)
            if argument
        )
        functions.append(Function(prefix + node.name, parameters, ast.get_docstring(node) or ""))
    return functions


def api():
    """Every function that a program can call, by its name: `base`, `install.python`, …"""
    functions = [f for stem, prefix in FILES.items() for f in read_functions(PRELUDE / f"{stem}.envd", prefix)]
    return {function.name: function for function in functions}


def _dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    return f"{_dotted(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def used_in(text):
    """The functions of the API that a program calls by their names, and their parameters as `function.parameter`."""
    functions, used = api(), set()
    try:
        tree = ast.parse(text)
    except SyntaxError:
        # One that is refused for its syntax calls nothing.
        return used
    for call in ast.walk(tree):
        function = functions.get(_dotted(call.func)) if isinstance(call, ast.Call) else None
        if function:
            given = [parameter.name for parameter in function.parameters[: len(call.args)]]
            given += [keyword.arg for keyword in call.keywords]
            used |= {function.name} | {f"{function.name}.{name}" for name in given}
    return used
