#!/usr/bin/env python3
"""Holds `envd fmt` against black: hand-written cases, the examples, a generated corpus, random programs.

Prints the share of identical results for each group. A difference that is not in known-differences.txt fails, and so does
an entry there that is no longer one, so that the list can only shrink. Everything else that `envd fmt` promises is checked
too: its output is stable, and it leaves alone what it cannot parse.
"""

import argparse
import difflib
import pathlib
import shutil
import subprocess
import sys
import tempfile

import black

from random_programs import program

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KNOWN = HERE / "known-differences.txt"


def by_black(source):
    """What black makes of it; None where black cannot read it."""
    try:
        return black.format_str(source, mode=black.Mode())
    except black.InvalidInput:
        return None


def by_envd(envd, sources, folder):
    """The results for all sources in one run; None where a file has findings."""
    folder.mkdir()
    for index, source in enumerate(sources):
        (folder / f"{index:05}.envd").write_bytes(source.encode())
    run = subprocess.run([envd, "fmt", str(folder)], capture_output=True, text=True)
    output = run.stdout + run.stderr
    # 1 is for files with findings; 2 would be a file that it could not format.
    if run.returncode not in (0, 1):
        sys.exit(f"envd fmt ended with {run.returncode}: {output[:2000]}")
    refused = {line.split(".envd")[0][-5:] for line in output.splitlines() if ".envd" in line and "error" in line}
    results = []
    for index in range(len(sources)):
        text = (folder / f"{index:05}.envd").read_bytes().decode()
        results.append(None if f"{index:05}" in refused else text)
    return results, output


def unstable(envd, results, folder):
    """Which results another run would change."""
    again, _ = by_envd(envd, [result or "" for result in results], folder)
    return [index for index, (one, two) in enumerate(zip(results, again)) if one is not None and one != two]


def groups(arguments):
    cases = sorted((HERE / "cases").glob("*.envd"))
    yield "cases", [(path.stem, path.read_bytes().decode()) for path in cases]
    examples = sorted(path for path in (ROOT / "Examples").rglob("*.envd"))
    yield "examples", [(str(path.relative_to(ROOT)), path.read_bytes().decode()) for path in examples]
    if arguments.corpus:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, ROOT / "scripts/make-corpus", folder], check=True, stdout=subprocess.DEVNULL)
            files = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file())[:: arguments.every]
            yield "corpus", [(f"corpus/{path.name}", path.read_bytes().decode()) for path in files]
    first = arguments.seed
    yield "random", [(f"random/{seed}", program(seed)) for seed in range(first, first + arguments.count)]


def known_differences():
    known = {}
    if KNOWN.exists():
        for line in KNOWN.read_text().splitlines():
            if line and not line.startswith("#"):
                name, _, reason = line.partition(" ")
                known[name] = reason
    return known


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--envd", default=str(ROOT / ".build/release/envd"), help="the binary to test")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first random program")
    parser.add_argument("--count", type=int, default=1000, help="how many random programs")
    parser.add_argument("--no-corpus", dest="corpus", action="store_false", help="leave the generated corpus out")
    parser.add_argument("--every", type=int, default=10, help="take every n-th file of the corpus")
    parser.add_argument("--show", type=int, default=3, help="how many differences to print")
    arguments = parser.parse_args()

    known = known_differences()
    failures = 0
    shown = 0
    seen = set()
    for group, sources in groups(arguments):
        if not sources:
            continue
        work = pathlib.Path(tempfile.mkdtemp())
        try:
            ours, output = by_envd(arguments.envd, [text for _, text in sources], work / "first")
            changed = unstable(arguments.envd, ours, work / "second")
        finally:
            shutil.rmtree(work)
        identical = compared = refused = 0
        for index, (name, source) in enumerate(sources):
            theirs = by_black(source)
            if ours[index] is None:
                refused += 1
                if theirs is not None:
                    print(f"{name}: envd fmt refuses it")
                    failures += group != "random"
                continue
            if theirs is None:
                continue
            compared += 1
            if ours[index] == theirs:
                identical += 1
                continue
            seen.add(name)
            if name in known:
                continue
            failures += 1
            if shown < arguments.show:
                shown += 1
                difference = difflib.unified_diff(
                    theirs.splitlines(True), ours[index].splitlines(True), f"black {name}", f"envd {name}")
                print("".join(difference))
            else:
                print(f"{name}: differs")
        for index in changed:
            failures += 1
            print(f"{sources[index][0]}: formatting it again changes it")
        share = 100 * identical / compared if compared else 100
        print(f"{group}: {identical} of {compared} identical ({share:.2f} %), {refused} with findings")
        for name in known:
            if any(name == other for other, _ in sources) and name not in seen:
                failures += 1
                print(f"{name}: is a known difference no longer; take it out of {KNOWN.name}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
