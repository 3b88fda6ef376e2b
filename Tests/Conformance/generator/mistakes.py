"""Programs with one deliberate mistake each: what both tools must refuse.

A mistake is some lines at the end of the `build()` of a program that is valid without them. Those in the arguments come
from the signatures of the prelude: for each parameter a value of another type, for each function an argument too many, too
few, unknown or twice. The others are written down here.
"""

import random

import signatures
from generator import values
from generator.expressions import Expressions
from generator.program import Generator

#: Values that no parameter of a kind takes.
WRONG = {
    "text": ["1", "None", "True", '["a"]', "{}", '("a",)', "len", "1.5", 'b"x"', "install"],
    "flag": ["1", "0", "None", '"yes"', "[]"],
    "number": ['"1"', "None", "1.5", "[]", "True"],
    "list": ['"a"', '("a",)', "None", "{}", "[1]", "[None]", '["a", 1]', "1", "range(3)", '[["a"]]'],
    "lists": ['"a"', '["a"]', "[1]", "[[1]]", "None", '[("a",)]'],
    "dict": ['"a"', "[]", "None", '{"a": 1}', '{1: "a"}', '{"a": None}'],
}

#: Mistakes by what is wrong: lines of `build()`.
STATEMENTS = {
    "a port of 0": ["runtime.expose(envd_port=0)"],
    "a negative port": ["runtime.expose(-1)"],
    "a port above 65535": ["runtime.expose(65536)"],
    "a host port above 65535": ["runtime.expose(80, 65536)"],
    "a negative host port": ["runtime.expose(80, host_port=-1)"],
    "an address that is a name": ['runtime.expose(80, listen_addr="localhost")'],
    "an address of three numbers": ['runtime.expose(80, listen_addr="10.0.1")'],
    "an address beyond 255": ['runtime.expose(80, listen_addr="10.0.0.256")'],
    "an address with a leading zero": ['runtime.expose(80, listen_addr="010.0.0.1")'],
    "an address with a port": ['runtime.expose(80, listen_addr="10.0.0.1:80")'],
    "an empty address": ['runtime.expose(80, listen_addr="")'],
    "an address with two gaps": ['runtime.expose(80, listen_addr="1::2::3")'],
    "an address of nine groups": ['runtime.expose(80, listen_addr="1:2:3:4:5:6:7:8:9")'],
    "an address in brackets": ['runtime.expose(80, listen_addr="[::1]")'],
    "a user above 65535": ["config.owner(65536, 0)"],
    "a negative user": ["config.owner(uid=-1, gid=0)"],
    "a group above 65535": ["config.owner(0, 65536)"],
    "a negative group": ["config.owner(gid=-1, uid=0)"],
    "a digest that is too short": [f'io.http("https://e.com/f", "sha256:{"a" * 63}")'],
    "a digest without algorithm": [f'io.http("https://e.com/f", checksum="{"a" * 64}")'],
    "a digest of an unknown algorithm": [f'io.http("https://e.com/f", checksum="md5:{"a" * 32}")'],
    "a digest in capitals": [f'io.http("https://e.com/f", checksum="sha256:{"A" * 64}")'],
    "a digest with other letters": [f'io.http("https://e.com/f", checksum="sha256:{"g" * 64}")'],
    "a requirements file outside": ['install.python_packages(requirements="../requirements.txt")'],
    "a wheel outside": ['install.python_packages(local_wheels=["/tmp/x.whl"])'],
    "Python 2": ['install.python("2.7")'],
    "no names of R packages": ["install.r_packages(name=[])"],
    "no names of Julia packages": ["install.julia_packages([])"],
    "an empty source of apt": ['config.apt_source("")'],
    "no source of apt": ["config.apt_source()"],
    "an empty index of pip": ['config.pip_index("")'],
    "an environment file and names": [
        "install.conda()",
        'install.conda_packages(["numpy"], env_file="environment.yaml")',
    ],
    "an environment file and channels": [
        "install.conda()",
        'install.conda_packages(channel=["a"], env_file="environment.yaml")',
    ],
    "an extension without publisher": ['install.vscode_extensions(["python"])'],
    "an extension with an empty version": ['install.vscode_extensions(["ms-python.python-"])'],
    "a library that is not there": ['include("https://example.com/nowhere")'],
    "a private name of a library": ['include("https://example.com/library")._secret'],
    "an unknown name of a library": ['include("https://example.com/library").nothing()'],
    "a library without address": ['include("")'],
    "an unknown name": ["undefined_name"],
    "an unknown function of a module": ["install.perl()"],
    "an unknown module": ["storage.copy()"],
    "an attribute of a function's result": ["install.go().version"],
    "a function of a module by its bare name": ["python()"],
    "a call of a module": ["install()"],
    "a change of a module": ["install.python = None"],
    "a change of a global list": ["GLOBAL.append(1)"],
    "a local before it is set": ["later", "later = 1"],
    "a call of text": ['"text"()'],
    "text and a number": ['"a" + 1'],
    "a division by zero": ["1 // 0"],
    "an index out of range": ["[][0]"],
    "a missing key": ["{}['key']"],
    "a key that cannot be hashed": ["{[]: 1}"],
    "a wrong format": ['"%d" % "a"'],
    "a format with too few values": ['"%s %s" % ("a",)'],
    "a loop over a number": ["for x in 3:", "    pass"],
    "a loop over text": ["for x in 'abc':", "    pass"],
    "unpacking the wrong number": ["a, b = [1]"],
    "a list changed while it is iterated over": ["x = [1]", "for _ in x:", "    x.append(2)"],
    "a failure": ['fail("no")'],
    "an unknown method": ['"a".shout()'],
    "an unknown keyword for a helper": ["(lambda x: x)(y=1)"],
    "too few arguments for a helper": ["(lambda x: x)()"],
    "a comparison of different types": ["1 < 'a'"],
    "text that is no number": ['int("x")'],
    "a dict with a doubled key": ['{"a": 1, "a": 2}'],
}

#: Mistakes of syntax, found before anything runs.
SYNTAX = {
    "a while loop": ["while True:", "    pass"],
    "a missing colon": ["if True", "    pass"],
    "a bracket that is not closed": ["install.apt_packages(['vim'"],
    "a string that is not closed": ['base(image="ubuntu)'],
    "a wrong indentation": ["  x = 1", " y = 2"],
    "an import": ["import os"],
    "a class": ["class A: pass"],
    "a try": ["try:", "    pass", "except: pass"],
    "a positional argument after a keyword": ['base(dev=True, "ubuntu")'],
    "a keyword given twice": ["base(dev=True, dev=True)"],
    "a return of nothing sensible": ["return return"],
    "a break outside of a loop": ["break"],
    "an f-string": ['base(image=f"ubuntu")'],
    "is": ["x = 1 is 1"],
    "a chain of comparisons": ["x = 1 < 2 < 3"],
    "an assignment to a literal": ["1 = 2"],
    "an assignment to a call": ["len() = 2"],
    "a parameter given twice": ["def f(a, a): pass"],
    "a default before none": ["def f(a=1, b): pass"],
    "a walrus": ["(x := 1)"],
    "an unknown escape": [r'x = "\d"'],
    "a decorator": ["@f", "def g(): pass"],
    "a delete": ["del install"],
    "an assertion": ["assert True"],
    "a power": ["x = 2 ** 3"],
    "a load in a function": ['load("common.envd", "x")'],
    "a global statement": ["global x"],
    "a with statement": ["with x: pass"],
    "a yield": ["yield 1"],
    "a number with a letter": ["x = 1a"],
    "an octal number of C": ["x = 010"],
}

#: What is refused only because of the rest of the program: lines, and how the rest has to be made.
IN_CONTEXT = {
    "an entrypoint of a development environment": (["base(dev=True)", 'config.entrypoint(["sleep"])'], {"dev": True}),
    "conda packages without conda": (['install.conda_packages(["numpy"])'], {"without": ["install.conda"]}),
    "a conda channel without conda": (['config.conda_channel("channels: []")'], {"without": ["install.conda"]}),
    "an extension that is not there": (
        ["base(dev=True)", 'install.vscode_extensions(["missing.extension"])'],
        {"dev": True},
    ),
    "an image in capitals": (['base(image="Ubuntu:22.04")'], {"without": ["install.cuda"]}),
    "an image with a blank": (['base(image="my image")'], {"without": ["install.cuda"]}),
    "an image with an empty tag": (['base(image="ubuntu:")'], {"without": ["install.cuda"]}),
    "an image that is not there": (['base(image="example.com/gone")'], {"without": ["install.cuda"]}),
    "an image with a scheme": (['base(image="https://ubuntu")'], {"without": ["install.cuda"]}),
    "an image with a broken digest": (['base(image="ubuntu@sha256:abc")'], {"without": ["install.cuda"]}),
    "CUDA on an image of another repository": (['base(image="ghcr.io/a/b:c")', 'install.cuda("11.8.0")'], {}),
    "Python 4": (['install.python("4")'], {"without": ["install.python"]}),
    "Python by name": (['install.python("latest")'], {"without": ["install.python"]}),
    "a copy from an image that is none": (['io.copy("a", "b", image="Not An Image")'], {}),
}

#: Whole files in which something at the top is wrong.
AT_THE_TOP = {
    "no function to plan": ["def other():", "    pass"],
    "a function to plan that takes arguments": ["def build(x):", "    pass"],
    "a plan that is no function": ["build = 1"],
    "a load of a file that is not there": ['load("nowhere.envd", "x")', "def build(): pass"],
    "a load of a name that is not there": ['load("common.envd", "nothing")', "def build(): pass"],
    "a load of a private name": ['load("private.envd", "_secret")', "def build(): pass"],
    "a load of itself": ['load("build.envd", "build")', "def build(): pass"],
    "a load in a circle": ['load("circle.envd", "x")', "def build(): pass", "y = 1"],
    "a load of a file that is wrong": ['load("wrong.envd", "x")', "def build(): pass"],
    "a load of a file that fails": ['load("failing.envd", "x")', "def build(): pass"],
    "a global that is set twice": ["x = 1", "x = 2", "def build(): pass"],
    "a function that is defined twice": ["def build(): pass", "def build(): pass"],
    "a loop outside of functions": ["for x in [1]:", "    pass", "def build(): pass"],
    "a condition outside of functions": ["if True:", "    pass", "def build(): pass"],
    "a return outside of functions": ["return", "def build(): pass"],
    "an unknown name outside of functions": ["x = undefined_name", "def build(): pass"],
    "a failure outside of functions": ["fail()", "def build(): pass"],
}
MORE_FILES = {
    "circle.envd": 'load("build.envd", "y")\nx = 1\n',
    "private.envd": "_secret = 1\n",
    "wrong.envd": "x = = 1\n",
    "failing.envd": "x = 1 // 0\n",
}


def kind(function, parameter):
    """Which of the wrong values a parameter gets: that follows from what it takes."""
    drawn = [values.VALUES[f"{function.name}.{parameter.name}"](random.Random(seed)) for seed in range(20)]
    if any(isinstance(value, list) and value and isinstance(value[0], list) for value in drawn):
        return "lists"
    return {bool: "flag", int: "number", str: "text", list: "list", dict: "dict"}[type(drawn[0])]


def _mistakes_in_arguments():
    """Of each function: an unknown argument, one too many, one too few, one given twice, and one of a wrong type."""
    for name, function in signatures.api().items():
        if any(given.variadic for given in function.parameters):
            # It takes anything.
            continue
        yield f"{name}: an unknown argument", (function, "unknown", None)
        yield f"{name}: too many arguments", (function, "many", None)
        for parameter in function.parameters:
            yield f"{name}: another type for {parameter.name}", (function, "type", parameter)
            if parameter.required:
                yield f"{name}: no {parameter.name}", (function, "missing", parameter)
            if not parameter.positional:
                yield f"{name}: {parameter.name} twice", (function, "twice", parameter)


IN_ARGUMENTS = dict(_mistakes_in_arguments())
ALL_MISTAKES = [*IN_ARGUMENTS, *STATEMENTS, *SYNTAX, *IN_CONTEXT, *AT_THE_TOP]


def _wrong_call(rng, function, what, parameter):
    expressions = Expressions(rng, [])

    def value(given):
        return expressions.literal(values.VALUES[f"{function.name}.{given.name}"](rng))

    def arguments(some):
        return [value(given) if given.positional else f"{given.name}={value(given)}" for given in some]

    needed = [given for given in function.parameters if given.required and given != parameter]
    if what == "unknown":
        given = [*arguments(needed), 'unknown="x"']
    elif what == "many":
        given = [value(each) for each in function.parameters] + ['"x"']
    elif what == "missing":
        given = arguments(needed)
    elif what == "twice":
        position = function.parameters.index(parameter)
        before = [value(each) for each in function.parameters[: position + 1]]
        given = before + [f"{parameter.name}={value(parameter)}"]
    else:
        wrong = rng.choice(WRONG[kind(function, parameter)])
        given = (
            [wrong, *arguments(needed)] if parameter.positional else [*arguments(needed), f"{parameter.name}={wrong}"]
        )
    prepared = ["install.conda()"] if "conda_" in function.name else []
    return [*prepared, f"{function.name}({', '.join(given)})"]


def broken_program(seed, number):
    """The name of a mistake, which the number chooses, and a program that makes it."""
    name = ALL_MISTAKES[number % len(ALL_MISTAKES)]
    rng = random.Random(f"mistake/{seed}")
    options = {}
    if name in IN_ARGUMENTS:
        lines = _wrong_call(rng, *IN_ARGUMENTS[name])
    elif name in IN_CONTEXT:
        lines, options = IN_CONTEXT[name]
    else:
        lines = {**STATEMENTS, **SYNTAX, **AT_THE_TOP}[name]
    program = Generator(seed, last=[] if name in AT_THE_TOP else lines, **options).program()
    program.files |= MORE_FILES
    if name in AT_THE_TOP:
        program.files["build.envd"] = "\n".join(lines) + "\n"
        program.entry = None
    else:
        main = program.entry.partition(":")[0] if program.entry else "build.envd"
        program.files[main] = "GLOBAL = []\n".join(["", program.files[main]])
    return name, program
