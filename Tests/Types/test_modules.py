"""The types that files give to others are those that their values have when they are loaded.

The programs are those of `test_soundness.py`: each is loaded by another file, which says what `type` says of all that it defines.
"""

import concurrent.futures
import os
import re
import subprocess

from test_soundness import ALLOW, ENVD, FAMILIES, SEED, _bytes, generate, shares

PROGRAMS = int(os.environ.get("MODULE_PROGRAMS", "600"))
# The name that `type` gives to values, by how a type is written.
KINDS = {
    "str": "string", "int": "int", "float": "float", "bool": "bool", "bytes": "bytes", "list": "list", "dict": "dict",
    "tuple": "tuple", "set": "set", "range": "range", "None": "NoneType", "(": "function", "struct": "struct",
}  # fmt: skip


def alternatives(text):
    """The members of a union, at its top level."""
    parts, depth, quote = [""], 0, False
    for index, character in enumerate(text):
        if character == '"' and text[index - 1] != "\\":
            quote = not quote
        if not quote:
            depth += (character in "[(") - (character in "])")
            if character == "|" and depth == 0:
                parts.append("")
                continue
        parts[-1] += character
    return [part.strip() for part in parts]


def kinds(text):
    """The names that `type` may give to a value of a type; None if nothing is known."""
    found = set()
    for part in alternatives(text):
        if part.startswith("Literal["):
            for literal in re.findall(r'"(?:[^"\\]|\\.)*"|-?\d+|True|False', part):
                found.add("string" if literal[0] == '"' else "bool" if literal[0] in "TF" else "int")
        elif part.startswith("("):
            # What follows may be the result of the function.
            return found | {"function", "builtin_function_or_method"}
        else:
            kind = KINDS.get(re.match(r"\w*", part)[0])
            if kind is None:
                return None
            found.add(kind)
    return found


def judge(path):
    """The names of a program whose types are wrong, and how many were known."""
    source = path.read_bytes().decode("utf-8", "surrogateescape")
    names = sorted(
        set(re.findall(r"^(?:def )?([a-zA-Z]\w*)(?: = |\()", source, re.MULTILINE)) - {"def", "print", "fail"}
    )
    defined = [name for name in names if re.search(rf"^(?:def {name}\(|{name} = )", source, re.MULTILINE)]
    if not defined:
        return [], 0
    main = path.with_name("main_" + path.name)
    loads = ", ".join(f'"{name}"' for name in defined)
    prints = "".join(f'print("\\n@", "{name}", type({name}))\n' for name in defined)
    main.write_text(f'load("{path.name}", {loads})\n\n{prints}')
    run = subprocess.run([ENVD, "eval", "--allow", ALLOW, main.name], cwd=path.parent, capture_output=True, timeout=60)
    if run.returncode:
        return [], 0
    real = dict(re.findall(r"^@ (\w+) (\w+)$", (run.stdout + run.stderr).decode("utf-8", "replace"), re.MULTILINE))
    assert set(real) == set(defined), (path, run.stdout, run.stderr)
    types = subprocess.run([ENVD, "debug", "types", main.name], cwd=path.parent, capture_output=True, text=True).stdout
    wrong, known = [], 0
    for name, text in re.findall(r"^[^:]*:\d+:\d+: (\w+): (.*)$", types, re.MULTILINE):
        expected = kinds(text)
        known += expected is not None
        if expected is not None and real[name] not in expected:
            wrong.append(f"{path.name}: {name} is {real[name]}, not {text}")
    return wrong, known


def test_what_is_loaded_has_the_type_that_it_is_said_to_have(tmp_path):
    by_name = {family.name: family for family in FAMILIES}
    paths = []
    for family, count in shares(PROGRAMS):
        for number in range(count):
            path = tmp_path / f"{family.name}_{number}.envd"
            path.write_bytes(_bytes(generate(by_name[family.name], SEED, number)[0]))
            paths.append(path)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(judge, paths))
    wrong = [line for lines, _ in results for line in lines]
    assert not wrong, "\n".join(wrong[:20])
    # One that knows nothing would pass.
    assert sum(known for _, known in results) > PROGRAMS / 4
