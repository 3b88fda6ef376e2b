"""What the type checker reports must be wrong: programs that run to their end get no finding of types.

The programs are those that hold the engine against its peers (Tests/StarlarkTests/Differential): expressions of every type and
operator, statements, functions, containers, texts. Nearly half of them succeed. SOUNDNESS_SEED and SOUNDNESS_PROGRAMS
choose others, as `make fuzz` does.
"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "StarlarkTests" / "Differential"))
from families import FAMILIES, generate, shares  # noqa: E402

ENVD = pathlib.Path(os.environ.get("ENVD", ROOT / ".build" / "release" / "envd")).resolve()
SEED = os.environ.get("SOUNDNESS_SEED", "1")
PROGRAMS = int(os.environ.get("SOUNDNESS_PROGRAMS", "6000"))
ALLOW = "set,while,toplevelcontrol,globalreassign,recursion"
# Rules of the language itself that promise that a program fails may be added here when they exist.
RULES = set("""
invalid-argument-type invalid-assignment-type invalid-default invalid-index invalid-return-type invalid-unpacking
missing-argument not-callable not-iterable duplicate-argument too-many-arguments unhashable-key unknown-argument
unknown-attribute unsupported-operator
""".split())


def is_reached(path, finding):
    """Whether the program, which succeeds, gets to the place of a finding: if it does not, the finding may well be right.

    It does if the program fails once `fail` stands in place of the expression, or, where that is none, before its line.
    """
    source = path.read_bytes()
    start, end = (finding["range"][which]["offset"] for which in ("start", "end"))
    line = source.rfind(b"\n", 0, start) + 1
    before = source[line:start]
    indentation = before[: len(before) - len(before.lstrip())]
    in_place = source[:start] + b'fail("reached")' + source[end:]
    ahead = source[:line] + indentation + b'fail("reached")\n' + source[line:]
    other = path.with_suffix(".reached")
    for changed in (in_place, ahead):
        other.write_bytes(changed)
        if succeeds(other):
            return False
    return True


def succeeds(path):
    finished = subprocess.run(
        [ENVD, "eval", "--allow", ALLOW, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60
    )
    return finished.returncode == 0


def test_programs_that_run_have_no_findings_of_types(tmp_path):
    by_name = {family.name: family for family in FAMILIES}
    paths = []
    for family, count in shares(PROGRAMS):
        for number in range(count):
            path = tmp_path / f"{family.name}-{number}.envd"
            path.write_bytes(_bytes(generate(by_name[family.name], SEED, number)[0]))
            paths.append(path)
    linted = subprocess.run([ENVD, "lint", "--format", "json", tmp_path], stdout=subprocess.PIPE)
    assert linted.returncode in (0, 1)
    found = {}
    for finding in json.loads(linted.stdout)["findings"]:
        if finding["code"] in RULES:
            found.setdefault(pathlib.Path(finding["file"]).name, finding)
    suspects = [path for path in paths if path.name in found]
    # A checker that says nothing would pass: it has to find a good part of those that fail.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(succeeds, suspects))
    wrong = [
        f"{path.name}:{found[path.name]['range']['start']['line']}: {found[path.name]['message']}"
        for path, success in zip(suspects, results)
        if success and is_reached(path, found[path.name])
    ]
    assert not wrong, f"{len(wrong)} of {len(suspects)}, seed {SEED}:\n" + "\n".join(wrong[:40])
    assert len(suspects) > PROGRAMS / 10


def _bytes(source):
    return source if isinstance(source, bytes) else str(source).encode("utf-8", "surrogateescape")
