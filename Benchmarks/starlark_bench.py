"""Measures the evaluator against starlark-go, starlark-rust and Python, in one run, on the same programs.

Each engine evaluates each program in processes of its own, in which it evaluates nothing else. No process is bound to a
core, since the garbage collection of starlark-go may use another one.
"""

import json
import pathlib
import statistics
import subprocess
import sys

import configuration
import engines
from project import OURS, OUTPUT, ROOT, best_process_times, build, build_envd, processor
from results import Target, median, milliseconds, table

PROGRAMS = ROOT / "Benchmarks" / "programs"
#: Programs that never end and, each in its way, keep built-in functions busy with much at once.
ENDLESS = ROOT / "Benchmarks" / "cancellation"
RUNNER = ROOT / "Benchmarks" / "measure_peer_evaluation.py"
ENGINES = [OURS, *engines.PEERS]

#: How often a process evaluates its program after the first, cold time, which does not count.
PASSES = 2
#: An empty program takes microseconds.
EMPTY_PASSES = 1000
CANCELLATIONS = 9
EMPTY = "empty"
#: Far beyond what any row takes: an engine that hangs is to be seen as one that hangs.
TIMEOUT_SECONDS = 300

EXAMPLE = ROOT / "Examples" / "pytorch"
PLANS = 200
FIRST_PLANS = 40

TARGETS = {
    "ahead of starlark-go": Target(100, True, " % of rows"),
    "ahead of starlark-rust": Target(50, True, " % of rows"),
    "cancelled evaluation, median of the slowest": Target(10, False, " ms"),
    "build.envd, prelude loaded before": Target(2, False, " ms"),
    "build.envd, prelude loaded too": Target(2, False, " ms"),
    "build.envd, prelude loaded too, first in a process": Target(2, False, " ms"),
}


def programs(only: list[str]) -> dict[str, pathlib.Path]:
    """The programs by name, those alone whose name contains one of the words if there are words."""
    large = OUTPUT / "configuration.star"
    large.write_text(configuration.text())
    paths = {path.stem: path for path in [*PROGRAMS.glob("*.star"), large]}
    chosen = [name for name in sorted(paths) if not only or any(word in name for word in only)]
    if not set(chosen) - {EMPTY}:
        sys.exit(f"no program is called {' or '.join(only)}")
    return {name: paths[name] for name in chosen if name != EMPTY}


class Runners:
    """Starts processes that evaluate one program with one engine."""

    def __init__(self, binary: pathlib.Path):
        self.binary = binary

    def command(self, engine: str) -> list[str]:
        return [str(self.binary), "evaluate"] if engine == OURS else [sys.executable, str(RUNNER), engine]

    def start(self, engine: str, rounds: int, program: pathlib.Path) -> subprocess.CompletedProcess:
        command = [*self.command(engine), str(rounds), str(program)]
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)

    def evaluate(self, engine: str, rounds: int, program: pathlib.Path) -> dict:
        finished = self.start(engine, rounds, program)
        if finished.returncode != 0:
            sys.exit(f"{engine} cannot run {program.name}:\n{finished.stderr}")
        return json.loads(finished.stdout)

    def plan(self, rounds: int, work: str = "plan") -> dict:
        """Ours alone: evaluates the example's build.envd with the prelude and makes its graph."""
        command = [str(self.binary), work, str(rounds), str(EXAMPLE)]
        return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=TIMEOUT_SECONDS).stdout)


def able(engine: str, program: str) -> bool:
    return engine == OURS or program not in engines.PEERS[engine].lacks


def check(runners: Runners, paths: dict[str, pathlib.Path]) -> dict[str, dict[str, int | None]]:
    """Has every engine run every program once, and proves that all come to the same result and that a program which an
    engine is said to be unable to run does fail there. Returns the peak of resident memory by program and engine."""
    peaks: dict[str, dict[str, int | None]] = {}
    for name, path in paths.items():
        results = {}
        peaks[name] = {}
        for engine in ENGINES:
            if not able(engine, name):
                if runners.start(engine, 1, path).returncode == 0:
                    sys.exit(f"{engine} is said to be unable to run {path.name}, and can")
                continue
            done = runners.evaluate(engine, 1, path)
            results[engine] = done["result"]
            peaks[name][engine] = done["peakResidentBytes"]
        if len(set(results.values())) != 1:
            lines = "\n".join(f"  {engine}: {result[:200]}" for engine, result in results.items())
            sys.exit(f"the engines disagree about {path.name}:\n{lines}")
    return peaks


def measure_times(runners: Runners, paths: dict[str, pathlib.Path], rounds: int) -> dict[str, dict[str, list[int]]]:
    """Nanoseconds of every evaluation, by program and engine; engines take turns, so that a disturbance hits all."""
    times = {name: {engine: [] for engine in ENGINES if able(engine, name)} for name in paths}
    for _ in range(rounds):
        for name, path in paths.items():
            for engine, measured in times[name].items():
                measured += runners.evaluate(engine, 1 + PASSES, path)["rounds"][1:]
    return times


def measure_start_up(envd: pathlib.Path) -> dict[str, int]:
    commands = {f"{OURS} eval": [envd, "eval", PROGRAMS / f"{EMPTY}.star"]}
    for name, peer in engines.PEERS.items():
        where = "Python" if name == engines.Python.name else f"Python with {name}"
        commands[where] = [sys.executable, "-c", peer.empty_process]
    return best_process_times(commands)


def measure_plan(runners: Runners, envd: pathlib.Path) -> dict:
    """Nanoseconds of making the example's plan: again and again in one process, the same with the prelude loaded each time,
    the first time in many, and what whole processes take."""
    return {
        "warm": runners.plan(PLANS)["rounds"][1:],
        "loading": runners.plan(PLANS, "load")["rounds"][1:],
        "first": [runners.plan(1)["rounds"][0] for _ in range(FIRST_PLANS)],
        "processes": best_process_times({"plan": [envd, "plan"], "--version": [envd, "--version"]}, cwd=EXAMPLE),
    }


def measure(only: list[str], rounds: int) -> dict:
    paths = programs(only)
    empty = PROGRAMS / f"{EMPTY}.star"
    runners = Runners(build("StarlarkBenchmark"))
    envd = build_envd()
    return {
        "machine": ", ".join([processor(), *engines.versions().values()]),
        "memory": check(runners, {EMPTY: empty, **paths}),
        "times": measure_times(runners, paths, rounds),
        "empty": {engine: runners.evaluate(engine, EMPTY_PASSES, empty)["rounds"] for engine in ENGINES},
        "start-up": measure_start_up(envd),
        "plan": measure_plan(runners, envd),
        "cancellation": measure_cancellation(runners.binary),
        "designs": subprocess.check_output([build("DispatchDesigns")], text=True).strip(),
    }


def measure_cancellation(binary: pathlib.Path) -> dict[str, list[int]]:
    """Nanoseconds that each endless program goes on after another thread has cancelled it, in several rounds."""
    times = {}
    for path in sorted(ENDLESS.glob("*.star")):
        command = [str(binary), "cancel", str(CANCELLATIONS), str(path)]
        finished = subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
        times[path.stem] = json.loads(finished.stdout)["rounds"]
    return times


def cancellation_table(times: dict[str, list[int]]) -> str:
    """The programs that took longest to stop."""
    slowest = sorted(times, key=lambda program: -median(times[program]))[:5]
    rows = [[title(name), milliseconds(median(times[name])), milliseconds(max(times[name]))] for name in slowest]
    return table([f"slowest of {len(times)} programs", "median", "worst"], rows)


# The report.

#: What stands where nothing was measured.
NOTHING = "—"


def title(program: str) -> str:
    return program.replace("-", " ")


def time_cell(times: list[int] | None) -> str:
    return f"{milliseconds(median(times))} (best {milliseconds(min(times))})" if times else NOTHING


def ratio_cell(ratio: float | None) -> str:
    return f"{ratio:.2f}×" if ratio else NOTHING


def times_table(times: dict[str, dict[str, list[int]]]) -> tuple[str, dict[str, dict[str, float]]]:
    """The table, and how many times as long as ours each peer took, by peer and program."""
    ratios: dict[str, dict[str, float]] = {peer: {} for peer in engines.PEERS}
    rows = []
    for program, measured in times.items():
        medians = {engine: median(values) for engine, values in measured.items()}
        for peer in engines.PEERS:
            if peer in medians:
                ratios[peer][program] = medians[peer] / medians[OURS]
        row = [title(program), *(time_cell(measured.get(engine)) for engine in ENGINES)]
        rows.append(row + [ratio_cell(ratios[peer].get(program)) for peer in engines.PEERS])
    means = [statistics.geometric_mean(found.values()) if found else None for found in ratios.values()]
    rows.append(["geometric mean", *([""] * len(ENGINES)), *map(ratio_cell, means)])
    return table(["program", *ENGINES, *(f"against {peer}" for peer in engines.PEERS)], rows), ratios


def memory_table(memory: dict[str, dict[str, int | None]]) -> str:
    rows = [
        [title(program), *(f"{peaks[engine] / 1e6:.1f} MB" if peaks.get(engine) else NOTHING for engine in ENGINES)]
        for program, peaks in memory.items()
    ]
    return table(["peak of resident memory", *ENGINES], rows)


def plan_table(plan: dict) -> str:
    rows = [
        ["evaluation to the graph, prelude loaded before", median(plan["warm"]), min(plan["warm"])],
        ["the same, prelude loaded too", median(plan["loading"]), min(plan["loading"])],
        ["the same, first in a process", median(plan["first"]), min(plan["first"])],
        *([f"process: {OURS} {name}", None, nanoseconds] for name, nanoseconds in plan["processes"].items()),
    ]
    cells = [[name, milliseconds(middle) if middle else "", milliseconds(best)] for name, middle, best in rows]
    return table(["", "median", "best"], cells)


def lacks(times: dict[str, dict[str, list[int]]]) -> list[str]:
    return [
        f"{name} does not run '{title(program)}': {reason}."
        for name, peer in engines.PEERS.items()
        for program, reason in peer.lacks.items()
        if program in times
    ]


def share(values: list[bool]) -> float:
    """How many of the values hold, in percent; 0 if there are none."""
    return 100 * sum(values) / max(1, len(values))


def report(measured: dict) -> tuple[str, dict[str, float]]:
    times, ratios = times_table(measured["times"])
    empty = ", ".join(f"{engine} {median(values) / 1e3:.1f} µs" for engine, values in measured["empty"].items())
    figures = {f"ahead of {peer}": share([ratio > 1 for ratio in found.values()]) for peer, found in ratios.items()}
    figures["cancelled evaluation, median of the slowest"] = max(map(median, measured["cancellation"].values())) / 1e6
    figures["build.envd, prelude loaded before"] = median(measured["plan"]["warm"]) / 1e6
    figures["build.envd, prelude loaded too"] = median(measured["plan"]["loading"]) / 1e6
    figures["build.envd, prelude loaded too, first in a process"] = median(measured["plan"]["first"]) / 1e6
    parts = [
        f"### Evaluation ({measured['machine']})",
        times,
        f"Median of {len(next(iter(measured['times'].values()))[OURS])} evaluations, from text to result. "
        f"An empty program: {empty}. It is subtracted from nothing.",
        *lacks(measured["times"]),
        "### Time until a cancelled evaluation has ended",
        cancellation_table(measured["cancellation"]),
        "### Designs of a dispatch loop, raced",
        measured["designs"],
        "### Memory of a process that evaluates the program once",
        memory_table(measured["memory"]),
        f"### build.envd in {EXAMPLE.relative_to(ROOT)}",
        plan_table(measured["plan"]),
        "### Start-up: a process that evaluates an empty program",
        table(
            ["process, at best", "time"],
            [[name, milliseconds(nanoseconds)] for name, nanoseconds in measured["start-up"].items()],
        ),
    ]
    return "\n\n".join(parts), figures


def run(only: list[str], rounds: int) -> tuple[dict, str, dict[str, float]]:
    """All that was measured, the report, and the figures that the targets are held against."""
    measured = measure(only, rounds)
    return measured, *report(measured)
