"""Measures `envd lint` against `ruff check` and the type checker `ty`, in one run, on the same files.

The files are the parser's corpus, once with the names that envd looks for and once with Python's. All are whole processes
without caches that take turns; what they find goes to nowhere. Ours checks names, types and all rules that everybody
gets; ruff checks what it checks by default, and ty types alone. What running programs costs is measured with and without, on the
examples and on random programs. What an edit costs is measured in the process: a letter is typed into a function and taken out
again, and after each the file's findings are brought up to date, which at the end must be those of a fresh check.
"""

import json
import pathlib
import resource
import shutil
import subprocess
import sys
import time

import edits
from library import library
from project import OURS, OUTPUT, ROOT, build, build_envd, processor
from results import Target, best_of_rounds, median, microseconds, milliseconds, percentile, table
from syntax_bench import files_below, make_corpus

TARGETS = {
    "time against ruff check, at most": Target(1, False, "×"),
    "times as fast as ty check, at least": Target(2, True, "×"),
    "recheck after an edit in 12,000 lines, p50": Target(1, False, " ms"),
}

#: Edits in each of the files, in pairs.
EDIT_COUNT = 400


def copies(corpus: pathlib.Path, folder: pathlib.Path, ending: str) -> int:
    """Fills a folder with the corpus's files under another ending. Returns their bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    size = 0
    for number, path in enumerate(files_below(corpus / "files")):
        content = path.read_bytes()
        size += len(content)
        (folder / f"f{number:04}_{path.stem.replace('-', '_')}{ending}").write_bytes(content)
    return size


def random_programs(folder: pathlib.Path, count: int) -> int:
    """Fills a folder with projects from the generator of the conformance tests. Returns how many files there are."""
    sys.path.insert(0, str(ROOT / "Tests" / "Conformance"))
    from generator.program import Generator

    shutil.rmtree(folder, ignore_errors=True)
    for number in range(count):
        Generator(f"lint/{number}").program().write(folder / str(number))
    return sum(1 for _ in folder.rglob("*.envd"))


def cost_of_runs(binary, rounds: int) -> tuple[dict, str]:
    """What `envd lint` takes with and without running the programs."""
    programs = OUTPUT / "lint" / "programs"
    count, files = 300, random_programs(programs, 300)
    places = {"Examples": ROOT / "Examples", f"{count} random programs in {files} files": programs}
    figures, rows = {}, []
    for name, place in places.items():
        walls = {"--no-plan": [], "": []}
        for count in range(rounds + 1):
            for option, times in walls.items():
                wall, _ = spent([binary, "lint", "--format", "json", *option.split(), "."], place)
                if count:
                    times.append(wall)
        text, run = (median(walls[option]) * 1e9 for option in ("--no-plan", ""))
        rows.append([name, milliseconds(text), milliseconds(run)])
        figures[name] = walls
    return figures, table(["envd lint", "--no-plan", "with runs"], rows)


def cost_of_edits(corpus: pathlib.Path, seed: str, rounds: int) -> tuple[dict, str, float]:
    """What bringing findings up to date takes after an edit within a function."""
    binary = build("SyntaxBenchmark")
    folder = OUTPUT / "lint" / "edits"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "a library of 12,000 lines": library(12_000, seed),
        "the corpus's file of 12,000 lines": (corpus / "large.star").read_bytes(),
    }
    figures, rows = {}, []
    for number, (name, text) in enumerate(texts.items()):
        source, list_ = folder / f"{number}.envd", folder / f"{number}.edits"
        source.write_bytes(text)
        list_.write_text("".join(edit.line() + "\n" for edit in edits.inside_functions(text, EDIT_COUNT, seed)))
        finished = subprocess.run(
            list(map(str, [binary, "recheck", rounds, source, list_])), check=True, stdout=subprocess.PIPE
        )
        result = json.loads(finished.stdout)
        times = best_of_rounds(result["rounds"])
        figures[name] = {"microseconds": times, "first": result["first"], "findings": result["findings"]}
        rows.append(
            [name, str(result["findings"]), milliseconds(result["first"]), *(microseconds(percentile(times, part)) for part in (50, 90, 99))]
        )
    report = table(["recheck after an edit", "findings", "first check", "p50", "p90", "p99"], rows)
    return figures, report, median(figures["a library of 12,000 lines"]["microseconds"]) / 1e3


def spent(command: list, folder: pathlib.Path) -> tuple[float, float]:
    """Seconds of a process from start to end, and of all cores for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    finished = subprocess.run(list(map(str, command)), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if finished.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} ends with status {finished.returncode}")
    cores = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cores


def run(seed: str, rounds: int) -> tuple[dict, str, dict[str, float]]:
    """All that was measured, the report, and the figures that the targets are held against."""
    binary, corpus = build_envd(), make_corpus(seed)
    ours, theirs = OUTPUT / "lint" / "envd", OUTPUT / "lint" / "python"
    size = copies(corpus, ours, ".envd")
    copies(corpus, theirs, ".py")
    programs = pathlib.Path(sys.executable).parent
    commands = {
        OURS: ([binary, "lint", "--format", "json", "."], ours),
        "ruff check": ([programs / "ruff", "check", "--isolated", "--no-cache", "--output-format", "json", "."], theirs),
        "ty check": ([programs / "ty", "check", "--output-format", "concise", "."], theirs),
    }
    walls: dict[str, list[float]] = {name: [] for name in commands}
    cores: dict[str, list[float]] = {name: [] for name in commands}
    # The first pass is to have everything in the system's cache, and does not count.
    for count in range(rounds + 1):
        for name, (command, folder) in commands.items():
            wall, core = spent(command, folder)
            if count:
                walls[name].append(wall)
                cores[name].append(core)
    rows = [
        [name, milliseconds(median(walls[name]) * 1e9), milliseconds(median(cores[name]) * 1e9),
         f"{size / median(walls[name]) / 1e6:.1f} MB/s"]
        for name in commands
    ]  # fmt: skip
    figures = {
        "time against ruff check, at most": median(walls[OURS]) / median(walls["ruff check"]),
        "times as fast as ty check, at least": median(walls["ty check"]) / median(walls[OURS]),
    }
    count = len(list(ours.iterdir()))
    report = (
        f"### Lint ({processor()}): {count} files, {size / 1e6:.2f} MB\n\n"
        + table(["", "wall", "all cores", "files"], rows)
        + f"\n\nMedian of {rounds} processes each, from start to end, without caches."
    )
    runs, runs_report = cost_of_runs(binary, rounds)
    report += f"\n\n{runs_report}"
    changes, changes_report, figures["recheck after an edit in 12,000 lines, p50"] = cost_of_edits(corpus, seed, rounds)
    report += f"\n\n{changes_report}\n\nBest of {rounds} rounds for each of {EDIT_COUNT} edits."
    return {"walls": walls, "cores": cores, "bytes": size, "runs": runs, "edits": changes}, report, figures


if __name__ == "__main__":
    print(json.dumps(run("envd", 3)[2]))
