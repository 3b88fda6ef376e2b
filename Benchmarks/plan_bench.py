"""Measures `envd plan` against the real envd, in one run, on the same programs and with the same facts.

The real envd (PyPI `envd==1.3.6`) prints its build graph with `debug llb`, for a builder that it does not have to be
connected to. All that it asks registries and services for is answered on loopback, by the oracle of Tests/Conformance;
the answers take part in its time, as they do for its users, only with a network as fast as none. Ours has the same facts
in a file. Both are whole processes and take turns.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from project import OURS, ROOT, build_envd, processor
from results import Target, median, milliseconds, table

CONFORMANCE = ROOT / "Tests" / "Conformance"
sys.path.insert(0, str(CONFORMANCE))
import cases  # noqa: E402
import oracle  # noqa: E402

#: A file as people write them, and others that ask for much or for nothing.
TYPICAL = ROOT / "Examples" / "pytorch"
PROGRAMS = [TYPICAL, ROOT / "Examples" / "serving"] + [
    CONFORMANCE / "programs" / name for name in ("default-image", "dev-bash", "dev-fish-uv", "languages", "functions")
]
OWNER = "1000:1000"

TARGETS = {
    "times as fast as the real envd, at least": Target(20, True, "×"),
    "envd plan of a typical file": Target(10, False, " ms"),
}


def time_ours(command: list[str], cwd: pathlib.Path, environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def time_real(world: oracle.Oracle, program: pathlib.Path) -> float:
    finished = world.run(str(program), owner=OWNER)
    if finished["rc"] != 0:
        raise RuntimeError(f"the real envd refuses {program.name}: {finished['stderr']}")
    return finished["seconds"]


def measure(rounds: int) -> dict[str, dict[str, list[float]]]:
    """Seconds by program and by whose they are."""
    binary, real = build_envd(), cases.real_envd()
    if real is None:
        sys.exit(f"bench: {cases.MISSING}")
    world = oracle.Oracle(real)
    times: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as home:
        lock = pathlib.Path(home) / "facts.json"
        lock.write_text(json.dumps(world.world.table))
        environment = {"PATH": os.environ["PATH"], "HOME": home}
        try:
            # The first pass is to have everything in the system's cache, and does not count.
            for count in range(rounds + 1):
                for program in PROGRAMS:
                    command = [str(binary), "plan", ".", "--owner", OWNER, "--lock", str(lock)]
                    measured = times.setdefault(program.name, {OURS: [], "real envd": []})
                    pair = time_ours(command, program, environment), time_real(world, program)
                    for values, seconds in zip(measured.values(), pair):
                        values += [seconds] if count else []
        finally:
            world.close()
    return times


def run(rounds: int) -> tuple[dict, str, dict[str, float]]:
    """All that was measured, the report, and the figures that the targets are held against."""
    times = measure(rounds)
    ratios = {name: median(each["real envd"]) / median(each[OURS]) for name, each in times.items()}
    rows = [
        [
            name,
            *(f"{milliseconds(median(each) * 1e9)} (best {milliseconds(min(each) * 1e9)})" for each in measured.values()),
            f"{ratios[name]:.1f}×",
        ]
        for name, measured in times.items()
    ]
    text = "\n\n".join(
        [
            f"### Plans ({processor()})",
            table(["program", "envd plan", "real envd debug llb", "ratio"], rows),
            f"Median of {rounds} processes each, from start to end, with a table of facts and answers from loopback.",
        ]
    )
    figures = {
        "times as fast as the real envd, at least": min(ratios.values()),
        "envd plan of a typical file": median(times[TYPICAL.name][OURS]) * 1e3,
    }
    return {"times": times, "ratios": ratios}, text, figures
