#!/usr/bin/env python3
"""Hold our plans against the real envd for random programs over the whole API.

usage: random_programs.py [--ours ENVD] [--valid N] [--bad N] [--seed S]

Valid programs must be planned by both, and alike; bad ones, with one mistake each, must be refused by both. The same seed
makes the same programs, and the default is a fixed one, over which every function, every parameter of the prelude, by
position and by keyword, and every way of the generator to write a value or a call must have been used. Programs on which
the two differ are left in the directory that is printed. Every operation with nothing to mask in it or below it must have
the digest that it has in the real envd.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import shutil
import sys
import tempfile

from cases import MISSING, facts, our_envd, real_envd
from compare import Comparison
from generator.mistakes import ALL_MISTAKES, broken_program
from generator.program import Generator, everything
from generator.usage import Usage

VARIANTS = [
    ("moby-worker", "0:0"),
    ("moby-worker", "1000:1000"),
    ("docker-container", "0:0"),
    ("docker-container", "1000:1000"),
]
#: The real envd waits most of its time, so there are more at work than processors.
WORKERS = 4 * (os.cpu_count() or 1)
#: As many valid programs as it takes to use everything; fewer prove nothing about the generator.
ENOUGH = 500


class Suite:
    def __init__(self, ours, real, seed):
        self.seed = seed
        self.comparison = Comparison(ours, real, facts())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="programs-"))
        self.usage = Usage()
        for builder in ("moby-worker", "unix"):
            # It makes what it needs for a builder at its first use, and once only.
            self.comparison.oracle.home(builder)

    def judge(self, program, folder, number):
        builder, owner = VARIANTS[number % len(VARIANTS)]
        if program.owned and number % 8 >= 4:
            # An owner on the command line hides that of the program.
            owner = None
        program.write(folder)
        result, detail = self.comparison.judge(folder, builder, owner, program.entry)
        return result, f"{folder} ({builder}, {owner}, {program.entry}): {detail}"

    def valid(self, number):
        """Judge a valid program: it must be planned, and alike."""
        program = Generator(f"{self.seed}/{number}").program()
        folder = self.folder / f"valid-{number}"
        result, detail = self.judge(program, folder, number)
        good = result in ("exact", "equal")
        if good:
            self.usage.add(program.used)
            shutil.rmtree(folder)
        return good, result, detail

    def bad(self, number):
        """Judge a program with a mistake: it must be refused."""
        name, program = broken_program(f"{self.seed}/{number}", number)
        folder = self.folder / f"bad-{number}"
        result, detail = self.judge(program, folder, number)
        good = result == "both-fail"
        if good:
            self.usage.add([name])
            shutil.rmtree(folder)
        return good, result, f"{name}: {detail}"

    def close(self):
        self.comparison.close()
        if not any(self.folder.iterdir()):
            self.folder.rmdir()


def unused(suite, valid, bad):
    """What the programs should have used and did not, if there were enough of them."""
    names = everything() if valid >= ENOUGH else []
    names += ALL_MISTAKES if bad >= len(ALL_MISTAKES) else []
    return suite.usage.missing(names)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", default=str(our_envd()))
    parser.add_argument("--valid", type=int, default=600)
    parser.add_argument("--bad", type=int, default=len(ALL_MISTAKES))
    parser.add_argument("--seed", default="1")
    arguments = parser.parse_args()
    total = arguments.valid + arguments.bad
    real = real_envd()
    if real is None:
        print(f"0 passed, 0 failed, {total} skipped: {MISSING}")
        return 0
    suite = Suite(arguments.ours, real, arguments.seed)
    results, failed = collections.Counter(), 0
    try:
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            for judge, count in [(suite.valid, arguments.valid), (suite.bad, arguments.bad)]:
                for good, result, detail in pool.map(judge, range(count)):
                    results[judge.__name__, result] += 1
                    if not good:
                        failed += 1
                        print(f"{result} {detail}", flush=True)
    finally:
        suite.close()
    print(", ".join(f"{count} {kind}: {result}" for (kind, result), count in sorted(results.items())))
    operations = suite.comparison.operations
    print(f"{operations['exact']} operations had to have the same digest, {operations['masked']} were masked")
    # Each thing that was never used is a failure besides those of the programs.
    idle = unused(suite, arguments.valid, arguments.bad)
    for name in idle:
        print(f"no program of the seed {arguments.seed} used: {name}")
    print(f"{total - failed} passed, {failed + len(idle)} failed")
    return 1 if failed or idle else 0


if __name__ == "__main__":
    sys.exit(main())
