"""Holds the engine against starlark-go and starlark-rust over generated programs.

    Differential [--seed N] [--programs N] [--binary PATH] [--only FAMILY[/NUMBER]] [--show]

Every program runs in `envd eval`, in starlark-go and in starlark-rust (PyPI: starlark-go, starlark-pyo3). What it prints,
whether it fails, on which line, and by which calls must be as in starlark-go; wording is not compared. starlark-rust is
compared with as well; where it differs and starlark-go agrees with envd, nothing is wrong, but the difference must be
one that is known. All known differences stand in known.py with their reasons, each with a program that shows it; one
that does so no more fails too. What differs otherwise is made smaller and shown. Ends with a line 'N passed, N failed,
N skipped'; exit status 1 if anything failed.
"""

import argparse
import collections
import os
import pathlib
import sys
import time

import pool
from families import FAMILIES, generate, shares
from known import GO, RUST
from trial import ALL_KNOWN

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
SEED, PROGRAMS = "1", 20_000


def options():
    parser = argparse.ArgumentParser(prog="Differential", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", default=SEED, help="a number, or 'fresh' for the clock's (default: %(default)s)")
    parser.add_argument("--programs", type=int, default=PROGRAMS, help="how many programs (default: %(default)s)")
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / ".build/release/envd")
    parser.add_argument("--only", help="a family, or one program as FAMILY/NUMBER")
    parser.add_argument("--show", action="store_true", help="print the programs of --only instead of running them")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    return parser.parse_args()


def main() -> int:
    arguments = options()
    seed = str(time.time_ns() & 0x7FFF_FFFF) if arguments.seed == "fresh" else arguments.seed
    try:
        import starlark  # noqa: F401
        import starlark_go  # noqa: F401
    except ImportError as missing:
        print(f"nothing to compare with: {missing}")
        print("0 passed, 0 failed, 1 skipped")
        return 0

    family, _, number = (arguments.only or "").partition("/")
    tasks = []
    for each, count in shares(arguments.programs):
        numbers = range(count) if not number else [int(number)]
        if not family or each.name == family:
            tasks += [(seed, each.name, index) for index in numbers]
    if not tasks:
        sys.exit(f"no family is called {family}; there are {', '.join(each.name for each in FAMILIES)}")
    if arguments.show:
        for each in FAMILIES:
            for _, name, index in tasks:
                if name == each.name:
                    print(f"# {name}/{index}\n{generate(each, seed, index)[0]}")
        return 0

    print(f"{len(tasks)} programs of seed {seed}", flush=True)
    if not arguments.only:
        tasks += [(seed, pool.WITNESSES, index) for index in range(len(ALL_KNOWN))]
    passed, failed, skipped = 0, 0, collections.Counter()
    known = collections.Counter()
    kinds = collections.Counter()
    deaths = []
    for (_, name, index), verdict in pool.run(tasks, arguments.binary, arguments.workers):
        if verdict is None:
            deaths.append(f"{name}/{index}")
        elif name == pool.WITNESSES:
            entry = ALL_KNOWN[index]
            stale = verdict.known != entry.name
            failed, passed = failed + stale, passed + (not stale)
            if stale:
                instead = f"that is {verdict.known}" if verdict.known else "no known difference"
                print(
                    f"\nthe witness of the known difference {entry.name} shows {instead}: take the entry out, or mend it"
                )
                show(verdict)
        elif verdict.skipped:
            skipped[verdict.skipped] += 1
        elif verdict.failed:
            failed += 1
            report(verdict, f"{name}/{index}", seed, failed)
        else:
            passed += 1
            kinds["failing" if verdict.outcomes["envd"].failed else "succeeding"] += 1
            if verdict.known:
                known[verdict.known] += 1

    groups = {"to starlark-go": GO, "to starlark-rust, where starlark-go agrees": RUST}
    for title, differences in groups.items():
        print(f"known differences {title}:")
        for each in differences:
            print(f"  {known[each.name]:6}  {each.name}: {each.reason}")
    if deaths:
        print(f"a peer died {len(deaths)} times, of {', '.join(deaths[:9])}")
    for reason, count in skipped.items():
        print(f"{count} skipped: {reason}")
    print(f"of those that passed, {kinds['succeeding']} succeed in envd and {kinds['failing']} fail")
    print(f"{passed} passed, {failed} failed, {sum(skipped.values())} skipped")
    return 1 if failed else 0


def report(verdict, name: str, seed: str, number: int) -> None:
    if number > 40:
        return
    print(f"\n{name} of seed {seed}: {verdict.peer} differs ({verdict.split.place if verdict.split else 'breakdown'})")
    show(verdict)


def show(verdict) -> None:
    print("```starlark\n" + verdict.program.rstrip("\n") + "\n```")
    for engine, outcome in verdict.outcomes.items():
        print(f"  {engine}:\n{outcome.describe()}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
