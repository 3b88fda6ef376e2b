"""The styles of files: each function writes one section of its style, so that a file is a header and some sections."""

from .bodies import Body
from .words import ADJECTIVES, APT_PACKAGES, COMPANIES, NOUNS, PYTHON_PACKAGES
from .writer import Call, Raw, Sum, Writer, quoted

RULES = [
    "cc_library",
    "cc_binary",
    "cc_test",
    "py_library",
    "py_binary",
    "py_test",
    "go_library",
    "go_test",
    "filegroup",
    "java_library",
    "proto_library",
    "genrule",
    "sh_test",
    "alias",
    "config_setting",
    "rust_library",
    "pkg_tar",
]


def some(writer: Writer, low: int, high: int, make) -> list:
    return [make() for _ in range(writer.rng.randint(low, high))]


def license_header(writer: Writer) -> None:
    company = writer.rng.choice(COMPANIES).title()
    writer.comment(f"Copyright {writer.rng.randrange(2015, 2026)} The {company} Authors. All rights reserved.")
    writer.line("#")
    writer.comment(
        "Permission to use, copy and change this file is granted to everyone who keeps this notice in it. "
        "It comes without any promise that it works, and nobody answers for what it does."
    )
    writer.blank()


def loads(writer: Writer, count: int) -> None:
    words = writer.words
    for _ in range(count):
        symbols = list(dict.fromkeys(words.function() for _ in range(writer.rng.choice([1, 1, 2, 3]))))
        keywords = {}
        if writer.rng.random() < 0.1:
            keywords["_" + words.function()] = words.function()
        writer.value("", Call("load", [f"//{words.path()}:{words.noun()}.bzl", *symbols], keywords))
    writer.blank()


def build_targets(writer: Writer) -> None:
    """A target of a BUILD file."""
    words, rng = writer.words, writer.rng
    if rng.random() < 0.12:
        writer.comment(words.paragraph(rng.choice([1, 2])))
    rule = rng.choice(RULES)
    keywords = {"name": words.target()}
    sources = some(writer, 1, 6, words.file)
    keywords["srcs"] = (
        Sum(
            Call("glob", [["*." + rng.choice(["cc", "py", "go"])]], {"exclude": sources} if rng.random() < 0.4 else {}),
            [words.label()],
        )
        if rng.random() < 0.15
        else sorted(sources)
    )
    if rule.startswith("cc"):
        keywords["hdrs"] = some(writer, 1, 4, lambda: words.file("h"))
        if rng.random() < 0.3:
            keywords["copts"] = ["-Wall", "-I" + words.path(), "-D" + words.constant() + "=1"]
    if rule == "genrule":
        keywords["outs"] = [words.file()]
        keywords["cmd"] = f"$(location {words.label()}) --{words.noun()}=$< --{words.noun()} > $@"
    if rng.random() < 0.75:
        keywords["deps"] = sorted(some(writer, 1, 9, words.label))
    if rng.random() < 0.12:
        keywords["data"] = Call(
            "select",
            [{"//conditions:default": [], f"//{words.path()}:{words.noun()}": some(writer, 1, 3, words.label)}],
        )
    if rng.random() < 0.35:
        keywords["visibility"] = (
            ["//visibility:public"] if rng.random() < 0.6 else [f"//{words.path()}:__subpackages__"]
        )
    if rng.random() < 0.15:
        keywords["tags"] = some(writer, 1, 3, words.noun)
    if rng.random() < 0.08:
        keywords["testonly"] = True
    if rng.random() < 0.06:
        keywords["shard_count"] = rng.choice([2, 4, 8, 16])
    writer.value("", Call(rule, [], keywords))
    writer.blank()


def rule_section(writer: Writer) -> None:
    """A provider, an implementation function and the rule that joins them."""
    words, rng = writer.words, writer.rng
    provider, noun = words.provider(), words.function()
    if rng.random() < 0.5:
        fields = {words.name(): words.sentence() for _ in range(rng.randrange(2, 6))}
        writer.value(f"{provider} = ", Call("provider", [], {"doc": words.sentence(), "fields": fields}))
        writer.blank()
    body = Body(writer, ["_" + words.function() for _ in range(4)])
    if rng.random() < 0.6:
        body.define(body.helpers[0], body.parameters(rng.randrange(1, 5)), rng.randrange(2, 10), rng.random() < 0.5)
        writer.blank()
    result = f"[DefaultInfo(files = depset({body.words.name()})), {provider}({words.noun()} = ctx.label)]"
    body.define(f"_{noun}_impl", [("ctx", "")], rng.randrange(4, 16), rng.random() < 0.3, result)
    writer.blank()
    kinds = ["attr.label_list", "attr.label", "attr.string", "attr.bool", "attr.string_dict", "attr.int"]
    attributes = {}
    for _ in range(rng.randrange(2, 8)):
        keywords = {"doc": words.sentence()} if rng.random() < 0.6 else {}
        if rng.random() < 0.4:
            keywords["mandatory"] = True
        attributes[words.name()] = Call(rng.choice(kinds), [], keywords)
    writer.value(
        f"{noun} = ",
        Call(
            "rule",
            [],
            {
                "implementation": Raw(f"_{noun}_impl"),
                "attrs": attributes,
                "doc": words.sentence(),
                "provides": [Raw(provider)],
            },
        ),
    )
    writer.blank()


def macro_section(writer: Writer) -> None:
    """A documented library function or two."""
    body = Body(writer, [writer.words.function() for _ in range(3)])
    name = writer.words.function()
    body.define(
        name, body.parameters(writer.rng.randrange(1, 7)), writer.rng.randrange(2, 12), writer.rng.random() < 0.7
    )
    writer.blank()


def big_function(writer: Writer) -> None:
    """One of those functions that grew for years: one to five hundred lines."""
    body = Body(writer, ["_" + writer.words.function() for _ in range(8)])
    name = writer.words.function()
    body.define(name, body.parameters(writer.rng.randrange(3, 9)), writer.rng.randrange(40, 160), True)
    writer.blank()


def environment(writer: Writer) -> None:
    """A function of a `build.envd`."""
    words, rng = writer.words, writer.rng
    writer.line(f"def {rng.choice(['build', 'serving', words.function()])}():")
    writer.level += 1
    if rng.random() < 0.3:
        writer.docstring(words.sentence(), {})
    writer.value(
        "",
        Call(
            "base",
            [],
            {"image": f"{rng.choice(COMPANIES)}/{words.noun()}:{words.version()}", "dev": rng.random() < 0.6},
        ),
    )
    installs = [
        Call("install.python", [], {"version": f"3.{rng.randrange(8, 13)}"} if rng.random() < 0.7 else {}),
        Call("install.apt_packages", [], {"name": rng.sample(APT_PACKAGES, rng.randrange(1, 7))}),
        Call(
            "install.python_packages",
            [],
            {
                "name": [
                    f"{p}=={words.version()}" if rng.random() < 0.5 else p
                    for p in rng.sample(PYTHON_PACKAGES, rng.randrange(1, 9))
                ]
            },
        ),
        Call("install.python_packages", [], {"requirements": "requirements.txt"}),
        Call("install.conda", [], {"use_mamba": True}),
        Call("install.cuda", [], {"version": "12.2", "cudnn": "8"}),
        Call("install.vscode_extensions", [[f"{rng.choice(COMPANIES)}.{words.noun()}" for _ in range(3)]]),
        Call("config.pip_index", [], {"url": words.url()}),
        Call("config.jupyter", [], {"token": "", "port": 8888}),
        Call("io.copy", [], {"source": words.file(), "target": "/home/envd/" + words.path()}),
        Call(
            "run",
            [],
            {
                "commands": [
                    f"{rng.choice(['curl -L', 'wget', 'tar xzf'])} {words.url()}",
                    f"python -m {words.noun()} --{words.noun()} {words.path()}",
                ],
                "mount_host": rng.random() < 0.3,
            },
        ),
        Call("runtime.expose", [], {"envd_port": rng.randrange(3000, 9000), "service": words.noun()}),
        Call("runtime.environ", [], {"env": {words.constant(): words.noun() for _ in range(rng.randrange(1, 5))}}),
        Call("runtime.daemon", [], {"commands": [["jupyter-lab", "--port", "8080"], ["sh", "-c", words.file("sh")]]}),
        Call("shell", [rng.choice(["zsh", "fish", "bash"])]),
        Call("git_config", [], {"name": words.noun().title()}),
    ]
    for call in rng.sample(installs, rng.randrange(4, 13)):
        if rng.random() < 0.25:
            writer.comment(words.sentence())
        if rng.random() < 0.08:
            writer.line(f"if {words.name()} {rng.choice(['==', 'in'])} {quoted(words.noun())}:")
            writer.level += 1
            writer.value("", call)
            writer.level -= 1
        else:
            writer.value("", call)
    writer.level -= 1
    writer.blank()


def table(writer: Writer) -> None:
    """A lock file or a version table."""
    words, rng = writer.words, writer.rng
    if rng.random() < 0.5:
        writer.comment(words.sentence())
    shape = rng.randrange(4)
    rows = rng.randrange(4, 60)
    if shape == 0:
        data = {f"{words.target()}": words.version() for _ in range(rows)}
    elif shape == 1:
        data = {
            words.target(): {
                "version": words.version(),
                "sha256": words.hexadecimal(),
                "urls": [words.url()],
                "deps": some(writer, 0, 4, words.label),
            }
            for _ in range(rows // 3 + 1)
        }
    elif shape == 2:
        data = [(words.noun(), rng.randrange(10000), rng.random() < 0.5, words.file()) for _ in range(rows)]
    else:
        data = [
            Call(
                "struct",
                [],
                {
                    "name": words.target(),
                    "size": rng.randrange(1 << 20),
                    "mode": Raw("0o644"),
                    "ratio": round(rng.random(), 3),
                },
            )
            for _ in range(rows)
        ]
    writer.value(f"{words.constant()} = ", data)
    writer.blank()


def archives(writer: Writer) -> None:
    """A repository declaration, as in a WORKSPACE or a dependencies file."""
    words, rng = writer.words, writer.rng
    keywords = {"name": f"{rng.choice(COMPANIES)}_{words.noun()}", "urls": some(writer, 1, 2, words.url)}
    keywords["sha256" if rng.random() < 0.6 else "integrity"] = (
        words.hexadecimal() if "sha256" in keywords else "sha256-" + words.base64()
    )
    keywords["strip_prefix"] = f"{words.target()}-{words.version()}"
    if rng.random() < 0.3:
        keywords["patches"] = some(writer, 1, 3, lambda: f"//third_party:{words.file('patch')}")
        keywords["patch_args"] = ["-p1"]
    writer.value("", Call(rng.choice(["http_archive", "maybe", "go_repository"]), [], keywords))
    writer.blank()


def configuration(writer: Writer, depth: int = 6) -> None:
    """Deeply nested dicts, lists and structs."""
    words, rng = writer.words, writer.rng

    def nested(level: int):
        if level == 0 or rng.random() < 0.15:
            return rng.choice([words.noun(), words.file(), rng.randrange(10000), True, None, words.version()])
        if rng.random() < 0.25:
            return [nested(level - 1) for _ in range(rng.randrange(1, 4))]
        pairs = {rng.choice(NOUNS + ADJECTIVES): nested(level - 1) for _ in range(rng.randrange(1, 5))}
        return Call("struct", [], {k: v for k, v in pairs.items()}) if rng.random() < 0.15 else pairs

    writer.value(f"{words.noun()}_config = ", {words.noun(): nested(depth) for _ in range(rng.randrange(2, 5))})
    writer.blank()


def commentary(writer: Writer) -> None:
    """A long explanation in comments, and little code."""
    words, rng = writer.words, writer.rng
    for _ in range(rng.randrange(1, 4)):
        writer.comment(words.paragraph(rng.randrange(2, 7)))
        if rng.random() < 0.5:
            writer.line("#")
            for _ in range(rng.randrange(2, 6)):
                writer.line(f"#   - {words.label()}: {words.phrase()}")
            writer.line("#")
    writer.line(f"{words.constant()} = {quoted(words.path())}  # {words.phrase()}")
    writer.blank()


def templates(writer: Writer) -> None:
    """Scripts and texts inside string literals."""
    words, rng = writer.words, writer.rng
    delimiter = rng.choice(['"""', '"""', '"""', "'''"])
    writer.line(f"{words.constant()}_TEMPLATE = {rng.choice(['', '', '', 'r'])}{delimiter}#!/bin/bash")
    for _ in range(rng.randrange(5, 40)):
        writer.line(
            rng.choice(
                [
                    f"export {words.constant()}=${{{words.constant()}:-{words.path()}}}",
                    f"# {words.sentence()}",
                    "",
                    f'if [[ -f "${{{words.constant()}}}" ]]; then',
                    f"    exec {words.file('sh')} \"$@\"",
                    "fi",
                    f"{words.noun()} --{words.noun()}={{{{{words.noun()}}}}} \\\\",
                    f"cat {words.path()}/%{{{words.noun()}}} | sort",
                ]
            )
        )
    writer.line(delimiter)
    writer.blank()
    for _ in range(rng.randrange(1, 6)):
        text = words.sentence() + rng.choice(["\n", "", " %s", " {}"]) + words.phrase()
        writer.line(f"_{words.constant()} = {quoted(text, writer.quote)} % {words.constant()}")
    writer.blank()


def assertions(writer: Writer) -> None:
    """A test file: many short expressions of every kind."""
    words, rng = writer.words, writer.rng
    body = Body(writer, [words.function(), "struct", "sorted"])
    writer.comment(words.phrase() + " and " + words.phrase())
    body.names = [words.name() for _ in range(4)]
    for name in body.names:
        writer.line(f"{name} = {body.expression(2)}")
    for _ in range(rng.randrange(5, 30)):
        method = rng.choice(["eq", "eq", "eq", "true", "ne", "fails", "contains"])
        if method == "fails":
            writer.line(f"asserts.fails(lambda: {body.expression(2)}, {quoted(words.phrase(), writer.quote)})")
        elif method == "true":
            writer.line(f"asserts.true({body.condition()})")
        else:
            writer.line(f"asserts.{method}({body.expression(3)}, {body.atom()})")
    writer.blank()


#: The sections of a style with their weights, the file's name, and whether it begins with a licence and loads.
STYLES = {
    "build": ([(build_targets, 1)], "BUILD.bazel", True),
    "rules": ([(rule_section, 3), (macro_section, 1)], "{name}.bzl", True),
    "macros": ([(macro_section, 6), (table, 1), (commentary, 1)], "{name}.bzl", True),
    "envd": ([(environment, 1)], "{name}.envd", False),
    "tables": ([(table, 1)], "{name}.bzl", False),
    "repositories": ([(archives, 8), (macro_section, 1)], "{name}_deps.bzl", True),
    "config": ([(configuration, 1)], "{name}.star", False),
    "commentary": ([(commentary, 3), (macro_section, 1)], "{name}.bzl", True),
    "templates": ([(templates, 4), (macro_section, 1)], "{name}.bzl", True),
    "functions": ([(big_function, 2), (macro_section, 1)], "{name}.bzl", True),
    "tests": ([(assertions, 1)], "{name}_test.star", False),
}
WEIGHTS = {
    "build": 24,
    "rules": 18,
    "macros": 18,
    "envd": 10,
    "tables": 5,
    "repositories": 5,
    "config": 3,
    "commentary": 3,
    "templates": 4,
    "functions": 6,
    "tests": 4,
}
