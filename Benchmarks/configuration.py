"""Generates a large configuration: rules and macros as users of a build system write them, and thousands of lines that
call them, package by package. Always the same text, which is valid Starlark and valid Python.
"""

import random

PACKAGES = 260
SEED = "configuration"

RULES = '''
"""A build of many packages. Rules record their targets; at the end the graph is checked and summed up."""

TARGETS = {}
PLATFORMS = ["linux", "darwin", "windows"]
DEFAULT_OPTIONS = {"optimize": 2, "warnings": ["all", "extra"], "debug": False}

def normalized(label, package):
    if label.startswith("//"):
        return label
    if label.startswith(":"):
        return "//" + package + label
    return "//%s:%s" % (package, label)

def checked_name(name, kind):
    if not name or " " in name:
        fail("%s: %r is no name of a target" % (kind, name))
    return name

def compiler_options(options, platform):
    flags = []
    for key, value in sorted(options.items()):
        if type(value) == type([]):
            flags.extend(["--%s=%s" % (key, item) for item in value])
        elif type(value) == type(True):
            if value:
                flags.append("--" + key)
        else:
            flags.append("--{}={}".format(key, value))
    flags.append("--target=" + platform)
    return flags

def merged(base, *others):
    options = dict(base)
    for other in others:
        for key, value in other.items():
            if key in options and type(options[key]) == type([]):
                options[key] = options[key] + value
            else:
                options[key] = value
    return options

def declare(kind, package, name, srcs, deps, options, **attributes):
    label = normalized(checked_name(name, kind), package)
    if label in TARGETS:
        fail("declared twice: " + label)
    record = {
        "kind": kind,
        "label": label,
        "srcs": ["%s/%s" % (package, source) for source in srcs],
        "deps": [normalized(dep, package) for dep in deps],
        "flags": {platform: compiler_options(options, platform) for platform in PLATFORMS},
    }
    record.update(attributes)
    TARGETS[label] = record
    return label

def library(name, package, srcs = [], hdrs = [], deps = [], options = {}, visibility = ["//visibility:private"]):
    settings = merged(DEFAULT_OPTIONS, options)
    return declare("library", package, name, srcs + hdrs, deps, settings, visibility = visibility)

def binary(name, package, srcs = [], deps = [], options = {}, stamp = False, data = None):
    settings = merged(DEFAULT_OPTIONS, {"link": ["static", "strip"]}, options)
    return declare("binary", package, name, srcs, deps, settings, stamp = stamp, data = data or [])

def test(name, package, srcs, deps = [], size = "small", timeout = 60, tags = []):
    settings = merged(DEFAULT_OPTIONS, {"debug": True})
    return declare("test", package, name, srcs, deps, settings, size = size, timeout = timeout, tags = tags)

def test_suite(package, library, count, size = "small"):
    labels = []
    for number in range(count):
        name = "test_{}_{}".format(library.split(":")[-1], number)
        labels.append(test(
            name = name,
            package = package,
            srcs = [name + ".c", "test_main.c"],
            deps = [library],
            size = size,
            tags = ["unit"] if number % 2 == 0 else ["unit", "slow"],
        ))
    return labels
'''

SUMMARY = """
def reachable(label):
    seen = {label: True}
    pending = [label]
    for _ in range(len(TARGETS)):
        if not pending:
            break
        for dep in TARGETS[pending.pop()]["deps"]:
            if dep not in seen:
                seen[dep] = True
                pending.append(dep)
    return seen

def summary():
    kinds = {}
    flags = {}
    edges = 0
    for label, record in TARGETS.items():
        kinds[record["kind"]] = kinds.get(record["kind"], 0) + 1
        for dep in record["deps"]:
            if dep not in TARGETS:
                fail("%s depends on %s, which nobody declares" % (label, dep))
        for flag in record["flags"]["linux"]:
            flags[flag] = flags.get(flag, 0) + 1
        edges += len(record["deps"])
    binaries = [label for label, record in TARGETS.items() if record["kind"] == "binary"]
    largest = sorted([(-len(reachable(label)), label) for label in binaries])[:5]
    lines = ["%s: %d" % (kind, count) for kind, count in sorted(kinds.items())]
    lines += ["%s %d" % (label, -count) for count, label in largest]
    lines.append("edges: {}, flags: {}, sources: {}".format(
        edges, sum_of(flags.values()), sum_of([len(record["srcs"]) for record in TARGETS.values()])))
    return "; ".join(lines)

def sum_of(values):
    total = 0
    for value in values:
        total += value
    return total

result = summary()
"""

NOUNS = "audio cache codec config crypto disk event frame graph image index input kernel layout math memory net".split()


def strings(values: list[str], indent: str = "    ") -> str:
    return "[\n" + "".join(f'{indent}    "{value}",\n' for value in values) + indent + "]"


def package_path(number: int, nouns: list[str]) -> str:
    return f"src/{nouns[number]}/p{number}"


def package_text(number: int, nouns: list[str], chance: random.Random) -> str:
    """One package: its constants, a macro of its own, and its targets."""
    noun, package, constant = nouns[number], package_path(number, nouns), f"P{number}"
    sources = [f"{noun}_{index}.c" for index in range(chance.randrange(2, 9))]
    # Packages come in order and depend on earlier ones, nearby most of the time, as layers do.
    earlier = sorted({max(0, number - chance.randrange(1, 25)) for _ in range(chance.randrange(1, 5))} - {number})
    library_deps = [f"//{package_path(other, nouns)}:{nouns[other]}" for other in earlier]
    return f"""
# {noun.capitalize()}, part {number}.
{constant}_PACKAGE = "{package}"
{constant}_SOURCES = {strings(sources, "")}
{constant}_OPTIONS = {{
    "define": ["PART={number}", "{noun.upper()}"],
    "optimize": {chance.randrange(4)},
    "debug": {chance.random() < 0.3},
}}

def p{number}_variants(names, base):
    labels = []
    for index, name in enumerate(names):
        labels.append(library(
            name = "%s_%s" % (base, name),
            package = {constant}_PACKAGE,
            srcs = [source for source in {constant}_SOURCES if not source.endswith("_%d.c" % index)],
            deps = [":" + base],
            options = merged({constant}_OPTIONS, {{"define": [name.upper()]}}),
        ))
    return labels

library(
    name = "{noun}",
    package = {constant}_PACKAGE,
    srcs = {constant}_SOURCES,
    hdrs = ["{noun}.h"] + [source.replace(".c", ".h") for source in {constant}_SOURCES],
    deps = {strings(library_deps)},
    options = {constant}_OPTIONS,
    visibility = ["//visibility:public"],
)

binary(
    name = "{noun}_tool",
    package = {constant}_PACKAGE,
    srcs = ["main.c"],
    deps = [":{noun}"] + p{number}_variants(["fast", "small", "checked"], "{noun}"),
    stamp = {chance.random() < 0.5},
)

test_suite({constant}_PACKAGE, "//" + {constant}_PACKAGE + ":{noun}", {chance.randrange(1, 6)}, size = "medium")
"""


def text() -> str:
    chance = random.Random(SEED)
    nouns = [chance.choice(NOUNS) for _ in range(PACKAGES)]
    packages = [package_text(number, nouns, chance) for number in range(PACKAGES)]
    return (RULES + "".join(packages) + SUMMARY).lstrip("\n")
